// Goal: a program calls a rule chain over REST and gets what the chain makes of it, by what the server knows at that moment.
// Method: a real server with a chain of shipped nodes that asks for relations and replies.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningServer, startServer, stopServer, temporaryFolder, TenantClient } from './server-under-test.js';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: RunningServer;
let admin: TenantClient;
beforeAll(async () => {
  folder = await temporaryFolder('rule-calls');
  server = await startServer(folder.path);
  admin = await TenantClient.signIn(server.ports.http);
});
afterAll(async () => {
  await stopServer(server);
  await folder.remove();
});

interface Entity {
  readonly id: { readonly entityType: string; readonly id: string };
}
const node = (type: string, name: string, configuration: object, configurationVersion = 0) => ({
  ...{ type: `org.thingsboard.rule.engine.${type}`, name, configuration, configurationVersion, singletonMode: false },
  additionalInfo: { layoutX: 0, layoutY: 0 },
});
const script = (name: string, jsScript: string) => node('transform.TbTransformMsgNode', name, { scriptLang: 'JS', jsScript, tbelScript: '' });

/** Makes the root chain: what is contained in something is told from what is not, and what says `quiet` gets no reply. */
async function drawChain(): Promise<void> {
  const chain = await admin.request<Entity>('POST', '/api/ruleChain', { name: 'Answers' });
  await admin.request('POST', '/api/ruleChain/metadata', {
    ruleChainId: chain.id,
    firstNodeIndex: 0,
    nodes: [
      node('filter.TbJsFilterNode', 'Wants a reply', { scriptLang: 'JS', jsScript: 'return msg.quiet !== true;', tbelScript: '' }),
      node('filter.TbCheckRelationNode', 'Is contained', { direction: 'TO', relationType: 'Contains', checkForSingleEntity: false }, 1),
      script('Inside', 'return {msg: {inside: true, said: msg.say}, metadata: metadata, msgType: msgType};'),
      script('Outside', 'return {msg: {inside: false}, metadata: metadata, msgType: msgType};'),
      node('rest.TbSendRestApiCallReplyNode', 'Reply', { serviceIdMetaDataAttribute: 'serviceId', requestIdMetaDataAttribute: 'requestUUID' }),
    ],
    connections: [
      { fromIndex: 0, toIndex: 1, type: 'True' },
      { fromIndex: 1, toIndex: 2, type: 'True' },
      { fromIndex: 1, toIndex: 3, type: 'False' },
      { fromIndex: 2, toIndex: 4, type: 'Success' },
      { fromIndex: 3, toIndex: 4, type: 'Success' },
    ],
  });
  await admin.request('POST', `/api/ruleChain/${chain.id.id}/root`);
}

const call = (path: string, body: object): Promise<unknown> => admin.request('POST', `/api/rule-engine${path}`, body);

test('a rule chain answers a call by what it reads of the entities, and a call it does not answer times out', async () => {
  await drawChain();
  const device = await admin.request<Entity>('POST', '/api/device', { name: 'Pump' });
  const room = await admin.request<Entity>('POST', '/api/asset', { name: 'Cellar', type: 'room' });
  await expect.poll(() => call(`/DEVICE/${device.id.id}/5000`, { say: 'hello' }).catch(String)).toEqual({ inside: false });
  const relation = { from: room.id, to: device.id, type: 'Contains', typeGroup: 'COMMON' };
  await admin.request('POST', '/api/relation', relation);
  expect(await call(`/DEVICE/${device.id.id}`, { say: 'hello' })).toEqual({ inside: true, said: 'hello' });
  expect(await call('/', {})).toEqual({ inside: false });
  await expect(call(`/DEVICE/${device.id.id}/Main/300`, { quiet: true })).rejects.toThrow(/: 408 /);
  const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => call(`/DEVICE/${device.id.id}`, { say: n })));
  expect(answers).toEqual(Array.from({ length: 50 }, (_, n) => ({ inside: true, said: n })));
});
