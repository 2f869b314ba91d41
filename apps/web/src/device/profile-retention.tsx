import { Alert, Button, Group, NumberInput, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../api/api.js';
import { messageOf } from '../api/failures.js';
import { queries } from '../api/queries.js';
import type { DeviceProfile } from '../api/wire.js';
import { Card } from '../ui/card.js';

/** A hundred years, the longest that the server takes. */
const DAYS_MAX = 36_500;

/** How long readings of all devices of a profile are kept. */
export function ProfileRetention({ deviceProfileId }: { deviceProfileId: string }) {
  const profile = useQuery(queries.deviceProfile(deviceProfileId));
  // What keeps a profile from being loaded is said above, beside the commands.
  if (profile.data === undefined) return null;
  return (
    <Card title={`Profile “${profile.data.name}”`}>
      <RetentionForm key={`${deviceProfileId} ${profile.data.telemetryTtlDays}`} profile={profile.data} />
    </Card>
  );
}

function RetentionForm({ profile }: { profile: DeviceProfile }) {
  const client = useQueryClient();
  const [days, setDays] = useState(profile.telemetryTtlDays);
  const save = useMutation({
    mutationFn: () => api.setTelemetryTtl(profile, days),
    onSettled: () => client.invalidateQueries({ queryKey: ['deviceProfile', profile.id.id] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack p="md">
        <NumberInput
          label="Keep readings for so many days"
          description="Of all devices with this profile, from the next reading on; a rule chain that names a time to live decides itself. Empty: as long as your organisation keeps readings. The latest value always stays."
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
          <Button type="submit" variant="default" loading={save.isPending} disabled={days === profile.telemetryTtlDays}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
