import { assert } from '@fieldline/kernel';
import type * as z from 'zod';
import type { AnyRuleNodeDefinition, Plugin } from '../definition.js';
import { isolatedNeeds } from '../host/isolated-needs.js';
import type { Need } from '../services/index.js';
import type { ConformanceCheck } from './conformance.js';

/**
 * What the server asks of a plugin that runs in a process of its own, as checks for any test runner:
 * `test.each(pluginConformance(plugin))('$name', ({ run }) => run())`. What each node has to keep is `ruleNodeConformance`.
 */
export function pluginConformance(plugin: Plugin): readonly ConformanceCheck[] {
  return [
    { name: 'has nodes, each with a type of its own', run: () => attempt(() => hasOwnTypes(plugin)) },
    { name: 'needs only what a node in a process of its own can have', run: () => eachNode(plugin, needsWhatThereIs) },
    { name: 'has settings and defaults that are plain data', run: () => eachNode(plugin, isPlainData) },
  ];
}

const attempt = (check: () => void): Promise<void> => Promise.resolve().then(check);
const eachNode = ({ nodes }: Plugin, check: (node: AnyRuleNodeDefinition) => void): Promise<void> => attempt(() => nodes.forEach(check));

function hasOwnTypes({ nodes }: Plugin): void {
  assert(nodes.length > 0, 'the plugin has nodes');
  const types = nodes.map(({ type }) => type);
  const twice = types.find((type, place) => types.indexOf(type) !== place);
  assert(twice === undefined, `${twice} is the type of two nodes`);
}

function needsWhatThereIs({ type, needs = [], connection, engine }: AnyRuleNodeDefinition): void {
  const missing = (needs as readonly Need[]).find((need) => !isolatedNeeds.includes(need));
  assert(missing === undefined, `${type} needs "${missing}", which a node in a process of its own cannot have`);
  assert(connection === undefined, `${type} keeps a connection, which a node in a process of its own cannot`);
  assert(engine === undefined, `${type} asks for behaviour of the engine, which only nodes of the server have`);
}

/** The server knows a node by its declaration as JSON. */
function isPlainData({ type, config, defaults }: AnyRuleNodeDefinition): void {
  const stored: unknown = JSON.parse(JSON.stringify(defaults ?? null));
  assert((config as z.ZodType).safeParse(stored).success, `${type} can read its defaults after they were stored as JSON`);
  const schema = (config as z.ZodType).toJSONSchema({ io: 'input', unrepresentable: 'any' });
  assert(schema.type === 'object', `${type} has settings that are an object`);
}
