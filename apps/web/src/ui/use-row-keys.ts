import { type KeyboardEvent, useEffect, useRef } from 'react';

interface RowKeys {
  /** Ids of the rows as they are listed. */
  readonly rows: readonly string[];
  /** By the letter in lower case; called with the row that has the focus. */
  readonly keys: Readonly<Record<string, (rowId: string) => void>>;
}

/**
 * Keys of a table while the focus is in it: arrows go from row to row, letters do something with the row. When the row
 * that had the focus goes, the one that takes its place gets it, so that the next key finds a row as well.
 */
export function useRowKeys({ rows, keys }: RowKeys) {
  const root = useRef<HTMLDivElement>(null);
  const focused = useRef<number>(undefined);
  const rowsText = rows.join();
  useEffect(() => {
    if (focused.current === undefined || document.activeElement !== document.body) return;
    focusRow(root.current, Math.min(focused.current, rows.length - 1));
    // Only where the rows have changed: a focus that went elsewhere is not fetched back.
  }, [rowsText]);
  const rowOf = (target: EventTarget) => (target as Element).closest<HTMLElement>('tr[data-row]')?.dataset['row'];
  return {
    ref: root,
    onFocus: (event: { target: EventTarget }) => {
      const row = rowOf(event.target);
      focused.current = row === undefined ? undefined : rows.indexOf(row);
    },
    onBlur: (event: { target: Element }) => {
      // What left the page has not given its focus to anything else.
      if (event.target.isConnected) focused.current = undefined;
    },
    onKeyDown: (event: KeyboardEvent) => {
      const row = rowOf(event.target);
      if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const action = keys[event.key.toLowerCase()];
      if (step === undefined && action === undefined) return;
      event.preventDefault();
      if (step !== undefined) focusRow(root.current, rows.indexOf(row) + step);
      else if (!event.repeat) action?.(row);
    },
  };
}

function focusRow(root: HTMLElement | null, index: number): void {
  root?.querySelectorAll('tr[data-row]')[index]?.querySelector('a')?.focus();
}
