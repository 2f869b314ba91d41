// Goal: each rule node gets the services of its own tenant, as the settings allow. Method: the platform over memory stores,
// with a main thread that only keeps what it is sent.
import { silentLog } from '@fieldline/kernel';
import type { EntityId, TenantId } from '@fieldline/model';
import { memoryDataStore, memoryEntityStore } from '@fieldline/storage-memory';
import { expect, test } from 'vitest';
import { readSettings } from '../config/settings.js';
import { inProcessEvents } from '../in-process-events.js';
import { systemClock } from '../system-clock.js';
import type { FromEngine } from './link.js';
import { MainThread } from './main-thread.js';
import { NodePlatform } from './node-platform.js';

const tenantId = 't' as TenantId;
const node = { tenantId, id: 'node-1', name: 'Node' };
const device: EntityId = { entityType: 'DEVICE', id: 'd' };

async function started(env: Readonly<Record<string, string>> = {}) {
  let aheadMs = 0;
  const clock = { ...systemClock, monotonicMs: () => aheadMs };
  const entities = memoryEntityStore();
  const head = { id: 'd', tenantId, createdAtMs: 0, version: 1 };
  await entities.write([{ change: 'insert', kind: 'device', entity: { ...head, name: 'Device', deviceProfileId: 'p', type: 'pump' } }]);
  const sent: FromEngine[] = [];
  const reports: unknown[] = [];
  const events = inProcessEvents(silentLog);
  const platform = new NodePlatform({
    settings: readSettings(env, '/nowhere'),
    entities,
    store: memoryDataStore({ entities }),
    events,
    main: new MainThread((message) => sent.push(message)),
    states: { report: (...report) => void reports.push(report) },
    clock,
  });
  return { platform, entities, events, sent, reports, pass: (ms: number) => (aheadMs += ms), services: platform.of(node) };
}

test('a node sees and changes what its tenant has, under its own name', async () => {
  const { services, platform, sent } = await started();
  expect(await services.entities?.profileNameOf(device)).toBe('pump');
  expect(await platform.of({ ...node, tenantId: 'other' as TenantId }).entities?.profileNameOf(device)).toBeUndefined();
  void services.entities?.unassign(device);
  void services.relations?.save({ from: device, to: device, type: 'Contains' });
  services.restReplies?.answer({ serviceId: 's', requestId: 'r' }, '{}');
  expect(sent).toEqual([
    { kind: 'change', id: 1, method: 'unassign', args: [node, device, undefined] },
    { kind: 'change', id: 2, method: 'saveRelation', args: [node, { from: device, to: device, type: 'Contains' }] },
    { kind: 'reply', tenantId, serviceId: 's', requestId: 'r', text: '{}' },
  ]);
});

test('what an event names is read anew', async () => {
  const { services, entities, events } = await started();
  expect(await services.entities?.profileNameOf(device)).toBe('pump');
  const [stored] = await entities.findAll('device', tenantId, {}, 1);
  if (stored === undefined) throw new Error('the device is gone');
  await entities.write([{ change: 'update', kind: 'device', entity: { ...stored, type: 'valve' } }]);
  events.publish({ kind: 'device', tenantId, id: 'd', version: 2 });
  expect(await services.entities?.profileNameOf(device)).toBe('valve');
});

test('a device is reported on once a second, 30 times a minute and 60 times an hour', async () => {
  const { services, reports, pass } = await started();
  const report = () => services.deviceState?.report(device, 'ACTIVITY_EVENT', 5);
  const taken = async (times: number, everyMs: number): Promise<number> => {
    let count = 0;
    for (let n = 0; n < times; n += 1) {
      if ((await report()) === true) count += 1;
      pass(everyMs);
    }
    return count;
  };
  expect([await report(), await report()]).toEqual([true, false]);
  expect(reports).toEqual([[{ tenantId, deviceId: 'd' }, 'ACTIVITY_EVENT', 5]]);
  pass(3_700_000);
  expect(await taken(40, 1_100)).toBe(30);
  pass(70_000);
  expect(await taken(100, 5_000)).toBe(30);
  expect(await services.deviceState?.report({ ...device, id: 'other' }, 'CONNECT_EVENT', 5)).toBe(true);
});

test('the outside is reached as the settings allow; the broker is told for which tenant it publishes', async () => {
  const { services, sent } = await started();
  await expect(services.network?.reach('127.0.0.1', 9092)).rejects.toMatchObject({ code: 'OUTBOUND_REFUSED' });
  const { services: open } = await started({ FIELDLINE_OUTBOUND_ALLOW: '127.0.0.1:9092' });
  expect(await open.network?.reach('127.0.0.1', 9092)).toEqual({ address: '127.0.0.1', family: 4 });
  const mail = { from: 'a@b.c', to: ['a@b.c'], cc: [], bcc: [], subject: '', body: '', isHtml: false, images: {} };
  await expect(services.mail?.send(mail)).rejects.toMatchObject({ code: 'MAIL_NO_SERVER' });
  void services.broker?.publish({ topic: 'a/b', payload: '1', qos: 0, isRetained: false });
  expect(sent).toEqual([{ kind: 'publish', id: 1, tenantId, topic: 'a/b', payload: '1', qos: 0, isRetained: false }]);
});
