import { Alert, Box, Button } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPencil, IconPlus, IconRouteAltLeft, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type StoredMappings, type TopicMapping, brokerApi } from '../api/broker-api.js';
import { engineQueries } from '../api/engine-queries.js';
import { hasStatus, messageOf } from '../api/failures.js';
import { Card } from '../ui/card.js';
import { LoadFailure } from '../ui/load-failure.js';
import { confirmDone } from '../ui/notify.js';
import { StateMessage } from '../ui/state-message.js';
import { MappingDialog } from './mapping-dialog.js';
import { mappingBounds } from './mapping-form.js';
import { movedBy, withMapping, without } from './mapping-list.js';
import { MappingTable } from './mapping-table.js';
import { TryOut } from './try-out.js';

/** The topic mappings of the organisation, in the order in which they are tried. */
export function MappingsCard() {
  const stored = useQuery(engineQueries.topicMappings());
  const save = useSave(stored.data);
  /** Place of the mapping that is changed; the number of mappings for a new one. */
  const [editing, setEditing] = useState<number>();
  const mappings = stored.data?.mappings;
  const isFull = (mappings?.length ?? 0) >= mappingBounds.mappings;
  const actionsOf = (place: number, isLast: boolean) => [
    { label: 'Edit…', icon: IconPencil, onClick: () => setEditing(place) },
    ...(place === 0 ? [] : [{ label: 'Move up', icon: IconArrowUp, onClick: () => save.mutate((all) => movedBy(all, place, -1)) }]),
    ...(isLast ? [] : [{ label: 'Move down', icon: IconArrowDown, onClick: () => save.mutate((all) => movedBy(all, place, 1)) }]),
    { label: 'Delete', icon: IconTrash, isDangerous: true, onClick: () => save.mutate((all) => without(all, place)) },
  ];
  return (
    <>
      <Card
        title="Topics that become readings"
        actions={
          <Button
            size="compact-md"
            fz="sm"
            leftSection={<IconPlus size={16} />}
            disabled={mappings === undefined || isFull}
            onClick={() => setEditing(mappings?.length)}
          >
            Add mapping
          </Button>
        }
      >
        {save.isError && (
          <Alert color="red" role="alert" m="sm" withCloseButton onClose={save.reset}>
            {refusalText(save.error)}
          </Alert>
        )}
        {stored.isError && mappings === undefined ? (
          <LoadFailure error={stored.error} what="The mappings" onRetry={() => void stored.refetch()} />
        ) : mappings?.length === 0 ? (
          <NoMappings />
        ) : (
          <MappingTable mappings={mappings} actionsOf={actionsOf} />
        )}
      </Card>
      {mappings !== undefined && mappings.length > 0 && (
        <Card title="Try a message">
          <Box p="md">
            <TryOut mappings={mappings} />
          </Box>
        </Card>
      )}
      <MappingDialog
        mapping={editing === undefined ? undefined : (mappings?.[editing] ?? 'new')}
        onClose={() => setEditing(undefined)}
        onSave={async (mapping) => {
          await save.mutateAsync((all) => withMapping(all, editing ?? all.length, mapping));
          setEditing(undefined);
        }}
      />
    </>
  );
}

function NoMappings() {
  return (
    <StateMessage icon={IconRouteAltLeft} title="No mappings">
      Messages are only passed on to whoever subscribes. A mapping makes those of a topic the telemetry or attributes of a device as well.
    </StateMessage>
  );
}

/** Changes the list and stores it; what somebody else stored meanwhile is loaded instead of being overwritten. */
function useSave(stored: StoredMappings | undefined) {
  const client = useQueryClient();
  const { queryKey } = engineQueries.topicMappings();
  return useMutation({
    mutationFn: (change: (all: readonly TopicMapping[]) => readonly TopicMapping[]) =>
      brokerApi.save(stored?.version ?? 0, change(stored?.mappings ?? [])),
    onSuccess: (saved) => {
      client.setQueryData(queryKey, saved);
      confirmDone('The mappings were saved. They hold from the next message on.');
    },
    onError: (error) => (hasStatus(error, 409) ? client.invalidateQueries({ queryKey }) : undefined),
  });
}

function refusalText(error: unknown): string {
  if (hasStatus(error, 409)) return 'Somebody else changed the mappings meanwhile. The list shows theirs now; make your change again.';
  return messageOf(error);
}
