import type { DeviceGateway, DeviceSession } from '@fieldline/ports';

/** A device session of the gateway. It is given back when nobody uses it and its last uplink has been answered. */
export class Attachment {
  readonly device: DeviceSession;
  readonly #gateway: Pick<DeviceGateway, 'closed'>;
  #unanswered = 0;
  #isReleased = false;

  constructor(device: DeviceSession, gateway: Pick<DeviceGateway, 'closed'>) {
    this.device = device;
    this.#gateway = gateway;
  }

  /** An uplink with its handle was given to the gateway. */
  given(): void {
    this.#unanswered += 1;
  }

  answered(): void {
    this.#unanswered -= 1;
    this.#giveBack();
  }

  /** No further uplink will come. */
  release(): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    this.#giveBack();
  }

  #giveBack(): void {
    // The handle may mean another device afterwards, so batches that hold it come first.
    if (this.#isReleased && this.#unanswered === 0) this.#gateway.closed(this.device);
  }
}
