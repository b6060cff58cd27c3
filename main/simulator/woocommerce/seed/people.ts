import type { Random } from '../../kit/random.ts';
import type { AddressRow } from '../rows.ts';

const FIRST = [
  'Anna',
  'Jonas',
  'Mira',
  'Lukas',
  'Elif',
  'Clara',
  'Noah',
  'Sofia',
  'Emil',
  'Ida',
  'Theo',
  'Lea',
  'Marek',
  'Júlia',
  'Oskar',
  'Nele',
  'Paul',
  'Zoë',
  'Hannes',
  'Greta',
  'Mateo',
  'Ines',
  'Søren',
  'Alma',
];
const LAST = [
  'Becker',
  'Schäfer',
  'Novak',
  'Lindqvist',
  'Rossi',
  'de Vries',
  'Moreau',
  'García',
  'Kowalska',
  'Hansen',
  'Winter',
  'Öztürk',
  'Fischer',
  'Dubois',
  'Silva',
  'Bauer',
  'Keller',
  'Petit',
  'Jansen',
  'Costa',
  'Weber',
  'Horvat',
];
const PLACES: readonly (readonly [city: string, postcode: string, country: string, street: string])[] = [
  ['Hamburg', '20457', 'DE', 'Am Sandtorkai'],
  ['Berlin', '10997', 'DE', 'Wrangelstraße'],
  ['München', '80469', 'DE', 'Klenzestraße'],
  ['Köln', '50674', 'DE', 'Brabanter Straße'],
  ['Leipzig', '04229', 'DE', 'Karl-Heine-Straße'],
  ['Wien', '1070', 'AT', 'Neubaugasse'],
  ['Graz', '8010', 'AT', 'Sporgasse'],
  ['Amsterdam', '1016 GV', 'NL', 'Prinsengracht'],
  ['Antwerpen', '2000', 'BE', 'Kloosterstraat'],
  ['Lyon', '69001', 'FR', 'Rue de la Martinière'],
  ['København', '2200', 'DK', 'Jægersborggade'],
  ['Praha', '120 00', 'CZ', 'Mánesova'],
  ['Milano', '20144', 'IT', 'Via Savona'],
  ['Kraków', '31-056', 'PL', 'Józefa'],
];

/** Somebody who buys. Mail addresses and telephone numbers lead nowhere. */
export function person(random: Random): AddressRow {
  const first = random.pick(FIRST);
  const last = random.pick(LAST);
  const [city, postcode, country, street] = random.pick(PLACES);
  const mail = `${first}.${last}`
    .normalize('NFKD')
    .replace(/[^a-zA-Z.]/g, '')
    .toLowerCase();
  return {
    first_name: first,
    last_name: last,
    company: random.chance(0.12) ? `${last} & Co.` : '',
    address_1: `${street} ${random.int(1, 140)}`,
    address_2: random.chance(0.15) ? `Floor ${random.int(1, 5)}` : '',
    city,
    state: '',
    postcode,
    country,
    email: `${mail}${random.int(1, 99)}@customer.example`,
    phone: `+49 30 5550${random.int(1000, 9999)}`,
  };
}
