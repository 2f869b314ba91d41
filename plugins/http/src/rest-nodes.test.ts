// Goal: rest api call and rest call reply behave as rule-nodes.md §6.1 and §4.11 say, row by row.
// Method: the harness, whose HTTP service records requests and answers what the test says.
import type { HttpAnswer, HttpRequest, Message } from '@fieldline/plugin-sdk';
import { message, nodeHarness, ruleNodeConformance, telemetry } from '@fieldline/plugin-sdk/testing';
import { describe, expect, test } from 'vitest';
import { plugin } from './index.js';
import { restApiCallNode } from './rest-api-call-node.js';
import { restCallReplyNode } from './rest-call-reply-node.js';
import type { RestSettings } from './rest-settings.js';
import { legacyUrl, urlWithParams } from './url.js';

const ok: HttpAnswer = { status: 200, headers: {}, text: '' };
const device = { entityType: 'DEVICE', id: 'd' } as const;
const about = (text: string, metadata = {}): Message => message('T', device, null, { text, metadata });

function start(config: Partial<RestSettings> = {}, answer: (request: HttpRequest) => HttpAnswer | Promise<HttpAnswer> = () => ok) {
  return nodeHarness(restApiCallNode, { config, http: answer });
}

async function requestFor(config: Partial<RestSettings>, given: Message): Promise<HttpRequest | undefined> {
  const node = start(config);
  await node.send(given);
  return node.recorded.requests[0];
}

describe('rest api call', () => {
  test.each(ruleNodeConformance(restApiCallNode, { http: () => ok }))('$name', ({ run }) => run());

  test('a fresh node posts the body, compact, as JSON to its URL', async () => {
    expect(await requestFor({}, about(' { "a" : 42.0 } '))).toEqual({
      method: 'POST',
      url: 'http://localhost/api',
      headers: { 'Content-Type': 'application/json' },
      body: '{"a":42.0}',
      timeoutMs: 0,
      answerBytesMax: 262_144,
      tls: undefined,
      proxy: undefined,
    });
  });

  test.each([
    ['POST', true],
    ['PUT', true],
    ['PATCH', true],
    ['DELETE', true],
    ['GET', false],
    ['HEAD', false],
    ['OPTIONS', false],
  ] as const)('%s sends a body: %s', async (requestMethod, sends) => {
    expect(await requestFor({ requestMethod }, about('1'))).toMatchObject({ method: requestMethod, body: sends ? '1' : undefined });
    expect((await requestFor({ requestMethod, ignoreRequestBody: true }, about('1')))?.body).toBeUndefined();
  });

  test.each([
    { body: '"text"', settings: {}, sent: '"text"' },
    { body: '"text"', settings: { parseToPlainText: true }, sent: 'text' },
    { body: '{ "a": 1 }', settings: { parseToPlainText: true }, sent: '{ "a": 1 }' },
    { body: '{"a":"x\\"y"}', settings: { requestBodyTemplate: '{"b":"$[a]","c":"${m}"}' }, sent: '{"b":"x\\"y","c":"\\n\\""}' },
    { body: '{"a":"x"}', settings: { requestBodyTemplate: '$[a] ${m}', parseToPlainText: true }, sent: 'x \n"' },
    { body: '{"a":5.0}', settings: { requestBodyTemplate: '{"b":$[a]}' }, sent: '{"b":5.0}' },
    { body: '{"a":1}', settings: { requestBodyTemplate: ' ' }, sent: '{"a":1}' },
  ])('body $body with $settings is sent as $sent', async ({ body, settings, sent }) => {
    expect((await requestFor(settings, about(body, { m: '\n"' })))?.body).toBe(sent);
  });

  test.each([
    [{ requestBodyTemplate: '{"b":$[a]}' }, '{"a":"x"}', 'REST_NODE_TEMPLATE_NOT_JSON'],
    [{ requestBodyTemplate: '{"b":"$[a]"}' }, '{', 'TEMPLATE_BODY_INVALID'],
    [{}, 'not JSON', 'REST_NODE_BODY_INVALID'],
    [{ headers: { 'X-A': '${m}' } }, '{}', 'REST_NODE_HEADER_INVALID'],
    [{ headers: { 'X A': 'b' } }, '{}', 'REST_NODE_HEADER_INVALID'],
    [{ headers: { 'X-A': '€' } }, '{}', 'REST_NODE_HEADER_INVALID'],
  ])('settings %j with the body %s fail with a code, and nothing is sent', async (config, body, code) => {
    const node = start(config);
    const outcome = await node.send(about(body, { m: 'a\r\nX-B: c' }));
    expect(outcome).toMatchObject({ kind: 'failed', problem: { code }, message: { metadata: { error: expect.stringMatching(`^${code}: `) } } });
    expect(node.recorded.requests).toEqual([]);
  });

  test('headers are templates in name and value, and credentials become one', async () => {
    const headers = { 'X-${name}': '$[a]', Accept: '*/*' };
    const request = await requestFor({ headers, credentials: { type: 'basic', username: 'ü', password: 'p:w' } }, about('{"a":1.0}', { name: 'Y' }));
    expect(request?.headers).toEqual({ 'X-Y': '1.0', Accept: '*/*', Authorization: `Basic ${Buffer.from('ü:p:w').toString('base64')}` });
  });

  test('a certificate, limits and the proxy are handed on', async () => {
    const credentials = { type: 'cert.PEM', caCert: 'CA', cert: 'C', privateKey: 'K', password: 'P' } as const;
    const proxied = { enableProxy: true, proxyHost: 'proxy', proxyPort: 3128, proxyUser: 'u', proxyPassword: 'p' };
    expect(await requestFor({ credentials, readTimeoutMs: 5, maxInMemoryBufferSizeInKb: 2, ...proxied }, about('{}'))).toMatchObject({
      tls: { ca: 'CA', cert: 'C', key: 'K', passphrase: 'P' },
      timeoutMs: 5,
      answerBytesMax: 2_048,
      proxy: { host: 'proxy', port: 3128, user: 'u', password: 'p' },
    });
    expect((await requestFor({ enableProxy: true, useSystemProxyProperties: true }, about('{}')))?.proxy).toBe('system');
    expect((await requestFor({ ...proxied, enableProxy: false }, about('{}')))?.proxy).toBeUndefined();
    await expect(start({ enableProxy: true, proxyHost: 'a' }).start()).rejects.toMatchObject({ code: 'REST_NODE_PROXY_MISSING' });
  });

  describe('URLs', () => {
    test('parameters are templates and added to the URL', async () => {
      const queryParams = [
        { key: '${k}', value: '$[a]' },
        { key: 'b', value: '' },
      ];
      const request = await requestFor({ restEndpointUrlPattern: 'http://h/${k}', queryParams }, about('{"a":"1 2"}', { k: 'x' }));
      expect(request?.url).toBe('http://h/x?x=1%202&b=');
    });

    test.each([null, undefined])('without a list (%j) the URL is read the old way', async (queryParams) => {
      expect((await requestFor({ restEndpointUrlPattern: 'http://h/a?b=50%', queryParams }, about('{}')))?.url).toBe('http://h/a?b=50%25');
    });

    test.each([
      ['http://h/a', [['k', 'a+b@c&d=e%f/é']], 'http://h/a?k=a%2Bb%40c%26d%3De%25f%2F%C3%A9'],
      ['http://h/a b?c=d e', [['k', 'v']], 'http://h/a%20b?c=d%20e&k=v'],
      ['http://h/a%20b?c=%41', [], 'http://h/a%20b?c=%41'],
      ['http://h/50%', [['k', 'v']], 'http://h/50%25?k=v'],
      ['http://h/a?', [['k', 'v']], 'http://h/a?k=v'],
      ['http://h/a#part', [['k', 'v']], 'http://h/a?k=v'],
      ['http://u@h:1', [["(a)*!'", '~-_.']], 'http://u@h:1?%28a%29%2A%21%27=~-_.'],
      ['http://h/', [['k', '\ud800']], 'http://h/?k=%EF%BF%BD'],
    ] as const)('%s with %j is %s', (url, params, expected) => {
      expect(
        urlWithParams(
          url,
          params.map(([key, value]) => ({ key, value })),
        ),
      ).toBe(expected);
    });

    test.each([
      ['http://h/a b?c=d e&f=g+h@i', 'http://h/a%20b?c=d%20e&f=g+h@i'],
      ['http://h/a%20b', 'http://h/a%2520b'],
      ['https://h/é{x}|"', 'https://h/%C3%A9%7Bx%7D%7C%22'],
      ['http://h?a=[1]', 'http://h?a=%5B1%5D'],
    ])('in the old way %s is %s', (url, expected) => expect(legacyUrl(url)).toBe(expected));
  });

  describe('answers', () => {
    test('of 2xx leave by Success with their body, status and headers', async () => {
      const headers = { 'content-type': 'application/json', 'set-cookie': ['a=1', 'b=2'] };
      const outcome = await start({}, () => ({ status: 201, headers, text: '{"id":1.0}' })).send(about('{}', { own: 'x' }));
      expect(outcome).toMatchObject({ to: 'Success', message: { text: '{"id":1.0}' } });
      expect(outcome.kind === 'routed' && outcome.message.metadata).toEqual({
        own: 'x',
        status: 'CREATED',
        statusCode: '201',
        statusReason: 'Created',
        'content-type': 'application/json',
        'set-cookie': '["a=1","b=2"]',
      });
    });

    test('without a body become an empty object', async () => {
      expect(await start({}, () => ({ ...ok, status: 204 })).send(about('{"a":1}'))).toMatchObject({
        message: { text: '{}', metadata: { status: 'NO_CONTENT' } },
      });
    });

    test.each([
      [301, 'MOVED_PERMANENTLY', 'Moved Permanently'],
      [404, 'NOT_FOUND', 'Not Found'],
      [500, 'INTERNAL_SERVER_ERROR', 'Internal Server Error'],
      [599, '599', ''],
    ])('of %i leave by Failure with the body as it was and error_body', async (status, name, reason) => {
      const outcome = await start({}, () => ({ status, headers: { 'retry-after': '5' }, text: 'no' })).send(about('{"a":1}'));
      expect(outcome).toMatchObject({ kind: 'failed', problem: { code: 'REST_NODE_STATUS' }, message: { text: '{"a":1}' } });
      expect(outcome.kind === 'failed' && outcome.message.metadata).toEqual({
        status: name,
        statusCode: String(status),
        statusReason: reason,
        error_body: 'no',
        'retry-after': '5',
      });
    });

    test('that never come leave by Failure with error', async () => {
      const node = nodeHarness(restApiCallNode);
      expect(await node.send(about('{"a":1}'))).toMatchObject({
        kind: 'failed',
        problem: { code: 'OUTBOUND_UNREACHABLE' },
        message: { text: '{"a":1}', metadata: { error: 'OUTBOUND_UNREACHABLE: Nothing answers in this test.' } },
      });
    });
  });

  test.each([
    { maxParallelRequestsCount: 2, most: 2 },
    { maxParallelRequestsCount: 0, most: 5 },
  ])(
    'with $maxParallelRequestsCount parallel requests allowed, $most of 5 run at once, and all in their turn',
    async ({ maxParallelRequestsCount, most }) => {
      const open: (() => void)[] = [];
      const asked: string[] = [];
      const answer = (request: HttpRequest): Promise<HttpAnswer> => {
        asked.push(request.body ?? '');
        return new Promise((resolve) => open.push(() => resolve(ok)));
      };
      const node = start({ maxParallelRequestsCount }, answer);
      await node.start();
      const sent = Promise.all([0, 1, 2, 3, 4].map((count) => node.send(about(`${count}`))));
      await new Promise(setImmediate);
      expect(open).toHaveLength(most);
      for (let done = 0; done < 5; done += 1) {
        open[done]?.();
        await new Promise(setImmediate);
      }
      expect((await sent).map(({ kind }) => kind)).toEqual(Array.from({ length: 5 }, () => 'routed'));
      expect(asked).toEqual(['0', '1', '2', '3', '4']);
    },
  );

  test('settings come to version 4 step by step', () => {
    const { migrate } = restApiCallNode;
    expect(migrate?.[0]?.({ trimDoubleQuotes: true })).toEqual({ parseToPlainText: true });
    expect(migrate?.[0]?.({})).toEqual({ parseToPlainText: false });
    const queues = { useRedisQueueForMsgPersistence: true, trimQueue: true, maxQueueSize: 5 };
    expect(migrate?.[1]?.({ ...queues, requestMethod: 'GET' })).toEqual({ requestMethod: 'GET' });
    expect(migrate?.[2]?.({})).toEqual({ maxInMemoryBufferSizeInKb: 256 });
    expect(migrate?.[3]?.({ requestMethod: 'GET', useSimpleClientHttpFactory: false })).toEqual({ requestMethod: 'GET', requestBodyTemplate: null });
  });
});

describe('rest call reply', () => {
  const call = { serviceId: 's', requestUUID: 'r' };
  test.each(ruleNodeConformance(restCallReplyNode))('$name', ({ run }) => run());

  test('the body answers the call, and the message goes on unchanged', async () => {
    const node = nodeHarness(restCallReplyNode, { config: { requestIdMetaDataAttribute: 'id' } });
    const given = about('{ "a": 1.0 }', { serviceId: 's', id: 'r' });
    expect(await node.send(given)).toEqual({ kind: 'routed', to: 'Success', message: given });
    expect(node.recorded.restAnswers).toEqual([{ serviceId: 's', requestId: 'r', text: '{ "a": 1.0 }' }]);
  });

  test.each([
    [{}, '{}', 'Request id is not present in the metadata!'],
    [{ requestUUID: 'r' }, '{}', 'Service id is not present in the metadata!'],
    [call, '', 'Request body is empty!'],
  ])('with the metadata %j and the body "%s" it fails: %s', async (metadata, text, reason) => {
    const node = nodeHarness(restCallReplyNode);
    expect(await node.send(about(text, metadata))).toMatchObject({
      kind: 'failed',
      problem: { code: 'REST_NODE_REPLY_INCOMPLETE', message: reason },
    });
    expect(node.recorded.restAnswers).toEqual([]);
  });

  test.each([null, '', undefined])('a name of a key that is %j is the usual one', async (name) => {
    const node = nodeHarness(restCallReplyNode, { stored: { serviceIdMetaDataAttribute: name, requestIdMetaDataAttribute: name } });
    expect(await node.relation(telemetry('d', {}, { metadata: call }))).toBe('Success');
  });
});

test('the plugin has both nodes', () => expect(plugin.nodes.map(({ type }) => type)).toEqual(['http.rest-api-call', 'http.rest-call-reply']));
