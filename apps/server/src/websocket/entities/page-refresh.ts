import { problemOf } from '@fieldline/kernel';
import type { EntityId } from '@fieldline/model';
import type { LiveUpdate } from '@fieldline/ports';
import type { CommandContext } from '../commands/command-context.js';
import { PAGE_REFRESH_MS, PAGE_REFRESH_PAUSE_MS } from './limits.js';

/** A server attribute on which a query depends. */
export interface QuerySource {
  readonly entity: EntityId;
  readonly attribute: string;
}

/**
 * Says when the query of a command is to be evaluated again (websocket-api.md §5.4): after each interval, and at once when an
 * attribute on which it depends changes. One evaluation at a time, and a few on the whole server.
 */
export class PageRefresh {
  readonly #context: CommandContext;
  readonly #evaluate: () => Promise<void>;
  #endings: (() => void)[] = [];
  /** True while an evaluation waits for its turn or its pause: what changes until then will be in it. */
  #isDue = false;
  #cancelPause: () => void = () => undefined;
  #lastMs = -Infinity;

  constructor(context: CommandContext, evaluate: () => Promise<void>) {
    this.#context = context;
    this.#evaluate = evaluate;
    context.onEnd(() => this.#stop());
  }

  /** Takes the place of what was said before. */
  start({ isRepeated, sources }: { readonly isRepeated: boolean; readonly sources: readonly QuerySource[] }): void {
    this.#stop();
    if (isRepeated) this.#repeat();
    const { caller, deps } = this.#context;
    for (const { entity, attribute } of sources) {
      this.#endings.push(deps.feed.subscribe(caller.tenantId, entity, (update) => this.#sourceChanged(update, attribute)));
    }
  }

  #stop(): void {
    for (const end of this.#endings.splice(0)) end();
    this.#cancelPause();
    this.#isDue = false;
  }

  #repeat(): void {
    let cancel = (): void => undefined;
    const schedule = (): void => {
      cancel = this.#context.deps.clock.after('entity query', PAGE_REFRESH_MS, () => {
        schedule();
        void this.#run();
      });
    };
    schedule();
    this.#endings.push(() => cancel());
  }

  #sourceChanged({ attributes, removedAttributes = [] }: LiveUpdate, attribute: string): void {
    if (this.#isDue || ![...attributes, ...removedAttributes].some(({ scope, key }) => scope === 'SERVER_SCOPE' && key === attribute)) return;
    const { clock } = this.#context.deps;
    const waitMs = this.#lastMs + PAGE_REFRESH_PAUSE_MS - clock.monotonicMs();
    if (waitMs <= 0) void this.#run();
    else {
      this.#isDue = true;
      this.#cancelPause = clock.after('entity query after a change', waitMs, () => {
        this.#isDue = false;
        void this.#run();
      });
    }
  }

  async #run(): Promise<void> {
    if (this.#isDue || this.#context.isEnded) return;
    const { clock, pages } = this.#context.deps;
    this.#isDue = true;
    try {
      await pages.refreshes.run(async () => {
        // Changes from now on need another evaluation.
        this.#isDue = false;
        this.#lastMs = clock.monotonicMs();
        if (!this.#context.isEnded) await this.#evaluate();
      });
    } catch (error) {
      // The client keeps what it has; the next interval tries again.
      pages.warnings.warn('entity-query-not-refreshed', problemOf(error).code, { error });
    }
  }
}
