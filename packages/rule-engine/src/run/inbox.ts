import type { Message } from '@fieldline/model';

/**
 * Messages that wait in front of a node, as parallel lists: the message, the place in the batch of the message
 * it descends from, and the nodes it has passed. Nothing is allocated for a message.
 */
export class Inbox {
  readonly messages: Message[] = [];
  readonly places: number[] = [];
  readonly nodesRun: number[] = [];
  /** By which connection each message came; only in front of a node of which people see everything. */
  cameOver: string[] | undefined;

  get length(): number {
    return this.messages.length;
  }

  push(message: Message, place: number, nodesRun: number): void {
    this.messages.push(message);
    this.places.push(place);
    this.nodesRun.push(nodesRun);
  }

  /** Notes the connection over which the message came that was last pushed. */
  cameBy(label: string): void {
    this.cameOver ??= [];
    this.cameOver.push(label);
  }

  /** This inbox in the order of the batch: what came over several connections is merged; ties keep their order. */
  inBatchOrder(): Inbox {
    const { places } = this;
    let isSorted = true;
    for (let i = 1; i < places.length && isSorted; i += 1) isSorted = (places[i - 1] as number) <= (places[i] as number);
    if (isSorted) return this;
    const sorted = new Inbox();
    const order = places.map((_, i) => i).sort((a, b) => (places[a] as number) - (places[b] as number));
    for (const i of order) {
      sorted.push(this.messages[i] as Message, places[i] as number, this.nodesRun[i] as number);
      if (this.cameOver !== undefined) sorted.cameBy(this.cameOver[i] as string);
    }
    return sorted;
  }
}

/** Messages that left a chain through its output nodes, with the label each returns to the caller. */
export class Returned extends Inbox {
  readonly labels: string[] = [];
}
