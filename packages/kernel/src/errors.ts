/** What sort of error it is; only the edges know which status code that means. */
export type ErrorKind = 'invalid-input' | 'unauthenticated' | 'forbidden' | 'not-found' | 'conflict' | 'limit-exceeded' | 'unavailable' | 'internal';

/** Whether the same call may succeed later without a change by the caller. */
export type Retry = 'never' | 'later';

/** An error as a value: a code for programs, a message and a remedy for the person who can act. */
export interface Problem {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly message: string;
  readonly remedy: string;
  readonly retry: Retry;
  readonly details?: Readonly<Record<string, unknown>>;
}

const problemBrand = Symbol.for('fieldline.problem');

/** A problem as an exception. Recognise it with `isProblem`, never with `instanceof`. */
export class ProblemError extends Error implements Problem {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly remedy: string;
  readonly retry: Retry;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly [problemBrand] = true;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.message, options);
    this.name = problem.code;
    this.code = problem.code;
    this.kind = problem.kind;
    this.remedy = problem.remedy;
    this.retry = problem.retry;
    if (problem.details !== undefined) this.details = problem.details;
  }
}

/** True for an error that carries a code, also when it was made by another copy of this package. */
export function isProblem(error: unknown): error is ProblemError {
  return typeof error === 'object' && error !== null && (error as Record<symbol, unknown>)[problemBrand] === true;
}

/**
 * The plain value of any error: sendable between threads, without stack. An error without a code becomes
 * `INTERNAL_ERROR`; its text stays out of the message, because nobody checked what it contains.
 */
export function problemOf(error: unknown): Problem {
  if (!isProblem(error)) {
    return {
      code: 'INTERNAL_ERROR',
      kind: 'internal',
      message: 'Something failed inside the server.',
      remedy: 'Look for this time in the server log, and report it with the entry found there.',
      retry: 'later',
    };
  }
  const { code, kind, message, remedy, retry, details } = error;
  return { code, kind, message, remedy, retry, ...(details === undefined ? {} : { details }) };
}

/** One error of a package: what it is, and how its sentence is made from its details. */
export interface ErrorDefinition<Details> {
  readonly kind: ErrorKind;
  readonly retry: Retry;
  readonly message: string | ((details: Details) => string);
  readonly remedy: string | ((details: Details) => string);
}

// `any` in one place only: it lets each definition keep its own details type through inference.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Definitions = Readonly<Record<string, ErrorDefinition<any>>>;
type DetailsOf<D> = D extends { message: (details: infer X) => string } ? X : D extends { remedy: (details: infer X) => string } ? X : void;

type Raisers<D extends Definitions> = {
  readonly [Name in keyof D]: DetailsOf<D[Name]> extends void
    ? (details?: Record<string, never>, options?: ErrorOptions) => ProblemError
    : (details: DetailsOf<D[Name]>, options?: ErrorOptions) => ProblemError;
};

/**
 * Declares every error a package can raise. The code of an entry is `<AREA>_<NAME>`; it is never reused or
 * renamed, and `docs/errors.md` is generated from these declarations.
 */
export function defineErrors<const D extends Definitions>(area: string, definitions: D): Raisers<D> {
  const raisers: Record<string, (details?: unknown, options?: ErrorOptions) => ProblemError> = {};
  for (const [name, definition] of Object.entries(definitions)) {
    raisers[name] = (details, options) => {
      const text = (part: string | ((d: unknown) => string)): string => (typeof part === 'string' ? part : part(details));
      return new ProblemError(
        {
          code: `${area}_${name}`,
          kind: definition.kind,
          retry: definition.retry,
          message: text(definition.message),
          remedy: text(definition.remedy),
          ...(typeof details === 'object' && details !== null ? { details: { ...details } } : {}),
        },
        options,
      );
    };
  }
  return raisers as Raisers<D>;
}
