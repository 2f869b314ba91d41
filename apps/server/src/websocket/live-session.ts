import {
  liveDataOf,
  liveErrorCodes,
  liveErrorFrame,
  liveFrame,
  parseLiveCommands,
  type AttributesCommand,
  type HistoryCommand,
  type LedgerCommand,
  type LiveCommand,
  type SeriesCommand,
} from '@fieldline/api-contract';
import { visibleTo } from '@fieldline/directory';
import type { Clock, Log } from '@fieldline/kernel';
import { isProblem } from '@fieldline/kernel';
import { attributeScopes, type Attribute, type AttributeScope, type DataPoint, type EntityId, type TenantId } from '@fieldline/model';
import type { AttributeReader, Caller, LiveFeed, LiveUpdate, TimeSeriesReader } from '@fieldline/ports';
import type { FrameQueue } from './frame-queue.js';
import { Gate } from './gate.js';
import { liveErrors } from './errors.js';
import type { LedgerFeed } from './ledger-feed.js';
import { entityOf, errorFrameOf, faultOf, keysOf, type OpeningCommand, operations } from './live-command.js';
import { LedgerSubscription } from './ledger-subscription.js';
import { closeCodes, COMMANDS_AT_ONCE, LEDGERS_PER_SOCKET_MAX, SUBSCRIPTIONS_PER_SOCKET_MAX } from './limits.js';
import type { LiveRights } from './live-rights.js';
import { LiveSubscription } from './live-subscription.js';
import { type OpenCommand, OpenCommands } from './open-commands.js';
import { readHistory } from './read-history.js';

export interface LiveDeps {
  readonly series: TimeSeriesReader;
  readonly attributes: AttributeReader;
  readonly feed: LiveFeed;
  readonly ledgers: LedgerFeed;
  readonly rights: LiveRights;
  readonly clock: Clock;
  readonly log: Log;
}

/** What one authenticated socket has asked for. Ends everything with `close`. */
export class LiveSession {
  readonly #deps: LiveDeps;
  readonly #caller: Caller;
  readonly #queue: FrameQueue;
  readonly #isLegacy: boolean;
  readonly #commands = new OpenCommands();
  readonly #gate = new Gate(COMMANDS_AT_ONCE);
  #ledgersWatched = 0;

  constructor(deps: LiveDeps, caller: Caller, queue: FrameQueue, isLegacy: boolean) {
    this.#deps = deps;
    this.#caller = caller;
    this.#queue = queue;
    this.#isLegacy = isLegacy;
  }

  /** Starts the commands of a message in order; their answers may come in any order. */
  receive(text: string): void {
    const commands = parseLiveCommands(text, this.#isLegacy);
    if (commands === undefined) this.#queue.send(liveErrorFrame(1, liveErrorCodes.badRequest, 'Failed to parse the payload'));
    else for (const command of commands) this.#start(command);
  }

  close(): void {
    this.#commands.endAll();
  }

  #start(command: LiveCommand): void {
    const { cmdId } = command;
    const fault = faultOf(command);
    if (fault !== undefined) this.#queue.send(liveErrorFrame(cmdId, liveErrorCodes.badRequest, fault));
    else if (command.type === 'RULE_CHAIN_LEDGER_UNSUBSCRIBE' || ('unsubscribe' in command && command.unsubscribe === true))
      this.#commands.end(cmdId);
    else if (this.#commands.size >= SUBSCRIPTIONS_PER_SOCKET_MAX)
      this.#queue.close(closeCodes.policy, 'Max regular user subscriptions limit reached');
    else {
      const open = this.#commands.open(cmdId);
      this.#gate.run(() => this.#run(command, open)).catch((error: unknown) => this.#answerError(command, open, error));
    }
  }

  async #run(command: OpeningCommand, open: OpenCommand): Promise<void> {
    if (open.isEnded) return;
    const entity = entityOf(command);
    const { tenantId } = await this.#deps.rights.require(this.#caller, entity, operations[command.type], {
      onLost: (error) => this.#answerError(command, open, error),
      until: (release) => open.onEnd(release),
    });
    if (open.isEnded) return;
    switch (command.type) {
      case 'ATTRIBUTES':
        return this.#subscribeAttributes(command, open, tenantId, entity);
      case 'TIMESERIES':
        return this.#subscribeSeries(command, open, tenantId, entity);
      case 'TIMESERIES_HISTORY':
        return this.#history(command, open, tenantId, entity);
      case 'RULE_CHAIN_LEDGER':
        this.#watchLedger(command, open, tenantId, entity);
    }
  }

  async #subscribeSeries(command: SeriesCommand, open: OpenCommand, tenantId: TenantId, entity: EntityId): Promise<void> {
    const { series, clock } = this.#deps;
    const keys = keysOf(command.keys);
    const subscription = this.#subscribe(command, open, tenantId, entity, ({ points }) => points);
    const startMs = command.startTs ?? 0;
    const span = command.timeWindow ?? 0;
    if (keys.length > 0 && span > 0) {
      subscription.begin(liveDataOf(await readHistory(series, tenantId, entity, keys, { ...command, startMs, endMs: startMs + span })));
      return;
    }
    const data = liveDataOf(await series.latest(tenantId, entity, keys.length === 0 ? undefined : keys));
    for (const key of keys) data[key] ??= [[clock.nowMs(), null]];
    subscription.begin(data);
  }

  async #subscribeAttributes(command: AttributesCommand, open: OpenCommand, tenantId: TenantId, entity: EntityId): Promise<void> {
    const keys = keysOf(command.keys);
    const scopes = attributeScopes.filter((scope) => !isScope(command.scope) || scope === command.scope);
    const subscription = this.#subscribe(command, open, tenantId, entity, ({ attributes }) =>
      visibleTo(
        this.#caller,
        attributes.filter(({ scope }) => scopes.includes(scope)),
      ).map(pointOf),
    );
    const points: DataPoint[] = [];
    for (const scope of scopes) {
      const stored = await this.#deps.attributes.attributes(tenantId, entity, scope, keys.length === 0 ? undefined : keys);
      for (const attribute of visibleTo(this.#caller, stored)) points.push(pointOf(attribute));
    }
    subscription.begin(liveDataOf(points));
  }

  async #history(command: HistoryCommand, open: OpenCommand, tenantId: TenantId, entity: EntityId): Promise<void> {
    const query = { ...command, startMs: command.startTs ?? 0, endMs: command.endTs ?? 0 };
    const points = await readHistory(this.#deps.series, tenantId, entity, keysOf(command.keys), query);
    if (!open.isEnded) this.#queue.send(liveFrame(command.cmdId, liveDataOf(points)));
    this.#commands.finish(open);
  }

  #watchLedger(command: LedgerCommand, open: OpenCommand, tenantId: TenantId, { id }: EntityId): void {
    if (this.#ledgersWatched >= LEDGERS_PER_SOCKET_MAX) throw liveErrors.TOO_MANY_CHAINS({ chainsMax: LEDGERS_PER_SOCKET_MAX, of: 'socket' });
    const subscription = new LedgerSubscription(command.cmdId, this.#queue);
    this.#ledgersWatched += 1;
    open.onEnd(() => {
      this.#ledgersWatched -= 1;
      subscription.end();
    });
    const changed = (ledger: string): void => subscription.changed(ledger);
    open.onEnd(this.#deps.ledgers.watch(tenantId, id, { changed, failed: (error) => this.#answerError(command, open, error) }));
  }

  /** Subscribes first, so that nothing that is stored while the first frame is read gets lost. */
  #subscribe(
    command: SeriesCommand | AttributesCommand,
    open: OpenCommand,
    tenantId: TenantId,
    entity: EntityId,
    wanted: (update: LiveUpdate) => readonly DataPoint[],
  ): LiveSubscription {
    const isLatestOnly = command.scope === 'LATEST_TELEMETRY';
    const subscription = new LiveSubscription({ id: command.cmdId, keys: new Set(keysOf(command.keys)), isLatestOnly, queue: this.#queue });
    open.onEnd(() => subscription.end());
    open.onEnd(this.#deps.feed.subscribe(tenantId, entity, (update) => subscription.update(wanted(update))));
    return subscription;
  }

  #answerError(command: OpeningCommand, open: OpenCommand, error: unknown): void {
    if (!isProblem(error)) this.#deps.log.error('live-command-failed', { type: command.type, error });
    if (!open.isEnded) this.#queue.send(errorFrameOf(command, error));
    this.#commands.finish(open);
  }
}

function pointOf({ key, lastUpdateMs, kind, value }: Attribute): DataPoint {
  return { key, tsMs: lastUpdateMs, kind, value };
}

function isScope(scope: string | null | undefined): scope is AttributeScope {
  return attributeScopes.some((known) => known === scope);
}
