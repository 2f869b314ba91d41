import type { AnyRuleNodeDefinition, Plugin } from '@fieldline/plugin-sdk';
import type * as z from 'zod';

/** What a plugin has, as plain data; the server checks it (`discover/declaration.ts`). Text and lists go as they are. */
export function describePlugin({ nodes }: Plugin): { readonly nodes: readonly unknown[] } {
  return { nodes: nodes.map(describeNode) };
}

function describeNode(definition: AnyRuleNodeDefinition): Readonly<Record<string, unknown>> {
  const { type, version, category, title, summary, docs, examples, icon, thingsboard, deprecated } = definition;
  const { relationTypes, suggestedRelationTypes, needs, isExternal, hasQueue, hasInput, state, migrate, engine, connection } = definition;
  return {
    ...{ type, version, category, title, summary, docs, examples, icon, thingsboard, deprecated, relationTypes, suggestedRelationTypes },
    ...{ defaults: definition.defaults as unknown, needs: (needs ?? []) as unknown, isExternal, hasQueue, hasInput },
    settings: jsonSchemaOf(definition.config as z.ZodType),
    state: state === undefined ? undefined : { keyedBy: state.keyedBy, maxEntries: state.maxEntries },
    migratesFrom: Object.keys(migrate ?? {}).map(Number),
    hasOnBatch: definition.onBatch !== undefined,
    hasOnTimer: definition.onTimer !== undefined,
    hasTicks: definition.ticks !== undefined,
    hasConnection: connection !== undefined,
    hasEngine: engine !== undefined,
  };
}

/** By the method of the schema itself: it belongs to the copy of zod that made it, and so do its descriptions. */
const jsonSchemaOf = (schema: z.ZodType): unknown => schema.toJSONSchema({ io: 'input', unrepresentable: 'any' });
