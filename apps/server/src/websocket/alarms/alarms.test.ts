// Goal: alarm commands answer as websocket-api.md §7, §8 and §14 say, and react to every change of an alarm. Method: a real server on a
// real port over memory stores, alarms changed by its REST API, and the ws client.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LiveClient, type RunningLive, startLive } from '../live.fixture.js';
import { PING_INTERVAL_MS } from '../limits.js';
import { ALARM_QUERIES_PER_REFRESH, ALARM_REFRESH_MS } from './limits.js';

let running: RunningLive;
let client: LiveClient;
beforeEach(async () => {
  running = await startLive();
  client = await LiveClient.open(running.port, `/api/ws?token=${running.tokens.one}`);
});
afterEach(() => running.close());

type AlarmFrame = Record<string, unknown> & { readonly data: AlarmPage | null; readonly update: readonly WireAlarm[] | null };
type WireAlarm = Record<string, unknown> & {
  readonly id: { readonly id: string };
  readonly latest: Record<string, Record<string, { value: string }>>;
};
interface AlarmPage {
  readonly data: readonly WireAlarm[];
  readonly totalElements: number;
}

const take = async (): Promise<AlarmFrame> => (await client.take()) as unknown as AlarmFrame;
const silence = async (): Promise<void> => expect(await client.takeAll()).toEqual([]);
/** Lets the time of an interval go by, in steps that leave the client time for its pongs. */
const passInterval = async (): Promise<void> => {
  for (let passed = 0; passed < ALARM_REFRESH_MS; passed += PING_INTERVAL_MS) {
    const { pings } = client;
    running.clock.pass(PING_INTERVAL_MS);
    await client.until(() => client.pings > pings);
    // What the server answers now comes after the pong.
    client.send({ cmds: [{ type: 'ALARM_COUNT', cmdId: -998 }] });
    await client.until(() => client.frames.some(({ subscriptionId }) => subscriptionId === -998));
    const place = client.frames.findIndex(({ subscriptionId }) => subscriptionId === -998);
    client.frames.splice(place, 1);
  }
};
const post = (path: string, body: unknown, token = running.tokens.one) => running.call(token, 'POST', path, body);
const raise = async (more: Record<string, unknown> = {}): Promise<WireAlarm> =>
  (await post('/api/alarm', { type: 'High Temperature', originator: running.device, severity: 'CRITICAL', ...more })) as WireAlarm;
const clear = (alarm: WireAlarm) => post(`/api/alarm/${alarm.id.id}/clear`, undefined);
const acknowledge = (alarm: WireAlarm) => post(`/api/alarm/${alarm.id.id}/ack`, undefined);
const remove = (alarm: WireAlarm) => running.call(running.tokens.one, 'DELETE', `/api/alarm/${alarm.id.id}`);

describe('ALARM_STATUS (row 10)', () => {
  const status = (active: boolean) => ({ cmdId: 40, errorCode: 0, errorMsg: null, active, cmdUpdateType: 'ALARM_STATUS' });
  const ask = (more: Record<string, unknown> = {}) =>
    client.send({ cmds: [{ type: 'ALARM_STATUS', cmdId: 40, originatorId: running.device, ...more }] });

  test('flips when an alarm is raised, cleared, raised again and removed', async () => {
    ask();
    expect(await take()).toEqual(status(false));
    const alarm = await raise();
    expect(await take()).toEqual(status(true));
    await acknowledge(alarm);
    await clear(alarm);
    expect(await take()).toEqual(status(false));
    const next = await raise();
    expect(await take()).toEqual(status(true));
    await remove(next);
    expect(await take()).toEqual(status(false));
    await silence();
  });

  test('flips when another severity ends the match, and heeds types', async () => {
    ask({ typeList: ['High Temperature'], severityList: ['CRITICAL', 'MAJOR'] });
    expect(await take()).toEqual(status(false));
    await raise({ type: 'Other' });
    const alarm = await raise({ severity: 'MAJOR' });
    expect(await take()).toEqual(status(true));
    await raise({ id: alarm.id, severity: 'WARNING' });
    expect(await take()).toEqual(status(false));
    await silence();
  });

  test('stays active while one of many is left, however many were cleared', async () => {
    const alarms: WireAlarm[] = [];
    for (let n = 0; n < 15; n += 1) alarms.push(await raise({ type: `type ${n}` }));
    ask();
    expect(await take()).toEqual(status(true));
    for (const alarm of alarms.slice(0, 14)) await clear(alarm);
    await silence();
    await clear(alarms[14] as WireAlarm);
    expect(await take()).toEqual(status(false));
  });

  test('alarms propagated to the entity do not count', async () => {
    const other = await running.addDevice(running.tenants.one, 'Child');
    await post('/api/relation', { from: running.device, to: other, type: 'Contains', typeGroup: 'COMMON' });
    ask();
    expect(await take()).toEqual(status(false));
    await raise({ originator: other, propagate: true });
    await silence();
  });

  test('ends silently, and nobody watches another tenant', async () => {
    ask();
    await take();
    client.send({ cmds: [{ type: 'ALARM_STATUS_UNSUBSCRIBE', cmdId: 40 }] });
    await silence();
    await raise();
    await silence();
    expect(running.feed.alarmSize).toBe(0);
    ask({ originatorId: running.foreign });
    expect(await take()).toEqual({ subscriptionId: 40, errorCode: 3, errorMsg: 'Unauthorized', data: null, latestValues: {} });
  });
});

describe('ALARM_COUNT (row 9)', () => {
  const count = (n: number) => ({ cmdId: 6, errorCode: 0, errorMsg: null, count: n, cmdUpdateType: 'ALARM_COUNT_DATA' });
  const ask = (query: Record<string, unknown>) =>
    client.send({ cmds: [{ type: 'ALARM_COUNT', cmdId: 6, query: { statusList: ['ACTIVE'], searchPropagatedAlarms: false, ...query } }] });
  const devices = { entityFilter: { type: 'deviceType', deviceTypes: ['default'], deviceNameFilter: '' } };

  test('with an entity filter: at once, then as alarms of these entities come and go', async () => {
    ask(devices);
    expect(await take()).toEqual(count(0));
    const alarm = await raise();
    expect(await take()).toEqual(count(1));
    await acknowledge(alarm);
    await silence();
    await clear(alarm);
    expect(await take()).toEqual(count(0));
  });

  test('a filter with the type in the singular is understood', async () => {
    await raise();
    ask({ entityFilter: { type: 'deviceType', deviceType: 'default', deviceNameFilter: '' } });
    expect(await take()).toEqual(count(1));
  });

  test('a filter that finds nothing answers 0 and is not looked at again', async () => {
    ask({ entityFilter: { type: 'deviceType', deviceTypes: ['none'], deviceNameFilter: '' } });
    expect(await take()).toEqual(count(0));
    await raise();
    await passInterval();
    await silence();
  });

  test('without an entity filter: at once, then when an interval is over', async () => {
    ask({});
    expect(await take()).toEqual(count(0));
    await raise();
    await silence();
    await passInterval();
    expect(await take()).toEqual(count(1));
  });

  test('a repeated id is ignored, and a command without a query refused', async () => {
    ask({});
    await take();
    ask(devices);
    await silence();
    client.send({ cmds: [{ type: 'ALARM_COUNT', cmdId: 7 }] });
    expect(await take()).toMatchObject({ subscriptionId: 7, errorCode: 2, errorMsg: 'Query is empty!' });
  });

  test('works over the legacy endpoint', async () => {
    const legacy = await LiveClient.open(running.port, `/api/ws/plugins/telemetry?token=${running.tokens.one}`);
    legacy.send({ alarmCountCmds: [{ cmdId: 6, query: { ...devices, statusList: ['ACTIVE'] } }] });
    expect(await legacy.take()).toEqual(count(0));
    await raise();
    expect(await legacy.take()).toEqual(count(1));
    legacy.send({ alarmCountUnsubscribeCmds: [{ cmdId: 6 }] });
    await raise({ type: 'Second' });
    expect(await legacy.takeAll()).toEqual([]);
  });
});

describe('ALARM_DATA (worked example 14.6)', () => {
  const pageLink = {
    page: 0,
    pageSize: 10,
    textSearch: null,
    dynamic: false,
    sortOrder: { key: { type: 'ALARM_FIELD', key: 'createdTime' }, direction: 'DESC' },
    timeWindow: 86_400_000,
    startTs: 0,
    endTs: 0,
    statusList: ['ACTIVE'],
    severityList: [],
    typeList: [],
    searchPropagatedAlarms: true,
    assigneeId: null,
  };
  const ask = (page: Record<string, unknown> = {}, more: Record<string, unknown> = {}, cmdId = 7) =>
    client.send({
      cmds: [
        {
          type: 'ALARM_DATA',
          cmdId,
          query: {
            entityFilter: { type: 'entityType', entityType: 'DEVICE' },
            pageLink: { ...pageLink, ...page },
            alarmFields: ['createdTime', 'type', 'severity', 'status'].map((key) => ({ type: 'ALARM_FIELD', key })),
            entityFields: [{ type: 'ENTITY_FIELD', key: 'name' }],
            latestValues: [],
            keyFilters: [],
            ...more,
          },
        },
      ],
    });
  const idsOf = ({ data }: AlarmFrame): unknown => data?.data.map(({ id }) => id.id);

  test('an empty page, a raised alarm, its acknowledgement, and its end', async () => {
    ask();
    expect(await take()).toEqual({
      cmdId: 7,
      errorCode: 0,
      errorMsg: null,
      data: { data: [], totalPages: 0, totalElements: 0, hasNext: false },
      update: null,
      cmdUpdateType: 'ALARM_DATA',
      allowedEntities: 10_000,
      totalEntities: 1,
    });
    const alarm = await raise();
    const shown = await take();
    expect(shown.update).toBeNull();
    expect(shown.data).toMatchObject({ totalPages: 1, totalElements: 1, hasNext: false });
    expect(shown.data?.data[0]).toMatchObject({ ...alarm, entityId: running.device, latest: { ENTITY_FIELD: { name: { value: 'Device of one' } } } });
    await acknowledge(alarm);
    expect(await take()).toMatchObject({ data: null, update: [{ id: alarm.id, acknowledged: true, status: 'ACTIVE_ACK' }], totalEntities: 1 });
    await clear(alarm);
    expect(idsOf(await take())).toEqual([]);
    await silence();
  });

  test('a removed alarm leaves the page; those of other entities do not concern it', async () => {
    const alarm = await raise();
    ask({}, { entityFilter: { type: 'singleEntity', singleEntity: running.device } });
    expect(idsOf(await take())).toEqual([alarm.id.id]);
    const other = await running.addDevice(running.tenants.one, 'Other');
    await raise({ originator: other });
    await silence();
    await remove(alarm);
    expect(idsOf(await take())).toEqual([]);
  });

  test('all devices means those too that come later; devices of a kind are those that there are', async () => {
    ask();
    ask({}, { entityFilter: { type: 'deviceType', deviceTypes: ['default'], deviceNameFilter: '' } }, 8);
    await take();
    await take();
    expect(running.pages.size).toBe(1);
    const later = await running.addDevice(running.tenants.one, 'Later');
    const alarm = await raise({ originator: later });
    expect(idsOf(await take())).toEqual([alarm.id.id]);
    await silence();
  });

  test('no entities: an empty page that says so', async () => {
    ask({}, { entityFilter: { type: 'deviceType', deviceTypes: ['none'], deviceNameFilter: '' } });
    expect(await take()).toMatchObject({ data: { data: [], totalElements: 0 }, allowedEntities: 0, totalEntities: 0 });
  });

  test('a new alarm is announced on the first page only, and not at all for a fixed interval', async () => {
    ask({ page: 1 });
    await take();
    ask({ timeWindow: 0 }, {}, 8);
    await take();
    await raise();
    await silence();
  });

  test('alarms of a fixed interval are read anew when they change', async () => {
    const alarm = await raise();
    ask({ timeWindow: 0 });
    expect(idsOf(await take())).toEqual([alarm.id.id]);
    await acknowledge(alarm);
    expect((await take()).data?.data).toMatchObject([{ id: alarm.id, acknowledged: true }]);
  });

  test('another query with the same id takes the place of the first', async () => {
    const alarm = await raise();
    ask();
    expect(idsOf(await take())).toEqual([alarm.id.id]);
    ask({ severityList: ['MINOR'] });
    expect(idsOf(await take())).toEqual([]);
    const minor = await raise({ type: 'Other', severity: 'MINOR' });
    expect(idsOf(await take())).toEqual([minor.id.id]);
    await silence();
  });

  test('latest values of the entities are live', async () => {
    const alarm = await raise();
    ask({}, { latestValues: [{ type: 'TIME_SERIES', key: 'temperature' }] });
    expect((await take()).data?.data[0]?.latest['TIME_SERIES']).toEqual({ temperature: { ts: 0, value: '' } });
    await running.save(running.device, ['temperature', 5, 42], ['other', 5, 1]);
    await running.save(running.device, ['other', 6, 1]);
    expect((await take()).update).toMatchObject([{ id: alarm.id, latest: { TIME_SERIES: { temperature: { ts: 5, value: '42' } } } }]);
    await silence();
  });

  test('alarms that slid out of the window leave with the next interval', async () => {
    await raise();
    ask({ timeWindow: 1_000 });
    expect(idsOf(await take())).toHaveLength(1);
    running.clock.turnCalendar(2_000);
    await passInterval();
    expect(idsOf(await take())).toEqual([]);
  });

  test('a burst of alarms is shown by a few queries at once, and completely in the end', async () => {
    ask({ pageSize: 100 });
    await take();
    for (let n = 0; n < 30; n += 1) await raise({ type: `type ${n}` });
    expect((await client.takeAll()).length).toBeLessThanOrEqual(ALARM_QUERIES_PER_REFRESH);
    running.clock.pass(ALARM_REFRESH_MS / ALARM_QUERIES_PER_REFRESH);
    expect(idsOf(await take())).toHaveLength(30);
  });

  test('a customer sees its own alarms only, and a device that is taken away takes its alarms along', async () => {
    const customer = await running.addCustomer('customer');
    const own = await running.addDevice(running.tenants.one, 'Own', customer.entity.id);
    await raise();
    const alarm = await raise({ originator: own });
    client = await LiveClient.open(running.port, `/api/ws?token=${customer.token}`);
    ask();
    expect(idsOf(await take())).toEqual([alarm.id.id]);
    await raise({ type: 'Other' });
    await silence();
    await running.call(running.tokens.one, 'DELETE', `/api/customer/device/${own.id}`);
    expect(idsOf(await take())).toEqual([]);
  });

  test('a query that cannot be understood is explained, and ends nothing else', async () => {
    ask();
    await take();
    ask({}, { entityFilter: { type: 'nonsense' } }, 9);
    expect(await take()).toEqual({
      subscriptionId: 9,
      errorCode: 1,
      errorMsg: "Entity filter type 'nonsense' is unknown.",
      data: null,
      latestValues: {},
    });
    await raise();
    expect(idsOf(await take())).toHaveLength(1);
  });
});
