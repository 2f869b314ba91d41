// An entity that tests of rest-api.md §6 write and read over HTTP, and the answers as they come over the socket.
import { expect } from 'vitest';
import type { TenantClient } from './server-under-test.js';

/** Time of the first point, where a test has no reason to choose another. */
export const start = 1_700_000_000_000;
export const done = { status: 200, text: '' };
export const readOnly = "Telemetry data can't be stored for entity view. Read only";

export interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
}
export type Scope = 'CLIENT_SCOPE' | 'SERVER_SCOPE' | 'SHARED_SCOPE';
export type Series = Record<string, readonly { readonly ts: number; readonly value: unknown }[]>;
export interface Reading {
  readonly ts: number;
  readonly values: Record<string, unknown>;
}

/** Server attributes that tell of a device that came in, some time after that. */
const activity = ['active', 'lastActivityTime', 'lastConnectTime', 'lastDisconnectTime'];

/** A refusal, which the telemetry API writes as plain text. @param text the whole of it, or what is in it */
export const refused = (text: string | RegExp, status = 400) => ({
  status,
  type: 'text/plain; charset=utf-8',
  text: typeof text === 'string' ? text : (expect.stringMatching(text) as unknown),
});

/** An entity, as one caller meets it. */
export class Target {
  readonly entityType: string;
  readonly id: string;
  readonly #port: number;
  readonly #token: string;

  constructor(httpPort: number, caller: Pick<TenantClient, 'token'>, { entityType, id }: { readonly entityType: string; readonly id: string }) {
    this.#port = httpPort;
    this.#token = caller.token;
    this.entityType = entityType;
    this.id = id;
  }

  /** The reference to it that other entities have. */
  get reference(): { readonly entityType: string; readonly id: string } {
    return { entityType: this.entityType, id: this.id };
  }

  /** The same entity, as somebody else meets it. */
  seenBy(caller: Pick<TenantClient, 'token'>): Target {
    return new Target(this.#port, caller, this);
  }

  /** @param path as rest-api.md §6.1 writes it, with the names of its parameters. @param body text is sent as it is */
  async call(method: string, path: string, body?: unknown): Promise<Answer> {
    const { entityType, id } = this;
    const filled = path.replace('{entityType}', entityType).replace('{entityId}', id).replace('{deviceId}', id);
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const text = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
    const init = { method, headers: { 'x-authorization': `Bearer ${this.#token}`, ...json }, ...text };
    const response = await fetch(`http://127.0.0.1:${this.#port}/api/plugins/telemetry${filled}`, init);
    return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
  }

  /** @param path below the entity */
  ask(method: string, path: string, body?: unknown): Promise<Answer> {
    return this.call(method, `/{entityType}/{entityId}/${path}`, body);
  }

  /** What is read below the entity, as JSON. */
  async get<T>(path: string): Promise<T> {
    const { status, type, text } = await this.ask('GET', path);
    expect([path, status, type, status === 200 ? '' : text]).toEqual([path, 200, 'application/json; charset=utf-8', '']);
    return JSON.parse(text) as T;
  }

  series(query: string): Promise<Series> {
    return this.get(`values/timeseries?${query}`);
  }

  /** @returns values by key, but for what the server notes of a device that came in */
  async attributes(scope: Scope): Promise<Record<string, unknown>> {
    const found = await this.get<{ key: string; value: unknown }[]>(`values/attributes/${scope}`);
    return Object.fromEntries(found.filter(({ key }) => !activity.includes(key)).map(({ key, value }) => [key, value]));
  }

  /** The keys of the attributes of all scopes, sorted, without the same ones. */
  async attributeKeys(): Promise<readonly string[]> {
    return (await this.get<string[]>('keys/attributes')).filter((key) => !activity.includes(key)).sort();
  }

  async save(...readings: readonly Reading[]): Promise<void> {
    expect(await this.ask('POST', 'timeseries/ANY', readings)).toMatchObject(done);
  }

  async set(scope: Scope, attributes: Record<string, unknown>): Promise<void> {
    expect(await this.ask('POST', scope, attributes)).toMatchObject(done);
  }
}
