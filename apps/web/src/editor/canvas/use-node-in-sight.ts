import { useReactFlow, useStore } from '@xyflow/react';
import { useEffect } from 'react';
import { useEditor } from '../editor-context.js';
import { nodeSize } from './view.js';

/** Up to this width the settings are a sheet that takes space from the canvas (editor-page.module.css). */
const sheetUpToPx = 820;
/** Space at the top that the bar of the editor covers. */
const barHeight = 64;

/** Moves the canvas where the sheet with the settings would leave the selected node out of sight. */
export function useNodeInSight(): void {
  const flow = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const selected = useEditor(({ selection }) => (selection.nodes.size === 1 ? [...selection.nodes][0] : undefined));
  useEffect(() => {
    if (selected === undefined || window.innerWidth > sheetUpToPx) return;
    const node = flow.getNode(selected);
    if (node === undefined) return;
    const { x, y, zoom } = flow.getViewport();
    const left = node.position.x * zoom + x;
    const top = node.position.y * zoom + y;
    const right = left + nodeSize.width * zoom;
    const bottom = top + nodeSize.height * zoom;
    if (left >= 0 && right <= width && top >= barHeight && bottom <= height) return;
    const middle = { x: node.position.x + nodeSize.width / 2, y: node.position.y + nodeSize.height / 2 - barHeight / 2 / zoom };
    void flow.setCenter(middle.x, middle.y, { zoom, duration: 200 });
  }, [flow, selected, width, height]);
}
