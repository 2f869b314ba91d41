import { assert } from '@fieldline/kernel';
import type { JsonObject, JsonValue } from '@fieldline/model';
import { soundsSecret } from '@fieldline/model';
import type { AnyRuleNodeDefinition } from '../definition.js';
import { settingsSchema } from '../host/settings-schema.js';

/** A member that is called like a secret is `.meta({ secret: true })`, or `secret: false` where it only sounds like one. */
export function marksSecrets(definition: AnyRuleNodeDefinition): void {
  const open: string[] = [];
  const visit = (schema: JsonValue | undefined, name: string): void => {
    if (Array.isArray(schema)) return schema.forEach((form: JsonValue) => visit(form, name));
    if (typeof schema !== 'object' || schema === null) return;
    const { secret, properties, ...rest } = schema as JsonObject;
    if (secret === true) return;
    if (secret === undefined && soundsSecret.test(name)) open.push(name);
    for (const [member, property] of Object.entries(properties ?? {})) visit(property as JsonValue, member);
    for (const part of ['anyOf', 'oneOf', 'allOf', 'items', 'additionalProperties']) visit(rest[part], '');
  };
  visit(settingsSchema(definition), '');
  assert(open.length === 0, `settings without .meta({ secret: true }): ${open.join(', ')}`);
}
