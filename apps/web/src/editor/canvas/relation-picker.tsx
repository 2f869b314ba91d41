import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { useClickOutside } from '@mantine/hooks';
import { useState } from 'react';
import { useEditor } from '../editor-context.js';
import { freeRelations } from '../relations.js';
import styles from './relation-picker.module.css';

export interface PendingConnection {
  readonly from: string;
  readonly to: string;
  /** Where the wire was let go, on the screen. */
  readonly x: number;
  readonly y: number;
}

interface Props {
  readonly pending: PendingConnection;
  readonly onChoose: (relation: string) => void;
  readonly onClose: () => void;
}

const size = { width: 240, height: 340 };

/** Asks by which relation a new wire leaves its node. Enter takes the first one, Escape gives up. */
export function RelationPicker({ pending, onChoose, onClose }: Props) {
  const draft = useEditor((state) => state.draft);
  const kind = useEditor((state) => state.catalogue.byType.get(state.draft.nodes.get(pending.from)?.type ?? ''));
  const [text, setText] = useState('');
  const combobox = useCombobox({ opened: true });
  const frame = useClickOutside(onClose);
  const free = freeRelations(draft, pending.from, pending.to, kind);
  const matching = free.filter((relation) => relation.toLowerCase().includes(text.trim().toLowerCase()));
  const isNew =
    text.trim() !== '' && kind?.hasCustomRelations !== false && !free.some((relation) => relation.toLowerCase() === text.trim().toLowerCase());
  const from = draft.nodes.get(pending.from);
  const left = Math.max(8, Math.min(pending.x, window.innerWidth - size.width - 8));
  const top = Math.max(8, Math.min(pending.y, window.innerHeight - size.height - 8));
  return (
    <div ref={frame} className={styles.anchor} style={{ left, top }} role="dialog" aria-label="Relation of the new connection">
      <p className={styles.title}>Messages leave #{from?.number} by…</p>
      <Combobox store={combobox} onOptionSubmit={onChoose}>
        <Combobox.EventsTarget>
          <TextInput
            size="xs"
            autoFocus
            placeholder={kind?.hasCustomRelations === false ? 'Search' : 'Search or name a new one'}
            aria-label="Relation"
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value);
              combobox.selectFirstOption();
            }}
            onFocus={() => setTimeout(() => combobox.selectFirstOption())}
            onKeyDown={(event) => event.key === 'Escape' && onClose()}
          />
        </Combobox.EventsTarget>
        <Combobox.Options className={styles.options ?? ''}>
          {matching.map((relation) => (
            <Combobox.Option key={relation} value={relation}>
              {relation}
            </Combobox.Option>
          ))}
          {isNew && <Combobox.Option value={text.trim()}>New: “{text.trim()}”</Combobox.Option>}
          {matching.length === 0 && !isNew && <Combobox.Empty>No relation is left for these two nodes.</Combobox.Empty>}
        </Combobox.Options>
      </Combobox>
    </div>
  );
}
