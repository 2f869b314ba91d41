import type { Connection, OnConnectEnd } from '@xyflow/react';
import { useCallback, useState } from 'react';
import { refusalToConnect } from '../document/edits.js';
import { useEditorStore } from '../editor-context.js';
import { connectNodes } from './canvas-actions.js';
import type { PendingConnection } from './relation-picker.js';
import { type FlowWire, inputKey } from './view.js';

/** A relation that no node has, to ask whether two nodes may be connected at all. */
const anyRelation = '\u0000';

/** Drawing a wire: where it may end, and which relation it gets. It may be let go anywhere on a node. */
export function useConnecting() {
  const store = useEditorStore();
  const [pending, setPending] = useState<PendingConnection>();
  const refusal = useCallback(
    (from: string, to: string) => (from === inputKey ? undefined : refusalToConnect(store.getState().draft, { from, to, type: anyRelation })),
    [store],
  );
  const isValid = useCallback(({ source, target }: Connection | FlowWire) => target !== inputKey && refusal(source, target) === undefined, [refusal]);
  const onConnectEnd = useCallback<OnConnectEnd>(
    (event, { fromNode, toNode, fromHandle }) => {
      const point = 'changedTouches' in event ? event.changedTouches[0] : event;
      const other = toNode?.id ?? (point && nodeAt(point.clientX, point.clientY));
      if (fromNode === null || other === undefined || other === fromNode.id || point === undefined) return;
      const [from, to] = fromHandle?.type === 'target' ? [other, fromNode.id] : [fromNode.id, other];
      const refused = refusal(from, to);
      if (from === inputKey) connectNodes(store, from, to, '');
      else if (refused !== undefined) store.getState().edit(() => ({ refused }));
      else setPending({ from, to, x: point.clientX, y: point.clientY });
    },
    [store, refusal],
  );
  return { pending, stop: () => setPending(undefined), isValid, onConnectEnd };
}

/** The node under a point of the screen. */
function nodeAt(x: number, y: number): string | undefined {
  const id = document.elementFromPoint(x, y)?.closest('.react-flow__node')?.getAttribute('data-id') ?? undefined;
  return id === inputKey ? undefined : id;
}
