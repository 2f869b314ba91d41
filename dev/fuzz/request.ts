import type { Choices } from './choices.js';
import { hostileNumber, hostileText, hostileValue } from './hostile.js';
import { Raw, textOf } from './json-text.js';
import { spoiledBody } from './spoiled-body.js';
import { templates } from './templates.js';
import type { Schema, ValidValues } from './valid.js';

/** A route of the OpenAPI document. */
export interface Operation {
  readonly method: string;
  /** With parameters as `{name}`. */
  readonly path: string;
  readonly parameters: readonly { readonly name: string; readonly in: 'path' | 'query'; readonly required?: boolean; readonly schema: Schema }[];
  readonly body?: Schema | undefined;
}

/** A request as it goes over the wire. */
export interface FuzzRequest {
  readonly method: string;
  /** Path and query as they are sent, though they may be no valid address. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer | undefined;
  /** True where the body is sent in chunks without an end. */
  readonly isEndless?: boolean;
}

/** A valid request to the operation, then zero to three things wrong with it. */
export function requestTo(operation: Operation, valid: ValidValues, choices: Choices): FuzzRequest {
  const faults = choices.int(4);
  const isSpoilt = (): boolean => faults > 0 && choices.chance(0.35);
  let target = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (isSpoilt()) return spoiledSegment(choices);
    const schema = operation.parameters.find((one) => one.in === 'path' && one.name === name)?.schema ?? {};
    return encodeURIComponent(String(pathValue(name, schema, valid, choices)));
  });
  const query = operation.parameters
    .filter((one) => one.in === 'query' && (one.required === true || choices.chance(0.3)))
    .flatMap(({ name, schema }) => queryParts(name, isSpoilt() ? spoiledQuery(name, choices) : queryValue(name, schema, valid, choices), choices));
  if (faults > 1 && choices.chance(0.2))
    query.push(choices.pick(['__proto__=1', 'a[b][c]=1', '%zz=%zz', '=', '&&&', 'pageSize=1&pageSize=2', 'x=%00', '%ff=%fe']));
  const headers = spoiledHeaders(faults, choices);
  if (query.length > 0) target += `?${query.join('&')}`;
  if (operation.body === undefined) return { method: operation.method, target, headers };
  const template = choices.chance(0.8) ? templates[`${operation.method} ${operation.path}`] : undefined;
  let value = template === undefined ? valid.of(operation.body, choices) : template(valid, choices);
  for (let fault = 0; fault < faults; fault += 1) value = spoiledValue(value, choices);
  const plain = { method: operation.method, target, headers: { ...headers, 'content-type': 'application/json' }, body: Buffer.from(textOf(value)) };
  return faults > 1 && choices.chance(0.3) ? { ...plain, ...spoiledBody(plain.body, choices) } : plain;
}

/** Headers that most requests have otherwise, or not at all. */
function spoiledHeaders(faults: number, choices: Choices): Readonly<Record<string, string>> {
  if (faults === 0 || choices.chance(0.9)) return {};
  const none = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4Iiwic2NvcGVzIjpbIlNZU19BRE1JTiJdfQ.';
  const credentials = [
    'Bearer',
    'Bearer ..',
    'Bearer a.b.c',
    `Bearer ${none}`,
    `Bearer ${'a'.repeat(8_000)}`,
    'ApiKey x',
    'ApiKey __proto__',
    'Basic eDp5',
    '%',
  ];
  const makers: readonly (() => Readonly<Record<string, string>>)[] = [
    () => ({ 'x-authorization': choices.pick(credentials) }),
    () => ({ range: choices.pick(['bytes=0-0', 'bytes=5-1', 'bytes=-9', 'bytes=99999999999999999999-', 'bytes=0-1,3-4', 'lines=1-2', 'bytes=a-b']) }),
    () => ({ accept: choices.pick(['application/xml', '*/*;q=x', ';;']), 'accept-encoding': choices.pick(['gzip', 'br;q=9', 'x', 'identity;q=0']) }),
    () => ({ 'if-none-match': '*', 'if-modified-since': 'yesterday', 'x-forwarded-for': "1.1.1.1, ' OR 1", 'x-forwarded-host': 'evil:99999' }),
  ];
  return choices.pick(makers)();
}

function pathValue(name: string, schema: Schema, valid: ValidValues, choices: Choices): unknown {
  if (/Id$/.test(name)) return valid.idFor(name, choices);
  // A valid time is waited for.
  if (name === 'timeout') return 1 + choices.int(100);
  if (/[tT]ype$/.test(name) && !('enum' in schema))
    return choices.pick(['DEVICE', 'ASSET', 'TENANT', 'CUSTOMER', 'USER', 'ENTITY_VIEW', 'DASHBOARD']);
  return valid.of(schema, choices, name);
}

function queryValue(name: string, schema: Schema, valid: ValidValues, choices: Choices): string {
  if (name === 'intervalType') return choices.pick(['MILLISECONDS', 'WEEK', 'WEEK_ISO', 'MONTH', 'QUARTER']);
  if (name === 'agg') return choices.pick(['NONE', 'AVG', 'SUM', 'COUNT', 'MIN']);
  if (name === 'page') return String(choices.int(3));
  if (name === 'pageSize') return String(1 + choices.int(20));
  if (/[iI]ds?$/.test(name)) return valid.idFor(name, choices);
  if (name === 'entityType' || name === 'fromType' || name === 'toType') return choices.pick(['DEVICE', 'ASSET', 'TENANT']);
  return String(valid.of(schema, choices, name));
}

function queryParts(name: string, value: string, choices: Choices): string[] {
  const part = `${name}=${encode(value)}`;
  return choices.chance(0.05) ? [part, part] : [part];
}

function spoiledQuery(name: string, choices: Choices): string {
  const isNumber = /page|Ts$|Time$|interval$|limit|ttl/i.test(name);
  return isNumber && choices.chance(0.7) ? hostileNumber(choices) : hostileText(choices);
}

const encode = (text: string): string => encodeURIComponent(text.toWellFormed());

function spoiledSegment(choices: Choices): string {
  const unencoded = ['%zz', '%', '%00', '%2e%2e%2f', '..%2f..%2f', '%c0%ae', '%ff%fe', '..;/', '.', '..', '', '%2F', ':id', '{id}', '%u0041', '*'];
  return choices.chance(0.5) ? choices.pick(unencoded) : encode(hostileText(choices)).slice(0, 15_000);
}

/** The value with one thing in it replaced, removed or added. */
function spoiledValue(value: unknown, choices: Choices): unknown {
  if (typeof value === 'number' && choices.chance(0.6)) return new Raw(hostileNumber(choices));
  if (value instanceof Raw || typeof value !== 'object' || value === null || choices.chance(0.05)) return hostileValue(choices);
  if (Array.isArray(value)) {
    const members: readonly unknown[] = value;
    if (members.length === 0 || choices.chance(0.2)) return [...members, hostileValue(choices)];
    const place = choices.int(members.length);
    return members.map((member, at) => (at === place ? spoiledValue(member, choices) : member));
  }
  const entries: [string, unknown][] = Object.entries(value);
  if (entries.length === 0 || choices.chance(0.1)) return { ...value, [hostileText(choices)]: hostileValue(choices) };
  const [key, member] = choices.pick(entries);
  if (choices.chance(0.2)) return Object.fromEntries(entries.filter(([other]) => other !== key));
  return Object.fromEntries(entries.map(([other, kept]) => [other, other === key ? spoiledValue(member, choices) : kept]));
}
