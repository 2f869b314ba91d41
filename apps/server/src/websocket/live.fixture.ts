import { entityAccess, EntityQuestions, newTenant, viewedFeed, viewedMany, viewedSeries } from '@fieldline/directory';
import { createFirstUsers, Identity, identityDeps, setPassword } from '@fieldline/identity';
import type { Clock, Log, RandomBytes } from '@fieldline/kernel';
import { epochMs, silentLog, uuidV7Source } from '@fieldline/kernel';
import { type AttributeScope, type Device, type EntityId, type RateLimit, type TenantId, type User, ValueKind } from '@fieldline/model';
import { LivePublisher, Subscriptions } from '@fieldline/telemetry';
import type { Admitter, ChainLedger, CommitUnit, EntityAccess, LedgerReader, PasswordHasher } from '@fieldline/ports';
import { memoryBlobStore, memoryDataStore, memoryEntityQueries, memoryEntityStore } from '@fieldline/storage-memory';
import { createHash, getRandomValues } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { WebSocket, type ClientOptions } from 'ws';
import { dataCommands } from '../engine-host/data-commands.js';
import { ProfileTtlTable } from '../engine-host/profile-ttls.js';
import { inProcessEvents } from '../in-process-events.js';
import { AlarmViews } from '../rest/alarm-views.js';
import { createRestApp } from '../rest/rest-app.js';
import { WaitingCalls } from '../rest/waiting-calls.js';
import { hs512Signer } from '../security/jwt-signer.js';
import { EntityPages } from './entities/entity-pages.js';
import { LedgerFeed } from './ledger-feed.js';
import { LiveLimits } from './live-limits.js';
import { LiveModule } from './live.gateway.js';
import { LiveRights } from './live-rights.js';
import { LiveSocketServer } from './live-socket-server.js';
import { waitingQuestions, waitingSeries } from './waiting-reads.js';
import { LiveWsAdapter } from './ws-adapter.js';

const password = 'password for tests';

/** One frame as the API sends it. */
export interface Frame {
  readonly subscriptionId: number;
  readonly errorCode: number;
  readonly errorMsg: string | null;
  readonly data: Record<string, [number, string | null][]> | null;
  readonly latestValues: Record<string, number>;
}

/** A clock whose timers fire when the test moves it; the calendar stands still, so that frames can be compared, until it is turned. */
export function movableClock(startMs: number) {
  let nowMs = startMs;
  let elapsedMs = 0;
  const timers = new Set<{ dueMs: number; fn: () => void }>();
  return {
    nowMs: () => epochMs(nowMs),
    monotonicMs: () => elapsedMs,
    after(_name: string, delayMs: number, fn: () => void) {
      const timer = { dueMs: elapsedMs + delayMs, fn };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    pass(ms: number): void {
      elapsedMs += ms;
      for (const timer of [...timers]) if (timer.dueMs <= elapsedMs && timers.delete(timer)) timer.fn();
    },
    turnCalendar(ms: number): void {
      nowMs += ms;
    },
    get timers() {
      return timers.size;
    },
  } satisfies Clock & { pass(ms: number): void; turnCalendar(ms: number): void; timers: number };
}

/** The WebSocket API on a real port over memory stores: two tenants, a device each, and hands on clock and store. */
export async function startLive() {
  const clock = movableClock(1_700_000_200_000);
  const random: RandomBytes = (into) => void getRandomValues(into);
  const ids = uuidV7Source(clock.nowMs, random);
  const entities = memoryEntityStore();
  const data = memoryDataStore({ entities });
  const events = inProcessEvents(silentLog);
  const logged: string[] = [];
  const warned: string[] = [];
  const log: Log = { ...silentLog, error: (event) => void logged.push(event), warn: (event) => void warned.push(event) };
  const signer = hs512Signer(getRandomValues(new Uint8Array(64)));
  // Tokens are signed after the passwords were set, so the calendar of the sign-in runs ahead of that of the users.
  const laterClock: Clock = { ...clock, nowMs: () => epochMs(clock.nowMs() + 1_000) };
  // Sign-in is not what these tests are about: a hash that costs nothing.
  const hasher: PasswordHasher = { hash: (text) => Promise.resolve(text), verify: (text, phc) => Promise.resolve(text === phc) };
  const mail = { send: () => Promise.resolve() };
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  const parts = { entities, events, hasher, clock, ids, random, signer, mail, sha256, log };
  const one = newTenant({ name: 'One', ids, nowMs: clock.nowMs() });
  const two = newTenant({ name: 'Two', ids, nowMs: clock.nowMs() });
  const userOfOne = {
    sysadminEmail: 'system@fieldline.local',
    sysadminPassword: password,
    tenantEmail: 'one@fieldline.local',
    tenantPassword: password,
  };
  await createFirstUsers(parts, userOfOne, () => one);
  await entities.write(two.changes);
  const userOfTwo: User = {
    id: ids.next(),
    tenantId: two.tenantId,
    createdAtMs: 0,
    version: 1,
    email: 'two@fieldline.local',
    authority: 'TENANT_ADMIN',
  };
  await entities.write([{ change: 'insert', kind: 'user', entity: userOfTwo }]);
  await setPassword(parts, userOfTwo, password);

  const addDevice = async (tenantId: TenantId, name: string, customerId?: string): Promise<EntityId> => {
    const [profile] = await entities.findAll('deviceProfile', tenantId, {}, 1);
    if (profile === undefined) throw new Error('a new tenant has a device profile');
    const device: Device = { id: ids.next(), tenantId, createdAtMs: 0, version: 1, name, deviceProfileId: profile.id, type: profile.name };
    await entities.write([{ change: 'insert', kind: 'device', entity: customerId === undefined ? device : { ...device, customerId } }]);
    return { entityType: 'DEVICE', id: device.id };
  };
  const device = await addDevice(one.tenantId, 'Device of one');
  const foreign = await addDevice(two.tenantId, 'Device of two');

  const publisher = new LivePublisher((updates, alarms) => {
    for (const update of updates) feed.deliver(update);
    for (const changes of alarms) feed.deliverAlarms(changes);
  });
  const feed = new Subscriptions({
    interest: {
      begin: (entity) => publisher.watch(entity),
      end: (entity) => publisher.unwatch(entity),
      beginAlarms: (tenantId) => publisher.watchAlarms(tenantId),
      endAlarms: (tenantId) => publisher.unwatchAlarms(tenantId),
    },
    onListenerError: (error) => log.error('listener-failed', { error }),
  });
  data.onCommitted((changes) => publisher.committed(changes));

  /** Called before each read of the store, and before and after each check of a token or of access; tests store something here, wait, or fail. */
  const nothing = (): Promise<void> => Promise.resolve();
  const hooks = { beforeRead: nothing, beforeAuthentication: nothing, afterAuthentication: nothing, afterAccess: nothing };
  const reads = new Proxy(data, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return async (...args: unknown[]) => {
        await hooks.beforeRead();
        return member.apply(target, args) as unknown;
      };
    },
  });
  const identity = new Identity(identityDeps({ ...parts, clock: laterClock }));
  const admitter: Admitter = {
    async admit(token) {
      await hooks.beforeAuthentication();
      const admission = await identity.admit(token);
      await hooks.afterAuthentication();
      return admission;
    },
    admitKey: (value) => identity.admitKey(value),
  };
  const access = entityAccess(entities);
  const watched: EntityAccess = {
    async require(caller, entity, operation) {
      const found = await access.require(caller, entity, operation);
      await hooks.afterAccess();
      return found;
    },
  };
  const messages = { send: nothing };
  const rights = new LiveRights({ access: watched, entities, events, log });
  const accounts = new Map<string, ChainLedger>();
  const asked: string[] = [];
  const ledgers: LedgerReader = {
    ledger: async (tenantId, ruleChainId) => {
      await hooks.beforeRead();
      asked.push(ruleChainId);
      const found = accounts.get(ruleChainId);
      return found?.tenantId === tenantId ? found : undefined;
    },
    ledgers: () => Promise.resolve([]),
  };
  const queries = memoryEntityQueries({ entities, data });
  const series = viewedSeries(reads, entities);
  const stored = { series, attributes: reads, many: viewedMany(reads, series), alarms: reads };
  const questions = new EntityQuestions({ ...stored, queries, access, areOrFiltersAllowed: true });
  const alarmViews = new AlarmViews(reads, access, entities);
  const rates: { perTenant: RateLimit[]; perUser: RateLimit[] } = { perTenant: [], perUser: [] };
  const limits = new LiveLimits(entities, rates, clock);
  const seen = viewedFeed(feed, entities, (error) => log.error('entity-view-unread', { error }));
  const pages = new EntityPages({ clock, log });
  const liveDeps = {
    ...stored,
    series: waitingSeries(stored.series),
    questions: waitingQuestions(questions),
    pages,
    alarmViews,
    feed: seen,
    ledgers: new LedgerFeed(ledgers, clock),
    rights,
    limits,
    clock,
    log,
  };
  const live = new LiveSocketServer(liveDeps, admitter);
  const app = await createRestApp(
    {
      ...parts,
      series: data,
      attributes: data,
      alarms: data,
      many: data,
      letters: data,
      traces: data,
      ledgers,
      plugins: { statuses: () => Promise.resolve([]) },
      learned: { learned: () => Promise.resolve(undefined) },
      recorder: { leftOut: () => ({ traces: 0, failures: 0, debugEvents: 0 }) },
      letterCommands: { replay: () => Promise.resolve([]), remove: () => Promise.resolve() },
      commands: dataCommands({ store: data, entities, messages, ttls: new ProfileTtlTable({ entities }), clock, ids, log }),
      messages,
      ruleCalls: new WaitingCalls({ clock, ids, serviceId: 'server-1' }),
      queries,
      scripts: { test: () => Promise.reject(new Error('no scripts here')) },
      blobs: memoryBlobStore(),
      userTokenAccessEnabled: true,
      areOrFiltersAllowed: true,
      events,
      log,
      sha3: (text) => createHash('sha3-256').update(text).digest('hex'),
      definitions: [],
      version: '0.0.0',
      health: () => ({ status: 'UP' as const, version: '0.0.0', durability: data.durability, problems: [] }),
      endpoints: () => ({ http: 8080, mqtt: null, coap: null, broker: null, kaa: true }),
      modules: [LiveModule.for(live)],
    },
    undefined,
    (http) => new LiveWsAdapter(http),
  );
  await app.listen(0, '127.0.0.1');
  const http = app.getHttpServer();
  const { port } = http.address() as AddressInfo;
  const tokenOf = async (email: string): Promise<string> => (await identity.signIn(email, password)).token;

  /** A customer of the first tenant with a user, and the token of that user. */
  const addCustomer = async (name: string): Promise<{ entity: EntityId; token: string; user: User }> => {
    const head = { tenantId: one.tenantId, createdAtMs: 0, version: 1 };
    const entity: EntityId = { entityType: 'CUSTOMER', id: ids.next() };
    const user: User = { ...head, id: ids.next(), email: `${name}@fieldline.local`, authority: 'CUSTOMER_USER', customerId: entity.id };
    await entities.write([
      { change: 'insert', kind: 'customer', entity: { ...head, id: entity.id, name, isPublic: false } },
      { change: 'insert', kind: 'user', entity: user },
    ]);
    await setPassword(parts, user, password);
    return { entity, token: await tokenOf(user.email), user };
  };

  /** A request to the REST API of the same server; fails where it is refused. */
  const call = async (token: string, method: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: { 'x-authorization': `Bearer ${token}`, ...json },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
  };

  const commit = async (fill: (unit: CommitUnit) => void): Promise<void> => {
    const unit = data.begin();
    fill(unit);
    await data.commit(unit);
  };
  return {
    port,
    http,
    clock,
    live,
    feed,
    /** Accounts of rule chains, as an engine would give them, and the chains it was asked for. */
    accounts,
    asked,
    rights,
    limits,
    /** How fast subscriptions may come; tests set it. */
    rates,
    publisher,
    pages,
    /** Tests hold up or change what it answers. */
    queries,
    entities,
    events,
    hooks,
    logged,
    warned,
    device,
    foreign,
    tokens: {
      one: await tokenOf('one@fieldline.local'),
      two: await tokenOf('two@fieldline.local'),
      system: await tokenOf('system@fieldline.local'),
    },
    tenants: { one: one.tenantId, two: two.tenantId },
    addDevice,
    addCustomer,
    call,
    tokenOf,
    commit,
    /** Stores readings as one batch: `[key, ts, value]`. */
    save: (entity: EntityId, ...points: readonly (readonly [string, number, number])[]) =>
      commit((unit) => {
        const tenantId = entity === foreign ? two.tenantId : one.tenantId;
        for (const [key, tsMs, value] of points)
          unit.point(tenantId, entity, key, tsMs, Number.isInteger(value) ? ValueKind.long : ValueKind.double, value, 0);
      }),
    saveAttribute: (scope: AttributeScope, key: string, lastUpdateMs: number, value: string) =>
      commit((unit) => unit.attribute({ tenantId: one.tenantId, entity: device, scope, key, lastUpdateMs, kind: ValueKind.string, value })),
    async close() {
      live.close();
      await app.close();
    },
  };
}

export type RunningLive = Awaited<ReturnType<typeof startLive>>;

/** A client that keeps what it gets. */
export class LiveClient {
  readonly frames: Frame[] = [];
  readonly socket: WebSocket;
  pings = 0;
  readonly closed: Promise<{ code: number; reason: string }>;
  #wake: () => void = () => undefined;

  constructor(port: number, path: string, options?: ClientOptions) {
    this.socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, options);
    this.socket.on('message', (text) => {
      this.frames.push(JSON.parse((text as Buffer).toString()) as Frame);
      this.#wake();
    });
    this.socket.on('ping', () => {
      this.pings += 1;
      this.#wake();
    });
    this.closed = new Promise((resolve) => this.socket.once('close', (code, reason) => resolve({ code, reason: String(reason) })));
  }

  static async open(port: number, path: string, options?: ClientOptions): Promise<LiveClient> {
    const client = new LiveClient(port, path, options);
    await new Promise((resolve, reject) => client.socket.once('open', resolve).once('error', reject));
    return client;
  }

  send(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** Waits until `isMet`, asked after each frame and ping. */
  async until(isMet: () => boolean): Promise<void> {
    while (!isMet()) await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  /** The next frame that was not taken. */
  async take(): Promise<Frame> {
    await this.until(() => this.frames.length > 0);
    return this.frames.shift() as Frame;
  }

  /** Everything that was on its way when this was called: an error frame of our own marks the end. */
  async takeAll(): Promise<Frame[]> {
    this.send({
      cmds: [{ type: 'TIMESERIES', cmdId: -999, entityType: 'DEVICE', entityId: 'x' }],
      tsSubCmds: [{ cmdId: -999, entityType: 'DEVICE', entityId: 'x' }],
    });
    await this.until(() => this.frames.some(({ subscriptionId }) => subscriptionId === -999));
    return this.frames.splice(0).filter(({ subscriptionId }) => subscriptionId !== -999);
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.closed;
  }
}
