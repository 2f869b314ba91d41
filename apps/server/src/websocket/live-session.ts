import { liveErrorCodes, liveErrorFrame, type LiveEnvelope } from '@fieldline/api-contract';
import { isProblem } from '@fieldline/kernel';
import type { Caller } from '@fieldline/ports';
import { CommandContext } from './commands/command-context.js';
import type { CommandBody } from './commands/command-kind.js';
import { readCommands, type ReadCommand } from './commands/command-kinds.js';
import { failureFrame } from './commands/failure-frame.js';
import type { FrameQueue } from './frame-queue.js';
import { Gate } from './gate.js';
import { closeCodes, COMMANDS_AT_ONCE, FURTHER_COMMANDS_MAX, SUBSCRIPTIONS_PER_SOCKET_MAX } from './limits.js';
import type { LiveDeps } from './live-deps.js';
import type { SocketPlace } from './live-limits.js';
import { OpenCommands, type OpenCommand } from './open-commands.js';

export interface SessionSocket {
  readonly caller: Caller;
  readonly queue: FrameQueue;
  readonly envelope: LiveEnvelope;
  readonly place: SocketPlace;
}

/** What one authenticated socket has asked for. Ends everything with `close`. */
export class LiveSession {
  readonly #deps: LiveDeps;
  readonly #caller: Caller;
  readonly #queue: FrameQueue;
  readonly #envelope: LiveEnvelope;
  readonly #place: SocketPlace;
  readonly #commands = new OpenCommands();
  readonly #gate = new Gate(COMMANDS_AT_ONCE);
  #isForgotten = false;

  constructor(deps: LiveDeps, socket: SessionSocket) {
    this.#deps = deps;
    this.#caller = socket.caller;
    this.#queue = socket.queue;
    this.#envelope = socket.envelope;
    this.#place = socket.place;
  }

  /** Starts the commands of a message in order; their answers may come in any order. */
  receive(text: string): void {
    const commands = readCommands(text, this.#envelope);
    if (commands === undefined) this.#queue.send(liveErrorFrame(1, liveErrorCodes.badRequest, 'Failed to parse the payload'));
    else for (const command of commands) this.#start(command);
  }

  close(): void {
    this.#commands.endAll();
  }

  #start({ kind, command }: ReadCommand): void {
    const { cmdId } = command;
    const refuse = (code: number, text: string): void => this.#queue.send(liveErrorFrame(cmdId, code, text));
    if (this.#isForgotten) return refuse(liveErrorCodes.internal, 'Session meta-data not found!');
    const fault = cmdId < 0 ? 'Cmd id is negative value!' : kind.faultOf?.(command);
    if (fault !== undefined) return refuse(liveErrorCodes.badRequest, fault);
    const ends = kind.endsBy?.(command);
    if (ends === 'id') return this.#commands.end(cmdId, kind.version);
    if (ends === 'socket') return this.#forget();
    const same = kind.version === 2 ? this.#commands.sole(cmdId) : undefined;
    if (same?.kind === kind) {
      same.onFurther(command);
      return this.#queueTurn(same, command);
    }
    const soon = kind.version === 2 || kind.isSubscription === true ? this.#place.tooSoon() : undefined;
    if (soon !== undefined) return refuse(liveErrorCodes.badRequest, soon);
    if (same !== undefined) this.#commands.finish(same);
    if (this.#commands.size >= SUBSCRIPTIONS_PER_SOCKET_MAX) {
      return this.#queue.close(closeCodes.policy, 'Max regular user subscriptions limit reached');
    }
    const place = kind.isSubscription === true ? this.#place.subscribe() : undefined;
    if (typeof place === 'string') return this.#queue.close(closeCodes.policy, place);
    const open = this.#commands.open(cmdId, kind);
    if (place !== undefined) open.onEnd(place);
    this.#queueTurn(open, command);
  }

  /** Everything ends, and nothing is done for the socket any more (websocket-api.md §4.5). */
  #forget(): void {
    this.#isForgotten = true;
    this.close();
  }

  /** Commands that share an id of version 2 are done one after the other; the others a few at a time. */
  #queueTurn(open: OpenCommand, command: CommandBody): void {
    open.waiting += 1;
    if (open.waiting > FURTHER_COMMANDS_MAX) return this.#queue.overflow();
    open.turns = open.turns.then(() => this.#gate.run(() => this.#turn(open, command)));
  }

  async #turn(open: OpenCommand, command: CommandBody): Promise<void> {
    const { kind } = open;
    open.waiting -= 1;
    if (open.isEnded) {
      if (open.isDone) this.#start({ kind, command });
      return;
    }
    try {
      if (open.opened !== undefined) await open.opened.update?.(command);
      else {
        open.opened = await kind.open(command, this.#contextOf(open, command));
        if (open.opened === undefined) this.#finish(open);
      }
    } catch (error) {
      this.#answer(open, command, error);
      if (open.opened === undefined) this.#finish(open);
    }
  }

  #contextOf(open: OpenCommand, command: CommandBody): CommandContext {
    return new CommandContext({ deps: this.#deps, caller: this.#caller, queue: this.#queue }, open, {
      openOfType: () => this.#commands.sizeOf(open.kind),
      failed: (error) => {
        this.#answer(open, command, error);
        this.#finish(open);
      },
    });
  }

  #finish(open: OpenCommand): void {
    if (!open.isEnded) open.isDone = true;
    this.#commands.finish(open);
  }

  #answer({ kind, isEnded }: OpenCommand, command: CommandBody, error: unknown): void {
    if (!isProblem(error)) this.#deps.log.error('live-command-failed', { type: kind.type, error });
    if (!isEnded) this.#queue.send(kind.failureFrame?.(command, error) ?? failureFrame(command.cmdId, error));
  }
}
