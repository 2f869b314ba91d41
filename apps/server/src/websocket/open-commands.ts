import type { CommandBody, CommandKind, OpenedCommand } from './commands/command-kind.js';

/** A command that is being answered, or a subscription that lives. */
export class OpenCommand {
  readonly cmdId: number;
  readonly kind: CommandKind<CommandBody>;
  /** What it made of itself; undefined until its first answer is made. */
  opened: OpenedCommand<CommandBody> | undefined;
  /** Settles when what came with its id so far is done. */
  turns: Promise<void> = Promise.resolve();
  /** Commands with its id that have not had their turn. */
  waiting = 0;
  /** Told of each further command with its id as soon as that comes, before its turn. */
  onFurther: (command: CommandBody) => void = () => undefined;
  /** True where it ended by itself or by an error: what still waits behind it then begins anew. */
  isDone = false;
  readonly #endings: (() => void)[] = [];
  #isEnded = false;

  constructor(cmdId: number, kind: CommandKind<CommandBody>) {
    this.cmdId = cmdId;
    this.kind = kind;
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  onEnd(act: () => void): void {
    if (this.#isEnded) act();
    else this.#endings.push(act);
  }

  end(): void {
    this.#isEnded = true;
    for (const act of this.#endings.splice(0)) act();
  }
}

/** The open commands of a socket, of both versions; each kind says how many of its version may share an id. */
export class OpenCommands {
  readonly #byId = new Map<number, Set<OpenCommand>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  open(cmdId: number, kind: CommandKind<CommandBody>): OpenCommand {
    const command = new OpenCommand(cmdId, kind);
    const same = this.#byId.get(cmdId);
    if (same === undefined) this.#byId.set(cmdId, new Set([command]));
    else same.add(command);
    this.#size += 1;
    return command;
  }

  /** The command of version 2 with this id. */
  sole(cmdId: number): OpenCommand | undefined {
    for (const command of this.#byId.get(cmdId) ?? []) if (command.kind.version === 2) return command;
    return undefined;
  }

  sizeOf(kind: CommandKind<CommandBody>): number {
    let size = 0;
    for (const same of this.#byId.values()) for (const command of same) if (command.kind === kind) size += 1;
    return size;
  }

  /** Ends one command, and no other with its id. */
  finish(command: OpenCommand): void {
    const same = this.#byId.get(command.cmdId);
    if (same?.delete(command) === true) this.#size -= 1;
    if (same?.size === 0) this.#byId.delete(command.cmdId);
    command.end();
  }

  /** Ends those of a version with this id. */
  end(cmdId: number, version: 1 | 2): void {
    for (const command of [...(this.#byId.get(cmdId) ?? [])]) if (command.kind.version === version) this.finish(command);
  }

  endAll(): void {
    for (const same of [...this.#byId.values()]) for (const command of [...same]) this.finish(command);
  }
}
