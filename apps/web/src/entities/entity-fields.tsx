import { Select, Textarea, TextInput } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';

// The fields that devices and assets have in common.

const NAME_MAX = 255;

/** What is wrong with a name. @param what the entity with its article: "A device" */
export function nameErrorOf(name: string, what: string): string | undefined {
  if (name.trim() === '') return `${what} needs a name.`;
  return name.length > NAME_MAX ? `At most ${NAME_MAX} characters.` : undefined;
}

interface TextFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function NameField({ value, onChange, hint, error }: TextFieldProps & { readonly hint: string; readonly error: string | undefined }) {
  return (
    <TextInput
      label="Name"
      description={hint}
      withAsterisk
      data-autofocus
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

export function LabelField({ value, onChange }: TextFieldProps) {
  return (
    <TextInput
      label="Label"
      description="What people call it. Optional."
      value={value}
      maxLength={NAME_MAX}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

export function DescriptionField({ value, onChange }: TextFieldProps) {
  return (
    <Textarea
      label="Description"
      autosize
      minRows={2}
      maxRows={6}
      maxLength={4096}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** The description that an entity keeps among what is free. */
export function descriptionOf(entity: { readonly additionalInfo?: Readonly<Record<string, unknown>> | null } | undefined): string {
  const description = entity?.additionalInfo?.['description'];
  return typeof description === 'string' ? description : '';
}

interface ProfileFieldProps {
  readonly value: string | null;
  readonly onChange: (profileId: string | null) => void;
  readonly profiles: UseQueryResult<{ readonly data: readonly { readonly id: { readonly id: string }; readonly name: string }[] }>;
  readonly hint: string;
  /** Whether it may stay empty, which means the default profile. */
  readonly isClearable: boolean;
}

export function ProfileField({ value, onChange, profiles, hint, isClearable }: ProfileFieldProps) {
  return (
    <Select
      label="Profile"
      description={hint}
      placeholder="Default profile"
      searchable
      clearable={isClearable}
      data={(profiles.data?.data ?? []).map(({ id, name }) => ({ value: id.id, label: name }))}
      value={value}
      onChange={onChange}
      error={profiles.isError ? 'Profiles could not be loaded.' : undefined}
    />
  );
}
