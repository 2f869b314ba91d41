import { Alert, Button, Group, NumberInput, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { messageOf } from '../api/failures.js';

/** A hundred years, the longest that the server takes. */
const DAYS_MAX = 36_500;

interface Props {
  /** What has the profile. */
  readonly of: 'devices' | 'assets';
  /** 0 is as long as the organisation says. */
  readonly days: number;
  readonly onSave: (days: number) => Promise<unknown>;
}

/** How long readings of everything with a profile are kept. Mount it anew when what is stored changes. */
export function RetentionForm({ of, days: storedDays, onSave }: Props) {
  const [days, setDays] = useState(storedDays);
  const save = useMutation({ mutationFn: () => onSave(days) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <NumberInput
          label="Keep readings for so many days"
          description={`Of all ${of} with this profile, from the next reading on; a rule chain that names a time to live decides itself. Empty: as long as your organisation keeps readings. The latest value always stays.`}
          placeholder="As your organisation"
          min={0}
          max={DAYS_MAX}
          allowDecimal={false}
          allowNegative={false}
          clampBehavior="strict"
          value={days === 0 ? '' : days}
          onChange={(value) => setDays(Number(value) || 0)}
        />
        {save.isError && (
          <Alert color="red" role="alert">
            {messageOf(save.error)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button type="submit" variant="default" loading={save.isPending} disabled={days === storedDays}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
