import type { CommandContext } from '../commands/command-context.js';
import { isRefusal } from '../commands/failure-frame.js';
import type { HeldRight } from '../live-rights.js';
import type { EntityRow } from './entity-page.js';

/**
 * What a caller may see of a page: the query has checked it, and here it is checked again when something changes. An entity that
 * may not be seen any more leaves the page silently, as one that does not match.
 */
export class PageRights {
  readonly #context: CommandContext;
  readonly #onLost: (row: EntityRow) => void;
  readonly #held = new Map<EntityRow, HeldRight>();
  #counted = 0;

  constructor(context: CommandContext, onLost: (row: EntityRow) => void) {
    this.#context = context;
    this.#onLost = onLost;
    context.onEnd(() => {
      this.hold([], this.changes);
      this.count(0);
    });
  }

  /** To be looked at before a query. */
  get changes(): number {
    return this.#context.deps.rights.changes;
  }

  /**
   * Takes places for the entities of a page, and gives those back that it had.
   *
   * @throws LIVE_TOO_MANY_ENTITIES
   */
  count(entities: number): void {
    const { deps, queue } = this.#context;
    deps.pages.count(queue, entities - this.#counted);
    this.#counted = entities;
  }

  /**
   * Holds the rights to these rows, and no others any more.
   *
   * @param before `changes` before the query that found them: what changed since then came too early to concern them
   */
  hold(rows: readonly EntityRow[], before: number): void {
    const wanted = new Set(rows);
    for (const [row, held] of this.#held) {
      if (wanted.has(row)) continue;
      held.release();
      this.#held.delete(row);
    }
    const { caller, deps } = this.#context;
    for (const row of rows) {
      if (!this.#held.has(row))
        this.#held.set(
          row,
          deps.rights.hold(caller, row.entity, 'read', (error) => this.#lost(row, error)),
        );
    }
    if (this.changes !== before) for (const held of this.#held.values()) held.ask();
  }

  #lost(row: EntityRow, error: unknown): void {
    this.#held.delete(row);
    if (isRefusal(error)) this.#onLost(row);
    else this.#context.fail(error);
  }
}
