import * as z from 'zod';

const members = {
  country: 'Country.',
  state: 'State or region.',
  city: 'City.',
  address: 'Street and number.',
  address2: 'Second line of the address.',
  zip: 'Postal code.',
  phone: 'Telephone number.',
  email: 'Email address.',
} as const;
type Member = keyof typeof members;

function shapeOf<T extends z.ZodType>(schema: T): Record<Member, T> {
  return Object.fromEntries(Object.entries(members).map(([member, text]) => [member, schema.describe(text)])) as Record<Member, T>;
}

/** Address and ways to reach an organisation, in answers. */
export const wireContactShape = shapeOf(z.string().nullable());
/** The same in requests. */
export const contactSaveShape = shapeOf(z.string().max(255, 'length must be equal or less than 255').nullish());

type Contact = { readonly [M in Member]?: string | null | undefined };
const namesOf = Object.keys(members) as Member[];

export function contactToWire(contact: Contact): Record<Member, string | null> {
  return Object.fromEntries(namesOf.map((member) => [member, contact[member] ?? null])) as Record<Member, string | null>;
}

/** What a request says about a contact. */
export function contactDraftOf(save: Contact): Record<Member, string | undefined> {
  return Object.fromEntries(namesOf.map((member) => [member, save[member] ?? undefined])) as Record<Member, string | undefined>;
}
