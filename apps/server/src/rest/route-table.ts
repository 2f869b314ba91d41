import type { RouteDefinition } from './route.js';

/** All routes of the API, for what concerns none of them alone: 405 answers and the check that none was forgotten. */
export class RouteTable {
  readonly routes: readonly RouteDefinition[];
  readonly #patterns: readonly { readonly method: string; readonly segments: readonly string[] }[];

  constructor(routes: readonly RouteDefinition[]) {
    this.routes = routes;
    this.#patterns = routes.map(({ method, path }) => ({ method, segments: path.split('/') }));
  }

  /** The methods a path has; empty where there is no such path. */
  methodsOf(path: string): readonly string[] {
    const segments = path.replace(/(.)\/$/, '$1').split('/');
    const fitting = this.#patterns.filter((pattern) => {
      const isFitting = (part: string, place: number): boolean => part.startsWith(':') || part === segments[place];
      return pattern.segments.length === segments.length && pattern.segments.every(isFitting);
    });
    return [...new Set(fitting.map(({ method }) => method))].sort();
  }

  has(method: string, path: string): boolean {
    return this.routes.some((route) => route.method === method && route.path === path);
  }
}
