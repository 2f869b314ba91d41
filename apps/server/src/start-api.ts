import type { Endpoints, Health } from '@fieldline/api-contract';
import type { Clock, IdSource, Log, RandomBytes } from '@fieldline/kernel';
import type { NodeChanges } from '@fieldline/directory';
import {
  changesForNodes,
  ensureDefaults,
  entityAccess,
  EntityQuestions,
  newTenant,
  viewedFeed,
  viewedMany,
  viewedSeries,
} from '@fieldline/directory';
import { createFirstUsers, Identity, identityDeps, type FirstUser } from '@fieldline/identity';
import { parseRateLimits } from '@fieldline/model';
import type { FoundPlugin } from '@fieldline/plugin-process';
import type { Admitter, BlobStore, ControlEvents, EntityQueries, EntityStore, LiveFeed } from '@fieldline/ports';
import type { FastifyServerFactory } from 'fastify';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { createServer, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { transports } from './adapters.js';
import { loadCatalogue } from './catalogue.js';
import type { Settings } from './config/settings.js';
import type { FollowedChanges } from './followed-changes.js';
import type { EngineDeviceGateway } from './engine-host/device-gateway.js';
import type { EngineHost, EngineReads } from './engine-host/engine-host.js';
import { identityParts } from './identity-parts.js';
import { listenHttp } from './listen.js';
import { declaredNodes } from './plugin-host/plugin-host.js';
import { AlarmViews } from './rest/alarm-views.js';
import { createRestApp } from './rest/rest-app.js';
import type { ScriptTester } from './script-host/test-script.js';
import { WaitingCalls } from './rest/waiting-calls.js';
import { kaaRules, type RunningTransports } from './start-transports.js';
import { version } from './version.js';
import { EntityPages } from './websocket/entities/entity-pages.js';
import { LedgerFeed } from './websocket/ledger-feed.js';
import { LiveLimits } from './websocket/live-limits.js';
import { LiveModule } from './websocket/live.gateway.js';
import { LiveRights } from './websocket/live-rights.js';
import { LiveSocketServer } from './websocket/live-socket-server.js';
import { waitingQuestions, waitingSeries } from './websocket/waiting-reads.js';
import { LiveWsAdapter } from './websocket/ws-adapter.js';

export interface ApiParts {
  readonly settings: Settings;
  /** What was found in the plugins folder. */
  readonly plugins: readonly FoundPlugin[];
  readonly entities: EntityStore;
  readonly blobs: BlobStore;
  readonly queries: EntityQueries;
  readonly scripts: ScriptTester;
  readonly events: ControlEvents;
  /** Where what requests change is waited for. */
  readonly followed: FollowedChanges;
  readonly gateway: EngineDeviceGateway;
  readonly feed: LiveFeed;
  readonly reads: EngineReads;
  readonly engine: EngineHost;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly random: RandomBytes;
  readonly log: Log;
}

export interface RunningApi {
  readonly firstUsers: readonly FirstUser[];
  /** Tells who an API key stands for. */
  readonly admitter: Admitter;
  /** Changes of the control plane that nobody signed in for: of rule nodes, and of the broker for devices it meets. */
  readonly changes: NodeChanges;
  /** Opens the port, once the transports have theirs. */
  listen(devicePorts: RunningTransports['ports']): Promise<number>;
  stopAccepting(): void;
  /** Resolves when every device request that was taken has its answer. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

/** Builds everything on the HTTP port: device API before the framework, REST, WebSocket, documentation, web app. */
export async function startApi(parts: ApiParts): Promise<RunningApi> {
  const { settings, entities, gateway, engine, clock, ids, log } = parts;
  const identity = identityParts(parts);
  const firstUsers = await createFirstUsers(identity, firstUserSettings(settings), () =>
    newTenant({ name: 'First tenant', ids, nowMs: clock.nowMs() }),
  );
  await ensureDefaults({ entities, ids, clock });
  const changes = nodeChanges(parts);
  engine.changes = changes;
  const admitter = new Identity(identityDeps(identity));
  const ruleCalls = new WaitingCalls({ clock, ids, serviceId: hostname() });
  engine.onReply = (reply) => ruleCalls.replied(reply);
  const { httpDeviceApi } = await transports.http();
  const devices = httpDeviceApi({ gateway, clock, log, ...kaaRules(settings) });
  const live = liveServer(parts, admitter);
  let ports: Omit<Endpoints, 'host' | 'kaa'> = { http: settings.FIELDLINE_HTTP_PORT, mqtt: null, coap: null, broker: null };
  let http: Server | undefined;
  const serverFactory: FastifyServerFactory = (handler) => {
    const restHandler = handler;
    http = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
      if (!devices(request, response)) restHandler(request, response);
    });
    return http;
  };
  const app = await createRestApp(
    {
      ...identity,
      ...dataOf(parts),
      followed: parts.followed,
      ruleCalls,
      definitions: await loadCatalogue(await declaredNodes(parts.plugins)),
      pluginOf: (type) => parts.plugins.find(({ nodes }) => nodes.some((node) => node.type === type))?.name,
      publicUrl: settings.FIELDLINE_PUBLIC_URL,
      userTokenAccessEnabled: settings.FIELDLINE_USER_TOKEN_ACCESS === 'on',
      areOrFiltersAllowed: settings.FIELDLINE_QUERY_OR === 'on',
      sha3,
      otaBytesMax: settings.FIELDLINE_OTA_MAX_MB * 1024 * 1024,
      version,
      health: () => healthOf(parts),
      endpoints: () => ({ ...ports, kaa: settings.FIELDLINE_KAA === 'on' }),
      webRoot: webRoot(),
      modules: [LiveModule.for(live)],
    },
    serverFactory,
    (httpServer) => new LiveWsAdapter(httpServer),
  );
  return {
    firstUsers: firstUsers ?? [],
    admitter,
    changes,
    async listen({ mqtt, coap, broker }) {
      if (http === undefined) throw new Error('the framework made no HTTP server');
      const port = await listenHttp(http, settings.FIELDLINE_HOST, settings.FIELDLINE_HTTP_PORT, 'FIELDLINE_HTTP_PORT');
      ports = { http: port, mqtt: mqtt ?? null, coap: coap ?? null, broker: broker ?? null };
      return port;
    },
    stopAccepting: () => devices.stopAccepting(),
    drain: () => devices.drain(),
    async close() {
      ruleCalls.close();
      live.close();
      devices.close();
      await app.close();
    },
  };
}

/** The WebSocket API: shows values and accounts as they change, for as long as its callers may see them. */
function liveServer({ settings, entities, queries, events, reads, feed, engine, clock, log }: ApiParts, admitter: Admitter): LiveSocketServer {
  const access = entityAccess(entities);
  const rights = new LiveRights({ access, entities, events, log });
  const ledgers = new LedgerFeed(engine.ledgers(), clock);
  const series = viewedSeries(reads, entities);
  const stored = { series, attributes: reads, many: viewedMany(reads, series), alarms: reads };
  const questions = new EntityQuestions({ ...stored, queries, access, areOrFiltersAllowed: settings.FIELDLINE_QUERY_OR === 'on' });
  const alarmViews = new AlarmViews(reads, access, entities);
  const rates = {
    perTenant: parseRateLimits(settings.FIELDLINE_WS_SUBSCRIPTIONS_PER_TENANT) ?? [],
    perUser: parseRateLimits(settings.FIELDLINE_WS_SUBSCRIPTIONS_PER_USER) ?? [],
  };
  const limits = new LiveLimits(entities, rates, clock);
  const seen = viewedFeed(feed, entities, (error) => log.error('entity-view-unread', { error }));
  return new LiveSocketServer(
    {
      ...stored,
      series: waitingSeries(stored.series),
      questions: waitingQuestions(questions),
      pages: new EntityPages({ clock, log }),
      alarmViews,
      feed: seen,
      ledgers,
      rights,
      limits,
      clock,
      log,
    },
    admitter,
  );
}

/** What the REST API reads and commands, by the names it has for them. */
function dataOf({ reads, engine, blobs, queries, scripts }: ApiParts) {
  const commands = { commands: engine.commands(), messages: engine.messages(), letterCommands: engine.deadLetters() };
  const state = { ledgers: engine.ledgers(), recorder: engine.recorder(), learned: engine.learned(), plugins: engine.plugins() };
  const stored = { series: reads, attributes: reads, alarms: reads, many: reads, letters: reads, traces: reads };
  return { ...stored, ...commands, ...state, blobs, queries, scripts };
}

/** What rule nodes change in the control plane is changed here, as by people. */
function nodeChanges(parts: ApiParts): ReturnType<typeof changesForNodes> {
  const { engine, reads, entities } = parts;
  return changesForNodes({ ...parts, access: entityAccess(entities), messages: engine.messages(), data: engine.commands(), many: reads, sha3 });
}

function healthOf({ engine, settings }: ApiParts): Health {
  const durability = engine.queueDurability ?? null;
  const { failures, isSlowed } = engine.packing;
  const fatal = [
    ...(engine.isRunning ? [] : ['The engine thread has ended; restart the server.']),
    ...(engine.isRunning && durability === null ? ['The queue cannot be reached; look whether the Redis that REDIS_URL names runs.'] : []),
  ];
  const problems = [
    ...fatal,
    ...(failures > 0 ? [`Recent readings could not be packed ${failures} times in a row; look at the server log and at the room on the disk.`] : []),
    ...(isSlowed ? ['Readings are taken slowly, because more of them come in than are packed.'] : []),
  ];
  return {
    status: fatal.length === 0 ? 'UP' : 'DOWN',
    version,
    durability: settings.FIELDLINE_SQLITE_SYNCHRONOUS === 'FULL' ? 'synced' : 'interval',
    queue: { kind: settings.FIELDLINE_QUEUE, durability },
    problems,
  };
}

const sha3 = (text: string): string => createHash('sha3-256').update(text).digest('hex');

function firstUserSettings(settings: Settings): Parameters<typeof createFirstUsers>[1] {
  return {
    sysadminEmail: settings.FIELDLINE_SYSADMIN_EMAIL,
    sysadminPassword: settings.FIELDLINE_SYSADMIN_PASSWORD,
    tenantEmail: settings.FIELDLINE_TENANT_EMAIL,
    tenantPassword: settings.FIELDLINE_TENANT_PASSWORD,
  };
}

/** The built web app; it stands beside the server in the repository and in the packed product. */
function webRoot(): string | undefined {
  const path = fileURLToPath(new URL('../../web/dist', import.meta.url));
  return existsSync(path) ? path : undefined;
}
