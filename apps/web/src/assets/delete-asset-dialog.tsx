import { api } from '../api/api.js';
import type { AssetInfo } from '../api/wire.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { confirmDone } from '../ui/notify.js';

interface Props {
  readonly asset: AssetInfo | undefined;
  readonly onClose: () => void;
  readonly onDeleted: () => unknown;
}

/** Asks before an asset is deleted, with all that is kept of it. */
export function DeleteAssetDialog({ asset, onClose, onDeleted }: Props) {
  return (
    <ConfirmDialog
      isOpen={asset !== undefined}
      title={`Delete ${asset?.name ?? ''}?`}
      action="Delete asset"
      onClose={onClose}
      onConfirm={async () => {
        if (asset === undefined) return;
        await api.deleteAsset(asset.id.id);
        confirmDone(`${asset.name} was deleted.`);
        await onDeleted();
      }}
    >
      Its attributes, telemetry, alarms and relations go with it. This cannot be undone.
    </ConfirmDialog>
  );
}
