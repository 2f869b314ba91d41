import {
  liveDataOf,
  liveErrorCodes,
  liveErrorFrame,
  liveFrame,
  parseLiveMessage,
  type AttributesCommand,
  type HistoryCommand,
  type LiveCommand,
  type LiveData,
  type SeriesCommand,
} from '@fieldline/api-contract';
import type { Clock, Log } from '@fieldline/kernel';
import { isProblem, problemOf } from '@fieldline/kernel';
import { attributeScopes, type AttributeScope, type DataPoint, type EntityId } from '@fieldline/model';
import type { AttributeReader, Caller, EntityAccess, LiveFeed, TimeSeriesReader } from '@fieldline/ports';
import type { FrameQueue } from './frame-queue.js';
import { SUBSCRIPTIONS_PER_SOCKET_MAX } from './limits.js';
import { LiveSubscription } from './live-subscription.js';
import { readHistory } from './read-history.js';

export interface LiveDeps {
  readonly series: TimeSeriesReader;
  readonly attributes: AttributeReader;
  readonly feed: LiveFeed;
  readonly access: EntityAccess;
  readonly clock: Clock;
  readonly log: Log;
}

/** What one authenticated socket has asked for. Ends everything with `close`. */
export class LiveSession {
  readonly #deps: LiveDeps;
  readonly #caller: Caller;
  readonly #queue: FrameQueue;
  readonly #isLegacy: boolean;
  readonly #endings = new Map<number, (() => void)[]>();
  #subscriptions = 0;
  #isClosed = false;

  constructor(deps: LiveDeps, caller: Caller, queue: FrameQueue, isLegacy: boolean) {
    this.#deps = deps;
    this.#caller = caller;
    this.#queue = queue;
    this.#isLegacy = isLegacy;
  }

  receive(text: string): void {
    const message = parseLiveMessage(text, this.#isLegacy);
    if (message === undefined) this.#queue.send(liveErrorFrame(1, liveErrorCodes.badRequest, 'Failed to parse the payload'));
    else this.execute(message.commands);
  }

  /** Starts the commands in order; their answers may come in any order. */
  execute(commands: readonly LiveCommand[]): void {
    for (const command of commands) {
      this.#run(command).catch((error: unknown) => this.#answerError(command.cmdId, error));
    }
  }

  close(): void {
    this.#isClosed = true;
    for (const endings of this.#endings.values()) for (const end of endings) end();
    this.#endings.clear();
  }

  async #run(command: LiveCommand): Promise<void> {
    if (command.cmdId < 0) return this.#refuse(command.cmdId, 'Cmd id is negative value!');
    if (command.unsubscribe === true) return this.#end(command.cmdId);
    if (command.entityId === '') return this.#refuse(command.cmdId, 'Device id is empty!');
    if (command.type === 'TIMESERIES_HISTORY' && keysOf(command.keys).length === 0) return this.#refuse(command.cmdId, 'Keys are empty!');
    const entity: EntityId = { entityType: command.entityType, id: command.entityId.toLowerCase() };
    const operation = command.type === 'ATTRIBUTES' ? 'read-attributes' : 'read-telemetry';
    const found = await this.#deps.access.require(this.#caller, entity, operation);
    switch (command.type) {
      case 'ATTRIBUTES':
        return this.#subscribeAttributes(command, found.tenantId, entity);
      case 'TIMESERIES':
        return this.#subscribeSeries(command, found.tenantId, entity);
      case 'TIMESERIES_HISTORY':
        return this.#history(command, found.tenantId, entity);
    }
  }

  async #subscribeSeries(command: SeriesCommand, tenantId: Caller['tenantId'], entity: EntityId): Promise<void> {
    const keys = keysOf(command.keys);
    const isLatestOnly = command.scope === 'LATEST_TELEMETRY';
    const subscription = new LiveSubscription({ id: command.cmdId, keys: new Set(keys), isLatestOnly, queue: this.#queue });
    this.#begin(command.cmdId, tenantId, entity, (update) => update.points.length > 0 && subscription.update(update.points));
    const span = command.timeWindow ?? 0;
    if (keys.length > 0 && span > 0) {
      const startMs = command.startTs ?? 0;
      subscription.begin(liveDataOf(await readHistory(this.#deps.series, tenantId, entity, keys, { ...command, startMs, endMs: startMs + span })));
      return;
    }
    const data = liveDataOf(await this.#deps.series.latest(tenantId, entity, keys.length === 0 ? undefined : keys));
    for (const key of keys) data[key] ??= [[this.#deps.clock.nowMs(), null]];
    subscription.begin(data);
  }

  async #subscribeAttributes(command: AttributesCommand, tenantId: Caller['tenantId'], entity: EntityId): Promise<void> {
    const keys = keysOf(command.keys);
    const wanted = attributeScopes.filter((scope) => !isScope(command.scope) || scope === command.scope);
    const subscription = new LiveSubscription({ id: command.cmdId, keys: new Set(keys), isLatestOnly: false, queue: this.#queue });
    this.#begin(command.cmdId, tenantId, entity, (update) => {
      const changed = update.attributes.filter((attribute) => wanted.includes(attribute.scope));
      if (changed.length > 0) subscription.update(changed.map(({ key, lastUpdateMs, kind, value }) => ({ key, tsMs: lastUpdateMs, kind, value })));
    });
    const points: DataPoint[] = [];
    for (const scope of wanted) {
      const stored = await this.#deps.attributes.attributes(tenantId, entity, scope, keys.length === 0 ? undefined : keys);
      for (const { key, lastUpdateMs, kind, value } of stored) points.push({ key, tsMs: lastUpdateMs, kind, value });
    }
    subscription.begin(liveDataOf(points));
  }

  async #history(command: HistoryCommand, tenantId: Caller['tenantId'], entity: EntityId): Promise<void> {
    const range = { ...command, startMs: command.startTs ?? 0, endMs: command.endTs ?? 0 };
    const points = await readHistory(this.#deps.series, tenantId, entity, keysOf(command.keys), range);
    const data: LiveData = liveDataOf(points);
    this.#queue.send(liveFrame(command.cmdId, data));
  }

  #begin(cmdId: number, tenantId: Caller['tenantId'], entity: EntityId, listener: Parameters<LiveFeed['subscribe']>[2]): void {
    if (this.#isClosed) return;
    if (this.#subscriptions >= SUBSCRIPTIONS_PER_SOCKET_MAX) throw new LiveRefusal('Max regular user subscriptions limit reached');
    this.#subscriptions += 1;
    const end = this.#deps.feed.subscribe(tenantId, entity, listener);
    const endings = this.#endings.get(cmdId) ?? [];
    endings.push(end);
    this.#endings.set(cmdId, endings);
  }

  #end(cmdId: number): void {
    const endings = this.#endings.get(cmdId) ?? [];
    for (const end of endings) end();
    this.#subscriptions -= endings.length;
    this.#endings.delete(cmdId);
  }

  #refuse(cmdId: number, reason: string): void {
    this.#queue.send(liveErrorFrame(cmdId, liveErrorCodes.badRequest, reason));
  }

  #answerError(cmdId: number, error: unknown): void {
    this.#end(cmdId);
    if (error instanceof LiveRefusal) return this.#refuse(cmdId, error.message);
    if (!isProblem(error)) this.#deps.log.error('live-command-failed', { error });
    const { kind, message } = problemOf(error);
    const isAccess = kind === 'forbidden' || kind === 'not-found' || kind === 'unauthenticated';
    const code = isAccess ? liveErrorCodes.unauthorized : kind === 'invalid-input' ? liveErrorCodes.badRequest : liveErrorCodes.internal;
    this.#queue.send(liveErrorFrame(cmdId, code, isAccess ? 'Unauthorized' : message));
  }
}

/** A command that breaks a rule of the WebSocket API; its text goes to the client. */
class LiveRefusal extends Error {}

function keysOf(text: string | null | undefined): string[] {
  return (text ?? '').split(',').filter((key) => key !== '');
}

function isScope(scope: string | null | undefined): scope is AttributeScope {
  return attributeScopes.some((known) => known === scope);
}
