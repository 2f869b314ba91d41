import { Choices } from './choices.js';
import { type Operation, requestTo } from './request.js';
import { type CallerName, callers, Target } from './target.js';
import { ValidValues } from './valid.js';
import { cut, faultOf, shown } from './verdict.js';
import { send } from './wire.js';

const RESIDENT_BYTES_MAX = 1_200_000_000;
const COMPLAINTS_MAX = 30;
/** Calls of rule chains, which wait for seconds where none replies. */
const RULE_CALLS = '/api/rule-engine';

/** Rounds of requests: each round one to every operation as every caller. */
export class Campaign {
  readonly complaints: string[] = [];
  readonly #seed: number;
  readonly #faulty = new Set<string>();
  readonly #statuses = new Map<number, number>();
  /** Requests under way whose answers nobody waits for before the next one. */
  readonly #underWay: Promise<void>[] = [];
  sent = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** @param only the number of the one request to send, counted from 0 over all rounds */
  async run(rounds: number, only?: number): Promise<void> {
    let target = await Target.open();
    try {
      for (let round = 0; round < rounds && this.complaints.length < COMPLAINTS_MAX; round += 1) {
        target = await this.#renewed(target, round);
        await this.#round(target, round, only);
        await this.#check(target, round);
      }
    } finally {
      await this.#close(target);
    }
    const statuses = [...this.#statuses].sort(([one], [other]) => one - other).map(([status, times]) => `${status}: ${times}`);
    process.stdout.write(`answers ${statuses.join(', ')}\n`);
  }

  /** With new entities; a new server where the requests so far took the callers' rights. */
  async #renewed(target: Target, round: number): Promise<Target> {
    if (round === 0) return target;
    try {
      await target.furnish();
      return target;
    } catch (error) {
      process.stdout.write(`round ${round}: a new server, because ${(error as Error).message.slice(0, 200)}\n`);
      await this.#close(target);
      return Target.open();
    }
  }

  async #close(target: Target): Promise<void> {
    await Promise.all(this.#underWay.splice(0));
    await target.close();
  }

  async #round(target: Target, round: number, only: number | undefined): Promise<void> {
    const valid = new ValidValues(target.schemas, target.pool);
    const requests = target.operations.flatMap((operation) => callers.map((caller) => ({ operation, caller })));
    for (const [place, { operation, caller }] of requests.entries()) {
      const number = round * requests.length + place;
      if (only !== undefined && only !== number) continue;
      const answered = this.#one(target, valid, operation, caller, number);
      if (operation.path.startsWith(RULE_CALLS)) this.#underWay.push(answered);
      else await answered;
      if (target.server.process.exitCode !== null) return;
    }
  }

  async #one(target: Target, valid: ValidValues, operation: Operation, caller: CallerName, number: number): Promise<void> {
    const request = requestTo(operation, valid, new Choices(this.#seed * 1_000_003 + number));
    const answer = await send(target.server.ports.http, request, target.tokens[caller]);
    this.sent += 1;
    this.#statuses.set(answer.status, (this.#statuses.get(answer.status) ?? 0) + 1);
    const isPublic = operation.path.startsWith('/api/auth/') || operation.path.startsWith('/api/noauth/');
    if (answer.status === 401 && !isPublic) await target.signIn(caller).catch(() => undefined);
    const fault = faultOf(request, answer);
    const kind = `${operation.method} ${operation.path}: ${fault}`;
    // One complaint for each operation and fault is enough.
    if (fault === undefined || this.#faulty.has(kind)) return;
    this.#faulty.add(kind);
    this.complaints.push(`${kind} (--seed ${this.#seed} --only ${number}, as ${caller})\n  ${shown(request)}\n  answer ${cut(answer.text)}`);
  }

  async #check(target: Target, round: number): Promise<void> {
    const died = target.server.process.exitCode ?? target.server.process.signalCode;
    if (died !== null) {
      this.complaints.push(`round ${round}: the server ended with ${died}: ${target.server.log().slice(-2_000)}`);
      return;
    }
    const health = await send(target.server.ports.http, { method: 'GET', target: '/api/health', headers: {} }, undefined);
    if (health.status !== 200) this.complaints.push(`round ${round}: health says ${health.status} ${health.fault ?? health.text}`);
    const resident = target.residentBytes();
    process.stdout.write(`round ${round}: ${this.sent} requests, ${Math.round(resident / 1e6)} MB resident\n`);
    if (resident > RESIDENT_BYTES_MAX) this.complaints.push(`round ${round}: the server holds ${Math.round(resident / 1e6)} MB`);
  }
}
