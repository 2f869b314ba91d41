import { SimpleGrid, TextInput } from '@mantine/core';
import type { Contact } from '../api/customer-api.js';
import { orNull } from '../ui/form-dialog.js';

const fields = [
  { name: 'email', label: 'Email' },
  { name: 'phone', label: 'Telephone' },
  { name: 'address', label: 'Street and number' },
  { name: 'zip', label: 'Postal code' },
  { name: 'city', label: 'City' },
  { name: 'country', label: 'Country' },
] as const satisfies readonly { name: keyof Contact; label: string }[];

export type ContactTexts = Readonly<Record<keyof Contact, string>>;

/** How to reach an organisation; every field is optional. */
export function ContactFields({ value, onChange }: { value: ContactTexts; onChange: (value: ContactTexts) => void }) {
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      {fields.map(({ name, label }) => (
        <TextInput
          key={name}
          label={label}
          maxLength={255}
          value={value[name]}
          onChange={(event) => onChange({ ...value, [name]: event.currentTarget.value })}
        />
      ))}
    </SimpleGrid>
  );
}

const members = ['country', 'state', 'city', 'address', 'address2', 'zip', 'phone', 'email'] as const;

/** What is stored, for the fields of a form. */
export function contactTexts(stored: Contact | undefined): ContactTexts {
  return Object.fromEntries(members.map((member) => [member, stored?.[member] ?? ''])) as ContactTexts;
}

/** What a form says, for the API. */
export function contactOf(texts: ContactTexts): Contact {
  return Object.fromEntries(members.map((member) => [member, orNull(texts[member])])) as unknown as Contact;
}
