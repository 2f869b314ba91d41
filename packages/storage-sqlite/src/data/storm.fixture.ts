import { TestClock } from '@fieldline/contract-tests';
import { epochMs, type Clock } from '@fieldline/kernel';
import { ValueKind, type EntityId, type TenantId } from '@fieldline/model';
import type { AggregateQuery, CommitUnit, DataStore, PointRemoval, RangeQuery } from '@fieldline/ports';
import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import { checkFolder } from '../folder/check-folder.js';
import { PACK_RETRY_MS } from '../limits.js';
import { testFolder } from '../test-folder.fixture.js';
import { openGated } from './gated-store.fixture.js';
import { aggregated, ModelSeries } from './plain-series.fixture.js';

const tenantId = 'tenant' as TenantId;
/** What time it is when a storm begins. */
export const STORM_STARTS_MS = new TestClock().nowMs();

/** Something that happens to one of the two series. */
export type StormChange = { readonly series: number } & (
  | { readonly do: 'put'; readonly from: number; readonly count: number; readonly step: number; readonly value: number; readonly ttlMs: number }
  | ({ readonly do: 'remove'; readonly length: number } & Pick<PointRemoval, 'startMs' | 'latest'>)
);

interface Commit {
  readonly do: 'commit';
  readonly changes: readonly StormChange[];
  /** Of `ValueUse`. */
  readonly uses: number;
  readonly fails: boolean;
  readonly waits: boolean;
}

interface Query extends Pick<RangeQuery, 'startMs' | 'limit' | 'order'>, Pick<AggregateQuery, 'intervalMs' | 'aggregation'> {
  readonly do: 'query';
  readonly series: number;
  readonly length: number;
  readonly waits: boolean;
}

export type StormStep =
  | Commit
  | Query
  /** Lets packing go on for so many turns of the event loop. */
  | { readonly do: 'pack'; readonly turns: number }
  /** Some requests of the packer are lost, after so many that are not. */
  | { readonly do: 'fail'; readonly after: number; readonly count: number }
  /** `retry`: the time comes at which packing is tried again. */
  | { readonly do: 'retry' | 'sweep' | 'join' | 'reopen' | 'removal' }
  /** `ttl`: the tenant keeps points for less time than before. */
  | { readonly do: 'time' | 'ttl'; readonly ms: number };

type State = readonly ModelSeries[];

const keyOf = (place: number): string => `key${place}`;
const turnOfLoop = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
const none = (): State => [new ModelSeries(), new ModelSeries()];

/** A store to which steps happen, and what it should hold. */
export class Storm {
  readonly folder = testFolder();
  readonly #timers = new TestClock();
  #nowMs: number = STORM_STARTS_MS;
  readonly #clock: Clock = {
    nowMs: () => epochMs(this.#nowMs),
    monotonicMs: () => this.#timers.monotonicMs(),
    after: (...timer) => this.#timers.after(...timer),
  };
  #opened!: Awaited<ReturnType<typeof openGated>>;
  /** What reads see, one state after the other. */
  readonly #states: State[] = [none()];
  #durable = this.#given;
  #defaultTtlMs = 0;
  #removed = 0;
  readonly #underWay: Promise<unknown>[] = [];
  readonly #packPoints: number;

  constructor(packPoints: number) {
    this.#packPoints = packPoints;
  }

  get #given(): State {
    return this.#states.at(-1) as State;
  }

  get #device(): EntityId {
    return { entityType: 'DEVICE', id: `device ${this.#removed}` };
  }

  async open(): Promise<void> {
    this.#opened = await openGated(this.folder.path, this.#clock, { packPoints: this.#packPoints }, undefined, 1);
  }

  async settled(): Promise<void> {
    await Promise.all(this.#underWay.splice(0));
  }

  async take(given: StormStep): Promise<void> {
    const { store, packer, failPacker } = this.#opened;
    if (given.do === 'commit') await this.#commit(store, given);
    else if (given.do === 'query') {
      this.#underWay.push(this.#query(store, given));
      if (given.waits) await this.settled();
      else await turnOfLoop();
    } else if (given.do === 'pack') {
      for (let turn = 0; turn < given.turns; turn += 1) {
        packer.next();
        await turnOfLoop();
      }
    } else if (given.do === 'fail') failPacker(given.after, given.count);
    else if (given.do === 'sweep' || given.do === 'join') this.#underWay.push(packer.link[given.do]().catch(() => undefined));
    else if (given.do === 'retry') this.#timers.advanceMs(PACK_RETRY_MS);
    else {
      await this.settled();
      if (given.do === 'time') this.#nowMs += given.ms;
      else if (given.do === 'reopen') await this.#reopen();
      else if (given.do === 'removal') await this.#removeDevice(store);
      else if (given.do === 'ttl' && (this.#defaultTtlMs === 0 || given.ms < this.#defaultTtlMs))
        await store.setDefaultTtl(tenantId, (this.#defaultTtlMs = given.ms));
    }
  }

  /** Packs all that is left and holds what there is then, also after one more start, against the lists. */
  async end(): Promise<void> {
    await this.settled();
    for (let times = 0; times < 2; times += 1) {
      for (const place of [0, 1]) {
        const all = { series: place, startMs: -1e12, length: 1e13, limit: 1e6, order: 'ASC', intervalMs: 1e13, aggregation: 'COUNT' } as const;
        await this.#query(this.#opened.store, { do: 'query', waits: true, ...all });
        for (let removed = 0; removed < this.#removed; removed += 1) {
          const gone: EntityId = { entityType: 'DEVICE', id: `device ${removed}` };
          expect(await this.#opened.store.range(tenantId, gone, { key: keyOf(place), startMs: 0, endMs: 1e13, limit: 9, order: 'ASC' })).toEqual([]);
        }
      }
      this.#opened.failPacker(0, 0);
      for (let turn = 0; turn < 20; turn += 1) await this.take({ do: 'pack', turns: 5 }).then(() => this.take({ do: 'retry' }));
      await this.#reopen();
    }
    expect([...checkFolder(this.folder.path)]).toEqual([]);
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#underWay);
    await this.#opened.close();
    this.folder.remove();
  }

  async #reopen(): Promise<void> {
    await this.#opened.close();
    await this.open();
  }

  async #commit(store: DataStore, { changes, uses, fails, waits }: Commit): Promise<void> {
    const unit = store.begin();
    const after = this.#given.map((one) => one.copy());
    for (const change of changes) this.#fill(unit, after[change.series] as ModelSeries, change, uses);
    this.#states.push(after);
    if (fails) this.#opened.failNext();
    this.#underWay.push(
      store.commit(unit).then(
        () => void (this.#durable = after),
        () => void this.#states.push(this.#durable),
      ),
    );
    if (waits) await this.settled();
  }

  #fill(unit: CommitUnit, model: ModelSeries, change: StormChange, uses: number): void {
    const key = keyOf(change.series);
    if (change.do === 'remove') {
      const removed = { startMs: change.startMs, endMs: change.startMs + change.length, latest: change.latest };
      unit.removePoints({ tenantId, entity: this.#device, key, ...removed });
      model.remove(removed, this.#nowMs, this.#defaultTtlMs);
      return;
    }
    for (let n = 0; n < change.count; n += 1) {
      const tsMs = change.from + n * change.step;
      const number = (change.value + (n % 5)) / 4;
      unit.point(tenantId, this.#device, key, tsMs, ValueKind.double, number, change.ttlMs, uses);
      model.put({ key, tsMs, kind: ValueKind.double, value: number, ttlMs: change.ttlMs }, uses);
    }
  }

  async #removeDevice(store: DataStore): Promise<void> {
    const unit = store.begin();
    unit.removeEntity(tenantId, this.#device);
    await store.commit(unit);
    this.#removed += 1;
    this.#durable = none();
    this.#states.push(this.#durable);
  }

  /** Asks now; the answer is that of one of the states there are from now on until it comes. */
  async #query(store: DataStore, query: Query): Promise<void> {
    const { series: place, startMs, length, limit, order, intervalMs, aggregation } = query;
    const range = { key: keyOf(place), startMs, endMs: startMs + length };
    const from = this.#states.length - 1;
    const now = [this.#nowMs, startMs, range.endMs, this.#defaultTtlMs] as const;
    const [points, buckets, latestPoints] = await Promise.all([
      store.range(tenantId, this.#device, { ...range, limit, order }),
      store.aggregate(tenantId, this.#device, { ...range, intervalMs, aggregation }),
      store.latest(tenantId, this.#device),
    ]);
    const alive = this.#states.slice(from).map((state) => (state[place] as ModelSeries).alive(...now));
    expectOneOf(
      points,
      alive.map((one) => (order === 'ASC' ? one : one.toReversed()).slice(0, limit)),
    );
    expectOneOf(
      buckets,
      alive.map((one) => aggregated(one, { ...range, intervalMs, aggregation })),
    );
    expect(latestPoints).toEqual((this.#states[from] as State).flatMap((one) => one.latest ?? []));
  }
}

function expectOneOf(found: unknown, expected: readonly unknown[]): void {
  if (!expected.some((one) => isDeepStrictEqual(found, one))) expect(found).toEqual(expected.at(-1));
}
