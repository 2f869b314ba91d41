import type { Problem } from '@fieldline/kernel';
import { problemOf } from '@fieldline/kernel';
import type { EntityId } from '@fieldline/model';
import { claimAttributes, claimOfferValue } from '@fieldline/model';
import type { DataStore, EntityStore } from '@fieldline/ports';
import type { ClaimRequest } from '@fieldline/protocol';
import { telemetryErrors } from '../errors.js';
import type { SessionDescriptor } from '../ingest/session-table.js';

export interface ClaimOffersDeps {
  readonly store: Pick<DataStore, 'begin' | 'commit' | 'attributes'>;
  readonly entities: Pick<EntityStore, 'find'>;
  /** False where only devices may offer themselves whose server attribute `claimingAllowed` is true. */
  readonly isAllowedByDefault: boolean;
  /** How long an offer stands where the device does not say. */
  readonly durationMs: number;
}

/** Keeps the offers of devices that wait to be claimed by a customer, as a server attribute (device-api.md §7.4). */
export class ClaimOffers {
  readonly #deps: ClaimOffersDeps;

  constructor(deps: ClaimOffersDeps) {
    this.#deps = deps;
  }

  /**
   * Keeps what the device offers in place of what it offered before.
   *
   * @returns why nothing is kept: TELEMETRY_CLAIM_ASSIGNED, TELEMETRY_CLAIM_NOT_ALLOWED, STORAGE_*; undefined once it is durable
   */
  async take(session: Pick<SessionDescriptor, 'tenantId' | 'deviceId'>, request: ClaimRequest, receivedAtMs: number): Promise<Problem | undefined> {
    try {
      await this.#take(session, request, receivedAtMs);
      return undefined;
    } catch (error) {
      return problemOf(error);
    }
  }

  async #take({ tenantId, deviceId }: Pick<SessionDescriptor, 'tenantId' | 'deviceId'>, request: ClaimRequest, receivedAtMs: number): Promise<void> {
    const { store, entities, isAllowedByDefault, durationMs } = this.#deps;
    const entity: EntityId = { entityType: 'DEVICE', id: deviceId };
    // Read anew: what the session knows of its customer may be older than the last claim.
    const device = await entities.find('device', tenantId, deviceId);
    if (device === undefined) throw telemetryErrors.SESSION_UNKNOWN();
    if (device.customerId !== undefined) throw telemetryErrors.CLAIM_ASSIGNED();
    if (!isAllowedByDefault) {
      const [allowed] = await store.attributes(tenantId, entity, 'SERVER_SCOPE', [claimAttributes.isAllowed]);
      if (allowed?.value !== true) throw telemetryErrors.CLAIM_NOT_ALLOWED();
    }
    const untilMs = receivedAtMs + (request.durationMs ?? durationMs);
    const unit = store.begin();
    unit.attribute({
      ...{ tenantId, entity, scope: 'SERVER_SCOPE', key: claimAttributes.offer, lastUpdateMs: receivedAtMs },
      ...claimOfferValue({ secretKey: request.secretKey, untilMs }),
    });
    await store.commit(unit);
  }
}
