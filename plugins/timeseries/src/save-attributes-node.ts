import {
  attributeScopes,
  type AttributeScope,
  type AttributesService,
  type BaseContext,
  defineRuleNode,
  fail,
  type JsonObject,
  type Message,
  type NewMessage,
  type Outcome,
  readingTsMs,
  route,
  z,
} from '@fieldline/plugin-sdk';
import { saveErrors } from './errors.js';
import { ORIGINATORS_REMEMBERED } from './limits.js';
import { Processing, processingSettings, remembering, SeenInBatch, seenIntervals, type SeenIntervals } from './processing.js';
import { scopeOf } from './scope.js';

const actions = ['attributes', 'webSockets', 'calculatedFields'] as const;

const config = z.strictObject({
  scope: z
    .enum(attributeScopes)
    .default('SERVER_SCOPE')
    .describe('Who may see the attributes. The metadata key scope overrides it.')
    .meta({ title: 'Scope' }),
  notifyDevice: z
    .boolean()
    .default(false)
    .describe('Tells the device about changed shared attributes, whatever the message says. Devices are not told yet.')
    .meta({ title: 'Notify device' }),
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
  processingSettings: processingSettings(actions),
});
type Settings = z.infer<typeof config>;
type Saved = Outcome<'Success', SeenIntervals>;

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
    '*Send attributes updated notification* sends a message `ATTRIBUTES_UPDATED` with the saved values through the rule chain of the originator; not for',
    'client attributes.',
    '',
    'The processing settings say what is done with the values (stored, pushed to web sockets, given to calculated fields) and how often, as those of',
    '*Save time series* do. There are no calculated fields yet.',
    '',
    'Devices are not told about changed shared attributes yet. *Notify device* and the metadata key `notifyDevice` (absent, empty or `true` asks for it)',
    'are kept as they are for when they will be; until then a device asks for its attributes.',
  ].join('\n'),
  examples: [
    {
      title: 'What a device says of itself',
      config: { scope: 'CLIENT_SCOPE' },
      message: { type: 'POST_ATTRIBUTES_REQUEST', data: { firmware: '1.2', serial: 42 } },
      to: 'Success',
      result: { data: { firmware: '1.2', serial: 42 } },
    },
    {
      title: 'The message says which scope',
      message: { type: 'POST_ATTRIBUTES_REQUEST', metadata: { scope: 'SHARED_SCOPE', notifyDevice: 'false' }, data: { limit: 30 } },
      to: 'Success',
    },
    {
      title: 'There is no such scope',
      message: { type: 'POST_ATTRIBUTES_REQUEST', metadata: { scope: 'ANY' }, data: { limit: 30 } },
      to: 'Failure',
    },
  ],
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
  state: { schema: seenIntervals, keyedBy: 'originator', maxEntries: ORIGINATORS_REMEMBERED },
  needs: ['attributes'],
  onMessage: (message, context) => saved(message, context, new SeenInBatch(() => context.state)),
  async onBatch(messages, context) {
    const seen = new SeenInBatch((message) => context.stateOf(message));
    const outcomes: Saved[] = [];
    // One after the other: what the first writes decides whether the second is a change.
    for (const message of messages) outcomes.push(await saved(message, context, seen));
    return outcomes;
  },
});

type Given = BaseContext<Settings> & { readonly attributes: AttributesService };

async function saved(message: Message, given: Given, seenBefore: SeenInBatch): Promise<Saved> {
  if (message.type !== 'POST_ATTRIBUTES_REQUEST') return fail(saveErrors.MESSAGE_TYPE_UNSUPPORTED({ type: message.type }), message);
  const processing = new Processing(given.config.processingSettings, actions);
  if (processing.isWhole) return put(message, given, undefined);
  const { actions: on, seen } = processing.actionsFor(readingTsMs(message), seenBefore.of(message));
  if (seen !== undefined) seenBefore.set(message, seen);
  const isOff = Object.values(on).every((isOn) => !isOn);
  const outcome = isOff ? route('Success', message) : await put(message, given, { history: on.attributes, push: on.webSockets });
  return remembering(outcome, seen);
}

async function put(message: Message, given: Given, wanted: { readonly history: boolean; readonly push: boolean } | undefined): Promise<Saved> {
  const { config: settings, attributes, nodeId } = given;
  try {
    const scope = scopeOf(message, settings.scope);
    const options = { scope, onlyOnChange: settings.updateAttributesOnlyOnValueChange };
    const written = await attributes.save(message, wanted === undefined ? options : { ...options, actions: wanted });
    const isTold = settings.sendAttributesUpdatedNotification && scope !== 'CLIENT_SCOPE' && written.length > 0;
    return isTold ? route('Success', message, { spawns: [updated(message, written, scope, nodeId)] }) : route('Success', message);
  } catch (error) {
    return fail(error as Error, message);
  }
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
