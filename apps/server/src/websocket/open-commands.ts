/** A command that is being answered, or a subscription that lives. */
export class OpenCommand {
  readonly cmdId: number;
  readonly #endings: (() => void)[] = [];
  #isEnded = false;

  constructor(cmdId: number) {
    this.cmdId = cmdId;
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

/** The open commands of a socket. Several may share a `cmdId` (websocket-api.md §4.3); unsubscribing ends them all. */
export class OpenCommands {
  readonly #byId = new Map<number, Set<OpenCommand>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  open(cmdId: number): OpenCommand {
    const command = new OpenCommand(cmdId);
    const same = this.#byId.get(cmdId);
    if (same === undefined) this.#byId.set(cmdId, new Set([command]));
    else same.add(command);
    this.#size += 1;
    return command;
  }

  /** Ends one command, and no other with its id. */
  finish(command: OpenCommand): void {
    const same = this.#byId.get(command.cmdId);
    if (same?.delete(command) === true) this.#size -= 1;
    if (same?.size === 0) this.#byId.delete(command.cmdId);
    command.end();
  }

  end(cmdId: number): void {
    for (const command of [...(this.#byId.get(cmdId) ?? [])]) this.finish(command);
  }

  endAll(): void {
    for (const cmdId of [...this.#byId.keys()]) this.end(cmdId);
  }
}
