import { useReactFlow } from '@xyflow/react';
import type { KeyboardEvent } from 'react';
import { useEditorStore } from '../editor-context.js';
import { deleteSelection, duplicateSelection, nudgeSelection, selectAll, selectTowards } from './canvas-actions.js';

const directions: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export interface CanvasCommands {
  readonly tidy: () => void;
  readonly toggleMap: () => void;
  readonly openPalette: () => void;
  readonly openInspector: () => void;
}

/** Keys of the canvas. They act only while the canvas has the focus; fields keep their own. */
export function useCanvasKeys(commands: CanvasCommands): (event: KeyboardEvent) => void {
  const store = useEditorStore();
  const flow = useReactFlow();
  const withControl: Readonly<Record<string, (event: KeyboardEvent) => void>> = {
    z: (event) => (event.shiftKey ? store.getState().redo() : store.getState().undo()),
    y: () => store.getState().redo(),
    a: () => selectAll(store),
    d: () => duplicateSelection(store),
  };
  const alone: Readonly<Record<string, () => void>> = {
    Delete: () => deleteSelection(store),
    Backspace: () => deleteSelection(store),
    Escape: () => store.getState().select({}),
    Enter: commands.openInspector,
    F2: commands.openInspector,
    a: commands.openPalette,
    l: commands.tidy,
    m: commands.toggleMap,
    0: () => void flow.zoomTo(1),
    1: () => void flow.fitView({ padding: 0.15, maxZoom: 1.25 }),
    2: () => void flow.fitView({ nodes: [...store.getState().selection.nodes].map((id) => ({ id })), maxZoom: 1.25 }),
    '+': () => void flow.zoomIn(),
    '-': () => void flow.zoomOut(),
  };
  return (event) => {
    if (event.target instanceof HTMLElement && event.target.closest('input, textarea, [contenteditable], button, [role="dialog"]') !== null) return;
    const isControl = event.ctrlKey || event.metaKey;
    const direction = directions[event.key];
    const action = isControl ? withControl[event.key.toLowerCase()] : alone[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (direction !== undefined) {
      const step = event.shiftKey ? 64 : 8;
      if (isControl) nudgeSelection(store, direction[0] * step, direction[1] * step);
      else selectTowards(store, direction[0], direction[1]);
    } else if (action !== undefined && !event.altKey) action(event);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}
