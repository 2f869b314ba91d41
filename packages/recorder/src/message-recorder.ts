import type { Clock, IdSource } from '@fieldline/kernel';
import type { EntityId, TenantId } from '@fieldline/model';
import type { CommitUnit, DebugRecord, MessageRecorder, TracePart, TraceReason } from '@fieldline/ports';
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

/** What was not kept for a tenant because its budget was spent. */
export interface LeftOut {
  /** Messages that would have been traced as a sample or as the first of the hour, and later parts of such traces. */
  readonly traces: number;
  readonly failures: number;
  readonly debugEvents: number;
}

/** Records messages within budgets of each tenant. */
export function messageRecorder(deps: RecorderDeps): SamplingRecorder {
  return new SamplingRecorder(deps);
}

/** `MessageRecorder` that takes samples, firsts and failures. */
export class SamplingRecorder implements MessageRecorder {
  readonly #deps: RecorderDeps;
  readonly #sampler: Sampler;
  readonly #firsts = new Firsts();
  readonly #uses = new TenantUses();

  constructor(deps: RecorderDeps) {
    this.#deps = deps;
    this.#sampler = new Sampler(deps.sampleEvery ?? SAMPLE_EVERY);
  }

  wants(tenantId: TenantId, originator: EntityId, nowMs: number): TraceReason | undefined {
    const isSample = this.#sampler.next();
    const isFirst = this.#firsts.isNew(originator.id, nowMs);
    if (!isSample && !isFirst) return undefined;
    if (!this.#uses.of(tenantId).mayTrace(nowMs)) return undefined;
    // Only now: the first message the budget has room for is the first that is traced.
    if (isFirst) this.#firsts.add(originator.id);
    return isSample ? 'sampled' : 'first';
  }

  trace(unit: CommitUnit, part: Omit<TracePart, 'id'>): void {
    if (!this.#hasRoom(part)) return;
    unit.trace({ id: this.#deps.ids.next(), ...part });
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

  /** What was left out for a tenant since the start. */
  leftOut(tenantId: TenantId): LeftOut {
    return this.#uses.of(tenantId).leftOut;
  }

  /** The part in which a message entered has its room since `wants`. */
  #hasRoom({ tenantId, reason, isStart }: Omit<TracePart, 'id'>): boolean {
    const uses = this.#uses.of(tenantId);
    const nowMs = this.#deps.clock.nowMs();
    if (reason === 'failed') return uses.mayTraceFailure(nowMs);
    return isStart || uses.mayTrace(nowMs);
  }
}
