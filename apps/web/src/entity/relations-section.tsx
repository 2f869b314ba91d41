import { Button, Text } from '@mantine/core';
import { IconArrowLeft, IconArrowRight, IconPlus, IconShare3, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { administration } from '../api/administration-queries.js';
import { type RelationInfo, entityApi } from '../api/entity-api.js';
import { useMay } from '../api/signed-in.js';
import type { EntityRef } from '../api/wire.js';
import { addressOf, kindText } from '../entities/entity-address.js';
import { Card } from '../ui/card.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { DataTable } from '../ui/data-table.js';
import { LoadFailure } from '../ui/load-failure.js';
import { confirmDone } from '../ui/notify.js';
import { RowMenu } from '../ui/row-menu.js';
import { StateMessage } from '../ui/state-message.js';
import { type NamedEntity, nounOf } from './named-entity.js';
import { RelationDialog } from './relation-dialog.js';

interface Row extends RelationInfo {
  readonly isOutgoing: boolean;
}

/** Relations of an entity in both directions. */
export function RelationsSection({ entity: { entityType, id, name } }: { entity: NamedEntity }) {
  const entity: EntityRef = { entityType, id };
  const noun = nounOf(entity);
  const outgoing = useQuery(administration.relationsFrom(entity));
  const incoming = useQuery(administration.relationsTo(entity));
  const client = useQueryClient();
  const { change } = useMay();
  const [isAdding, setIsAdding] = useState(false);
  const [removing, setRemoving] = useState<Row>();
  const columns = useMemo(() => columnsWith(noun, change ? setRemoving : undefined), [noun, change]);
  const refresh = () => client.invalidateQueries({ queryKey: ['relations'] });
  const error = outgoing.error ?? incoming.error;
  const rows =
    outgoing.data === undefined || incoming.data === undefined
      ? undefined
      : [...outgoing.data.map((row) => ({ ...row, isOutgoing: true })), ...incoming.data.map((row) => ({ ...row, isOutgoing: false }))];
  const addButton = change ? (
    <Button variant="default" size="xs" leftSection={<IconPlus size={16} />} onClick={() => setIsAdding(true)}>
      Add relation
    </Button>
  ) : undefined;
  return (
    <Card title="Relations" actions={addButton}>
      {error !== null && rows === undefined ? (
        <LoadFailure error={error} what="Relations" onRetry={() => void refresh()} />
      ) : rows?.length === 0 ? (
        <StateMessage icon={IconShare3} title="No relations yet">
          A relation says how things belong together: a building contains a device. Rule chains and alarms can follow it.
        </StateMessage>
      ) : (
        <DataTable label="Relations" columns={columns} rows={rows} rowId={({ from, to, type }) => `${from.id} ${to.id} ${type}`} />
      )}
      <RelationDialog
        entity={entity}
        name={name}
        isOpen={isAdding}
        onClose={() => setIsAdding(false)}
        onSaved={() => {
          setIsAdding(false);
          confirmDone('The relation was added.');
          void refresh();
        }}
      />
      <ConfirmDialog
        isOpen={removing !== undefined}
        title="Remove this relation?"
        action="Remove relation"
        onClose={() => setRemoving(undefined)}
        onConfirm={async () => {
          if (removing === undefined) return;
          await entityApi.removeRelation(removing);
          confirmDone('The relation was removed.');
          await refresh();
        }}
      >
        {removing === undefined ? '' : `${removing.fromName} ${removing.type} ${removing.toName}. Both stay as they are.`}
      </ConfirmDialog>
    </Card>
  );
}

function columnsWith(noun: string, onRemove: ((row: Row) => void) | undefined): ColumnDef<Row>[] {
  return [
    {
      id: 'type',
      header: 'Relation',
      cell: ({ row: { original } }) => {
        const DirectionIcon = original.isOutgoing ? IconArrowRight : IconArrowLeft;
        return (
          <span style={{ display: 'inline-flex', alignItems: 'center', gap: 6 }}>
            <DirectionIcon size={16} color="var(--fl-text-dim)" aria-label={`${original.isOutgoing ? 'From' : 'To'} this ${noun}`} role="img" />
            <Text span size="sm" fw={550}>
              {original.type}
            </Text>
          </span>
        );
      },
    },
    {
      id: 'other',
      header: 'With',
      cell: ({ row: { original } }) => (
        <Other entity={original.isOutgoing ? original.to : original.from} name={original.isOutgoing ? original.toName : original.fromName} />
      ),
    },
    ...(onRemove === undefined ? [] : [actionColumn(onRemove)]),
  ];
}

function actionColumn(onRemove: (row: Row) => void): ColumnDef<Row> {
  return {
    id: 'actions',
    header: () => <span className="fl-visually-hidden">Actions</span>,
    meta: { align: 'end', width: 56 },
    cell: ({ row: { original } }) => (
      <RowMenu
        of={`${original.fromName} ${original.type} ${original.toName}`}
        actions={[{ label: 'Remove…', icon: IconTrash, isDangerous: true, onClick: () => onRemove(original) }]}
      />
    ),
  };
}

function Other({ entity, name }: { entity: EntityRef; name: string }) {
  const address = addressOf(entity);
  return (
    <>
      {address === undefined ? name : <Link to={address}>{name}</Link>}
      <Text size="xs" c="dimmed">
        {kindText(entity.entityType)}
      </Text>
    </>
  );
}
