import { withoutSecrets } from '@fieldline/model';
import type { JsonValue, RuleChainMetadata, RuleNodeWire } from '../../api/wire.js';
import { type ChainConnection, type ChainDocument, type ChainNode, nextNumber } from './chain-document.js';
import type { Change, Patch } from './change.js';
import type { Refusal } from './edits.js';
import { PASTE_CHARACTERS_MAX, PASTE_NODES_MAX } from './limits.js';
import { readMetadata, writeMetadata } from './metadata.js';

const kind = 'fieldline.rule-chain-fragment';

/** Text for the system clipboard: the chosen nodes and the connections among them; the wire form has no others. */
export function copyText(document: ChainDocument, keys: ReadonlySet<string>): string {
  const nodes = [...document.nodes].filter(([key]) => keys.has(key));
  const fragment: ChainDocument = { nodes: new Map(nodes), connections: document.connections, firstNode: undefined };
  const metadata = writeMetadata('', { document: fragment, version: undefined, serverIds: new Map(), notes: [] });
  return JSON.stringify({ kind, version: 1, nodes: metadata.nodes, connections: metadata.connections }, null, 2);
}

export interface PasteOptions {
  /** Where the middle of what is pasted goes; its own place, moved a little, when absent. */
  readonly at?: { readonly x: number; readonly y: number };
  readonly newKey: () => string;
}

/** Adds what `copyText` wrote, or a rule chain exported by ThingsBoard, under new keys and numbers. Secrets stay with the original: a copy has none. */
export function paste(document: ChainDocument, text: string, options: PasteOptions): (Change & { keys: string[] }) | Refusal {
  if (text.length > PASTE_CHARACTERS_MAX) return { refused: 'The clipboard holds more than a rule chain can.' };
  const fragment = readFragment(text);
  if (fragment === undefined) return { refused: 'The clipboard holds no rule nodes.' };
  if (fragment.nodes.size > PASTE_NODES_MAX) return { refused: `A paste may hold ${PASTE_NODES_MAX} nodes; this one has ${fragment.nodes.size}.` };
  const shift = shiftFor([...fragment.nodes.values()], options.at);
  const keys = new Map<string, string>();
  let number = nextNumber(document);
  const patches: Patch[] = [];
  for (const node of fragment.nodes.values()) {
    const key = options.newKey();
    keys.set(node.key, key);
    const configuration = withoutSecrets(node.configuration) as JsonValue;
    patches.push({ kind: 'node', before: undefined, after: { ...node, key, number, configuration, x: node.x + shift.x, y: node.y + shift.y } });
    number += 1;
  }
  for (const { from, to, type } of fragment.connections.values()) {
    const after: ChainConnection = { from: keys.get(from) ?? from, to: keys.get(to) ?? to, type };
    patches.push({ kind: 'connection', before: undefined, after });
  }
  const count = fragment.nodes.size;
  return { label: count === 1 ? 'Paste a node' : `Paste ${count} nodes`, patches, keys: [...keys.values()] };
}

function readFragment(text: string): ChainDocument | undefined {
  const parsed = parse(text);
  const source = isObject(parsed) && isObject(parsed['metadata']) ? parsed['metadata'] : parsed;
  if (!isObject(source) || !Array.isArray(source['nodes']) || source['nodes'].length === 0) return undefined;
  const nodes = source['nodes'].filter(isNode);
  if (nodes.length !== source['nodes'].length) return undefined;
  const connections = Array.isArray(source['connections']) ? source['connections'].filter(isConnection) : [];
  const metadata: RuleChainMetadata = { ruleChainId: { id: '' }, nodes, connections };
  return readMetadata(metadata).document;
}

function shiftFor(nodes: readonly ChainNode[], at: PasteOptions['at']): { x: number; y: number } {
  if (at === undefined) return { x: 32, y: 32 };
  const xs = nodes.map((node) => node.x);
  const ys = nodes.map((node) => node.y);
  const middle = (values: number[]) => (Math.min(...values) + Math.max(...values)) / 2;
  return { x: snap(at.x - middle(xs)), y: snap(at.y - middle(ys)) };
}

const snap = (value: number) => Math.round(value / 8) * 8;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNode(value: unknown): value is RuleNodeWire {
  return (
    isObject(value) &&
    typeof value['type'] === 'string' &&
    typeof value['name'] === 'string' &&
    (value['additionalInfo'] === undefined || value['additionalInfo'] === null || isObject(value['additionalInfo'])) &&
    (value['configuration'] as JsonValue | undefined) !== undefined
  );
}

function isConnection(value: unknown): value is { fromIndex: number; toIndex: number; type: string } {
  return isObject(value) && typeof value['fromIndex'] === 'number' && typeof value['toIndex'] === 'number' && typeof value['type'] === 'string';
}
