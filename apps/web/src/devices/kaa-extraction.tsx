import { Alert, Switch } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../api/api.js';
import { messageOf } from '../api/failures.js';
import type { DeviceProfile } from '../api/wire.js';

/**
 * The switch of a device profile that makes series out of Kaa data samples. Without it a sample is acknowledged,
 * and nothing of it is stored, so it belongs beside the command that sends one.
 */
export function KaaExtraction({ profile }: { profile: DeviceProfile }) {
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: (isOn: boolean) => api.setKaaExtraction(profile, isOn),
    onSettled: () => client.invalidateQueries({ queryKey: ['deviceProfile', profile.id.id] }),
  });
  return (
    <>
      <Switch
        checked={profile.kaaExtraction}
        disabled={save.isPending}
        onChange={(event) => save.mutate(event.currentTarget.checked)}
        label={`Extract values for the profile “${profile.name}”`}
        description="Each numeric member of a sample becomes a series, such as auto~temperature. Off, samples are acknowledged but nothing is stored."
      />
      {save.isError && (
        <Alert color="red" role="alert">
          {messageOf(save.error)}
        </Alert>
      )}
    </>
  );
}
