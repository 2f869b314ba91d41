import type { Clock, IdSource } from '@fieldline/kernel';
import type { Metadata, TenantId } from '@fieldline/model';
import type { RuleReply } from '../engine-host/link.js';
import { restErrors } from './errors.js';
import { RULE_CALLS_WAITING_MAX } from './limits.js';

interface Waiting {
  readonly tenantId: TenantId;
  resolve(text: string): void;
  reject(error: Error): void;
}

export interface WaitingCallsDeps {
  readonly clock: Clock;
  readonly ids: IdSource;
  /** Name of this server in the metadata: a reply finds the server on which its call waits. */
  readonly serviceId: string;
}

/** Calls of the API that wait for what a rule chain of their tenant replies (rest-api.md §26). */
export class WaitingCalls {
  readonly #deps: WaitingCallsDeps;
  readonly #waiting = new Map<string, Waiting>();

  constructor(deps: WaitingCallsDeps) {
    this.#deps = deps;
  }

  /**
   * Waits for the reply to a message.
   *
   * @param send sends the message with the metadata by which the reply finds its way back
   * @returns the data of the message that reached the replying node
   * @throws REST_RULE_CALL_TIMEOUT, REST_RULE_CALLS_WAIT, REST_RULE_CALL_ENDED, and what `send` throws
   */
  async reply(tenantId: TenantId, timeoutMs: number, send: (metadata: Metadata) => Promise<void>): Promise<string> {
    if (this.#waiting.size >= RULE_CALLS_WAITING_MAX) throw restErrors.RULE_CALLS_WAIT({ limit: RULE_CALLS_WAITING_MAX });
    const { clock, ids, serviceId } = this.#deps;
    const requestUUID = ids.next();
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    this.#waiting.set(requestUUID, { tenantId, resolve, reject });
    const cancel = clock.after('rule-call', timeoutMs, () => reject(restErrors.RULE_CALL_TIMEOUT({ timeoutMs })));
    send({ serviceId, requestUUID, expirationTime: String(clock.nowMs() + timeoutMs) }).catch(reject);
    try {
      return await promise;
    } finally {
      cancel();
      this.#waiting.delete(requestUUID);
    }
  }

  /** To a call that is not there any more, or of another tenant, nothing is said. */
  replied({ tenantId, serviceId, requestId, text }: RuleReply): void {
    const waiting = this.#waiting.get(requestId);
    if (serviceId === this.#deps.serviceId && waiting?.tenantId === tenantId) waiting.resolve(text);
  }

  /** Ends the waiting: nobody will reply any more. */
  close(): void {
    for (const waiting of this.#waiting.values()) waiting.reject(restErrors.RULE_CALL_ENDED());
  }
}
