import { attributeScopes, bodyObject, defineRuleNode, route, z, type JsonObject, type JsonValue, type Message } from '@fieldline/plugin-sdk';
import { actionErrors } from './errors.js';

/** Checks values that calculated fields would be made from, and passes them on. */
export const calculatedFieldsNode = defineRuleNode({
  type: 'action.calculated-fields',
  version: 0,
  category: 'action',
  title: 'Calculated fields and alarm rules',
  summary: 'Checks values for calculated fields and passes them on.',
  docs: [
    'In ThingsBoard this node hands values to calculated fields without storing them. There are no calculated fields here, so nothing is calculated: the',
    'node checks the message as ThingsBoard does and passes it on, so that chains with it work as far as they can.',
    '',
    'Messages of type `POST_TELEMETRY_REQUEST` hold an object, `{"ts": …, "values": {…}}` or a list of them; those of type `POST_ATTRIBUTES_REQUEST` an',
    'object, and the metadata key `scope` its scope. Values that are null fail, and so does every other type.',
  ].join('\n'),
  icon: 'calculator',
  examples: [
    {
      title: 'telemetry passes',
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21.5 } },
      to: 'Success',
      result: { data: { temperature: 21.5 } },
    },
    { title: 'attributes need a scope', message: { type: 'POST_ATTRIBUTES_REQUEST', data: { firmware: '1.2' } }, to: 'Failure' },
  ],
  thingsboard: { className: 'org.thingsboard.rule.engine.telemetry.TbCalculatedFieldsNode', configurationVersion: 0 },
  relationTypes: ['Success'],
  config: z.strictObject({ version: z.number().optional().meta({ description: 'Kept for import and export; means nothing.', hidden: true }) }),
  defaults: {},
  onMessage(message) {
    check(message);
    return route('Success', message);
  },
});

function check(message: Message): void {
  const { type, data } = message;
  if (type === 'POST_TELEMETRY_REQUEST') {
    const entries = Array.isArray(data) ? (data as readonly JsonValue[]) : [data];
    for (const entry of entries) checkValues(readingOf(objectOf(entry)));
    return;
  }
  if (type !== 'POST_ATTRIBUTES_REQUEST') throw actionErrors.MESSAGE_TYPE_UNSUPPORTED({ type });
  const scope = message.metadata['scope'];
  if (scope === undefined || scope === '') throw actionErrors.SCOPE_MISSING();
  if (!attributeScopes.some((name) => name === scope)) throw actionErrors.SCOPE_INVALID({ scope });
  const body = bodyObject(message);
  if (body === undefined) throw actionErrors.BODY_INVALID({ reason: 'it is no JSON object' });
  checkValues(body);
}

/** An object is timestamped only if it has both members; otherwise `ts` is a value like others. */
function readingOf(entry: JsonObject): JsonObject {
  return entry['ts'] === undefined || entry['values'] === undefined ? entry : objectOf(entry['values']);
}

function objectOf(value: JsonValue): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw actionErrors.BODY_INVALID({ reason: 'values must be in a JSON object' });
  return value as JsonObject;
}

function checkValues(values: JsonObject): void {
  for (const [key, value] of Object.entries(values)) if (value === null) throw actionErrors.BODY_INVALID({ reason: `"${key}" is null` });
}
