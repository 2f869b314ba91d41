import { Graph, layout } from '@dagrejs/dagre';

export interface LayoutInput {
  readonly nodes: readonly { readonly key: string; readonly x: number; readonly y: number }[];
  readonly connections: readonly { readonly from: string; readonly to: string }[];
  readonly width: number;
  readonly height: number;
}

/**
 * Places nodes from left to right by their distance from the input. The present order from top to bottom goes in
 * as the order of the nodes, and the whole keeps its top left corner, so that people find their chain again.
 */
export function layOut({ nodes, connections, width, height }: LayoutInput): Map<string, { x: number; y: number }> {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 32, ranksep: 120, ranker: 'network-simplex' });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { key } of [...nodes].sort((a, b) => a.y - b.y || a.x - b.x)) graph.setNode(key, { width, height });
  for (const { from, to } of connections) graph.setEdge(from, to);
  layout(graph);
  const left = Math.min(...nodes.map(({ x }) => x));
  const top = Math.min(...nodes.map(({ y }) => y));
  const placed = nodes.map(({ key }) => {
    const middle = graph.node(key) as { x: number; y: number };
    return { key, x: middle.x - width / 2, y: middle.y - height / 2 };
  });
  const placedLeft = Math.min(...placed.map(({ x }) => x));
  const placedTop = Math.min(...placed.map(({ y }) => y));
  const snap = (value: number) => Math.round(value / 8) * 8;
  return new Map(placed.map(({ key, x, y }) => [key, { x: snap(x - placedLeft + left), y: snap(y - placedTop + top) }]));
}
