import type { JsonObject, JsonValue } from '@fieldline/model';
import * as z from 'zod';
import { API_RULE_NODES_MAX } from './limits.js';
import { withChain } from './rule-chain-data.js';
import { chainCallClassName } from './rule-chain-metadata.js';
import type { WireRuleChain, WireRuleChainMetadata, WireRuleNode } from './rule-chain.js';
import { uuidSchema } from './wire-id.js';

const freeJson = z.record(z.string(), z.json());

const nodeSchema = z.strictObject({
  id: uuidSchema.describe('Stays with the node wherever the file goes.'),
  name: z.string().max(255).describe('Label; of an output node, the relation type it returns.'),
  type: z.string().min(1).max(255).describe('Node type, such as "filter.script".'),
  version: z.int().describe('Version of `settings`, as the API counts it.'),
  description: z.string().optional().describe('For people.'),
  queue: z.string().max(255).optional().describe('For node types with a queue of their own.'),
  isSingleton: z.boolean().optional().describe('Runs on one server only.'),
  recordsFailures: z.boolean().optional().describe('Whether failures are recorded for debugging.'),
  settings: z.json().describe('Settings; their members in the order of the alphabet.'),
  additionalInfo: freeJson.optional().describe('What clients keep with the node.'),
  to: z.record(z.string(), z.array(uuidSchema)).optional().describe('Nodes that messages go on to, by relation type.'),
});

/**
 * A rule chain as a text for version control: everything under ids that stay the same wherever it goes, in an order that
 * editing does not change, and what only the canvas needs at the end. Two texts differ where the chains do.
 */
export const ruleChainSourceSchema = z.strictObject({
  format: z.literal('fieldline/rule-chain/1').describe('What this is.'),
  id: uuidSchema.describe('Stays with the chain wherever the file goes.'),
  name: z.string().min(1).max(255).describe('Name.'),
  type: z.enum(['CORE', 'EDGE']).describe('EDGE chains are kept, never run.'),
  additionalInfo: freeJson.optional().describe('Free JSON.'),
  entry: uuidSchema.optional().describe('Node that messages enter by.'),
  nodes: z.array(nodeSchema).max(API_RULE_NODES_MAX).describe('Nodes, by id.'),
  notes: z.array(freeJson).optional().describe('Notes on the canvas.'),
  layout: z.record(uuidSchema, z.strictObject({ x: z.number(), y: z.number() })).describe('Places on the canvas, in pixels.'),
});
export type RuleChainSource = z.infer<typeof ruleChainSourceSchema>;

/** Names that differ from server to server. */
export interface SourceNames {
  /** Our name of a node type by the class that the API calls it by, and back; what is not known keeps its name. */
  typeOf(className: string): string;
  classOf(type: string): string;
  /** The lasting id of a chain by its id on the server, and back. */
  lastingChainId(id: string): string;
  chainIdHere(lastingId: string): string;
}

/** The id that stays with a chain or node: the one it came with, else its own. */
export const lastingId = (one: { readonly id: { readonly id: string }; readonly externalId: { readonly id: string } | null }): string =>
  one.externalId?.id ?? one.id.id;

/** Writes a chain of a server as its source. */
export function chainToSource(chain: WireRuleChain, metadata: WireRuleChainMetadata, names: SourceNames): RuleChainSource {
  const ids = metadata.nodes.map(lastingId);
  const entry = metadata.firstNodeIndex === null ? undefined : ids[metadata.firstNodeIndex];
  const nodes = metadata.nodes.map((node, place) => {
    const out = (metadata.connections ?? []).filter(({ fromIndex }) => fromIndex === place);
    return sourceNode(node, waysOut(out.map(({ type, toIndex }) => [type, ids[toIndex] ?? ''])), names);
  });
  const places = metadata.nodes.map((node, place) => [ids[place] ?? '', { x: node.additionalInfo.layoutX, y: node.additionalInfo.layoutY }] as const);
  return {
    format: 'fieldline/rule-chain/1',
    id: lastingId(chain),
    name: chain.name,
    type: chain.type,
    ...(chain.additionalInfo === null ? {} : { additionalInfo: chain.additionalInfo }),
    ...(entry === undefined ? {} : { entry }),
    nodes: nodes.sort((a, b) => (a.id < b.id ? -1 : 1)),
    ...(metadata.notes === undefined ? {} : { notes: metadata.notes }),
    layout: Object.fromEntries(places.sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function sourceNode(node: WireRuleNode, to: Record<string, string[]>, names: SourceNames): RuleChainSource['nodes'][number] {
  const { layoutX: _x, layoutY: _y, description, ...info } = node.additionalInfo;
  const settings = node.type === chainCallClassName ? withChain(node.configuration, (id) => names.lastingChainId(id)) : node.configuration;
  return {
    id: lastingId(node),
    name: node.name,
    type: names.typeOf(node.type),
    version: node.configurationVersion,
    ...(description === '' ? {} : { description }),
    ...(node.queueName === null ? {} : { queue: node.queueName }),
    ...(node.singletonMode ? { isSingleton: true } : {}),
    ...(node.debugSettings.failuresEnabled ? { recordsFailures: true } : {}),
    settings: sorted(settings) as RuleChainSource['nodes'][number]['settings'],
    ...(Object.keys(info).length === 0 ? {} : { additionalInfo: info }),
    ...(Object.keys(to).length === 0 ? {} : { to }),
  };
}

function waysOut(ways: readonly (readonly [label: string, to: string])[]): Record<string, string[]> {
  const labels = [...new Set(ways.map(([label]) => label))].sort();
  const targets = (label: string): string[] => ways.filter(([one]) => one === label).map(([, to]) => to);
  return Object.fromEntries(labels.map((label) => [label, targets(label).sort()]));
}

/** The members of settings in alphabetical order; within them order may mean something, such as which key is renamed first. */
function sorted(settings: JsonValue): JsonValue {
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) return settings;
  return Object.fromEntries(Object.entries(settings as JsonObject).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * The body that saves a source as the graph of a chain, `ruleChainId` and `version` apart.
 *
 * @param stored the graph the chain has on this server: its nodes keep their ids there, and with them their state
 */
export function sourceToGraph(source: RuleChainSource, stored: Pick<WireRuleChainMetadata, 'nodes'>, names: SourceNames): JsonObject {
  const here = new Map(stored.nodes.map((node) => [lastingId(node), node.id.id]));
  const places = new Map(source.nodes.map(({ id }, place) => [id, place]));
  const at = (id: string): number => places.get(id) ?? -1;
  return {
    firstNodeIndex: source.entry === undefined ? null : at(source.entry),
    nodes: source.nodes.map((node) => graphNode(node, here.get(node.id), source.layout[node.id] ?? { x: 0, y: 0 }, names)),
    connections: source.nodes.flatMap((node) =>
      Object.entries(node.to ?? {}).flatMap(([type, targets]) => targets.map((to) => ({ fromIndex: at(node.id), toIndex: at(to), type }))),
    ),
    notes: source.notes ?? [],
  };
}

type Place = RuleChainSource['layout'][string];

function graphNode(node: RuleChainSource['nodes'][number], id: string | undefined, { x, y }: Place, names: SourceNames): JsonObject {
  const type = names.classOf(node.type);
  const settings = node.settings as JsonValue;
  return {
    ...(id === undefined ? { externalId: { entityType: 'RULE_NODE', id: node.id } } : { id: { entityType: 'RULE_NODE', id } }),
    type,
    name: node.name,
    configurationVersion: node.version,
    configuration: type === chainCallClassName ? withChain(settings, (chain) => names.chainIdHere(chain)) : settings,
    queueName: node.queue ?? null,
    singletonMode: node.isSingleton ?? false,
    debugSettings: { failuresEnabled: node.recordsFailures ?? false, allEnabled: false, allEnabledUntil: 0 },
    additionalInfo: { ...(node.additionalInfo as JsonObject | undefined), layoutX: x, layoutY: y, description: node.description ?? '' },
  };
}
