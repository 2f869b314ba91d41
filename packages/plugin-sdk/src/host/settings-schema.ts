import type { JsonObject } from '@fieldline/model';
import * as z from 'zod';
import type { AnyRuleNodeDefinition } from '../definition.js';

const known = new WeakMap<AnyRuleNodeDefinition, JsonObject>();

/** JSON Schema of the settings of a node type, as a file or request has them. Made once a type. */
export function settingsSchema(definition: AnyRuleNodeDefinition): JsonObject {
  const made = known.get(definition) ?? (z.toJSONSchema(definition.config, { io: 'input', unrepresentable: 'any' }) as unknown as JsonObject);
  known.set(definition, made);
  return made;
}
