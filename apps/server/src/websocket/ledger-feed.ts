import { ledgerToWire } from '@fieldline/api-contract';
import type { Clock } from '@fieldline/kernel';
import type { TenantId } from '@fieldline/model';
import type { LedgerReader } from '@fieldline/ports';
import { liveErrors } from './errors.js';
import { LEDGER_EVERY_MS, LEDGERS_PER_TENANT_MAX } from './limits.js';

/** Somebody who watches the account of a rule chain. */
export interface LedgerListener {
  /** Called with the account as JSON text: the first time, and when it changed; `null` where the chain does not run. */
  changed(ledger: string): void;
  /** The engine did not answer; nothing follows. */
  failed(error: unknown): void;
}

interface Watched {
  readonly tenantId: TenantId;
  readonly ruleChainId: string;
  readonly listeners: Set<LedgerListener>;
  /** What the listeners know; undefined until the first answer. */
  known: string | undefined;
  cancel: () => void;
}

/** Accounts of rule chains for those who watch them: the engine is asked once a second for each chain, however many watch. */
export class LedgerFeed {
  readonly #ledgers: Pick<LedgerReader, 'ledger'>;
  readonly #clock: Clock;
  readonly #byTenant = new Map<TenantId, Map<string, Watched>>();

  constructor(ledgers: Pick<LedgerReader, 'ledger'>, clock: Clock) {
    this.#ledgers = ledgers;
    this.#clock = clock;
  }

  /**
   * Gives a function that ends it.
   *
   * @throws LIVE_TOO_MANY_CHAINS where `LEDGERS_PER_TENANT_MAX` chains of the tenant are watched
   */
  watch(tenantId: TenantId, ruleChainId: string, listener: LedgerListener): () => void {
    const ofTenant = this.#byTenant.get(tenantId) ?? new Map<string, Watched>();
    const found = ofTenant.get(ruleChainId);
    if (found === undefined && ofTenant.size >= LEDGERS_PER_TENANT_MAX)
      throw liveErrors.TOO_MANY_CHAINS({ chainsMax: LEDGERS_PER_TENANT_MAX, of: 'tenant' });
    const watched: Watched = found ?? { tenantId, ruleChainId, listeners: new Set(), known: undefined, cancel: () => undefined };
    watched.listeners.add(listener);
    if (found === undefined) {
      this.#byTenant.set(tenantId, ofTenant.set(ruleChainId, watched));
      void this.#ask(watched);
    } else if (watched.known !== undefined) listener.changed(watched.known);
    // Whoever comes back within the second gets what is known: nobody makes the engine answer more often.
    return () => void watched.listeners.delete(listener);
  }

  /** Asks no more. */
  close(): void {
    for (const ofTenant of this.#byTenant.values()) for (const watched of ofTenant.values()) watched.cancel();
    this.#byTenant.clear();
  }

  async #ask(watched: Watched): Promise<void> {
    const { tenantId, ruleChainId, listeners } = watched;
    if (listeners.size === 0) {
      this.#forget(watched);
      return;
    }
    try {
      const ledger = await this.#ledgers.ledger(tenantId, ruleChainId);
      const text = JSON.stringify(ledger === undefined ? null : ledgerToWire(ledger));
      if (text !== watched.known) for (const listener of listeners) listener.changed(text);
      watched.known = text;
    } catch (error) {
      this.#forget(watched);
      for (const listener of listeners) listener.failed(error);
      return;
    }
    // Closed while the engine was asked.
    if (this.#byTenant.get(tenantId)?.get(ruleChainId) !== watched) return;
    watched.cancel = this.#clock.after('account of a rule chain', LEDGER_EVERY_MS, () => void this.#ask(watched));
  }

  #forget({ tenantId, ruleChainId }: Watched): void {
    const ofTenant = this.#byTenant.get(tenantId);
    ofTenant?.delete(ruleChainId);
    if (ofTenant?.size === 0) this.#byTenant.delete(tenantId);
  }
}
