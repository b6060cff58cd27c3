/** What the post of a country writes as a postcode, upper case; a country that is not here is not judged. */
const POSTCODES: Readonly<Record<string, RegExp>> = {
  AT: /^\d{4}$/,
  AU: /^\d{4}$/,
  BE: /^\d{4}$/,
  CA: /^[A-Z]\d[A-Z] ?\d[A-Z]\d$/,
  CH: /^\d{4}$/,
  CZ: /^\d{3} ?\d{2}$/,
  DE: /^\d{5}$/,
  DK: /^\d{4}$/,
  ES: /^\d{5}$/,
  FI: /^\d{5}$/,
  FR: /^\d{5}$/,
  GB: /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/,
  IT: /^\d{5}$/,
  JP: /^\d{3}-?\d{4}$/,
  NL: /^\d{4} ?[A-Z]{2}$/,
  NO: /^\d{4}$/,
  PL: /^\d{2}-?\d{3}$/,
  PT: /^\d{4}-?\d{3}$/,
  SE: /^\d{3} ?\d{2}$/,
  US: /^\d{5}(-\d{4})?$/,
};

export const ADDRESS_HINTS = [
  'no_name',
  'no_street',
  'no_city',
  'no_postcode',
  'no_country',
  'odd_postcode',
] as const;
export type AddressHint = (typeof ADDRESS_HINTS)[number];

interface Parts {
  readonly name: string;
  readonly company: string;
  readonly line1: string;
  readonly city: string;
  readonly postcode: string;
  readonly country: string;
}

/** What looks wrong about an address. Hints for a person: whether a place exists is not known here. */
export function addressHints({ name, company, line1, city, postcode, country }: Parts): AddressHint[] {
  const empty = (text: string): boolean => text.trim() === '';
  const pattern = POSTCODES[country.trim().toUpperCase()];
  const hints: AddressHint[] = [];
  if (empty(name) && empty(company)) hints.push('no_name');
  if (empty(line1)) hints.push('no_street');
  if (empty(city)) hints.push('no_city');
  if (empty(country)) hints.push('no_country');
  if (pattern && empty(postcode)) hints.push('no_postcode');
  else if (pattern && !pattern.test(postcode.trim().toUpperCase())) hints.push('odd_postcode');
  return hints;
}
