// Entry of the engine thread: decodes uplinks, runs rule chains, owns the store of the data plane.
import { alarmLifeCycle, alarmToJson } from '@fieldline/alarms';
import { decodeSample } from '@fieldline/kaa';
import { isProblem, problemOf, uuidV7Source, type Log } from '@fieldline/kernel';
import { QueueTable, RuleEngine } from '@fieldline/rule-engine';
import type { FoundPlugin } from '@fieldline/plugin-process';
import type { Partitioner } from '@fieldline/ports';
import { messageRecorder } from '@fieldline/recorder';
import { connectHistory, connectPacker, connectWriter, type WriterThreadLink } from '@fieldline/storage-sqlite';
import {
  ClaimOffers,
  type ClaimOffersDeps,
  DeviceStates,
  type DeviceStatesDeps,
  type IntakeDeps,
  LearnedTypes,
  LivePublisher,
  type SessionDescriptor,
  SessionTable,
  telemetryWriter,
  uplinkDecoder,
  UplinkIntake,
} from '@fieldline/telemetry';
import { getRandomValues } from 'node:crypto';
import { hostname } from 'node:os';
import { parentPort, Worker, workerData, type MessagePort } from 'node:worker_threads';
import { profiles, scripts } from './adapters.js';
import { loadCatalogue } from './catalogue.js';
import type { Settings } from './config/settings.js';
import { dataCommands, propagationIn } from './engine-host/data-commands.js';
import { DeadLetters, type DeadLettersDeps } from './engine-host/dead-letters.js';
import { DeployedChains, type DeployedChainsDeps } from './engine-host/deployed-chains.js';
import { EngineThreadMain } from './engine-host/engine-thread-main.js';
import { KnownQueues } from './engine-host/known-queues.js';
import type { FromEngine, ToEngine } from './engine-host/link.js';
import { MainThread } from './engine-host/main-thread.js';
import { NodePlatform } from './engine-host/node-platform.js';
import { openQueue } from './engine-host/open-queue.js';
import { ruleMessages } from './engine-host/rule-messages.js';
import { ProfileTtlTable } from './engine-host/profile-ttls.js';
import { StorageTtls, type StorageTtlsDeps } from './engine-host/storage-ttls.js';
import { TraceRetention, type TraceRetentionDeps } from './engine-host/trace-retention.js';
import { unreachableDevices } from './engine-host/unreachable-devices.js';
import { inProcessEvents } from './in-process-events.js';
import { jsonLog } from './log.js';
import { packedLatest } from './query-host/packed-latest.js';
import { openPlugins } from './plugin-host/plugin-host.js';
import { systemClock } from './system-clock.js';

/** What the main thread gives the engine thread when it starts it. */
export interface EngineThreadData {
  readonly settings: Settings;
  readonly plugins: readonly FoundPlugin[];
  readonly writerPort: MessagePort;
}

/** The threads that pack points and read packed ones; they start when they are needed. */
function historyThreads(path: string, writer: WriterThreadLink, log: Log) {
  const startPacker = (packerPort: MessagePort): Worker =>
    new Worker(new URL('./packer-thread.js', import.meta.url), { workerData: { path, writerPort: packerPort }, transferList: [packerPort] });
  const startHistory = (): Worker => new Worker(new URL('./history-thread.js', import.meta.url), { workerData: { path } });
  return { packer: connectPacker({ start: startPacker, writer, log }), reads: connectHistory({ start: startHistory, log }) };
}

/** Opens what the engine stands on: stores, queue, scripts and node types. */
async function openAdapters({ settings, plugins: found, writerPort }: EngineThreadData, send: (message: FromEngine) => void) {
  const clock = systemClock;
  const log = jsonLog(settings.FIELDLINE_LOG, clock.nowMs, (line) => void process.stderr.write(line));
  const ids = uuidV7Source(clock.nowMs, (into) => void getRandomValues(into));
  const { openSqliteDataStore, openSqliteEntityStore } = await profiles.embedded.storage();
  const writer = connectWriter(writerPort);
  const store = await openSqliteDataStore({
    ...historyThreads(settings.FIELDLINE_DATA_DIR, writer, log),
    path: settings.FIELDLINE_DATA_DIR,
    writer,
    clock,
    log,
    onPacking: (state) => send({ kind: 'packing', state }),
  });
  const entities = await openSqliteEntityStore({ path: settings.FIELDLINE_DATA_DIR });
  const { quickJsScriptEngine } = await scripts.quickjs();
  const scriptEngine = await quickJsScriptEngine({ clock, random: Math.random, deadlineMs: settings.FIELDLINE_SCRIPT_TIMEOUT_MS });
  const queue = await openQueue(settings, { clock, ids, log, onState: (durability) => send({ kind: 'queue', durability }) });
  const plugins = await openPlugins(settings, found, { clock, ids, log });
  return { clock, log, ids, store, entities, scriptEngine, queue, plugins, catalogue: await loadCatalogue(plugins.definitions) };
}

function deviceStates(settings: Settings, deps: Pick<DeviceStatesDeps, 'store' | 'entities' | 'messages' | 'clock' | 'log'>): DeviceStates {
  const { FIELDLINE_INACTIVITY_TIMEOUT_MS: inactivityTimeoutMs, FIELDLINE_STATE_CHECK_MS: checkEveryMs } = settings;
  return new DeviceStates({ ...deps, inactivityTimeoutMs, checkEveryMs });
}

function claimOffers(settings: Settings, deps: Pick<ClaimOffersDeps, 'store' | 'entities'>): ClaimOffers {
  return new ClaimOffers({ ...deps, isAllowedByDefault: settings.FIELDLINE_CLAIMING === 'on', durationMs: settings.FIELDLINE_CLAIM_DURATION_MS });
}

/** The way in for what devices send. */
function uplinkIntake(
  settings: Settings,
  { states, ...deps }: Omit<IntakeDeps, 'decoder' | 'claims' | 'onActivity'> & Pick<ClaimOffersDeps, 'store' | 'entities'> & { states: DeviceStates },
): UplinkIntake {
  const decoder = uplinkDecoder({ futureMaxMs: settings.FIELDLINE_FUTURE_MAX_MS, decodeSample });
  const onActivity = (session: SessionDescriptor, atMs: number): void => states.touch(session, atMs);
  return new UplinkIntake({ ...deps, decoder, claims: claimOffers(settings, deps), onActivity });
}

/** What removes dead letters and traces beyond those that are to be kept. */
function sweepers(settings: Settings, deps: Omit<DeadLettersDeps, 'retention'> & Omit<TraceRetentionDeps, 'limits'>) {
  const retention = { days: settings.FIELDLINE_DEAD_LETTER_TTL_DAYS, lettersMax: settings.FIELDLINE_DEAD_LETTERS_MAX };
  const limits = { days: settings.FIELDLINE_TRACE_TTL_DAYS, bytesMax: settings.FIELDLINE_TRACE_MB * 1024 * 1024 };
  return { deadLetters: new DeadLetters({ ...deps, retention }), traceRetention: new TraceRetention({ ...deps, limits }) };
}

/** What keeps the engine and its store as the control plane says. */
function followers(queues: QueueTable, deps: DeployedChainsDeps & StorageTtlsDeps) {
  return { chains: new DeployedChains(deps), queues: new KnownQueues(queues, deps), ttls: new StorageTtls(deps) };
}

async function run(port: MessagePort, data: EngineThreadData): Promise<void> {
  const { settings } = data;
  const send = (message: FromEngine, transfer: readonly ArrayBuffer[] = []): void => port.postMessage(message, transfer);
  const { clock, log, ids, store, entities, scriptEngine, queue, plugins, catalogue } = await openAdapters(data, send);
  const sessions = new SessionTable();
  const queueTable = new QueueTable();
  const partitionOf: Partitioner = (tenantId, originatorId, queueName) => queueTable.partitionOf(tenantId, originatorId, queueName);
  const messages = ruleMessages({ queue, partitionOf, entities, clock, ids, onFailure: (error) => log.error('action-messages-lost', { error }) });
  const states = deviceStates(settings, { store, entities, messages, clock, log });
  const events = inProcessEvents(log);
  const mainThread = new MainThread(send);
  const platform = new NodePlatform({ settings, entities, store, events, main: mainThread, states, clock });
  const recorder = messageRecorder({ clock, ids, server: hostname(), sampleEvery: settings.FIELDLINE_TRACE_SAMPLE });
  const profileTtls = new ProfileTtlTable({ entities });
  const engine = new RuleEngine({
    store,
    queue,
    queues: queueTable,
    scripts: scriptEngine,
    services: {
      telemetry: telemetryWriter({ reading: (unit) => store.reading(unit) }),
      ttls: profileTtls,
      alarms: alarmLifeCycle({ store, ids, propagation: propagationIn(entities) }),
      devices: unreachableDevices,
    },
    platform: (node) => platform.of(node),
    alarmToJson,
    catalogue,
    clock,
    ids,
    log,
    random: Math.random,
    recorder,
    chainOf: ({ originator }) => sessions.ruleChainOf(originator.id),
  });
  const live = new LivePublisher((updates, alarms) => send({ kind: 'live', updates, alarms }));
  const learned = new LearnedTypes({ store, clock, log });
  const intake = uplinkIntake(settings, { sessions, queue, store, entities, ids, partitionOf, learning: learned, states });
  const commands = dataCommands({ store, entities, messages, ttls: profileTtls, clock, ids, log });
  const main = new EngineThreadMain(
    {
      store,
      latest: packedLatest(store),
      entities,
      queue,
      engine,
      profileTtls,
      ...followers(queueTable, { engine, entities, store, clock, ids, log, server: hostname() }),
      ...sweepers(settings, { store, engine, entities, clock, log }),
      intake,
      sessions,
      states,
      live,
      commands,
      messages,
      ledger: engine,
      recorder,
      learned,
      plugins,
      events,
      platform,
      main: mainThread,
      log,
    },
    send,
  );
  port.on('message', (message: ToEngine) => main.receive(message));
}

if (parentPort === null) throw new Error('this file runs as a worker thread');
const port = parentPort;
run(port, workerData as EngineThreadData).catch((error: unknown) => {
  if (!isProblem(error)) process.stderr.write(`${(error as Error).stack ?? String(error)}\n`);
  port.postMessage({ kind: 'refused', problem: problemOf(error) } satisfies FromEngine);
});
