import { allRoutes } from '../controllers.js';
import type { RouteDefinition } from '../route.js';
import type { Inputs, Sample } from './sample.fixture.js';
import { usual, wanted } from './sample.fixture.js';
import { ownWorld, samples } from './samples.fixture.js';
import { Things } from './things.fixture.js';
import { type CallerName, callers, type OwnerName, owners, type World } from './world.fixture.js';

/** One row of the matrix: a route with one sample and, where it matters, whose object that sample is about. */
export interface Row {
  readonly route: RouteDefinition;
  readonly key: string;
  readonly sample: string;
  readonly owner: OwnerName;
  readonly fill: Sample;
  /** How far the request depends on the owner. */
  readonly uses?: Things['uses'];
}

/** A request that is ready to be sent. */
export interface Prepared {
  readonly row: Row;
  readonly caller: CallerName;
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}
export interface Outcome extends Prepared {
  /** The status; with the error code of the body where it is 401. */
  readonly status: string;
  readonly text: string;
}

/**
 * All routes with their samples, each for every owner. Rows that turn out not to depend on the owner are dropped by
 * `rowsOf`.
 *
 * @throws an Error that names a route without a sample
 */
export function candidates(routes: readonly RouteDefinition[] = allRoutes()): Row[] {
  return routes.flatMap((route) => {
    const given = samples[keyOf(route)];
    const named: Readonly<Record<string, Sample>> = typeof given === 'function' || given === undefined ? { '': given ?? (() => ({})) } : given;
    if (given === undefined) checkUsual(route);
    return Object.entries(named).flatMap(([sample, fill]) => owners.map((owner) => ({ route, key: keyOf(route), sample, owner, fill })));
  });
}

const keyOf = ({ method, path }: RouteDefinition): string => `${method} ${path}`;

function checkUsual(route: RouteDefinition): void {
  const advice = 'add a sample to one of access-matrix/samples-*.fixture.ts';
  if (route.body !== undefined) throw new Error(`${keyOf(route)} has a body: ${advice}, then run node dev/run.mjs dev/generate-access-matrix.ts.`);
  const odd = [...namesIn(route.path), ...requiredQuery(route)].filter((name) => usual[name] === undefined);
  if (odd.length > 0)
    throw new Error(`${keyOf(route)} has the parameter ${odd.join(', ')}: ${advice}, or its maker to access-matrix/sample.fixture.ts.`);
}

const namesIn = (path: string): string[] => [...path.matchAll(/:(\w+)/g)].map(([, name]) => String(name));
const requiredQuery = ({ query }: RouteDefinition): string[] =>
  Object.entries(query?.shape ?? {}).flatMap(([name, schema]) => (schema.safeParse(undefined).success && !wanted.includes(name) ? [] : [name]));

/** Samples of routes that are gone. */
export function straySamples(): string[] {
  const keys = new Set(allRoutes().map(keyOf));
  return [...Object.keys(samples), ...ownWorld].filter((key) => !keys.has(key));
}

const ownersThatMatter: Readonly<Record<Things['uses'], readonly OwnerName[]>> = {
  nothing: ['customer'],
  tenant: ['tenant', 'other tenant'],
  customer: owners,
};

/** Of the rows of one sample, those that differ: all owners, both tenants, or one alone. */
export async function rowsOf(world: World): Promise<Row[]> {
  const rows: Row[] = [];
  for (const row of candidates()) {
    const { uses } = await prepare(world, row, 'tenant');
    if (ownersThatMatter[uses].includes(row.owner)) rows.push({ ...row, uses });
  }
  return rows;
}

/** Makes the objects a request is about, and the request. */
export async function prepare(world: World, row: Row, caller: CallerName): Promise<Prepared & { readonly uses: Things['uses'] }> {
  const [the, mine] = [new Things(world.rest, world.objectOf[row.owner]), new Things(world.rest, world.ownOf[caller])];
  const making = { the, mine, caller, email: world.emails[caller] ?? '' };
  const inputs: Inputs = await row.fill(making);
  const given = async (name: string, from?: Readonly<Record<string, string>>): Promise<string> => {
    const value = from?.[name] ?? (await usual[name]?.(making));
    if (value === undefined) throw new Error(`${row.key} needs a value for ${name}: add it to its sample.`);
    return value;
  };
  let path = row.route.path;
  for (const name of namesIn(path)) path = path.replace(`:${name}`, encodeURIComponent(await given(name, inputs.params)));
  const query = new URLSearchParams();
  for (const name of requiredQuery(row.route)) query.set(name, await given(name, inputs.query));
  for (const [name, value] of Object.entries(inputs.query ?? {})) query.set(name, value);
  const search = query.size === 0 ? '' : `?${query.toString()}`;
  return { row, caller, method: row.route.method, path: path + search, body: inputs.body, uses: the.uses };
}

export async function send({ rest, tokens }: World, request: Prepared): Promise<Outcome> {
  const { method, path, body, caller } = request;
  const token = tokens[caller];
  const headers: Record<string, string> = token === undefined ? {} : { 'x-authorization': `Bearer ${token}` };
  if (body !== undefined && !(body instanceof FormData)) headers['content-type'] = 'application/json';
  const sent = body === undefined || body instanceof FormData ? body : JSON.stringify(body);
  const answer = await fetch(rest.base + path, { method, headers, redirect: 'manual', ...(sent === undefined ? {} : { body: sent }) });
  const text = await answer.text();
  const code = answer.status === 401 ? `/${String((JSON.parse(text) as { errorCode?: number }).errorCode)}` : '';
  return { ...request, status: `${answer.status}${code}`, text };
}

/** Requests that end what others stand on, such as the caller's session or tenant: each is made in a world of its own. */
export const needsOwnWorld = ({ key }: Row): boolean => ownWorld.includes(key);

/** Every request of the rows, by the caller. */
export const everyCall = (rows: readonly Row[]) => rows.flatMap((row) => callers.map((caller) => ({ row, caller })));
