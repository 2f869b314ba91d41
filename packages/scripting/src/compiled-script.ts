import type { Clock, Problem } from '@fieldline/kernel';
import { isProblem, problemOf } from '@fieldline/kernel';
import type { CompiledScript, ScriptAnswer, ScriptInput, ScriptSource } from '@fieldline/ports';
import { ErrorQuota } from './error-quota.js';
import { scriptErrors } from './errors.js';
import { readAnswer, writeBatch, type PrintedInput } from './frame.js';
import { isGrownOut, type Instance, type InstancePool } from './instance-pool.js';
import { ARGUMENTS_CHARS_MAX, CALL_CHARS_MAX, CALL_MESSAGES_MAX, INSTANCE_BYTES_MAX } from './limits.js';
import { javascriptProgram } from './javascript-program.js';
import { Sandbox, type CallResult } from './sandbox.js';
import { checkReply } from './script-result.js';
import type { ScriptProgram } from './script-program.js';
import { tbelProgram } from './tbel/tbel-program.js';

export interface CompiledScriptOptions {
  readonly pool: InstancePool;
  readonly clock: Clock;
  readonly random: () => number;
  readonly deadlineMs: number;
}

/**
 * One script with its sandbox. A batch goes into the sandbox as a whole; where one message ends the call
 * (deadline, memory), the sandbox is made anew, that message gets its problem and the others run again
 * without it, so they never notice. Scripts have no effects, therefore running one twice changes nothing.
 */
export class QuickJsScript implements CompiledScript {
  readonly #source: ScriptSource;
  readonly #options: CompiledScriptOptions;
  readonly #program: ScriptProgram;
  readonly #quota: ErrorQuota;
  #held: Held | undefined;

  /** @throws SCRIPT_EMPTY, SCRIPT_TOO_LONG, SCRIPT_WORD_FORBIDDEN, SCRIPT_COMPILE_FAILED, SCRIPT_SANDBOX_LOST */
  constructor(source: ScriptSource, options: CompiledScriptOptions) {
    this.#source = source;
    this.#options = options;
    this.#program = source.language === 'TBEL' ? tbelProgram(source, options.random) : javascriptProgram(source);
    this.#quota = new ErrorQuota(options.clock);
    this.#ready();
  }

  run(inputs: readonly ScriptInput[]): readonly ScriptAnswer[] {
    const answers = new Array<ScriptAnswer>(inputs.length);
    const work: Work[] = [];
    const { readsMessage, readsMetadata, readsType } = this.#program.facts;
    // An update compares what the script made with what it got.
    const isCompared = this.#source.kind === 'update' || this.#source.kind === 'generate';
    for (const [place, input] of inputs.entries()) {
      const metadataText = readsMetadata ? JSON.stringify(input.metadata) : '';
      const problem = this.#argumentProblem(input, readsMetadata ? metadataText.length : charsOf(input.metadata));
      const messageText = readsMessage ? this.#program.prepare(input.messageText) : '';
      const messageType = readsType || isCompared ? input.messageType : '';
      if (problem === undefined) work.push({ place, messageText, metadataText, messageType });
      else answers[place] = { problem };
    }
    this.#runAll(work, answers);
    return answers;
  }

  dispose(): void {
    const held = this.#held;
    this.#held = undefined;
    if (held === undefined) return;
    held.instance.load -= this.#program.weight;
    if (held.instance.isLost) return;
    try {
      held.sandbox.dispose();
    } catch {
      // Freeing failed, so the heap of the instance is not what it should be: nobody may use it again.
      this.#options.pool.lost(held.instance);
    }
  }

  #runAll(work: readonly Work[], answers: ScriptAnswer[]): void {
    let from = 0;
    let suspect: Suspect | undefined;
    for (let first = work[from]; first !== undefined; first = work[from]) {
      if (suspect?.at === from) {
        if (suspect.problem === undefined) this.dispose();
        else answers[first.place] = { problem: suspect.problem };
        if (suspect.problem !== undefined) from += 1;
        suspect = undefined;
        continue;
      }
      const blocked = suspect === undefined ? this.#quota.blocked() : undefined;
      if (blocked !== undefined) {
        answers[first.place] = { problem: blocked };
        from += 1;
        continue;
      }
      const call = this.#call(takeCall(work, from, suspect?.at ?? work.length), answers);
      from += call.answered;
      if (call.suspect !== undefined) suspect = { at: from + call.suspect.at, problem: call.suspect.problem };
    }
  }

  /** Runs one call, writes the answers it gave and says who ended it, if somebody did. */
  #call(work: readonly Work[], answers: ScriptAnswer[]): { answered: number; suspect?: Suspect } {
    let held: Held;
    try {
      held = this.#ready();
    } catch (error) {
      // It compiled before, so only a missing instance can be the reason.
      return { answered: 0, suspect: { at: 0, problem: problemOf(error) } };
    }
    const isFresh = !held.hasRun;
    held.hasRun = true;
    const seed = Math.floor(this.#options.random() * 0x7fffffff);
    const result = held.sandbox.call(writeBatch(work, this.#options.clock.nowMs(), seed), this.#deadlineMs());
    if (result.kind !== 'answered') return this.#ended(result, isFresh);
    const replies = readAnswer(result.text, work.length);
    if (replies === undefined) return this.#ended({ kind: 'lost', index: 0 }, isFresh);
    let answered = 0;
    for (const reply of replies) {
      if (reply.status === 'memory' || (reply.status === 'threw-null' && isGrownOut(held.instance))) {
        const end = this.#ended({ kind: 'out-of-memory', index: 0 }, isFresh && answered === 0);
        return { ...end, answered };
      }
      const answer = checkReply(this.#source.kind, reply, this.#program);
      if (reply.status === 'too-large') this.#quota.count();
      answers[work[answered]?.place ?? 0] = answer;
      answered += 1;
    }
    return { answered };
  }

  #ended(result: Exclude<CallResult, { kind: 'answered' }>, isAlone: boolean): { answered: 0; suspect: Suspect } {
    const { kind, index } = result;
    const instance = this.#held?.instance;
    if (instance !== undefined && kind === 'lost') this.#options.pool.lost(instance);
    this.dispose();
    if (instance !== undefined && isGrownOut(instance)) this.#options.pool.retire(instance);
    // Others may have filled the heap before this message; alone in a fresh one it shows whose fault it is.
    if (kind === 'out-of-memory' && !(isAlone && index === 0)) return { answered: 0, suspect: { at: index, problem: undefined } };
    return { answered: 0, suspect: { at: index, problem: problemOf(kind === 'timed-out' ? this.#timedOut() : this.#overflown()) } };
  }

  #timedOut(): Error {
    const deadlineMs = this.#deadlineMs();
    this.#quota.countTimeout();
    return scriptErrors.TIMEOUT({ deadlineMs });
  }

  #overflown(): Error {
    this.#quota.count();
    return scriptErrors.MEMORY_OVERFLOW({ bytesMax: INSTANCE_BYTES_MAX });
  }

  #deadlineMs(): number {
    return this.#quota.deadlineMs(this.#options.deadlineMs);
  }

  #argumentProblem(input: ScriptInput, metadataChars: number): Problem | undefined {
    const chars = input.messageText.length + metadataChars + input.messageType.length;
    if (chars > ARGUMENTS_CHARS_MAX) {
      this.#quota.count();
      return problemOf(scriptErrors.ARGUMENTS_TOO_LARGE({ chars }));
    }
    // Texts cross into the sandbox as C strings, which a zero would end; JSON never contains one.
    if (input.messageText.includes('\0') || input.messageType.includes('\0')) {
      return problemOf(scriptErrors.ARGUMENT_INVALID({ reason: 'it contains a zero character' }));
    }
    return undefined;
  }

  #ready(): Held {
    if (this.#held?.instance.isLost === false) return this.#held;
    this.dispose();
    const instance = this.#options.pool.take();
    if (instance === undefined) throw scriptErrors.SANDBOX_LOST();
    const { clock } = this.#options;
    const { kind } = this.#source;
    try {
      const options = { kind, program: this.#program, monotonicMs: () => clock.monotonicMs() };
      this.#held = { sandbox: new Sandbox(instance.quickJs, options), instance, hasRun: false };
      instance.load += this.#program.weight;
      return this.#held;
    } catch (error) {
      if (isProblem(error)) throw error;
      this.#options.pool.lost(instance);
      throw scriptErrors.COMPILE_FAILED({ reason: 'it is nested too deeply' }, { cause: error });
    }
  }
}

/** The sandbox in use, and the instance it lives in. */
interface Held {
  readonly sandbox: Sandbox;
  readonly instance: Instance;
  hasRun: boolean;
}

/** One message on its way through the sandbox, and where its answer goes. */
interface Work extends PrintedInput {
  readonly place: number;
}

/** The message that ended a call; without a problem it is to be tried once more, first in a fresh sandbox. */
interface Suspect {
  readonly at: number;
  readonly problem: Problem | undefined;
}

/** As many messages as one call may carry. */
function takeCall(work: readonly Work[], from: number, end: number): readonly Work[] {
  let chars = 0;
  let at = from;
  for (let next = work[at]; next !== undefined && at < end && at - from < CALL_MESSAGES_MAX; next = work[at]) {
    chars += next.messageText.length + next.metadataText.length + next.messageType.length;
    if (chars > CALL_CHARS_MAX && at > from) break;
    at += 1;
  }
  return from === 0 && at === work.length ? work : work.slice(from, at);
}

/** About as long as the metadata would be as JSON, without printing it. */
function charsOf(metadata: Readonly<Record<string, string>>): number {
  let chars = 2;
  for (const key in metadata) chars += key.length + (metadata[key]?.length ?? 0) + JSON_PAIR_CHARS;
  return chars;
}

/** Four quotes, a colon and a comma. */
const JSON_PAIR_CHARS = 6;
