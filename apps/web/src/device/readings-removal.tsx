import { useQueryClient } from '@tanstack/react-query';
import { entityApi } from '../api/entity-api.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { confirmDone } from '../ui/notify.js';

interface Props {
  readonly deviceId: string;
  /** Whose readings are to go; closed without one. */
  readonly of: string | undefined;
  readonly onClose: () => void;
}

/** Asks before all readings of a key are deleted. The list learns of it as every other page does: over the live connection. */
export function ReadingsRemoval({ deviceId, of, onClose }: Props) {
  const client = useQueryClient();
  return (
    <ConfirmDialog
      isOpen={of !== undefined}
      title={`Delete all readings of ${of ?? ''}?`}
      action="Delete readings"
      onClose={onClose}
      onConfirm={async () => {
        if (of === undefined) return;
        await entityApi.removeReadings({ entityType: 'DEVICE', id: deviceId }, of);
        confirmDone(`The readings of ${of} were deleted.`);
        for (const part of ['latest', 'history']) await client.invalidateQueries({ queryKey: ['device', deviceId, part] });
      }}
    >
      Its history and its latest value go for good. Alarms and attributes stay. When the device sends {of} again, it begins anew.
    </ConfirmDialog>
  );
}
