import { defineRuleNode, emit, fail, z, type JsonObject, type Message, type Problem } from '@fieldline/plugin-sdk';
import { actionErrors } from './errors.js';

/** Sends a command to the device the message is about; the device's answer goes on as a new message. */
export const rpcCallRequestNode = defineRuleNode({
  type: 'action.rpc-call-request',
  version: 0,
  category: 'action',
  title: 'RPC call request',
  summary: 'Sends a command to a device and waits for its answer.',
  docs: [
    'The body must be an object with `method` and `params`, the originator a device. The answer leaves by `Success` as a new message with the same',
    'type, originator and metadata; without an answer its body is `{}`. Where the device cannot be reached or does not answer in time, the message',
    'leaves by `Failure` with the body `{"error": "…"}`: `TIMEOUT`, `NO_ACTIVE_CONNECTION`, `NOT_FOUND`, `FORBIDDEN` or `INTERNAL`.',
    '',
    'The command is sent after everything else the message caused was stored, and again after a crash: a device may get it twice.',
  ].join('\n'),
  icon: 'device-remote',
  examples: [
    {
      title: 'a device that is not connected',
      message: { type: 'RPC_CALL_FROM_SERVER_TO_DEVICE', data: { method: 'setValue', params: { value: 1 } } },
      to: 'Failure',
      result: { data: { error: 'NO_ACTIVE_CONNECTION' } },
    },
  ],
  thingsboard: { className: 'org.thingsboard.rule.engine.rpc.TbSendRPCRequestNode', configurationVersion: 0 },
  relationTypes: ['Success'],
  config: z.strictObject({
    timeoutInSeconds: z.int().min(0).default(60).describe('How long to wait for the answer, in seconds.').meta({ title: 'Timeout' }),
  }),
  defaults: { timeoutInSeconds: 60 },
  needs: ['rpc'],
  isExternal: true,
  async onMessage(message, { config, rpc }) {
    checkRequest(message);
    try {
      const { text } = await rpc.call(message, { timeoutMs: config.timeoutInSeconds * 1_000 });
      const { type, originator, customerId, metadata } = message;
      return emit([{ to: 'Success', message: { type, originator, customerId, metadata, text: text === '' ? '{}' : text } }]);
    } catch (error) {
      return fail(error as Error, message.with({ data: { error: wordFor(error as Partial<Problem>) } }));
    }
  },
});

/** In the order in which ThingsBoard checks. */
function checkRequest({ originator, data }: Message): void {
  if (originator.entityType !== 'DEVICE') throw actionErrors.ORIGINATOR_NOT_DEVICE({ entityType: originator.entityType });
  const body: JsonObject = typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as JsonObject) : {};
  for (const field of ['method', 'params'] as const) {
    if (!Object.hasOwn(body, field)) throw actionErrors.RPC_FIELD_MISSING({ field });
  }
}

/** ThingsBoard's word for what went wrong, which rule chains look for. */
function wordFor({ code, kind }: Partial<Problem>): string {
  if (code === 'RPC_TIMEOUT') return 'TIMEOUT';
  if (code === 'RPC_DEVICE_UNREACHABLE') return 'NO_ACTIVE_CONNECTION';
  if (kind === 'not-found') return 'NOT_FOUND';
  return kind === 'forbidden' ? 'FORBIDDEN' : 'INTERNAL';
}
