import { defineRuleNode, route, z } from '@fieldline/plugin-sdk';
import { actionErrors } from './errors.js';

const attribute = z.string().max(255).nullish();
const SERVICE_ID = 'serviceId';
const REQUEST_ID = 'requestUUID';

/** Answers the HTTP call that sent a message into the rule chain. */
export const restCallReplyNode = defineRuleNode({
  type: 'action.rest-call-reply',
  version: 0,
  category: 'action',
  title: 'REST call reply',
  summary: 'Answers the HTTP call that sent the message into the rule chain.',
  docs: [
    'A `POST` to `/api/rule-engine/…` sends its body into the rule chain as a message of the type `REST_API_REQUEST` and waits. The body of the message',
    'that reaches this node becomes the answer of the call; the message itself goes on unchanged. The metadata that came with it say which call waits.',
    '',
    'The answer leaves after everything else the message caused was stored. A call that has had its answer, or waits no longer, is not answered again.',
  ].join('\n'),
  icon: 'message-reply',
  thingsboard: { className: 'org.thingsboard.rule.engine.rest.TbSendRestApiCallReplyNode', configurationVersion: 0 },
  relationTypes: ['Success'],
  config: z.strictObject({
    serviceIdMetaDataAttribute: attribute.describe(`Metadata key of the server on which the call waits; ${SERVICE_ID} where it is empty.`).meta({
      title: 'Service id metadata attribute',
    }),
    requestIdMetaDataAttribute: attribute.describe(`Metadata key of the call; ${REQUEST_ID} where it is empty.`).meta({
      title: 'Request id metadata attribute',
    }),
  }),
  defaults: { serviceIdMetaDataAttribute: SERVICE_ID, requestIdMetaDataAttribute: REQUEST_ID },
  examples: [
    {
      title: 'The body of the message becomes the answer.',
      message: { type: 'REST_API_REQUEST', metadata: { serviceId: 'server-1', requestUUID: '5ac0c8e2-…' }, data: { temperature: 21 } },
      to: 'Success',
    },
  ],
  needs: ['restReplies'],
  isExternal: true,
  onMessage(message, { config, restReplies }) {
    const { metadata, text } = message;
    const requestId = metadata[config.requestIdMetaDataAttribute || REQUEST_ID] ?? '';
    const serviceId = metadata[config.serviceIdMetaDataAttribute || SERVICE_ID] ?? '';
    if (requestId === '') throw actionErrors.REST_CALL_UNKNOWN({ what: 'Request id' });
    if (serviceId === '') throw actionErrors.REST_CALL_UNKNOWN({ what: 'Service id' });
    if (text === '') throw actionErrors.REST_REPLY_EMPTY();
    restReplies.answer({ serviceId, requestId }, text);
    return route('Success', message);
  },
});
