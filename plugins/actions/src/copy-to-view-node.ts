import {
  attributeScopes,
  bodyObject,
  defineRuleNode,
  emit,
  end,
  forEachTypedValue,
  z,
  type ActiveView,
  type AttributeScope,
  type AttributesService,
  type Message,
  type TypedValue,
} from '@fieldline/plugin-sdk';
import { actionErrors } from './errors.js';

const types: ReadonlySet<string> = new Set([
  'ATTRIBUTES_UPDATED',
  'ATTRIBUTES_DELETED',
  'ACTIVITY_EVENT',
  'INACTIVITY_EVENT',
  'POST_ATTRIBUTES_REQUEST',
]);

/** Copies attributes of an entity to the views of it that exist now, or deletes them there. */
export const copyToViewNode = defineRuleNode({
  type: 'action.copy-to-view',
  version: 0,
  category: 'action',
  title: 'Copy to view',
  summary: 'Copies attributes of an entity to its entity views.',
  docs: [
    'Takes messages of type `ATTRIBUTES_UPDATED`, `POST_ATTRIBUTES_REQUEST` (client attributes), `ACTIVITY_EVENT` and `INACTIVITY_EVENT`, and with',
    '`ATTRIBUTES_DELETED` deletes. The metadata key `scope` says which attributes it is about. Every view of the originator whose time has begun and not',
    'ended gets those that it is made for, and a new message with the view as originator leaves by `Success`. The message itself ends here.',
  ].join('\n'),
  icon: 'copy-check',
  examples: [
    { title: 'a device without views', message: { type: 'POST_ATTRIBUTES_REQUEST', data: { firmware: '1.2' } }, to: [] },
    { title: 'a type that carries no attributes', message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21.5 } }, to: 'Failure' },
  ],
  thingsboard: { className: 'org.thingsboard.rule.engine.action.TbCopyAttributesToEntityViewNode', configurationVersion: 0 },
  relationTypes: ['Success'],
  config: z.strictObject({ version: z.number().optional().meta({ description: 'Kept for import and export; means nothing.', hidden: true }) }),
  defaults: {},
  needs: ['entities', 'attributes'],
  async onMessage(message, { entities, attributes }) {
    const scope = scopeOf(message);
    const change = message.type === 'ATTRIBUTES_DELETED' ? deletionBy(message, scope, attributes) : writingBy(message, scope, attributes);
    const views = await entities.activeViewsOf(message.originator);
    if (views.length === 0) return end('no-active-view');
    for (const view of views) await change(view);
    const { type, customerId, metadata, text } = message;
    return emit(views.map(({ view }) => ({ to: 'Success' as const, message: { type, originator: view, customerId, metadata, text } })));
  },
});

function scopeOf({ type, metadata }: Message): AttributeScope {
  if (!types.has(type)) throw actionErrors.MESSAGE_TYPE_UNSUPPORTED({ type });
  if (Object.keys(metadata).length === 0) throw actionErrors.METADATA_EMPTY();
  if (type === 'POST_ATTRIBUTES_REQUEST') return 'CLIENT_SCOPE';
  const scope = metadata['scope'];
  if (scope === undefined || scope === '') throw actionErrors.SCOPE_MISSING();
  const known = attributeScopes.find((name) => name === scope);
  if (known === undefined) throw actionErrors.SCOPE_INVALID({ scope });
  return known;
}

type Change = (view: ActiveView) => Promise<unknown>;

function writingBy(message: Message, scope: AttributeScope, attributes: AttributesService): Change {
  const values = new Map<string, TypedValue>();
  const isObject = forEachTypedValue(
    message,
    (key, kind, value) => void values.set(key, { kind, value }),
    (key) => {
      throw actionErrors.BODY_INVALID({ reason: `"${key}" is null` });
    },
  );
  if (!isObject) throw actionErrors.BODY_INVALID({ reason: 'it is no JSON object' });
  return ({ view, attributeKeys }) => {
    const wanted = new Map([...values].filter(([key]) => attributeKeys[scope].includes(key)));
    return wanted.size === 0 ? Promise.resolve() : attributes.put(view, scope, wanted);
  };
}

function deletionBy(message: Message, scope: AttributeScope, attributes: AttributesService): Change {
  const keys = bodyObject(message)?.['attributes'];
  if (!Array.isArray(keys)) throw actionErrors.BODY_INVALID({ reason: 'it has no list "attributes"' });
  const names = (keys as readonly unknown[]).filter((key) => typeof key === 'string');
  return ({ view, attributeKeys }) => {
    const wanted = names.filter((key) => attributeKeys[scope].includes(key));
    return wanted.length === 0 ? Promise.resolve() : attributes.remove(view, scope, wanted);
  };
}
