import type { Log, RandomBytes } from '@fieldline/kernel';
import { uuidV7Source } from '@fieldline/kernel';
import type { EntityStore } from '@fieldline/ports';
import { Subscriptions } from '@fieldline/telemetry';
import { createHash, getRandomValues } from 'node:crypto';
import { profiles } from './adapters.js';
import { type BrokerParts, brokerParts } from './broker/broker-parts.js';
import type { Settings } from './config/settings.js';
import { prepareDataFolder } from './data-folder.js';
import { createGreenhouse, type DemoDevice } from './demo/greenhouse.js';
import { GreenhouseSimulator } from './demo/simulator.js';
import { EngineDeviceGateway } from './engine-host/device-gateway.js';
import type { EngineHost } from './engine-host/engine-host.js';
import { FollowedChanges } from './followed-changes.js';
import { inProcessEvents } from './in-process-events.js';
import { Lifecycle } from './lifecycle/lifecycle.js';
import { RecordSweeper } from './lifecycle/record-sweeper.js';
import { findPlugins } from './plugin-host/plugin-host.js';
import type { RunningApi } from './start-api.js';
import { startThreads, type Threads } from './start-threads.js';
import { type RunningTransports, startTransports } from './start-transports.js';
import { systemClock } from './system-clock.js';

export interface RunningServer {
  readonly ports: {
    readonly http: number;
    readonly mqtt: number | undefined;
    readonly coap: number | undefined;
    readonly broker: number | undefined;
  };
  /** Users made at this start, with their passwords where these were made up. */
  readonly firstUsers: readonly { readonly email: string; readonly authority: string; readonly generatedPassword: string | undefined }[];
  readonly demoDevices: readonly DemoDevice[];
  stop(): Promise<void>;
}

/** Budget of the whole way down; each step has a deadline of its own below it. */
const STOP_STEP_MS = 10_000;

/**
 * Starts everything of the embedded profile in the order in which it can be relied on: store, first users,
 * engine, API, and the device transports last, so that no reading arrives before it can be stored.
 *
 * @throws the coded error of whatever keeps the server from starting; what was started by then is stopped
 */
export async function startServer(
  settings: Settings,
  options: { log: Log; isDemo: boolean; onLost: (reason: string) => void },
): Promise<RunningServer> {
  const { log } = options;
  const clock = systemClock;
  const random: RandomBytes = (into) => void getRandomValues(into);
  const ids = uuidV7Source(clock.nowMs, random);
  const lifecycle = new Lifecycle(clock, log);
  prepareDataFolder(settings.FIELDLINE_DATA_DIR);
  const plugins = await findPlugins(settings, { clock, log });
  const threads = await startThreads(settings, plugins, log);
  const lost = (reason: string): void => {
    if (!lifecycle.isStopping) options.onLost(reason);
  };
  threads.engine.onLost = lost;
  threads.onWriterLost = lost;
  threads.queries.onLost = lost;
  try {
    // The framework is loaded while the threads load theirs.
    const { startApi } = await import('./start-api.js');
    const { openSqliteBlobStore, openSqliteEntityStore } = await profiles.embedded.storage();
    const entities = await openSqliteEntityStore({ path: settings.FIELDLINE_DATA_DIR, writer: threads.writer });
    const blobs = await openSqliteBlobStore({ path: settings.FIELDLINE_DATA_DIR, writer: threads.writer });
    const events = inProcessEvents(log);
    const gateway = deviceGateway(settings, entities, threads.engine);
    const feed = liveFeed(threads, log);
    const followed = new FollowedChanges(clock);
    events.subscribe((event) => {
      const following = Promise.all([threads.engine.control(event), gateway.controlChanged(event)]);
      followed.add(following.catch((error: unknown) => log.error('control-event-failed', { kind: event.kind, id: event.id, error })));
    });

    const api = await startApi({
      settings,
      plugins,
      entities,
      blobs,
      events,
      followed,
      gateway,
      feed,
      reads: threads.engine.reads(),
      engine: threads.engine,
      queries: threads.queries.queries(),
      scripts: threads.scripts,
      clock,
      ids,
      random,
      log,
    });
    await threads.engine.start();
    const demoDevices = options.isDemo ? await createGreenhouse({ entities, events, clock, ids, random }) : [];
    const broker = (): BrokerParts => brokerParts({ entities, events, devices: gateway, engine: threads.engine, api, clock, ids, log });
    const transports = await startTransports({ settings, gateway, broker, clock, log });
    const http = await api.listen(transports.ports);
    const sweeper = startSweeper(settings, { entities, clock, log });
    const simulator = startSimulator(demoDevices, transports.ports.mqtt, log);

    stopInOrder(lifecycle, { sweeper, simulator, api, transports, stores: [entities, blobs], threads });
    return { ports: { http, ...transports.ports }, firstUsers: api.firstUsers, demoDevices, stop: () => lifecycle.stop() };
  } catch (error) {
    await threads.scripts.stop();
    await threads.queries.stop();
    await threads.engine.stop();
    await threads.stopWriter();
    throw error;
  }
}

function deviceGateway(settings: Settings, entities: EntityStore, engine: EngineHost): EngineDeviceGateway {
  return new EngineDeviceGateway({
    entities,
    engine,
    clock: systemClock,
    inflightBytesMax: settings.FIELDLINE_INFLIGHT_MB * 1024 * 1024,
    ackTimeoutMs: settings.FIELDLINE_ACK_TIMEOUT_MS,
    sha3: (text) => createHash('sha3-256').update(text).digest('hex'),
  });
}

/** Stop accepting, drain, close: what was accepted is stored before the store closes. */
function stopInOrder(
  lifecycle: Lifecycle,
  running: {
    readonly sweeper: RecordSweeper;
    readonly simulator: GreenhouseSimulator | undefined;
    readonly api: RunningApi;
    readonly transports: RunningTransports;
    readonly stores: readonly { close(): Promise<void> }[];
    readonly threads: Threads;
  },
): void {
  const { sweeper, simulator, api, transports, stores, threads } = running;
  lifecycle.onStop({
    name: 'accepting',
    deadlineMs: STOP_STEP_MS,
    run: () => (simulator?.stop(), api.stopAccepting(), transports.stopAccepting()),
  });
  lifecycle.onStop({
    name: 'open requests',
    deadlineMs: STOP_STEP_MS,
    run: async () => void (await Promise.all([transports.drain(), api.drain()])),
  });
  lifecycle.onStop({ name: 'API', deadlineMs: STOP_STEP_MS, run: () => api.close() });
  lifecycle.onStop({ name: 'transports', deadlineMs: STOP_STEP_MS, run: () => transports.close() });
  lifecycle.onStop({ name: 'sweeper', deadlineMs: STOP_STEP_MS, run: () => sweeper.stop() });
  lifecycle.onStop({ name: 'scripts', deadlineMs: STOP_STEP_MS, run: () => threads.scripts.stop() });
  lifecycle.onStop({ name: 'reader', deadlineMs: STOP_STEP_MS, run: () => threads.queries.stop() });
  lifecycle.onStop({ name: 'engine', deadlineMs: STOP_STEP_MS * 2, run: () => threads.engine.stop() });
  lifecycle.onStop({ name: 'stores', deadlineMs: STOP_STEP_MS, run: async () => void (await Promise.all(stores.map((store) => store.close()))) });
  lifecycle.onStop({ name: 'writer', deadlineMs: STOP_STEP_MS, run: () => threads.stopWriter() });
}

/** What the engine stores, for whoever watches it. */
function liveFeed({ engine }: Threads, log: Log): Subscriptions {
  const feed = new Subscriptions({
    interest: {
      begin: (entity) => engine.watch('watch', entity),
      end: (entity) => engine.watch('unwatch', entity),
      beginAlarms: (tenantId) => engine.watchAlarms('watchAlarms', tenantId),
      endAlarms: (tenantId) => engine.watchAlarms('unwatchAlarms', tenantId),
    },
    onListenerError: (error) => log.error('live-listener-failed', { error }),
  });
  engine.onLive = (update) => feed.deliver(update);
  engine.onLiveAlarms = (changes) => feed.deliverAlarms(changes);
  return feed;
}

function startSweeper(settings: Settings, deps: ConstructorParameters<typeof RecordSweeper>[0]): RecordSweeper {
  const retention = { auditLogDays: settings.FIELDLINE_AUDIT_TTL_DAYS, eventDays: settings.FIELDLINE_EVENT_TTL_DAYS };
  const sweeper = new RecordSweeper(deps, retention);
  sweeper.start();
  return sweeper;
}

function startSimulator(devices: readonly DemoDevice[], port: number | undefined, log: Log): GreenhouseSimulator | undefined {
  if (devices.length === 0 || port === undefined) return undefined;
  const simulator = new GreenhouseSimulator({ devices, port, clock: systemClock, log });
  simulator.start();
  return simulator;
}
