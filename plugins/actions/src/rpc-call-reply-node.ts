import { defineRuleNode, route, z, type Message } from '@fieldline/plugin-sdk';
import { actionErrors } from './errors.js';
import { PATTERN_LENGTH_MAX } from './limits.js';

const metadataKey = (what: string, title: string) =>
  z.string().max(PATTERN_LENGTH_MAX).nullish().describe(`Metadata key with ${what}. Empty takes the usual one.`).meta({ title });

const config = z.strictObject({
  serviceIdMetaDataAttribute: metadataKey('the id of the service that the device is connected to', 'Service id'),
  sessionIdMetaDataAttribute: metadataKey('the id of its session', 'Session id'),
  requestIdMetaDataAttribute: metadataKey('the id of its request', 'Request id'),
});

/** Answers a request of the device's own with the body of the message. */
export const rpcCallReplyNode = defineRuleNode({
  type: 'action.rpc-call-reply',
  version: 0,
  category: 'action',
  title: 'RPC call reply',
  summary: 'Answers a request that the device made.',
  docs: [
    'For messages of type `TO_SERVER_RPC_REQUEST`: the body is sent to the device as the answer to its request. Which request that is, the metadata says',
    'with which the message came; keep it on the way here. The message goes on unchanged.',
    '',
    'The answer is sent after everything else the message caused was stored, and again after a crash: a device may get it twice.',
  ].join('\n'),
  icon: 'device-remote',
  examples: [
    {
      title: 'the device gets the body',
      message: { type: 'TO_SERVER_RPC_REQUEST', metadata: { serviceId: 'a', sessionId: 'b', requestId: '1' }, data: { time: 1 } },
      to: 'Success',
      result: { data: { time: 1 } },
    },
    { title: 'a message that is no request', message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21.5 } }, to: 'Failure' },
  ],
  thingsboard: { className: 'org.thingsboard.rule.engine.rpc.TbSendRPCReplyNode', configurationVersion: 0 },
  relationTypes: ['Success'],
  config,
  defaults: { serviceIdMetaDataAttribute: 'serviceId', sessionIdMetaDataAttribute: 'sessionId', requestIdMetaDataAttribute: 'requestId' },
  needs: ['rpc'],
  isExternal: true,
  async onMessage(message, { config: settings, rpc }) {
    const { originator, text } = message;
    if (originator.entityType !== 'DEVICE') throw actionErrors.ORIGINATOR_NOT_DEVICE({ entityType: originator.entityType });
    // In the order in which ThingsBoard checks.
    const requestId = valueOf(message, settings.requestIdMetaDataAttribute, 'requestId', 'Request id');
    const serviceId = valueOf(message, settings.serviceIdMetaDataAttribute, 'serviceId', 'Service id');
    const sessionId = valueOf(message, settings.sessionIdMetaDataAttribute, 'sessionId', 'Session id');
    if (text === '') throw actionErrors.RPC_REPLY_EMPTY();
    if (!/^-?\d{1,10}$/.test(requestId)) throw actionErrors.RPC_REQUEST_ID_INVALID({ id: requestId });
    await rpc.reply(originator, { serviceId, sessionId, requestId: Number(requestId), text });
    return route('Success', message);
  },
});

function valueOf({ metadata }: Message, wanted: string | null | undefined, usual: string, missing: string): string {
  const key = wanted === null || wanted === undefined || wanted === '' ? usual : wanted;
  const value = metadata[key];
  if (value === undefined || value === '') throw actionErrors.RPC_REPLY_INCOMPLETE({ missing, key });
  return value;
}
