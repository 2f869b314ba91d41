import type { EdgeChange, NodeChange } from '@xyflow/react';
import { useCallback } from 'react';
import { useEditorStore } from '../editor-context.js';
import { moveNodes } from '../document/edits.js';
import type { FlowNode, FlowWire } from './view.js';

/**
 * Translates what React Flow reports into selection and edits. While nodes are dragged only the view moves; the
 * document learns their place, as one step, when they are let go.
 */
export function useFlowChanges() {
  const store = useEditorStore();
  const onNodesChange = useCallback(
    (changes: NodeChange<FlowNode>[]) => {
      const dragged = new Map<string, { x: number; y: number }>();
      const dropped = new Map<string, { x: number; y: number }>();
      let nodes: Set<string> | undefined;
      for (const change of changes) {
        if (change.type === 'position' && change.position !== undefined)
          (change.dragging === true ? dragged : dropped).set(change.id, change.position);
        if (change.type === 'select') {
          nodes ??= new Set(store.getState().selection.nodes);
          if (change.selected) nodes.add(change.id);
          else nodes.delete(change.id);
        }
      }
      if (nodes !== undefined) store.getState().select({ nodes, wires: store.getState().selection.wires });
      if (dragged.size > 0) store.getState().drag(dragged);
      // A click without a drag reports the place where the node already is: no step then.
      const moved = moveNodes(store.getState().draft, dropped);
      if (dropped.size > 0 && 'patches' in moved) store.getState().edit(() => moved);
    },
    [store],
  );
  const onEdgesChange = useCallback(
    (changes: EdgeChange<FlowWire>[]) => {
      const selects = changes.filter((change) => change.type === 'select');
      if (selects.length === 0) return;
      const wires = new Set(store.getState().selection.wires);
      for (const { id, selected } of selects) {
        if (selected) wires.add(id);
        else wires.delete(id);
      }
      store.getState().select({ wires, nodes: store.getState().selection.nodes });
    },
    [store],
  );
  return { onNodesChange, onEdgesChange };
}
