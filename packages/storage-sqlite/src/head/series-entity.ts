import type { EntityId, TenantId } from '@fieldline/model';
import type { PacketMemory } from './packet-memory.js';
import type { Series } from './series.js';

/** Keys from which on a map finds a series faster than looking at each. */
const SCANNED_KEYS_MAX = 8;

/** An entity as the log names it, by number, with its series. */
export class SeriesEntity {
  readonly number: number;
  readonly tenantId: TenantId;
  readonly entity: EntityId;
  /** In the order in which they were first written. */
  readonly series: Series[] = [];
  packets: PacketMemory | undefined = undefined;
  /** Removed, durably or on the way to it: nobody reads it, and the log's points of it are passed over. */
  isGone = false;
  /** Removed durably: its series are out of memory, and it gets no new ones. */
  isForgotten = false;
  /** Another entity with the same id, of another tenant or type. */
  nextOfId: SeriesEntity | undefined = undefined;
  #byKey: Map<string, Series> | undefined = undefined;

  constructor(number: number, tenantId: TenantId, entity: EntityId) {
    this.number = number;
    this.tenantId = tenantId;
    this.entity = Object.freeze({ entityType: entity.entityType, id: entity.id });
  }

  find(key: string): Series | undefined {
    if (this.series.length <= SCANNED_KEYS_MAX) {
      for (const series of this.series) if (series.key === key) return series;
      return undefined;
    }
    this.#byKey ??= new Map(this.series.map((series) => [series.key, series]));
    return this.#byKey.get(key);
  }

  add(series: Series): void {
    this.series.push(series);
    this.#byKey?.set(series.key, series);
  }

  /** Lets go of the series, whose points nobody reads any more. */
  forget(): void {
    this.isForgotten = true;
    this.series.length = 0;
    this.packets = undefined;
    this.#byKey = undefined;
  }
}
