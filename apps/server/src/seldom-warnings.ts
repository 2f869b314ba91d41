import type { Clock, Log, LogFields } from '@fieldline/kernel';

/** How often the log tells of the same: what refuses thousands of requests a second must not fill the disk too. */
export const WARNINGS_EVERY_MS = 10_000;

/**
 * Warnings of what comes in floods when it comes, such as refusals of a server that has too much to do: the first at once, then
 * one line for as many as there were meanwhile.
 */
export class SeldomWarnings {
  readonly #clock: Clock;
  readonly #log: Log;
  /** By event and code, of which there are as many as the program declares. */
  readonly #said = new Map<string, { times: number; untilMs: number }>();

  constructor({ clock, log }: { readonly clock: Clock; readonly log: Log }) {
    this.#clock = clock;
    this.#log = log;
  }

  /** @param code of what happened; each has its first warning */
  warn(event: string, code: string, fields: LogFields): void {
    const nowMs = this.#clock.monotonicMs();
    const said = this.#said.get(`${event} ${code}`) ?? { times: 0, untilMs: 0 };
    said.times += 1;
    this.#said.set(`${event} ${code}`, said);
    if (said.untilMs > nowMs) return;
    this.#log.warn(event, { code, ...fields, times: said.times });
    said.times = 0;
    said.untilMs = nowMs + WARNINGS_EVERY_MS;
  }
}
