import { defineRuleNode, failOutside, route, z } from '@fieldline/plugin-sdk';
import { restErrors } from './errors.js';

const metadataKey = (absent: string, purpose: string, title: string) =>
  z
    .string()
    .max(1_000)
    .nullish()
    .transform((value) => (value === null || value === undefined || value === '' ? absent : value))
    .describe(`Metadata key ${purpose}.`)
    .meta({ title });

/** Answers the HTTP call that brought a message into the rule chain. */
export const restCallReplyNode = defineRuleNode({
  type: 'http.rest-call-reply',
  version: 0,
  category: 'action',
  title: 'REST call reply',
  summary: 'Answers the REST call that waits for this message.',
  docs: [
    'A call of `POST /api/rule-engine/…` waits for a rule chain to answer. Here the body of the message becomes its answer, and the message leaves',
    'by `Success`, unchanged. Where the call has gone meanwhile, nothing is sent. Without a request id, a service id or a body the message leaves by',
    '`Failure`.',
  ].join('\n'),
  icon: 'arrow-back-up',
  thingsboard: { className: 'org.thingsboard.rule.engine.rest.TbSendRestApiCallReplyNode', configurationVersion: 0 },
  relationTypes: ['Success'],
  config: z.strictObject({
    serviceIdMetaDataAttribute: metadataKey('serviceId', 'with the server that holds the call', 'Service ID metadata key'),
    requestIdMetaDataAttribute: metadataKey('requestUUID', 'with the id of the call', 'Request ID metadata key'),
  }),
  defaults: { serviceIdMetaDataAttribute: 'serviceId', requestIdMetaDataAttribute: 'requestUUID' },
  examples: [
    {
      title: 'the body becomes the answer',
      message: {
        type: 'REST_API_REQUEST',
        metadata: { serviceId: 'server-1', requestUUID: '8d5fbc2e-41ab-4b0e-9ae3-5a3a1fd0ab39' },
        data: { ok: true },
      },
      to: 'Success',
    },
    { title: 'a message that no call brought in', message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 20 } }, to: 'Failure' },
  ],
  needs: ['restReplies'],
  // The call is answered when everything that the message caused was stored, and not before.
  isExternal: true,
  onMessage(message, { config, restReplies }) {
    const requestId = message.metadata[config.requestIdMetaDataAttribute] ?? '';
    const serviceId = message.metadata[config.serviceIdMetaDataAttribute] ?? '';
    const missing = ([what, text]: readonly [string, string]) => (text === '' ? what : undefined);
    const what =
      missing(['Request id is not present in the metadata!', requestId]) ??
      missing(['Service id is not present in the metadata!', serviceId]) ??
      missing(['Request body is empty!', message.text]);
    if (what !== undefined) return failOutside(restErrors.REPLY_INCOMPLETE({ what }), message);
    restReplies.answer({ serviceId, requestId }, message.text);
    return route('Success', message);
  },
});
