import type { EntityId, TenantId } from '@fieldline/model';
import type { CommitUnit, ProfileTtls } from '@fieldline/ports';

type PointTaker = Pick<CommitUnit, 'point'>;

interface Late {
  readonly tenantId: TenantId;
  readonly entity: EntityId;
  readonly adds: readonly ((ttlMs: number) => void)[];
}

/**
 * Points for which it has to be read how long they are kept. They join the unit when the call of their node is over, in the
 * order in which they were saved, so nothing has to wait where it is known, as it nearly always is.
 */
export class LatePoints {
  readonly #unit: PointTaker;
  readonly #ttls: ProfileTtls;
  #waiting: Late[] = [];

  constructor(unit: PointTaker, ttls: ProfileTtls) {
    this.#unit = unit;
    this.#ttls = ttls;
  }

  /** Takes points of an entity in the place of the unit. */
  of(tenantId: TenantId, entity: EntityId): PointTaker {
    const adds: ((ttlMs: number) => void)[] = [];
    this.#waiting.push({ tenantId, entity, adds });
    return {
      point: (owner, of, key, tsMs, kind, value, _unknown, uses) => {
        adds.push((ttlMs) => this.#unit.point(owner, of, key, tsMs, kind, value, ttlMs, uses));
      },
    };
  }

  /** Adds what waits to the unit; undefined where nothing does. Rejects where the store cannot say; the points are lost then. */
  settle(): Promise<void> | undefined {
    return this.#waiting.length === 0 ? undefined : this.#add();
  }

  async #add(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    const ttls = await Promise.all(waiting.map(({ tenantId, entity }) => this.#ttls.readTtlOf(tenantId, entity)));
    waiting.forEach(({ adds }, place) => {
      for (const add of adds) add(ttls[place] as number);
    });
  }
}
