import { Alert, Button, Group, NumberInput, SimpleGrid, Stack, Switch, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { messageOf } from '../api/failures.js';
import { type SecuritySettings, settingsApi } from '../api/tenant-api.js';
import { policyText } from '../sign-in/policy-text.js';
import { Card } from '../ui/card.js';
import { confirmDone } from '../ui/notify.js';

type Policy = SecuritySettings['passwordPolicy'];
type CountOf = { [M in keyof Policy]: Policy[M] extends number | null ? M : never }[keyof Policy];

interface CountField {
  readonly member: CountOf;
  readonly label: string;
  readonly hint?: string;
  /** What an empty field means. */
  readonly none?: string;
  readonly min?: number;
  readonly max: number;
}

const counts: readonly CountField[] = [
  { member: 'minimumLength', label: 'Least characters', min: 6, max: 72 },
  { member: 'maximumLength', label: 'Most characters', min: 6, max: 72 },
  { member: 'minimumUppercaseLetters', label: 'Capital letters', hint: 'At least so many.', max: 72 },
  { member: 'minimumLowercaseLetters', label: 'Small letters', hint: 'At least so many.', max: 72 },
  { member: 'minimumDigits', label: 'Digits', hint: 'At least so many.', max: 72 },
  { member: 'minimumSpecialCharacters', label: 'Special characters', hint: 'At least so many.', max: 72 },
  { member: 'passwordExpirationPeriodDays', label: 'Days until it ends', hint: 'Then a new one must be set.', none: 'Never', max: 3_650 },
  {
    member: 'passwordReuseFrequencyDays',
    label: 'Days without reuse',
    hint: 'An earlier one may not come back.',
    none: 'It may come back',
    max: 3_650,
  },
];

/** What every password must be like, and when a user is locked. */
export function PasswordPolicyForm({ stored }: { stored: SecuritySettings }) {
  const client = useQueryClient();
  const [policy, setPolicy] = useState(stored.passwordPolicy);
  const [attempts, setAttempts] = useState(stored.maxFailedLoginAttempts);
  const saving = useMutation({
    mutationFn: () => settingsApi.saveSecurity({ ...stored, passwordPolicy: policy, maxFailedLoginAttempts: attempts }),
    onSuccess: async () => {
      confirmDone('The password policy was saved.');
      await Promise.all([['settings', 'security'], ['passwordPolicy']].map((queryKey) => client.invalidateQueries({ queryKey })));
    },
  });
  const fault = policy.maximumLength < policy.minimumLength ? 'The most characters must not be fewer than the least.' : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (fault === undefined) saving.mutate();
  };
  return (
    <form onSubmit={submit} noValidate style={{ maxWidth: 720 }}>
      <Card title="Password policy">
        <Stack p="md">
          <Text size="sm" c="dimmed" aria-live="polite">
            People read: {policyText(policy)}
          </Text>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            {counts.map((field) => (
              <CountInput
                key={field.member}
                field={field}
                value={policy[field.member]}
                onChange={(value) => setPolicy({ ...policy, [field.member]: value })}
              />
            ))}
          </SimpleGrid>
          <Switch
            label="Spaces are allowed"
            checked={policy.allowWhitespaces}
            onChange={(event) => setPolicy({ ...policy, allowWhitespaces: event.currentTarget.checked })}
          />
          <Switch
            label="Keep out whoever has a password that breaks the policy"
            description="Until a new one is set by “Forgot password?”, which needs a mail server."
            checked={policy.forceUserToResetPasswordIfNotValid}
            onChange={(event) => setPolicy({ ...policy, forceUserToResetPasswordIfNotValid: event.currentTarget.checked })}
          />
          <NumberInput
            label="Wrong passwords before a lock"
            description="So many in a row lock a user for five minutes."
            placeholder="10"
            min={1}
            max={1_000}
            allowDecimal={false}
            value={attempts ?? ''}
            onChange={(value) => setAttempts(value === '' ? null : Number(value))}
          />
          {(fault !== undefined || saving.isError) && (
            <Alert color="red" role="alert">
              {fault ?? messageOf(saving.error)}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button type="submit" loading={saving.isPending}>
              Save
            </Button>
          </Group>
        </Stack>
      </Card>
    </form>
  );
}

/** A count; empty where nothing is asked for. The bounds of the length always ask for something. */
function CountInput({ field, value, onChange }: { field: CountField; value: number | null; onChange: (value: number | null) => void }) {
  const least = field.min ?? 0;
  return (
    <NumberInput
      label={field.label}
      {...(field.hint === undefined ? {} : { description: field.hint })}
      placeholder={field.none ?? 'None'}
      min={least}
      max={field.max}
      allowDecimal={false}
      allowNegative={false}
      value={value === null || value === 0 ? '' : value}
      onChange={(next) => onChange(next === '' ? (least === 0 ? null : least) : Number(next))}
    />
  );
}
