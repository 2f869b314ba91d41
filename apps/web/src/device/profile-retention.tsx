import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../api/api.js';
import { queries } from '../api/queries.js';
import { RetentionForm } from '../entities/retention-form.js';
import { Card } from '../ui/card.js';
import { confirmDone } from '../ui/notify.js';

/** How long readings of all devices of a profile are kept. */
export function ProfileRetention({ deviceProfileId }: { deviceProfileId: string }) {
  const client = useQueryClient();
  const { data: profile } = useQuery(queries.deviceProfile(deviceProfileId));
  // What keeps a profile from being loaded is said above, beside the commands.
  if (profile === undefined) return null;
  const save = async (days: number) => {
    await api.setTelemetryTtl(profile, days);
    confirmDone(`The profile “${profile.name}” was saved.`);
    await client.invalidateQueries({ queryKey: ['deviceProfile', deviceProfileId] });
  };
  return (
    <Card title={`Profile “${profile.name}”`}>
      <div style={{ padding: 16 }}>
        <RetentionForm key={profile.telemetryTtlDays} of="devices" days={profile.telemetryTtlDays} onSave={save} />
      </div>
    </Card>
  );
}
