import type { EditorStore } from '../editor-store.js';
import type { NodeKind } from '../catalogue.js';
import { copyText, paste } from '../document/clipboard.js';
import { addNode, connect, isRefusal, moveNodes, remove, setFirstNode } from '../document/edits.js';
import { inputKey, nodeSize, wireId } from './view.js';

// What a person can do on the canvas, each in one place, whether it comes from the mouse, a key or a menu.

const grid = 8;
const columnStep = 296;
const rowStep = 80;
const snap = (value: number) => Math.round(value / grid) * grid;

/** Places a node of a kind and selects it. Its middle goes to `at`. */
export function placeNode(store: EditorStore, kind: NodeKind, at: { x: number; y: number }): void {
  const key = crypto.randomUUID();
  const { draft } = store.getState();
  const used = new Set([...draft.nodes.values()].map(({ name }) => name));
  let name = kind.title;
  for (let count = 2; used.has(name); count += 1) name = `${kind.title} ${count}`;
  const placed = store.getState().edit((document) =>
    addNode(document, key, {
      type: kind.type,
      name,
      configurationVersion: kind.configurationVersion,
      configuration: kind.defaults,
      x: snap(at.x - nodeSize.width / 2),
      y: snap(at.y - nodeSize.height / 2),
      hasInput: kind.hasInput,
    }),
  );
  if (placed) store.getState().select({ nodes: new Set([key]) });
}

/** A free place for a node added by key: right of the only selected node, else at `centre`. */
export function freePlace(store: EditorStore, centre: { x: number; y: number }): { x: number; y: number } {
  const { draft, selection } = store.getState();
  const [only] = selection.nodes;
  const beside = selection.nodes.size === 1 && only !== undefined ? draft.nodes.get(only) : undefined;
  const place = beside === undefined ? { ...centre } : { x: beside.x + columnStep + nodeSize.width / 2, y: beside.y + nodeSize.height / 2 };
  const nodes = [...draft.nodes.values()];
  const isTaken = () =>
    nodes.some(
      ({ x, y }) =>
        Math.abs(x + nodeSize.width / 2 - place.x) < nodeSize.width && Math.abs(y + nodeSize.height / 2 - place.y) < nodeSize.height + grid,
    );
  while (isTaken()) place.y += rowStep;
  return place;
}

/** Leads a relation from one node to another, or moves the point where messages enter. */
export function connectNodes(store: EditorStore, from: string, to: string, relation: string): void {
  if (from === inputKey) store.getState().edit((draft) => setFirstNode(draft, to));
  else if (store.getState().edit((draft) => connect(draft, { from, to, type: relation })))
    store.getState().select({ wires: new Set([wireId(from, to)]) });
}

export function deleteSelection(store: EditorStore): void {
  const { draft, selection } = store.getState();
  const connections = new Set([...draft.connections].filter(([, { from, to }]) => selection.wires.has(wireId(from, to))).map(([key]) => key));
  const isInputCut = draft.firstNode !== undefined && selection.wires.has(wireId(inputKey, draft.firstNode));
  store.getState().edit((document) => remove(document, { nodes: selection.nodes, connections, isInputCut }));
}

/** The selected nodes as text for the clipboard; undefined when none is selected. */
export function selectionText(store: EditorStore): string | undefined {
  const { draft, selection } = store.getState();
  return selection.nodes.size === 0 ? undefined : copyText(draft, selection.nodes);
}

export function pasteText(store: EditorStore, text: string, at?: { x: number; y: number }): void {
  const result = paste(store.getState().draft, text, { newKey: () => crypto.randomUUID(), ...(at === undefined ? {} : { at }) });
  const isDone = store.getState().edit(() => result);
  if (isDone && !isRefusal(result) && 'keys' in result) store.getState().select({ nodes: new Set(result.keys) });
}

export function duplicateSelection(store: EditorStore): void {
  const text = selectionText(store);
  if (text !== undefined) pasteText(store, text);
}

export function selectAll(store: EditorStore): void {
  store.getState().select({ nodes: new Set(store.getState().draft.nodes.keys()) });
}

export function nudgeSelection(store: EditorStore, dx: number, dy: number): void {
  const { draft, selection } = store.getState();
  const positions = new Map<string, { x: number; y: number }>();
  for (const key of selection.nodes) {
    const node = draft.nodes.get(key);
    if (node !== undefined) positions.set(key, { x: node.x + dx, y: node.y + dy });
  }
  if (positions.size > 0) store.getState().edit((document) => moveNodes(document, positions));
}

/** Selects the nearest node in a direction, as arrow keys do; the first node when nothing is selected. */
export function selectTowards(store: EditorStore, dx: number, dy: number): void {
  const { draft, selection } = store.getState();
  const nodes = [...draft.nodes.values()];
  const from = nodes.find(({ key }) => selection.nodes.has(key));
  const start = from ?? nodes.find(({ key }) => key === draft.firstNode) ?? nodes[0];
  if (start === undefined) return;
  let target = from === undefined ? start : undefined;
  let best = Number.POSITIVE_INFINITY;
  for (const node of from === undefined ? [] : nodes) {
    const along = (node.x - start.x) * dx + (node.y - start.y) * dy;
    const across = Math.abs((node.x - start.x) * dy) + Math.abs((node.y - start.y) * dx);
    if (node === start || along <= 0 || along + 2 * across >= best) continue;
    best = along + 2 * across;
    target = node;
  }
  if (target === undefined) return;
  store.getState().select({ nodes: new Set([target.key]) });
  store.getState().announce(`${target.number}, ${target.name}`);
}
