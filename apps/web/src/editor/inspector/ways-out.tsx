import { ActionIcon, Anchor, Autocomplete, Button, Group, Select } from '@mantine/core';
import { IconArrowRight, IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { connectNodes } from '../canvas/canvas-actions.js';
import type { NodeKind } from '../catalogue.js';
import { type ChainConnection, connectionKey } from '../document/chain-document.js';
import { refusalToConnect, remove } from '../document/edits.js';
import { useEditor, useEditorStore } from '../editor-context.js';
import { relationsOf } from '../relations.js';
import styles from './inspector.module.css';

/** Where messages go from a node, by relation, and a way to connect without drawing. */
export function WaysOut({ nodeKey, kind }: { nodeKey: string; kind: NodeKind | undefined }) {
  const store = useEditorStore();
  const draft = useEditor((state) => state.draft);
  const [isAdding, setIsAdding] = useState(false);
  const leaving = [...draft.connections.values()].filter(({ from }) => from === nodeKey);
  const unused = relationsOf(draft, nodeKey, kind).filter((relation) => !leaving.some(({ type }) => type.toLowerCase() === relation.toLowerCase()));
  const shownUnused = unused.slice(0, 6);
  return (
    <>
      <ul className={styles.ways}>
        {leaving.map((connection) => (
          <Way key={connectionKey(connection)} connection={connection} />
        ))}
        {shownUnused.map((relation) => (
          <li key={relation} className={styles.way}>
            <span className={styles.relation}>{relation}</span>
            <span style={{ gridColumn: '3 / -1', color: 'var(--fl-text-dim)' }}>{relation === 'Failure' ? 'fails the message' : 'ends here'}</span>
          </li>
        ))}
        {unused.length > shownUnused.length && (
          <li style={{ color: 'var(--fl-text-dim)' }}>and {unused.length - shownUnused.length} more that end here</li>
        )}
      </ul>
      {isAdding ? (
        <AddConnection
          nodeKey={nodeKey}
          relations={relationsOf(draft, nodeKey, kind)}
          onAdd={(to, relation) => {
            connectNodes(store, nodeKey, to, relation);
            store.getState().select({ nodes: new Set([nodeKey]) });
            setIsAdding(false);
          }}
          onClose={() => setIsAdding(false)}
        />
      ) : (
        <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} />} onClick={() => setIsAdding(true)}>
          Connect
        </Button>
      )}
    </>
  );
}

function Way({ connection }: { connection: ChainConnection }) {
  const store = useEditorStore();
  const target = useEditor((state) => state.draft.nodes.get(connection.to));
  const cut = () => store.getState().edit((draft) => remove(draft, { nodes: new Set(), connections: new Set([connectionKey(connection)]) }));
  return (
    <li className={styles.way}>
      <span className={styles.relation} title={connection.type}>
        {connection.type}
      </span>
      <IconArrowRight size={14} color="var(--fl-text-dim)" aria-label="to" />
      <Anchor
        component="button"
        type="button"
        size="sm"
        truncate
        ta="left"
        onClick={() => store.getState().select({ nodes: new Set([connection.to]) })}
      >
        #{target?.number} {target?.name}
      </Anchor>
      <ActionIcon size="sm" aria-label={`Remove ${connection.type} to ${target?.name ?? ''}`} onClick={cut}>
        <IconX size={14} />
      </ActionIcon>
    </li>
  );
}

interface AddProps {
  readonly nodeKey: string;
  readonly relations: readonly string[];
  readonly onAdd: (to: string, relation: string) => void;
  readonly onClose: () => void;
}

function AddConnection({ nodeKey, relations, onAdd, onClose }: AddProps) {
  const draft = useEditor((state) => state.draft);
  const [relation, setRelation] = useState(relations[0] ?? 'Success');
  const [to, setTo] = useState<string | null>(null);
  const targets = [...draft.nodes.values()].filter(({ key }) => key !== nodeKey);
  const refused = to === null ? undefined : refusalToConnect(draft, { from: nodeKey, to, type: relation });
  return (
    <div role="group" aria-label="New connection">
      <Autocomplete size="xs" label="Relation" data={[...new Set(relations)]} value={relation} onChange={setRelation} mb={6} />
      <Select
        size="xs"
        label="To"
        searchable
        autoFocus
        data={targets.map(({ key, number, name }) => ({ value: key, label: `#${number} ${name}` }))}
        value={to}
        error={refused}
        onChange={setTo}
        mb={8}
      />
      <Group gap={6}>
        <Button size="compact-sm" disabled={to === null || refused !== undefined} onClick={() => to !== null && onAdd(to, relation.trim())}>
          Connect
        </Button>
        <Button size="compact-sm" variant="default" onClick={onClose}>
          Cancel
        </Button>
      </Group>
    </div>
  );
}
