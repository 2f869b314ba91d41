import {
  attributeScopes,
  type AttributeScope,
  type AttributesService,
  defineRuleNode,
  fail,
  type JsonObject,
  type Message,
  type NewMessage,
  type Outcome,
  route,
  z,
} from '@fieldline/plugin-sdk';
import { saveErrors } from './errors.js';
import { checkProcessing, processingSettings, skipsAll } from './processing.js';

const config = z.strictObject({
  scope: z
    .enum(attributeScopes)
    .default('SERVER_SCOPE')
    .describe('Who may see the attributes. The metadata key scope overrides it.')
    .meta({ title: 'Scope' }),
  notifyDevice: z.boolean().default(false).describe('Tells the device about changed shared attributes.').meta({ title: 'Notify device' }),
  sendAttributesUpdatedNotification: z
    .boolean()
    .default(false)
    .describe('Sends a message of type ATTRIBUTES_UPDATED through the rule chain of the originator. Not for client attributes.')
    .meta({ title: 'Send attributes updated notification' }),
  updateAttributesOnlyOnValueChange: z
    .boolean()
    .default(true)
    .describe('Writes only attributes whose value or kind differs from what is stored.')
    .meta({ title: 'Only on value change' }),
  processingSettings: processingSettings(['attributes', 'webSockets', 'calculatedFields']),
});
type Settings = z.infer<typeof config>;

/** Saves the body of an attributes message as attributes of its originator and passes the message on unchanged. */
export const saveAttributesNode = defineRuleNode({
  type: 'action.save-attributes',
  version: 3,
  migrate: { 0: withOnChange, 1: withBooleans, 2: (old) => ({ ...(old as object), processingSettings: { type: 'ON_EVERY_MESSAGE' } }) },
  category: 'action',
  title: 'Save attributes',
  summary: 'Stores the values of an attributes message.',
  docs: [
    'Takes messages of type `POST_ATTRIBUTES_REQUEST` whose body is an object of values; an empty object leaves by `Success`. The metadata key `scope`',
    'overrides the scope. With *only on value change*, attributes that are stored with the same value and kind already are left alone (`42`, `42.0`',
    'and `"42"` differ).',
    '',
    'Telling devices about shared attributes is not supported yet: a message that asks for it goes to `Failure`.',
  ].join('\n'),
  icon: 'tags',
  thingsboard: { className: 'org.thingsboard.rule.engine.telemetry.TbMsgAttributesNode', configurationVersion: 3 },
  relationTypes: ['Success'],
  config,
  defaults: {
    scope: 'SERVER_SCOPE',
    notifyDevice: false,
    sendAttributesUpdatedNotification: false,
    updateAttributesOnlyOnValueChange: true,
    processingSettings: { type: 'ON_EVERY_MESSAGE' },
  },
  needs: ['attributes'],
  onStart({ config: settings }) {
    checkProcessing(settings.processingSettings);
    if (settings.scope === 'SHARED_SCOPE' && settings.notifyDevice) throw saveErrors.NOTIFY_DEVICE_NOT_SUPPORTED();
  },
  onMessage: (message, { config: settings, attributes, nodeId }) => saved(message, settings, attributes, nodeId),
  async onBatch(messages, { config: settings, attributes, nodeId }) {
    const outcomes: Outcome<'Success', never>[] = [];
    // One after the other: what the first writes decides whether the second is a change.
    for (const message of messages) {
      try {
        outcomes.push(await saved(message, settings, attributes, nodeId));
      } catch (error) {
        outcomes.push(fail(error as Error, message));
      }
    }
    return outcomes;
  },
});

async function saved(message: Message, settings: Settings, attributes: AttributesService, nodeId: string): Promise<Outcome<'Success', never>> {
  if (message.type !== 'POST_ATTRIBUTES_REQUEST') throw saveErrors.MESSAGE_TYPE_UNSUPPORTED({ type: message.type });
  if (skipsAll(settings.processingSettings)) return route('Success', message);
  const scope = scopeOf(message, settings.scope);
  if (scope === 'SHARED_SCOPE' && notifiesDevice(message, settings)) throw saveErrors.NOTIFY_DEVICE_NOT_SUPPORTED();
  const written = await attributes.save(message, { scope, onlyOnChange: settings.updateAttributesOnlyOnValueChange });
  const isTold = settings.sendAttributesUpdatedNotification && scope !== 'CLIENT_SCOPE' && written.length > 0;
  return isTold ? route('Success', message, { spawns: [updated(message, written, scope, nodeId)] }) : route('Success', message);
}

function scopeOf({ metadata }: Message, fallback: AttributeScope): AttributeScope {
  const scope = metadata['scope'];
  if (scope === undefined || scope === '') return fallback;
  const known = attributeScopes.find((name) => name === scope);
  if (known === undefined) throw saveErrors.SCOPE_INVALID({ scope });
  return known;
}

/** A message without the metadata key asks for it too (rule-nodes.md §4.2). */
function notifiesDevice({ metadata }: Message, { notifyDevice }: Settings): boolean {
  const wish = metadata['notifyDevice'] ?? '';
  return notifyDevice || wish === '' || wish.toLowerCase() === 'true';
}

function updated(message: Message, keys: readonly string[], scope: AttributeScope, ruleNodeId: string): NewMessage {
  const { originator, customerId } = message;
  const body = message.data as JsonObject;
  const isWhole = keys.length === Object.keys(body).length;
  return {
    type: 'ATTRIBUTES_UPDATED',
    originator,
    customerId,
    metadata: { scope, ruleNodeId },
    // The text of the whole body keeps how its numbers were written.
    ...(isWhole ? { text: message.text } : { data: Object.fromEntries(keys.map((key) => [key, body[key] ?? null])) }),
  };
}

function withOnChange(old: unknown): unknown {
  return { updateAttributesOnlyOnValueChange: false, ...(old as object) };
}

/** Version 1 kept the three switches as texts; what was absent meant true, false and true. */
function withBooleans(old: unknown): unknown {
  const settings = old as Readonly<Record<string, unknown>>;
  const flag = (name: string, absent: boolean): boolean => {
    const value = settings[name];
    return value === undefined || value === null || value === '' ? absent : value === true || value === 'true';
  };
  return {
    ...settings,
    notifyDevice: flag('notifyDevice', true),
    sendAttributesUpdatedNotification: flag('sendAttributesUpdatedNotification', false),
    updateAttributesOnlyOnValueChange: flag('updateAttributesOnlyOnValueChange', true),
  };
}
