// Goal: the gateway lets in whom device-api.md §3.2 lets in, keeps within its budget, and applies changes to live
// sessions. Method: a memory store of entities and an engine that records what it is told.
import { newTenant } from '@fieldline/directory';
import { epochMs, isProblem, uuidV7Source, type Problem, type RandomBytes } from '@fieldline/kernel';
import { kaaTimeSeriesSchema, type AdminSettings, type CustomerId, type Device, type DeviceCredentials, type DeviceProfile } from '@fieldline/model';
import type { BatchReceipt, DeviceClaim, DeviceSession, EntityStore } from '@fieldline/ports';
import { deviceErrors, storageErrors } from '@fieldline/ports';
import { memoryEntityStore } from '@fieldline/storage-memory';
import type { SessionDescriptor } from '@fieldline/telemetry';
import { createHash, getRandomValues } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { EngineDeviceGateway } from './device-gateway.js';

const ACK_TIMEOUT_MS = 10_000;
const SEEN_REPORT_MS = 3_000;
const BUDGET = 1_000;
const sha3 = (text: string) => createHash('sha3-256').update(text).digest('hex');
const random: RandomBytes = (into) => void getRandomValues(into);
const ids = uuidV7Source(() => epochMs(0), random);
const stored: BatchReceipt = { problems: new Map() };

class RecordingEngine {
  readonly known = new Map<number, SessionDescriptor>();
  readonly seenHandles: number[] = [];
  readonly batches: { resolve(receipt: BatchReceipt): void; reject(error: unknown): void }[] = [];

  sessions(opened: readonly SessionDescriptor[], closed: readonly number[]): void {
    for (const descriptor of opened) this.known.set(descriptor.handle, descriptor);
    for (const handle of closed) this.known.delete(handle);
  }

  seen(handles: readonly number[]): void {
    this.seenHandles.push(...handles);
  }

  uplinks(uplinks: ArrayBuffer): Promise<BatchReceipt> {
    // What crosses to a thread is gone on this side.
    structuredClone(uplinks, { transfer: [uplinks] });
    return new Promise((resolve, reject) => this.batches.push({ resolve, reject }));
  }
}

async function setUp() {
  const entities = memoryEntityStore();
  const tenant = newTenant({ name: 'One', ids, nowMs: epochMs(0) });
  await entities.write(tenant.changes);
  const { tenantId } = tenant;
  const [profile] = await entities.findAll('deviceProfile', tenantId, {}, 1);
  if (profile === undefined) throw new Error('a new tenant has a device profile');
  const engine = new RecordingEngine();
  const timers: (() => void)[] = [];
  const between = { reads: (): Promise<void> => Promise.resolve() };
  const watched: EntityStore = Object.create(entities, {
    find: {
      value: async (...args: Parameters<EntityStore['find']>) => {
        const found = await entities.find(...args);
        await between.reads();
        return found;
      },
    },
  }) as EntityStore;
  Object.assign(watched, {
    credentialsById: (id: string) => entities.credentialsById(id),
    findAll: (...args: Parameters<EntityStore['findAll']>) => entities.findAll(...args),
  });
  const gateway = new EngineDeviceGateway({
    entities: watched,
    engine,
    clock: {
      nowMs: () => epochMs(0),
      monotonicMs: () => 0,
      after(_name, delayMs, fn) {
        expect([ACK_TIMEOUT_MS, SEEN_REPORT_MS]).toContain(delayMs);
        timers.push(fn);
        return () => void timers.splice(timers.indexOf(fn), 1);
      },
    },
    inflightBytesMax: BUDGET,
    ackTimeoutMs: ACK_TIMEOUT_MS,
    sha3,
  });
  const addDevice = async (
    name: string,
    credentials: Pick<DeviceCredentials, 'credentialsType' | 'credentialsId'> & { credentialsValue?: string },
    deviceProfile: DeviceProfile = profile,
  ) => {
    const head = { tenantId: tenantId as string, createdAtMs: 0, version: 1 };
    const device: Device = { ...head, id: ids.next(), name, deviceProfileId: deviceProfile.id, type: deviceProfile.name };
    const record: DeviceCredentials = { ...head, id: ids.next(), deviceId: device.id, ...credentials };
    await entities.write([
      { change: 'insert', kind: 'device', entity: device },
      { change: 'insert', kind: 'deviceCredentials', entity: record },
    ]);
    return { device, record };
  };
  const addProfile = async (name: string, more: Partial<DeviceProfile>): Promise<DeviceProfile> => {
    const entity: DeviceProfile = { ...profile, isDefault: false, id: ids.next(), name, ...more };
    await entities.write([{ change: 'insert', kind: 'deviceProfile', entity }]);
    return entity;
  };
  return { entities, engine, gateway, timers, tenantId, profile, between, addDevice, addProfile };
}

let world: Awaited<ReturnType<typeof setUp>>;
beforeEach(async () => void (world = await setUp()));

const outcome = async (claim: DeviceClaim, transport: 'MQTT' | 'HTTP' | 'COAP' = 'MQTT'): Promise<string> => {
  const found = await world.gateway.authenticate(claim, transport);
  return 'handle' in found ? found.deviceName : found.code;
};
const session = async (token: string): Promise<DeviceSession> => {
  const found = await world.gateway.authenticate({ kind: 'access-token', token }, 'MQTT');
  if (!('handle' in found)) throw new Error(found.code);
  return found;
};
const codeOf = (error: unknown): string => (isProblem(error) ? error.code : String(error));
const token = (credentialsId: string) => ({ credentialsType: 'ACCESS_TOKEN', credentialsId }) as const;
const basic = (value: { clientId?: string; userName?: string; password?: string }) => {
  const { clientId, userName } = value;
  const credentialsId = clientId === undefined ? (userName ?? '') : sha3(userName === undefined ? clientId : `${clientId}|${userName}`);
  return { credentialsType: 'MQTT_BASIC', credentialsId, credentialsValue: JSON.stringify(value) } as const;
};

describe('access tokens', () => {
  test('a known one opens a session and the engine knows it before any reading', async () => {
    const { device } = await world.addDevice('meter', token('T1'));
    const opened = await session('T1');
    expect(opened).toMatchObject({ deviceId: device.id, tenantId: world.tenantId, transport: 'MQTT', profile: { id: world.profile.id } });
    expect(world.engine.known.get(opened.handle)).toMatchObject({ deviceId: device.id, deviceName: 'meter', deviceType: world.profile.name });
    world.gateway.closed(opened);
    expect([world.engine.known.size, world.gateway.sessionCount]).toEqual([0, 0]);
  });

  test.each(['', 'wrong', 't1'])('%j is unknown', async (shown) => {
    await world.addDevice('meter', token('T1'));
    expect(await outcome({ kind: 'access-token', token: shown })).toBe('DEVICE_UNKNOWN');
  });

  test('the id of MQTT credentials is no token', async () => {
    await world.addDevice('meter', basic({ userName: 'mary' }));
    expect(await outcome({ kind: 'access-token', token: 'mary' })).toBe('DEVICE_UNKNOWN');
  });

  test.each([
    { demanded: 'MQTT', transport: 'COAP', expected: 'DEVICE_TRANSPORT_MISMATCH' },
    { demanded: 'COAP', transport: 'MQTT', expected: 'DEVICE_TRANSPORT_MISMATCH' },
    { demanded: 'MQTT', transport: 'MQTT', expected: 'meter' },
    { demanded: 'MQTT', transport: 'HTTP', expected: 'meter' },
    { demanded: 'DEFAULT', transport: 'COAP', expected: 'meter' },
  ] as const)('a profile for $demanded and a device on $transport: $expected', async ({ demanded, transport, expected }) => {
    const profile = await world.addProfile('own', { transportType: demanded });
    await world.addDevice('meter', token('T1'), profile);
    expect(await outcome({ kind: 'access-token', token: 'T1' }, transport)).toBe(expected);
  });
});

describe('MQTT CONNECT, row by row of device-api.md §3.2', () => {
  beforeEach(async () => {
    await world.addDevice('by token', token('T1'));
    await world.addDevice('by client', basic({ clientId: 'c1' }));
    await world.addDevice('by client and password', basic({ clientId: 'c2', password: 'p2' }));
    await world.addDevice('by both', basic({ clientId: 'c3', userName: 'u3', password: 'p3' }));
    await world.addDevice('by both, no password', basic({ clientId: 'c4', userName: 'u4' }));
    await world.addDevice('by user', basic({ userName: 'u5' }));
    await world.addDevice('by user and password', basic({ userName: 'u6', password: 'p6' }));
    // Its token equals the user name of another device, which has credentials for that very client.
    await world.addDevice('token u3', token('u3'));
  });

  test.each([
    { clientId: 'c1', userName: undefined, password: undefined, expected: 'by client' },
    { clientId: 'c1', userName: '', password: 'any', expected: 'by client' },
    { clientId: 'c2', userName: undefined, password: 'p2', expected: 'by client and password' },
    { clientId: 'c2', userName: undefined, password: 'wrong', expected: 'DEVICE_UNKNOWN' },
    { clientId: 'c2', userName: undefined, password: undefined, expected: 'DEVICE_UNKNOWN' },
    { clientId: 'none', userName: undefined, password: undefined, expected: 'DEVICE_UNKNOWN' },
    { clientId: '', userName: undefined, password: undefined, expected: 'DEVICE_UNKNOWN' },
    { clientId: 'T1', userName: undefined, password: undefined, expected: 'DEVICE_UNKNOWN' },
    { clientId: 'c3', userName: 'u3', password: 'p3', expected: 'by both' },
    // Wrong password: refused at once, though the user name is somebody's token.
    { clientId: 'c3', userName: 'u3', password: 'wrong', expected: 'DEVICE_UNKNOWN' },
    { clientId: 'other', userName: 'u3', password: 'wrong', expected: 'token u3' },
    { clientId: 'c4', userName: 'u4', password: 'any', expected: 'by both, no password' },
    { clientId: 'other', userName: 'u4', password: undefined, expected: 'DEVICE_UNKNOWN' },
    { clientId: 'random', userName: 'T1', password: 'random', expected: 'by token' },
    { clientId: '', userName: 'T1', password: undefined, expected: 'by token' },
    { clientId: 'any', userName: 'u5', password: 'any', expected: 'by user' },
    { clientId: 'any', userName: 'u6', password: 'p6', expected: 'by user and password' },
    { clientId: 'any', userName: 'u6', password: 'wrong', expected: 'DEVICE_UNKNOWN' },
    { clientId: 'any', userName: 'u6', password: undefined, expected: 'DEVICE_UNKNOWN' },
    { clientId: 'any', userName: sha3('c1'), password: undefined, expected: 'DEVICE_UNKNOWN' },
  ])('client $clientId, user $userName, password $password: $expected', async ({ expected, ...claim }) => {
    expect(await outcome({ kind: 'mqtt-basic', ...claim })).toBe(expected);
  });
});

describe('Kaa tokens', () => {
  test.each([
    { appVersion: 'green-v1', shown: 'T1', expected: 'endpoint' },
    { appVersion: 'plain', shown: 'T2', expected: 'other' },
    { appVersion: 'plain', shown: 'T1', expected: 'DEVICE_UNKNOWN' },
    { appVersion: 'green', shown: 'T1', expected: 'DEVICE_APPLICATION_UNKNOWN' },
    { appVersion: 'nosuch', shown: 'T1', expected: 'DEVICE_APPLICATION_UNKNOWN' },
    { appVersion: 'green-v1', shown: 'wrong', expected: 'DEVICE_UNKNOWN' },
  ])('version $appVersion and token $shown: $expected', async ({ appVersion, shown, expected }) => {
    await world.addDevice('endpoint', token('T1'), await world.addProfile('green', { kaaAppVersion: 'green-v1' }));
    await world.addDevice('other', token('T2'), await world.addProfile('plain', {}));
    expect(await outcome({ kind: 'kaa-token', appVersion, token: shown })).toBe(expected);
  });
});

describe('Kaa series', () => {
  const series = (isAutoExtracted: boolean) => kaaTimeSeriesSchema.parse({ 'auto-extract': isAutoExtracted });
  const save = async (application: string, value: object): Promise<void> => {
    const head = { id: ids.next(), tenantId: world.tenantId, createdAtMs: 0, version: 1 };
    await world.entities.write([
      { change: 'insert', kind: 'adminSettings', entity: { ...head, key: `kaaTimeSeries ${application}`, value: value as AdminSettings['value'] } },
    ]);
    await world.gateway.controlChanged({ kind: 'adminSettings', tenantId: world.tenantId, id: head.id, version: 1 });
  };
  const extractionOf = async (shown: string, appVersion: string): Promise<() => boolean | undefined> => {
    const found = await world.gateway.authenticate({ kind: 'kaa-token', appVersion, token: shown }, 'MQTT');
    if (!('handle' in found)) throw new Error(found.code);
    return () => world.engine.known.get(found.handle)?.kaaSeries?.['auto-extract'];
  };

  test('K36: those of an application hold for its versions, live sessions included, until a version has its own', async () => {
    const { names, timestamp } = series(false);
    await world.addDevice('first', token('T1'), await world.addProfile('one', { kaaAppVersion: 'bsd9-v1' }));
    await world.addDevice('second', token('T2'), await world.addProfile('two', { kaaAppVersion: 'bsd9-v2', kaaSeries: { names, timestamp } }));
    const [first, second] = [await extractionOf('T1', 'bsd9-v1'), await extractionOf('T2', 'bsd9-v2')];
    expect([first(), second()]).toEqual([false, false]);
    await save('bsd9', series(true));
    await save('other', series(true));
    expect([first(), second()]).toEqual([true, false]);
    expect((await extractionOf('T1', 'bsd9-v1'))()).toBe(true);
  });

  test('the switch of a profile turns auto-extraction on where its application does not', async () => {
    await world.addDevice('endpoint', token('T1'), await world.addProfile('green-v1', { kaaAutoExtraction: true }));
    expect((await extractionOf('T1', 'green-v1'))()).toBe(true);
  });
});

describe('readings', () => {
  test('resolve with what the engine says', async () => {
    const problem: Problem = { code: 'X', kind: 'invalid-input', retry: 'never', message: 'm', remedy: 'r' };
    const receipt = world.gateway.accept(new ArrayBuffer(10), 2);
    world.engine.batches[0]?.resolve({ problems: new Map([[1, problem]]) });
    expect((await receipt).problems.get(1)).toBe(problem);
    expect(world.timers).toHaveLength(0);
  });

  test('are refused above the budget, and taken again as soon as there is room', async () => {
    let rooms = 0;
    world.gateway.onRoom(() => (rooms += 1));
    const first = world.gateway.accept(new ArrayBuffer(BUDGET - 1), 1);
    expect(world.gateway.isFull).toBe(false);
    const second = world.gateway.accept(new ArrayBuffer(BUDGET), 1);
    expect([world.gateway.isFull, world.gateway.inflightBytes]).toEqual([true, 2 * BUDGET - 1]);
    await expect(world.gateway.accept(new ArrayBuffer(1), 1).catch(codeOf)).resolves.toBe('DEVICE_GATEWAY_BUSY');
    world.engine.batches[0]?.resolve(stored);
    await first;
    expect([world.gateway.isFull, rooms]).toEqual([true, 0]);
    world.engine.batches[1]?.reject(storageErrors.FULL({ reason: 'no space' }));
    await expect(second.catch(codeOf)).resolves.toBe('STORAGE_FULL');
    expect([world.gateway.inflightBytes, rooms]).toEqual([0, 1]);
  });

  test('that take too long are answered "later", and keep their share of the budget until they are done', async () => {
    const late = world.gateway.accept(new ArrayBuffer(BUDGET), 1).catch(codeOf);
    world.timers[0]?.();
    expect(await late).toBe('DEVICE_ACK_TIMEOUT');
    expect(world.gateway.isFull).toBe(true);
    world.engine.batches[0]?.resolve(stored);
    await Promise.resolve();
    expect(world.gateway.isFull).toBe(false);
  });
});

describe('changes of the control plane', () => {
  const update = async <K extends 'device' | 'deviceProfile' | 'deviceCredentials'>(kind: K, entity: never): Promise<void> => {
    const { id, version } = entity as { id: string; version: number };
    await world.entities.write([{ change: 'update', kind, entity }]);
    await world.gateway.controlChanged({ kind, tenantId: world.tenantId, id, version: version + 1 });
  };

  test('a profile reaches its live sessions, and no others', async () => {
    await world.addDevice('meter', token('T1'));
    await world.addDevice('other', token('T2'), await world.addProfile('other', {}));
    const [changed, untouched] = [await session('T1'), await session('T2')];
    await update('deviceProfile', { ...world.profile, defaultRuleChainId: 'chain-2', kaaAutoExtraction: true } as never);
    expect(world.engine.known.get(changed.handle)).toMatchObject({ ruleChainId: 'chain-2' });
    expect(world.engine.known.get(changed.handle)?.kaaSeries).toBeUndefined();
    expect(world.engine.known.get(untouched.handle)?.ruleChainId).not.toBe('chain-2');
  });

  test('a device that gets another name, customer or profile keeps its session', async () => {
    const { device } = await world.addDevice('meter', token('T1'));
    const opened = await session('T1');
    const revoked: string[] = [];
    world.gateway.onRevoked((id) => revoked.push(id));
    const profile = await world.addProfile('other', { defaultRuleChainId: 'chain-3' });
    await update('device', { ...device, name: 'renamed', customerId: 'customer' as CustomerId, deviceProfileId: profile.id } as never);
    expect(world.engine.known.get(opened.handle)).toMatchObject({
      deviceName: 'renamed',
      customerId: 'customer',
      ruleChainId: 'chain-3',
      deviceType: 'other',
    });
    expect(revoked).toEqual([]);
  });

  test('new credentials and a deleted device end the sessions', async () => {
    const { device, record } = await world.addDevice('meter', token('T1'));
    const other = await world.addDevice('other', token('T3'));
    for (const name of ['T1', 'T1', 'T3']) await session(name);
    const revoked: string[] = [];
    world.gateway.onRevoked((id) => revoked.push(id));
    await update('deviceCredentials', { ...record, credentialsId: 'T2' } as never);
    expect(revoked).toEqual([device.id]);
    // What was just made let nobody in yet.
    await world.gateway.controlChanged({ kind: 'deviceCredentials', tenantId: world.tenantId, id: other.record.id, version: 1 });
    expect(revoked).toEqual([device.id]);
    await world.gateway.controlChanged({ kind: 'device', tenantId: world.tenantId, id: device.id });
    expect(revoked).toEqual([device.id, device.id]);
    await world.gateway.controlChanged({ kind: 'ruleChain', tenantId: world.tenantId, id: device.id, version: 2 });
    expect(revoked).toHaveLength(2);
  });

  test('with a deleted tenant go the sessions of all its devices, once each', async () => {
    const devices = [await world.addDevice('meter', token('T1')), await world.addDevice('valve', token('T2'))];
    for (const name of ['T1', 'T1', 'T2']) await session(name);
    const revoked: string[] = [];
    world.gateway.onRevoked((id) => revoked.push(id));
    await world.gateway.controlChanged({ kind: 'tenant', tenantId: world.tenantId, id: world.tenantId, version: 2 });
    await world.gateway.controlChanged({ kind: 'tenant', tenantId: 'other' as never, id: 'other' });
    expect(revoked).toEqual([]);
    await world.gateway.controlChanged({ kind: 'tenant', tenantId: world.tenantId, id: world.tenantId });
    expect(revoked.sort()).toEqual(devices.map(({ device }) => device.id).sort());
  });

  test('credentials that change while they are being checked open no session', async () => {
    const { record } = await world.addDevice('meter', token('T1'));
    let isChanged = false;
    world.between.reads = async () => {
      if (isChanged) return;
      isChanged = true;
      await update('deviceCredentials', { ...record, credentialsId: 'T2' } as never);
    };
    expect(await outcome({ kind: 'access-token', token: 'T1' })).toBe(deviceErrors.UNKNOWN().code);
    expect(world.gateway.sessionCount).toBe(0);
    expect(await outcome({ kind: 'access-token', token: 'T2' })).toBe('meter');
  });
});

test('sessions that only ping are told to the engine, each once a report', async () => {
  await world.addDevice('meter', token('T1'));
  await world.addDevice('other', token('T2'));
  const [one, two] = [await session('T1'), await session('T2')];
  for (const seen of [one, one, two, one]) world.gateway.seen(seen);
  expect([world.timers.length, world.engine.seenHandles]).toEqual([1, []]);
  world.timers[0]?.();
  expect(world.engine.seenHandles).toEqual([one.handle, two.handle]);
});
