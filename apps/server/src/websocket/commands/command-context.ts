import type { EntityId } from '@fieldline/model';
import type { AccessibleEntity, Caller, EntityOperation } from '@fieldline/ports';
import type { FrameQueue, FrameSource } from '../frame-queue.js';
import type { LiveDeps } from '../live-deps.js';
import type { OpenCommand } from '../open-commands.js';
import type { CommandBody } from './command-kind.js';

/** What the session knows and does. */
export interface CommandEvents {
  failed(error: unknown): void;
  openOfType(): number;
}

/** What a command works with: its socket and caller, and what ends with it. */
export class CommandContext {
  readonly deps: LiveDeps;
  readonly caller: Caller;
  readonly queue: FrameQueue;
  readonly #open: OpenCommand;
  readonly #events: CommandEvents;

  constructor(parts: { readonly deps: LiveDeps; readonly caller: Caller; readonly queue: FrameQueue }, open: OpenCommand, events: CommandEvents) {
    this.deps = parts.deps;
    this.caller = parts.caller;
    this.queue = parts.queue;
    this.#open = open;
    this.#events = events;
  }

  /** How many commands of its type the socket has open, this one included. */
  get openOfType(): number {
    return this.#events.openOfType();
  }

  get cmdId(): number {
    return this.#open.cmdId;
  }

  /** True once the client, the socket or an error ended the command: nothing is sent for it any more. */
  get isEnded(): boolean {
    return this.#open.isEnded;
  }

  /** A signal that ends reads for which nobody waits any more: it is given when the command ends. */
  endSignal(): AbortSignal {
    const controller = new AbortController();
    this.onEnd(() => controller.abort());
    return controller.signal;
  }

  /** Called when the command ends; at once where it has. */
  onEnd(act: () => void): void {
    this.#open.onEnd(act);
  }

  /** Called with a further command of this id as soon as it comes: what it takes the place of need not be finished. */
  set onFurther(listener: (command: CommandBody) => void) {
    this.#open.onFurther = listener;
  }

  send(frame: string | FrameSource): void {
    if (!this.isEnded) this.queue.send(frame);
  }

  /** Answers with an error frame and ends the command: for what goes wrong after it was opened. */
  fail(error: unknown): void {
    if (!this.isEnded) this.#events.failed(error);
  }

  /**
   * Checks that the caller may do something with an entity, now and as long as the command is open; later it fails by itself.
   *
   * @throws as `EntityAccess.require`
   */
  require(entity: EntityId, operation: EntityOperation): Promise<AccessibleEntity> {
    return this.deps.rights.require(this.caller, entity, operation, {
      onLost: (error) => this.fail(error),
      until: (release) => this.onEnd(release),
    });
  }

  /**
   * Resolves when the engine knows what is watched: it answers in order, so what it stores from here on comes live, and what it stored
   * before is found.
   */
  async watchesInPlace(): Promise<void> {
    await this.deps.many.latestOfMany(this.caller.tenantId, [], []);
  }

  /** Calls `act` again and again until the command ends. */
  every(name: string, ms: number, act: () => void): void {
    const { clock } = this.deps;
    let cancel = (): void => undefined;
    const schedule = (): void => {
      cancel = clock.after(name, ms, () => {
        schedule();
        act();
      });
    };
    schedule();
    this.onEnd(() => cancel());
  }
}
