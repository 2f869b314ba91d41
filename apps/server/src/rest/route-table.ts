import type { RouteDefinition } from './route.js';

interface Pattern {
  readonly method: string;
  readonly segments: readonly string[];
}

/** All routes of the API, for what concerns none of them alone: 405 answers and the check that none was forgotten. */
export class RouteTable {
  readonly routes: readonly RouteDefinition[];
  readonly #patterns: readonly Pattern[];
  readonly #texts: readonly Pattern[];
  readonly #withMessages: readonly Pattern[];

  constructor(routes: readonly RouteDefinition[]) {
    this.routes = routes;
    const patternOf = ({ method, path }: RouteDefinition): Pattern => ({ method, segments: path.split('/') });
    this.#patterns = routes.map(patternOf);
    this.#texts = routes.filter(({ isBodyText }) => isBodyText === true).map(patternOf);
    this.#withMessages = routes.filter(({ failures }) => failures === 'message').map(patternOf);
  }

  /** The methods a path has; empty where there is no such path. */
  methodsOf(path: string): readonly string[] {
    const segments = path.replace(/(.)\/$/, '$1').split('/');
    const fitting = this.#patterns.filter((pattern) => fits(pattern.segments, segments));
    return [...new Set(fitting.map(({ method }) => method))].sort();
  }

  /** Whether a route wants its body as text (`isBodyText`). */
  takesText(method: string, url: string): boolean {
    return isAmong(this.#texts, method, url);
  }

  /** Whether a route answers failures with a message alone, also those of a body that never reached it. */
  tellsMessages(method: string, url: string): boolean {
    return isAmong(this.#withMessages, method, url);
  }

  has(method: string, path: string): boolean {
    return this.routes.some((route) => route.method === method && route.path === path);
  }
}

function isAmong(patterns: readonly Pattern[], method: string, url: string): boolean {
  const segments = (url.split('?', 1)[0] ?? '').replace(/(.)\/$/, '$1').split('/');
  return patterns.some((pattern) => pattern.method === method && fits(pattern.segments, segments));
}

function fits(pattern: readonly string[], segments: readonly string[]): boolean {
  return pattern.length === segments.length && pattern.every((part, place) => part.startsWith(':') || part === segments[place]);
}
