import type { ComponentDescriptor, ComponentType, JsonObject, JsonValue } from '../api/wire.js';

/** What the editor knows of a kind of rule node. */
export interface NodeKind {
  /** Type on the wire; nodes name their kind by it. */
  readonly type: string;
  /** Our own name of it, which node types that other products lack have for `type` as well. */
  readonly nodeType: string;
  readonly title: string;
  readonly category: ComponentType;
  readonly summary: string;
  readonly details: string;
  /** Ways out that the kind declares, Failure last. */
  readonly relationTypes: readonly string[];
  /** True where the engineer may name further ways out. */
  readonly hasCustomRelations: boolean;
  readonly hasInput: boolean;
  readonly hasOutput: boolean;
  /** True where the node has a queue of its own to send by. */
  readonly hasQueue: boolean;
  /** What to use instead, where the palette does not offer it any more. */
  readonly deprecated: string | undefined;
  /** Plugin without which its messages fail, and which is not there. */
  readonly needsPlugin: string | undefined;
  /** Package it comes with; undefined for those of the server. */
  readonly plugin: string | undefined;
  readonly configurationVersion: number;
  readonly defaults: JsonValue;
  /** JSON Schema of the settings; absent where the server sends none. */
  readonly schema: JsonObject | undefined;
}

export interface Catalogue {
  readonly kinds: readonly NodeKind[];
  readonly byType: ReadonlyMap<string, NodeKind>;
}

export const categories: readonly { readonly type: ComponentType; readonly name: string; readonly colour: string }[] = [
  { type: 'FILTER', name: 'Filter', colour: 'var(--fl-category-filter)' },
  { type: 'ENRICHMENT', name: 'Enrichment', colour: 'var(--fl-category-enrichment)' },
  { type: 'TRANSFORMATION', name: 'Transformation', colour: 'var(--fl-category-transformation)' },
  { type: 'ACTION', name: 'Action', colour: 'var(--fl-category-action)' },
  { type: 'EXTERNAL', name: 'External', colour: 'var(--fl-category-external)' },
  { type: 'FLOW', name: 'Flow', colour: 'var(--fl-category-flow)' },
];

export function readCatalogue(components: readonly ComponentDescriptor[]): Catalogue {
  const kinds = components.map(readKind).sort((a, b) => a.title.localeCompare(b.title));
  return { kinds, byType: new Map(kinds.map((kind) => [kind.type, kind])) };
}

function readKind(component: ComponentDescriptor): NodeKind {
  const definition = component.configurationDescriptor.nodeDefinition;
  return {
    type: component.clazz,
    nodeType: definition.nodeType ?? component.clazz,
    title: titleOf(component.name),
    category: component.type,
    summary: definition.description ?? '',
    details: definition.details ?? '',
    relationTypes: failureLast(definition.relationTypes ?? ['Success']),
    hasCustomRelations: definition.customRelations ?? false,
    hasInput: definition.inEnabled ?? true,
    hasOutput: definition.outEnabled ?? true,
    hasQueue: component.hasQueueName ?? false,
    deprecated: orUndefined(definition.deprecated),
    needsPlugin: orUndefined(definition.needsPlugin),
    plugin: orUndefined(definition.plugin),
    configurationVersion: component.configurationVersion,
    defaults: definition.defaultConfiguration ?? {},
    schema: definition.configSchema,
  };
}

/** The API writes an empty text where there is nothing to say. */
function orUndefined(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

function titleOf(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function failureLast(relations: readonly string[]): string[] {
  const isFailure = (relation: string) => relation.toLowerCase() === 'failure';
  return [...relations.filter((relation) => !isFailure(relation)), 'Failure'];
}

/** Kinds that the palette offers. Nodes of the others run on, and are drawn and set as before. */
export function offeredKinds(kinds: readonly NodeKind[]): readonly NodeKind[] {
  return kinds.filter(({ deprecated }) => deprecated === undefined);
}

/**
 * Kinds that fit what is typed: every word must occur in title, type, category, summary or plugin. Those whose title
 * begins with it come first. ThingsBoard's class names are found as they are written, and word by word.
 */
export function searchKinds(kinds: readonly NodeKind[], text: string): readonly NodeKind[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return kinds;
  const words = wanted.split(/\s+/);
  const rank = (kind: NodeKind) => {
    const title = kind.title.toLowerCase();
    if (title.startsWith(wanted)) return 0;
    return words.every((word) => title.includes(word)) ? 1 : 2;
  };
  return kinds
    .filter((kind) => {
      const { title, type, nodeType, category, summary, plugin = '', needsPlugin = '' } = kind;
      const all = [title, type, wordsOf(type), nodeType, category, summary, plugin, needsPlugin, ...synonymsOf(kind)].join(' ').toLowerCase();
      return words.every((word) => all.includes(word));
    })
    .sort((a, b) => rank(a) - rank(b));
}

/** `org…TbGpsGeofencingFilterNode` as "Tb Gps Geofencing Filter Node". */
function wordsOf(type: string): string {
  return (type.split('.').at(-1) ?? type).replaceAll(/([a-z])([A-Z])/g, '$1 $2');
}

/** Words that people from other products look for. */
function synonymsOf(kind: NodeKind): readonly string[] {
  const words: string[] = [];
  if (/switch/i.test(kind.title)) words.push('route case branch');
  if (kind.category === 'FILTER') words.push('if condition');
  if (/script/i.test(kind.title)) words.push('function code javascript tbel');
  if (/save|time series/i.test(kind.title)) words.push('store write database persist telemetry');
  if (/alarm/i.test(kind.title)) words.push('alert notify');
  if (/log/i.test(kind.title)) words.push('debug print');
  return words;
}
