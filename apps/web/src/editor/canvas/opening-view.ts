import type { Viewport } from '@xyflow/react';
import { type FlowNode, nodeSize } from './view.js';

/** Least zoom at which names and relations can be read. */
const readableZoom = 0.72;
const margin = 48;
/** Space at the top that the bar of the editor covers. */
const barHeight = 64;

interface Frame {
  readonly width: number;
  readonly height: number;
}

/**
 * What is seen when a chain opens: all of it where that is readable, else the node that is selected, else its beginning,
 * with the place where messages enter at the left.
 */
export function openingView(nodes: readonly FlowNode[], { width, height }: Frame): Viewport {
  const left = Math.min(...nodes.map(({ position }) => position.x));
  const right = Math.max(...nodes.map(({ position }) => position.x + nodeSize.width));
  const top = Math.min(...nodes.map(({ position }) => position.y));
  const bottom = Math.max(...nodes.map(({ position }) => position.y + nodeSize.height));
  const usableHeight = height - barHeight;
  const whole = Math.min((width - 2 * margin) / (right - left), (usableHeight - 2 * margin) / (bottom - top), 1);
  const zoom = Math.max(whole, readableZoom);
  const chosen = whole < readableZoom ? nodes.find(({ selected }) => selected) : undefined;
  if (chosen !== undefined) {
    const { x, y } = chosen.position;
    return { x: width / 2 - (x + nodeSize.width / 2) * zoom, y: barHeight + usableHeight / 2 - (y + nodeSize.height / 2) * zoom, zoom };
  }
  const [input] = nodes;
  const startX = input?.position.x ?? left;
  const x = whole >= readableZoom ? (width - (left + right) * zoom) / 2 : margin - startX * zoom;
  const middleY = (bottom - top) * zoom <= usableHeight ? (top + bottom) / 2 : (input?.position.y ?? top);
  return { x, y: barHeight + usableHeight / 2 - middleY * zoom, zoom };
}
