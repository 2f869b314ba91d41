import type { CancelTimer, Clock, Log } from '@fieldline/kernel';
import { ProblemError, problemOf } from '@fieldline/kernel';
import { pluginErrors } from '../errors.js';
import { ASKS_OPEN_MAX, BEHIND_MS, CLOSE_DEADLINE_MS, FRAME_BYTES_MAX, HANG_GRACE_MS, LOAD_DEADLINE_MS, UNREAD_BYTES_MAX } from '../limits.js';
import { frameOf } from '../wire/frame-stream.js';
import type { Effect, FromPlugin, ToPlugin } from '../wire/frames.js';
import { CrashRecord } from './crash-record.js';
import { LogBudget } from './log-budget.js';
import type { SpawnOptions } from './spawn-plugin.js';
import { PluginChild } from './spawn-plugin.js';
import { StrayAsks } from './stray-asks.js';

/** What a plugin's process is started from. */
export interface PluginFiles {
  readonly name: string;
  readonly folder: string;
  readonly entry: string;
}

export interface ProcessParts extends SpawnOptions {
  readonly clock: Clock;
  readonly log: Log;
}

/** What the process asks while it has a call. */
export interface Answering {
  /** Does what has no answer, in order. Throws where one of them fails. */
  effects(effects: readonly Effect[]): void;
  answer(service: string, args: readonly unknown[]): Promise<unknown>;
}

export type Done = Extract<FromPlugin, { kind: 'done' }>;
type Frame = Extract<ToPlugin, { kind: 'start' | 'call' }>;

interface OpenCall {
  readonly answering: Answering;
  /** Whether the process got it: what it never had cannot have ended it. */
  isGiven: boolean;
  asks: number;
  resolve(done: Done): void;
  reject(error: Error): void;
}

/** How long a call may take. */
export interface CallLimits {
  readonly deadlineMs: number;
  /** For calls that devices may wait for: a plugin that takes longer is behind for a while. */
  readonly patienceMs?: number | undefined;
  /** Whether they do now: then the call is over when their patience is, and the process is left alone with it. */
  readonly isWaitedFor?: boolean | undefined;
}

/** One run of the process. */
interface Run {
  readonly child: PluginChild;
  isLoaded: boolean;
  readonly strayAsks: StrayAsks;
  readonly startedAtMs: number;
  readonly loaded: Promise<unknown>;
  /** Settings it has parsed. */
  readonly settings: Set<number>;
}

/**
 * The process of one plugin: started with the first call, started again when it ended, left alone when it keeps ending.
 * A call has a deadline; a process that lets one pass and does not show that it is alive is ended.
 */
export class PluginProcess {
  readonly files: PluginFiles;
  readonly crashes = new CrashRecord();
  readonly logBudget: LogBudget;
  readonly #parts: ProcessParts;
  readonly #open = new Map<number, OpenCall>();
  #run: Run | undefined;
  #nextId = 1;
  #cancelPing: CancelTimer | undefined;
  #behindUntilMs = 0;
  #onEnded: () => void = () => undefined;
  #isClosed = false;

  constructor(files: PluginFiles, parts: ProcessParts) {
    this.files = files;
    this.#parts = parts;
    this.logBudget = new LogBudget(parts.clock, (dropped) => parts.log.warn('plugin-log-dropped', { plugin: files.name, lines: dropped }));
  }

  get pid(): number | undefined {
    return this.#run?.child.pid;
  }

  get isQuarantined(): boolean {
    return this.crashes.isQuarantined(this.#parts.clock.monotonicMs());
  }

  /** How long calls are refused for from now on; 0 where they are taken. */
  get waitMs(): number {
    return this.crashes.waitMs(this.#parts.clock.monotonicMs());
  }

  /** Whether nobody should wait for it: it is not there yet, or not long ago it tried somebody's patience. */
  get isBehind(): boolean {
    if (this.isQuarantined) return false;
    return this.#run?.isLoaded !== true || this.#parts.clock.monotonicMs() < this.#behindUntilMs;
  }

  /** Settings the running process has; another process has none. */
  get settings(): Set<number> | undefined {
    return this.#run?.settings;
  }

  /**
   * Gives the process a call and waits for its end.
   *
   * @param frame makes the frame for the id of the call; called when the process is there
   * @throws PLUGIN_TIMED_OUT, PLUGIN_CRASHED, PLUGIN_UNAVAILABLE, PLUGIN_QUARANTINED, PLUGIN_BUSY, or what the plugin threw
   */
  async call(
    frame: (id: number) => Frame,
    answering: Answering,
    { deadlineMs, patienceMs = Number.POSITIVE_INFINITY, isWaitedFor = false }: CallLimits,
  ): Promise<Done> {
    const id = this.#nextId++;
    const run = this.#started();
    const { promise, resolve, reject } = Promise.withResolvers<Done>();
    this.#open.set(id, { answering, isGiven: false, asks: 0, resolve, reject });
    const { clock } = this.#parts;
    const startedAtMs = clock.monotonicMs();
    const cancel =
      isWaitedFor && patienceMs < deadlineMs
        ? clock.after('plugin-call', patienceMs, () => {
            // Here and not below: a timer may come a little before its time.
            this.#fallBehind();
            reject(this.#busy());
          })
        : clock.after('plugin-call', deadlineMs, () => this.#late(run, id, deadlineMs));
    run.loaded.then(() => this.#give(run, frame(id)), reject).catch(reject);
    try {
      return await promise;
    } finally {
      cancel();
      // Still open where the plugin gave no answer in time.
      if (this.#open.delete(id)) run.child.send({ kind: 'over', id });
      if (clock.monotonicMs() - startedAtMs >= patienceMs) this.#fallBehind();
    }
  }

  /** Tells the process, if there is one. */
  tell(frame: Extract<ToPlugin, { kind: 'forget' }>): void {
    this.#run?.child.send(frame);
  }

  /** Closes the line and waits for the process to end; one that does not is killed. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const run = this.#run;
    if (run === undefined) return;
    const ended = new Promise<void>((resolve) => (this.#onEnded = resolve));
    run.child.endLine();
    const cancel = this.#parts.clock.after('plugin-close', CLOSE_DEADLINE_MS, () => run.child.kill('the server ended it'));
    await ended;
    cancel();
  }

  #started(): Run {
    const { name } = this.files;
    if (this.#isClosed) throw pluginErrors.UNAVAILABLE({ plugin: name, reason: 'the server is stopping' });
    if (this.#run !== undefined) return this.#run;
    const { crashes, reason } = this.crashes;
    if (this.isQuarantined) throw pluginErrors.QUARANTINED({ plugin: name, crashes, reason });
    if (this.waitMs > 0)
      throw pluginErrors.UNAVAILABLE({ plugin: name, reason: `it is started again in ${Math.ceil(this.waitMs)} ms, because ${reason}` });
    return (this.#run = this.#start());
  }

  #start(): Run {
    const { clock } = this.#parts;
    const startedAtMs = clock.monotonicMs();
    const { promise: loaded, resolve, reject } = Promise.withResolvers<unknown>();
    const child = new PluginChild(this.files, this.#parts, {
      frame: (frame) => {
        if (frame.kind === 'loaded' && !run.isLoaded) resolve((run.isLoaded = true));
        else this.#receive(run, frame);
      },
      end: (reason) => {
        cancel();
        this.#ended(run, reason);
        reject(this.#isClosed ? this.#stopping() : pluginErrors.CRASHED({ plugin: this.files.name, reason }));
      },
    });
    const cancel = clock.after('plugin-load', LOAD_DEADLINE_MS, () => child.kill(`it was not loaded within ${LOAD_DEADLINE_MS} ms`));
    const run: Run = { child, isLoaded: false, strayAsks: new StrayAsks(), startedAtMs, loaded, settings: new Set() };
    void loaded.then(cancel, () => undefined);
    this.crashes.started();
    this.#parts.log.info('plugin-started', { plugin: this.files.name, pid: child.pid });
    return run;
  }

  #give(run: Run, frame: Frame): void {
    const { name: plugin } = this.files;
    if (run.child.unreadBytes > UNREAD_BYTES_MAX) throw this.#busy();
    const bytes = frameOf(frame);
    if (bytes.length > FRAME_BYTES_MAX) throw pluginErrors.MESSAGE_TOO_LARGE({ plugin, bytes: bytes.length });
    const open = this.#open.get(frame.id);
    if (open === undefined) return;
    open.isGiven = true;
    run.child.sendBytes(bytes);
  }

  #receive(run: Run, frame: FromPlugin): void {
    switch (frame.kind) {
      case 'done': {
        const open = this.#open.get(frame.id);
        if (open === undefined) return;
        // Whatever else it says of this call comes too late.
        this.#open.delete(frame.id);
        if (!this.#does(open, frame.effects)) return;
        if (frame.problem === undefined) open.resolve(frame);
        else open.reject(new ProblemError(frame.problem));
        return;
      }
      case 'ask':
        void this.#answer(run, frame);
        return;
      case 'log':
        if (this.logBudget.take()) this.#parts.log.info('plugin-output', { plugin: this.files.name, text: frame.text });
        return;
      case 'pong':
        this.#cancelPing?.();
        this.#cancelPing = undefined;
        return;
      case 'refused':
        run.child.kill(frame.problem.message);
        return;
      case 'loaded':
        run.child.kill('it said twice that it is loaded');
    }
  }

  async #answer(run: Run, { id, ask, effects, service, args }: Extract<FromPlugin, { kind: 'ask' }>): Promise<void> {
    const open = this.#open.get(id);
    // The call is over: its commit may be as well, and nothing can be read or written for it any more.
    if (open === undefined || !this.#does(open, effects)) return this.#tellStray(run, service, ask);
    open.asks += 1;
    if (open.asks > ASKS_OPEN_MAX) return run.child.kill(`it asked more than ${ASKS_OPEN_MAX} things at once`);
    try {
      this.#tell(run, service, { ask, value: await open.answering.answer(service, args) });
    } catch (error) {
      this.#tell(run, service, { ask, problem: problemOf(error) });
    } finally {
      open.asks -= 1;
    }
  }

  /** @throws PLUGIN_TOO_LARGE, and PLUGIN_BUSY where the plugin does not read the answers it has */
  #tell(run: Run, service: string, told: Omit<Extract<ToPlugin, { kind: 'told' }>, 'kind'>): void {
    const bytes = frameOf({ kind: 'told', ...told });
    if (bytes.length > FRAME_BYTES_MAX) throw pluginErrors.TOO_LARGE({ what: `The answer to "${service}"`, bytes: bytes.length });
    if (told.problem === undefined && run.child.unreadBytes > UNREAD_BYTES_MAX) throw this.#busy();
    run.child.sendBytes(bytes);
  }

  #tellStray(run: Run, service: string, ask: number): void {
    if (run.strayAsks.isTooMany(this.#parts.clock.monotonicMs())) run.child.kill('it goes on asking for calls that are over');
    else this.#tell(run, service, { ask, problem: problemOf(this.#busy()) });
  }

  /** @returns whether the call goes on */
  #does(open: OpenCall, effects: readonly Effect[]): boolean {
    try {
      open.answering.effects(effects);
      return true;
    } catch (error) {
      open.reject(error as Error);
      return false;
    }
  }

  /** The deadline of a call is over. A plugin that waits for something answers a ping; one in a loop does not, and is ended. */
  #late(run: Run, id: number, deadlineMs: number): void {
    this.#open.get(id)?.reject(pluginErrors.TIMED_OUT({ plugin: this.files.name, deadlineMs }));
    if (this.#run !== run || this.#cancelPing !== undefined) return;
    const reason = `it gave no sign of life for ${deadlineMs + HANG_GRACE_MS} ms`;
    this.#cancelPing = this.#parts.clock.after('plugin-ping', HANG_GRACE_MS, () => run.child.kill(reason));
    run.child.send({ kind: 'ping' });
  }

  #ended(run: Run, reason: string): void {
    this.#run = undefined;
    this.#cancelPing?.();
    this.#cancelPing = undefined;
    const { name: plugin } = this.files;
    if (!this.#isClosed) {
      const nowMs = this.#parts.clock.monotonicMs();
      this.crashes.ended(reason, nowMs, nowMs - run.startedAtMs);
      const { crashes } = this.crashes;
      this.#parts.log.warn('plugin-ended', { plugin, reason, crashes, againInMs: Math.ceil(this.waitMs), output: run.child.lastOutput });
    }
    const ofGiven = this.#isClosed ? this.#stopping() : pluginErrors.CRASHED({ plugin, reason });
    const ofOthers = this.#isClosed ? ofGiven : pluginErrors.UNAVAILABLE({ plugin, reason });
    for (const open of this.#open.values()) open.reject(open.isGiven ? ofGiven : ofOthers);
    this.#onEnded();
  }

  #fallBehind(): void {
    this.#behindUntilMs = this.#parts.clock.monotonicMs() + BEHIND_MS;
  }

  #busy(): ProblemError {
    return pluginErrors.BUSY({ plugin: this.files.name });
  }

  #stopping(): ProblemError {
    return pluginErrors.UNAVAILABLE({ plugin: this.files.name, reason: 'the server is stopping' });
  }
}
