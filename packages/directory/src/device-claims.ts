import type { ClaimOffer, Customer, Device, EntityId } from '@fieldline/model';
import { claimAttributes, claimOfferOf } from '@fieldline/model';
import type { AttributeReader, Caller } from '@fieldline/ports';
import { actingUserOf } from '@fieldline/ports';
import { claimErrors } from './claim-errors.js';
import { deviceErrors } from './device-errors.js';
import type { DirectoryDeps } from './directory-deps.js';
import { EntityWriter, savedOnce } from './entity-writer.js';
import { directoryErrors } from './errors.js';
import { given, takenBack } from './owner-change.js';
import { idOfNamed, storedEntity } from './stored-entity.js';

/** Customers take devices that offer themselves, by name and secret, and give them back (rest-api.md §9.3). */
export class DeviceClaims {
  readonly #deps: DirectoryDeps;
  readonly #attributes: AttributeReader;
  readonly #writer: EntityWriter;

  constructor(deps: DirectoryDeps, attributes: AttributeReader) {
    this.#deps = deps;
    this.#attributes = attributes;
    this.#writer = new EntityWriter(deps);
  }

  /**
   * Gives the device to the customer of the caller, where its offer stands and the secret is right. Of two who claim it at
   * once one gets it.
   *
   * @throws DIRECTORY_ACCESS_DENIED, DIRECTORY_NAMED_ENTITY_NOT_FOUND, DIRECTORY_DEVICE_CLAIMED, DIRECTORY_CLAIM_FAILED
   */
  async claim(caller: Caller, deviceName: string, secretKey: string): Promise<Device> {
    const { entities, log } = this.#deps;
    const customer = await this.#customerOf(caller);
    const id = await idOfNamed(entities, 'device', caller.tenantId, deviceName);
    const device = await savedOnce(undefined, () => this.#claim(caller, id, secretKey, customer));
    try {
      await this.#forgetOffer(caller, device);
    } catch (error) {
      // The customer has the device, and nobody can claim what a customer has; giving it back forgets the offer first.
      log.error('claim-offer-kept', { tenantId: caller.tenantId, deviceId: id, error });
    }
    return device;
  }

  /**
   * Takes the device back from its customer. Users of customers give back their own devices only.
   *
   * @throws DIRECTORY_NAMED_ENTITY_NOT_FOUND, DIRECTORY_DEVICE_NOT_ASSIGNED, DIRECTORY_ACCESS_DENIED
   */
  async giveBack(caller: Caller, deviceName: string): Promise<void> {
    const { entities, access } = this.#deps;
    const { tenantId } = caller;
    const id = await idOfNamed(entities, 'device', tenantId, deviceName);
    const device = await storedEntity(entities, 'device', tenantId, id);
    if (device.customerId === undefined) throw deviceErrors.DEVICE_NOT_ASSIGNED();
    await access.require(caller, entityOf(device), 'write');
    await this.#forgetOffer(caller, device);
    await savedOnce(undefined, async () => {
      const before = await storedEntity(entities, 'device', tenantId, id);
      // Somebody else may have taken it back, or given it to another customer, since the caller was let through.
      if (before.customerId !== device.customerId) throw deviceErrors.DEVICE_NOT_ASSIGNED();
      const customer = await entities.find('customer', tenantId, before.customerId ?? '');
      const { changes, action } = takenBack(caller, 'device', before, customer);
      await this.#writer.write(changes, { actions: [action] });
    });
  }

  /** The device is read before the offer, and written only in the version that was read: then the offer stood all the while. */
  async #claim(caller: Caller, id: string, secretKey: string, customer: Customer): Promise<Device> {
    const { entities, clock } = this.#deps;
    const before = await storedEntity(entities, 'device', caller.tenantId, id);
    if (before.customerId !== undefined) throw claimErrors.DEVICE_CLAIMED();
    const offer = await this.#offerOf(caller, before);
    const isRight = offer !== undefined && this.#isSame(offer.secretKey, secretKey);
    if (!isRight || clock.nowMs() > offer.untilMs) throw claimErrors.CLAIM_FAILED();
    const { changes, conditions, action, after } = given(caller, 'device', before, customer);
    await this.#writer.write(changes, { conditions, actions: [action] });
    return after;
  }

  /** Whoever is in for knowing the id of a public customer changes nothing. */
  async #customerOf({ tenantId, customerId, isPublic }: Caller): Promise<Customer> {
    const customer = customerId === undefined || isPublic === true ? undefined : await this.#deps.entities.find('customer', tenantId, customerId);
    if (customer === undefined) throw directoryErrors.ACCESS_DENIED();
    return customer;
  }

  async #offerOf({ tenantId }: Caller, device: Device): Promise<ClaimOffer | undefined> {
    const [kept] = await this.#attributes.attributes(tenantId, entityOf(device), 'SERVER_SCOPE', [claimAttributes.offer]);
    return kept && claimOfferOf(kept);
  }

  async #forgetOffer(caller: Caller, device: Device): Promise<void> {
    if ((await this.#offerOf(caller, device)) === undefined) return;
    const { customerId, name: entityName } = device;
    await this.#deps.data.removeAttributes(
      { tenantId: caller.tenantId, user: actingUserOf(caller) },
      { entity: entityOf(device), entityName, customerId, scope: 'SERVER_SCOPE', keys: [claimAttributes.offer] },
    );
  }

  /** Takes the same time wherever the texts differ: what is compared are digests, of one length, to their end. */
  #isSame(one: string, other: string): boolean {
    const [a, b] = [this.#deps.sha3(one), this.#deps.sha3(other)];
    let difference = a.length ^ b.length;
    for (let at = 0; at < a.length; at += 1) difference |= a.charCodeAt(at) ^ b.charCodeAt(at);
    return difference === 0;
  }
}

function entityOf({ id }: Device): EntityId {
  return { entityType: 'DEVICE', id };
}
