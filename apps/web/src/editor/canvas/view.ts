import type { Edge, Node } from '@xyflow/react';
import { Position } from '@xyflow/react';
import type { Catalogue, NodeKind } from '../catalogue.js';
import type { TracedPath } from '../../traces/trace-steps.js';
import type { ChainDocument, ChainNode } from '../document/chain-document.js';
import { isFailure } from '../relations.js';

// The one place where the chain document becomes what React Flow draws. Sizes and handles are given up front, so
// that nothing has to be measured, and what did not change keeps its identity, so that nothing else is drawn again.

export const nodeSize = { width: 216, height: 56 } as const;
export const inputSize = { width: 96, height: 32 } as const;
export const inputKey = '@input';
const inputDistance = 72;

export type ProblemLevel = 'error' | 'warning';

export interface RuleNodeData extends Record<string, unknown> {
  readonly node: ChainNode;
  readonly kind: NodeKind | undefined;
  readonly level: ProblemLevel | undefined;
  readonly problemCount: number;
  readonly isChanged: boolean;
  /** Of a path that is shown: the message was here, or failed here. */
  readonly traced: 'passed' | 'failed' | undefined;
}

export interface WireData extends Record<string, unknown> {
  readonly relations: readonly string[];
  /** Where the wire bends, and so on which end its relations are written: where fewer wires meet. */
  readonly bend: 'source' | 'target';
  /** True where the message of the path that is shown went this way. */
  readonly isTraced: boolean;
}

export type RuleFlowNode = Node<RuleNodeData, 'rule'>;
export type InputFlowNode = Node<Record<string, unknown>, 'input-point'>;
export type FlowNode = RuleFlowNode | InputFlowNode;
export type FlowWire = Edge<WireData, 'wire'>;

export interface Selection {
  readonly nodes: ReadonlySet<string>;
  readonly wires: ReadonlySet<string>;
}

export const emptySelection: Selection = { nodes: new Set(), wires: new Set() };

export interface Marks {
  readonly problems: ReadonlyMap<string, { readonly level: ProblemLevel; readonly count: number }>;
  readonly changed: ReadonlySet<string>;
  readonly traced: TracedPath | undefined;
}

export const noMarks: Marks = { problems: new Map(), changed: new Set(), traced: undefined };

export interface View {
  readonly nodes: readonly FlowNode[];
  readonly wires: readonly FlowWire[];
}

export const emptyView: View = { nodes: [], wires: [] };

export function wireId(from: string, to: string): string {
  return `${from}>${to}`;
}

export interface ViewSource {
  readonly document: ChainDocument;
  readonly catalogue: Catalogue;
  readonly selection: Selection;
  readonly marks: Marks;
}

/** What to draw for a document; parts equal to those of `previous` are the same objects. */
export function viewOf(source: ViewSource, previous: View): View {
  const nodesBefore = new Map(previous.nodes.map((node) => [node.id, node]));
  const wiresBefore = new Map(previous.wires.map((wire) => [wire.id, wire]));
  const nodes: FlowNode[] = [inputNode(source, nodesBefore.get(inputKey))];
  for (const node of source.document.nodes.values()) nodes.push(ruleNode(node, source, nodesBefore.get(node.key)));
  return { nodes, wires: wiresOf(source, wiresBefore) };
}

/** The same view with some nodes elsewhere, as while they are dragged. */
export function withPositions(view: View, positions: ReadonlyMap<string, { x: number; y: number }>): View {
  const nodes = view.nodes.map((node) => {
    const position = positions.get(node.id);
    return position === undefined ? node : { ...node, position };
  });
  return { ...view, nodes };
}

function ruleNode(node: ChainNode, { catalogue, selection, marks }: ViewSource, before: FlowNode | undefined): FlowNode {
  const kind = catalogue.byType.get(node.type);
  const problem = marks.problems.get(node.key);
  const isChanged = marks.changed.has(node.key);
  const selected = selection.nodes.has(node.key);
  const traced = marks.traced?.failed.has(node.key) === true ? 'failed' : marks.traced?.nodes.has(node.key) === true ? 'passed' : undefined;
  if (before?.type === 'rule' && before.selected === selected && before.position.x === node.x && before.position.y === node.y) {
    const { data } = before;
    const isSame = data.node === node && data.kind === kind && data.isChanged === isChanged && data.traced === traced;
    if (isSame && data.level === problem?.level && data.problemCount === (problem?.count ?? 0)) return before;
  }
  return {
    id: node.key,
    type: 'rule',
    position: { x: node.x, y: node.y },
    data: { node, kind, level: problem?.level, problemCount: problem?.count ?? 0, isChanged, traced },
    selected,
    ariaRole: 'group',
    ariaLabel: ariaLabelOf(node, kind),
    ...nodeSize,
    measured: nodeSize,
    handles: [
      ...(kind?.hasInput === false ? [] : [{ type: 'target' as const, position: Position.Left, x: 0, y: nodeSize.height / 2, width: 1, height: 1 }]),
      ...(kind?.hasOutput === false
        ? []
        : [{ type: 'source' as const, position: Position.Right, x: nodeSize.width, y: nodeSize.height / 2, width: 1, height: 1 }]),
    ],
  };
}

function ariaLabelOf({ number, name, type }: ChainNode, kind: NodeKind | undefined): string {
  return `Node ${number}, ${name === '' ? 'unnamed' : name}, ${kind?.title ?? type}`;
}

/** The point where messages enter; always a little left of the node that they enter, or of all nodes. */
function inputNode({ document, selection }: ViewSource, before: FlowNode | undefined): FlowNode {
  const first = document.firstNode === undefined ? undefined : document.nodes.get(document.firstNode);
  const position = first === undefined ? besideAll(document) : { x: first.x, y: first.y };
  const x = position.x - inputDistance - inputSize.width;
  const y = position.y + (nodeSize.height - inputSize.height) / 2;
  const selected = selection.nodes.has(inputKey);
  if (before?.type === 'input-point' && before.position.x === x && before.position.y === y && before.selected === selected) return before;
  return {
    id: inputKey,
    type: 'input-point',
    position: { x, y },
    data: {},
    selected,
    ariaRole: 'group',
    ariaLabel: 'Input, where messages enter',
    draggable: false,
    deletable: false,
    selectable: false,
    ...inputSize,
    measured: inputSize,
    handles: [{ type: 'source', position: Position.Right, x: inputSize.width, y: inputSize.height / 2, width: 1, height: 1 }],
  };
}

function besideAll(document: ChainDocument): { x: number; y: number } {
  const nodes = [...document.nodes.values()];
  if (nodes.length === 0) return { x: 320, y: 160 };
  return { x: Math.min(...nodes.map(({ x }) => x)), y: Math.min(...nodes.map(({ y }) => y)) };
}

function wiresOf({ document, selection, marks: { traced } }: ViewSource, before: ReadonlyMap<string, FlowWire>): FlowWire[] {
  const pairs = new Map<string, { from: string; to: string; relations: string[] }>();
  const targetsOf = new Map<string, number>();
  const sourcesOf = new Map<string, number>();
  for (const { from, to, type } of document.connections.values()) {
    const id = wireId(from, to);
    const pair = pairs.get(id);
    if (pair !== undefined) {
      pair.relations.push(type);
      continue;
    }
    pairs.set(id, { from, to, relations: [type] });
    targetsOf.set(from, (targetsOf.get(from) ?? 0) + 1);
    sourcesOf.set(to, (sourcesOf.get(to) ?? 0) + 1);
  }
  const wires: FlowWire[] = [];
  if (document.firstNode !== undefined && document.nodes.has(document.firstNode)) {
    const id = wireId(inputKey, document.firstNode);
    wires.push(
      sameOrNew(before.get(id), {
        ...{ from: inputKey, to: document.firstNode, relations: [], bend: 'target', selected: selection.wires.has(id) },
        isTraced: traced?.nodes.has(document.firstNode) === true,
      }),
    );
  }
  for (const [id, { from, to, relations }] of pairs) {
    const bend = (sourcesOf.get(to) ?? 0) > (targetsOf.get(from) ?? 0) ? 'target' : 'source';
    relations.sort((a, b) => Number(isFailure(a)) - Number(isFailure(b)) || a.localeCompare(b));
    const left = traced?.nodes.has(to) === true ? traced.left.get(from) : undefined;
    const isTraced = left !== undefined && relations.some((relation) => left.has(relation.toLowerCase()));
    wires.push(sameOrNew(before.get(id), { from, to, relations, bend, isTraced, selected: selection.wires.has(id) }));
  }
  return wires;
}

interface WireParts extends WireData {
  readonly from: string;
  readonly to: string;
  readonly selected: boolean;
}

function sameOrNew(before: FlowWire | undefined, { from, to, relations, bend, isTraced, selected }: WireParts): FlowWire {
  if (
    before?.data !== undefined &&
    before.selected === selected &&
    before.data.bend === bend &&
    before.data.isTraced === isTraced &&
    before.data.relations.join('\n') === relations.join('\n')
  ) {
    return before;
  }
  return { id: wireId(from, to), type: 'wire', source: from, target: to, data: { relations, bend, isTraced }, selected };
}
