// Goal: rule-nodes.md §4.11, rest call reply, check by check.
import { message, nodeHarness, ruleNodeConformance } from '@fieldline/plugin-sdk/testing';
import { describe, expect, test } from 'vitest';
import { restCallReplyNode } from './rest-call-reply-node.js';

const device = { entityType: 'DEVICE', id: 'device-a' } as const;
const metadata = { serviceId: 'server-1', requestUUID: 'call-1' };

describe('rest call reply', () => {
  test.each(ruleNodeConformance(restCallReplyNode))('$name', ({ run }) => run());

  test('answers the call with the body as it is written, and passes the message on', async () => {
    const node = nodeHarness(restCallReplyNode);
    const sent = message('REST_API_REQUEST', device, null, { text: '{"t": 42.0}', metadata });
    expect(await node.send(sent)).toEqual({ kind: 'routed', to: 'Success', message: sent });
    expect(node.recorded.restAnswers).toEqual([{ serviceId: 'server-1', requestId: 'call-1', text: '{"t": 42.0}' }]);
  });

  test('takes the metadata keys of its settings, and the usual ones where these are empty', async () => {
    const own = nodeHarness(restCallReplyNode, { config: { serviceIdMetaDataAttribute: 's', requestIdMetaDataAttribute: 'r' } });
    await own.send(message('T', device, 1, { metadata: { s: 'a', r: 'b' } }));
    expect(own.recorded.restAnswers).toEqual([{ serviceId: 'a', requestId: 'b', text: '1' }]);
    const usual = nodeHarness(restCallReplyNode, { config: { serviceIdMetaDataAttribute: '', requestIdMetaDataAttribute: null } });
    await usual.send(message('T', device, 1, { metadata }));
    expect(usual.recorded.restAnswers).toEqual([{ serviceId: 'server-1', requestId: 'call-1', text: '1' }]);
  });

  test.each([
    { why: 'no request id', sent: message('T', device, 1, { metadata: { serviceId: 's' } }), code: 'ACTION_REST_CALL_UNKNOWN' },
    { why: 'no service id', sent: message('T', device, 1, { metadata: { requestUUID: 'r' } }), code: 'ACTION_REST_CALL_UNKNOWN' },
    { why: 'an empty body', sent: message('T', device, null, { text: '', metadata }), code: 'ACTION_REST_REPLY_EMPTY' },
  ])('$why leaves by Failure, and nothing is answered', async ({ sent, code }) => {
    const node = nodeHarness(restCallReplyNode);
    expect(await node.relation(sent)).toBe(`Failure ${code}`);
    expect(node.recorded.restAnswers).toEqual([]);
  });
});
