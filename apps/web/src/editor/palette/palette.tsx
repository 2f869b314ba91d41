import { TextInput } from '@mantine/core';
import { IconPlugConnectedX, IconPuzzle, IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, type RefObject, useMemo, useState } from 'react';
import { CategoryIcon } from '../canvas/category-icon.js';
import { type NodeKind, categories, offeredKinds, searchKinds } from '../catalogue.js';
import { useEditor } from '../editor-context.js';
import styles from './palette.module.css';

/** What a dragged palette entry carries: the type of the node to be. */
export const nodeTypeFormat = 'application/x-fieldline-node-type';

interface Props {
  readonly searchField: RefObject<HTMLInputElement | null>;
  readonly onAdd: (kind: NodeKind) => void;
  readonly onLeave: () => void;
}

/** All kinds of nodes, by category or by search. Drag one to the canvas, or press Enter on it. */
export function Palette({ searchField, onAdd: add, onLeave }: Props) {
  const all = useEditor((state) => state.catalogue.kinds);
  const kinds = useMemo(() => offeredKinds(all), [all]);
  const [text, setText] = useState('');
  const found = useMemo(() => searchKinds(kinds, text), [kinds, text]);
  const onAdd = (kind: NodeKind) => {
    setText('');
    add(kind);
  };
  const isSearching = text.trim() !== '';
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Escape') {
      setText('');
      onLeave();
    }
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') moveFocus(event, event.key === 'ArrowDown' ? 1 : -1);
    if (event.key === 'Enter' && event.target === searchField.current && found[0] !== undefined) onAdd(found[0]);
  };
  return (
    <aside className={styles.root} aria-label="Node palette" onKeyDown={onKeyDown}>
      <div className={styles.search}>
        <TextInput
          ref={searchField}
          size="xs"
          leftSection={<IconSearch size={14} />}
          placeholder="Search nodes"
          aria-label="Search nodes"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </div>
      <div className={styles.list}>
        {isSearching && found.map((kind) => <Item key={kind.nodeType} kind={kind} onAdd={onAdd} />)}
        {isSearching && found.length === 0 && <p className={styles.none}>No node matches “{text.trim()}”.</p>}
        {!isSearching &&
          categories.map(({ type, name }) => {
            const ofCategory = found.filter(({ category }) => category === type);
            return ofCategory.length === 0 ? null : (
              <section key={type} aria-label={name}>
                <h2 className={styles.section}>
                  {name}
                  <span className={styles.count}>
                    {ofCategory.length}
                    <span className="fl-visually-hidden"> nodes</span>
                  </span>
                </h2>
                {ofCategory.map((kind) => (
                  <Item key={kind.nodeType} kind={kind} onAdd={onAdd} />
                ))}
              </section>
            );
          })}
      </div>
    </aside>
  );
}

function Item({ kind, onAdd }: { kind: NodeKind; onAdd: (kind: NodeKind) => void }) {
  return (
    <button
      type="button"
      className={styles.item}
      data-palette-item
      data-unavailable={kind.needsPlugin === undefined ? undefined : ''}
      draggable
      title={kind.summary}
      onDragStart={(event) => {
        event.dataTransfer.setData(nodeTypeFormat, kind.type);
        event.dataTransfer.effectAllowed = 'copy';
      }}
      onDoubleClick={() => onAdd(kind)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onAdd(kind);
      }}
    >
      <CategoryIcon category={kind.category} size={18} />
      <span>
        <span className={styles.title}>{kind.title}</span>
        <span className={styles.summary}>{kind.summary}</span>
        <Origin kind={kind} />
      </span>
    </button>
  );
}

/** Where a kind comes from that is not of the server, or what is missing for it. */
function Origin({ kind: { needsPlugin, plugin } }: { kind: NodeKind }) {
  if (needsPlugin === undefined && plugin === undefined) return null;
  const OriginIcon = needsPlugin === undefined ? IconPuzzle : IconPlugConnectedX;
  return (
    <span className={styles.origin} data-missing={needsPlugin === undefined ? undefined : ''}>
      <OriginIcon size={13} aria-hidden />
      {needsPlugin === undefined ? `Plugin ${plugin ?? ''}` : `Needs the plugin “${needsPlugin}”`}
    </span>
  );
}

function moveFocus(event: KeyboardEvent<HTMLElement>, step: 1 | -1): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-palette-item]')];
  const place = items.indexOf(document.activeElement as HTMLElement);
  const next = place === -1 ? (step === 1 ? 0 : -1) : place + step;
  event.preventDefault();
  if (next < 0) event.currentTarget.querySelector('input')?.focus();
  else items[next]?.focus();
}
