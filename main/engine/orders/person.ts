import type { Address } from '#shared/contract/orders.ts';
import { z } from 'zod';

/** What is known of the buyer of an order; kept sealed, gone once it was purged. */
const personSchema = z.object({
  name: z.string(),
  company: z.string(),
  line1: z.string(),
  line2: z.string(),
  city: z.string(),
  region: z.string(),
  postcode: z.string(),
  country: z.string(),
  phone: z.string(),
  email: z.string(),
  /** What the buyer wrote to the order. */
  note: z.string(),
});
export type Person = z.infer<typeof personSchema>;

const NOBODY: Person = {
  name: '',
  company: '',
  line1: '',
  line2: '',
  city: '',
  region: '',
  postcode: '',
  country: '',
  phone: '',
  email: '',
  note: '',
};

/** `opened` is what `person_open` gives: null when there is nothing to read. */
export function readPerson(opened: string | null): Person {
  if (opened === null) return NOBODY;
  return personSchema.parse(JSON.parse(opened));
}

export function writePerson(shipTo: Address, note: string): string {
  const person: Person = {
    name: shipTo.name,
    company: shipTo.company,
    line1: shipTo.line1,
    line2: shipTo.line2,
    city: shipTo.city,
    region: shipTo.region,
    postcode: shipTo.postcode,
    country: shipTo.country,
    phone: shipTo.phone,
    email: shipTo.email,
    note,
  };
  return JSON.stringify(person);
}

/** How a person is called in a list. */
export const calledBy = ({ name, company }: Person): string => name || company;

/** What a search for the buyer looks at. */
export const searchedBy = ({ name, company, email }: Person | Address): string =>
  `${name} ${company} ${email}`;
