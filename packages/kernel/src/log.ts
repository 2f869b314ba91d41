/** Fields of a log event. Never payload values above `debug`, never a secret. */
export type LogFields = Readonly<Record<string, unknown>>;

/**
 * Where events of the program go. `error`: someone must act. `warn`: data or service was degraded,
 * including every drop. `info`: life cycle and configuration. `debug`: per message, off by default.
 */
export interface Log {
  error(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  debug(event: string, fields?: LogFields): void;
}

const nothing = (): void => undefined;

/** A log that keeps nothing, for tests that do not look at it. */
export const silentLog: Log = { error: nothing, warn: nothing, info: nothing, debug: nothing };
