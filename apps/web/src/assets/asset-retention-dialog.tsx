import { useQuery, useQueryClient } from '@tanstack/react-query';
import { assetProfileApi } from '../api/asset-profile-api.js';
import type { AssetInfo } from '../api/wire.js';
import { RetentionForm } from '../entities/retention-form.js';
import { FormDialog } from '../ui/form-dialog.js';
import { LoadFailure } from '../ui/load-failure.js';
import { confirmDone } from '../ui/notify.js';
import { PageLoading } from '../ui/page-loading.js';

interface Props {
  /** The asset whose profile is changed; absent while the dialog is closed. */
  readonly asset: AssetInfo | undefined;
  readonly onClose: () => void;
}

/** How long readings of all assets of a profile are kept. */
export function AssetRetentionDialog({ asset, onClose }: Props) {
  return (
    <FormDialog title={`Profile “${asset?.type ?? ''}”`} isOpen={asset !== undefined} onClose={onClose}>
      {asset !== undefined && <ProfileRetention assetProfileId={asset.assetProfileId.id} onSaved={onClose} />}
    </FormDialog>
  );
}

function ProfileRetention({ assetProfileId, onSaved }: { assetProfileId: string; onSaved: () => void }) {
  const client = useQueryClient();
  const queryKey = ['assetProfile', assetProfileId];
  const profile = useQuery({ queryKey, queryFn: ({ signal }) => assetProfileApi.one(assetProfileId, signal), staleTime: 0 });
  if (profile.isError && profile.data === undefined) {
    return <LoadFailure error={profile.error} what="The profile" onRetry={() => void profile.refetch()} />;
  }
  if (profile.data === undefined) return <PageLoading />;
  const stored = profile.data;
  const save = async (days: number) => {
    await assetProfileApi.save({ ...stored, telemetryTtlDays: days });
    confirmDone(`The profile “${stored.name}” was saved.`);
    await client.invalidateQueries({ queryKey });
    onSaved();
  };
  return <RetentionForm key={stored.telemetryTtlDays ?? 0} of="assets" days={stored.telemetryTtlDays ?? 0} onSave={save} />;
}
