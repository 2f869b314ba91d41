import type { Clock, IdSource } from '@fieldline/kernel';
import type { Message, TenantId } from '@fieldline/model';
import type { CommitUnit, DebugRecord, LeftOut, MessageRecorder, RecorderState, TracePart, TraceReason } from '@fieldline/ports';
import { debugEvent, limitEvent } from './debug-event.js';
import { SAMPLE_EVERY } from './limits.js';
import { Firsts } from './firsts.js';
import { Sampler } from './sampler.js';
import { TenantUses } from './tenant-uses.js';

export interface RecorderDeps {
  readonly clock: Clock;
  readonly ids: IdSource;
  /** Name of this server, as debug events give it. */
  readonly server: string;
  /** Of so many messages that enter from outside one is traced; 0: none is for that reason. Absent: 1,000. */
  readonly sampleEvery?: number | undefined;
}

/** Records messages within budgets of each tenant. */
export function messageRecorder(deps: RecorderDeps): SamplingRecorder {
  return new SamplingRecorder(deps);
}

/** Types of messages by which devices report. */
const reportTypes: ReadonlySet<string> = new Set(['POST_TELEMETRY_REQUEST', 'POST_ATTRIBUTES_REQUEST', 'TO_SERVER_RPC_REQUEST']);

/** `MessageRecorder` that takes samples, firsts and failures. */
export class SamplingRecorder implements MessageRecorder, RecorderState {
  readonly #deps: RecorderDeps;
  readonly #sampler: Sampler;
  readonly #firsts = new Firsts();
  readonly #uses = new TenantUses();

  constructor(deps: RecorderDeps) {
    this.#deps = deps;
    this.#sampler = new Sampler(deps.sampleEvery ?? SAMPLE_EVERY);
  }

  wants({ tenantId, originator, type }: Pick<Message, 'tenantId' | 'originator' | 'type'>, nowMs: number): TraceReason | undefined {
    const isSample = this.#sampler.next();
    // What the platform says of a device, such as that it was created, shall not stand for its first reading.
    const isFirst = reportTypes.has(type) && this.#firsts.isNew(originator.id, nowMs);
    if (!isSample && !isFirst) return undefined;
    if (!this.#uses.of(tenantId).mayTrace(nowMs)) return undefined;
    // Only now: the first message the budget has room for is the first that is traced.
    if (isFirst) this.#firsts.add(originator.id);
    return isSample ? 'sampled' : 'first';
  }

  wantsFailure(tenantId: TenantId, nowMs: number): boolean {
    return this.#uses.of(tenantId).mayTraceFailure(nowMs);
  }

  trace(unit: CommitUnit, part: Omit<TracePart, 'id'>): void {
    const { clock, ids } = this.#deps;
    // Where a message entered or failed it was asked for already.
    const isAsked = part.isStart || part.reason === 'failed';
    if (isAsked || this.#uses.of(part.tenantId).mayTrace(clock.nowMs())) unit.trace({ id: ids.next(), ...part });
  }

  debug(unit: CommitUnit, record: DebugRecord): void {
    const { clock, ids, server } = this.#deps;
    const nowMs = clock.nowMs();
    const room = this.#uses.of(record.tenantId).debugRoom(nowMs);
    if (room === 'none') return;
    const head = { id: ids.next(), tenantId: record.tenantId, createdAtMs: nowMs, version: 1 };
    unit.record({
      change: 'insert',
      kind: 'event',
      entity: { ...head, ...(room === 'last' ? limitEvent(server, record) : debugEvent(server, record)) },
    });
  }

  leftOut(tenantId: TenantId): LeftOut {
    return this.#uses.of(tenantId).leftOut;
  }
}
