import { useQueryClient } from '@tanstack/react-query';
import { entityApi } from '../api/entity-api.js';
import type { Span } from '../api/telemetry-api.js';
import type { EntityRef } from '../api/wire.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { confirmDone } from '../ui/notify.js';
import { exactTime } from '../ui/times.js';

interface Props {
  readonly entity: EntityRef;
  /** Whose readings are to go; closed without one. */
  readonly of: string | undefined;
  /** Only those of this time; absent is all of them. */
  readonly span?: Span | undefined;
  readonly onClose: () => void;
}

/** Asks before readings of a key are deleted. The list learns of it as every other page does: over the live connection. */
export function ReadingsRemoval({ entity, of, span, onClose }: Props) {
  const client = useQueryClient();
  return (
    <ConfirmDialog
      isOpen={of !== undefined}
      title={span === undefined ? `Delete all readings of ${of ?? ''}?` : `Delete the shown readings of ${of ?? ''}?`}
      action="Delete readings"
      onClose={onClose}
      onConfirm={async () => {
        if (of === undefined) return;
        await entityApi.removeReadings(entity, of, span);
        confirmDone(`The readings of ${of} were deleted.`);
        for (const part of ['latest', 'history']) await client.invalidateQueries({ queryKey: ['entity', entity.id, part] });
      }}
    >
      {span === undefined ? (
        <>Its history and its latest value go for good. Alarms and attributes stay. When {of} is sent again, it begins anew.</>
      ) : (
        <>
          Those from {exactTime(span.startTs).text} to {exactTime(span.endTs - 1).text} go for good. Readings before and after stay; where the latest
          value goes, the newest reading before it takes its place.
        </>
      )}
    </ConfirmDialog>
  );
}
