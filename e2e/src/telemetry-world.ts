// What the tests of rest-api.md §6 stand on: a real server with its threads and its database, entities that no two tests share, and
// answers as they come over the socket.
import { expect } from 'vitest';
import { type RunningServer, startServer, stopServer, temporaryFolder, TenantClient } from './server-under-test.js';

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

  /** @returns values by key */
  async attributes(scope: Scope): Promise<Record<string, unknown>> {
    const found = await this.get<{ key: string; value: unknown }[]>(`values/attributes/${scope}`);
    return Object.fromEntries(found.map(({ key, value }) => [key, value]));
  }

  async save(...readings: readonly Reading[]): Promise<void> {
    expect(await this.ask('POST', 'timeseries/ANY', readings)).toMatchObject(done);
  }

  async set(scope: Scope, attributes: Record<string, unknown>): Promise<void> {
    expect(await this.ask('POST', scope, attributes)).toMatchObject(done);
  }
}

type Folder = Awaited<ReturnType<typeof temporaryFolder>>;

export class TelemetryWorld {
  readonly server: RunningServer;
  readonly admin: TenantClient;
  readonly system: TenantClient;
  readonly #folder: Folder;
  #made = 0;

  private constructor(server: RunningServer, folder: Folder, admin: TenantClient, system: TenantClient) {
    this.server = server;
    this.#folder = folder;
    this.admin = admin;
    this.system = system;
  }

  static async start(name: string): Promise<TelemetryWorld> {
    const folder = await temporaryFolder(name);
    // Of what is packed the log tells at this level.
    const server = await startServer(folder.path, { env: { FIELDLINE_LOG: 'info' } });
    const [admin, system] = [await TenantClient.signIn(server.ports.http), await TenantClient.signIn(server.ports.http, 'sysadmin@fieldline.local')];
    return new TelemetryWorld(server, folder, admin, system);
  }

  async stop(): Promise<void> {
    await stopServer(this.server);
    await this.#folder.remove();
  }

  /** A name that nothing else has. */
  name(): string {
    return `thing-${(this.#made += 1)}`;
  }

  /** Makes an entity by the request that makes its kind. */
  async make(path: string, body: Record<string, unknown>, by = this.admin): Promise<Target> {
    const { id } = await by.request<{ id: { entityType: string; id: string } }>('POST', `/api/${path}`, body);
    return new Target(this.server.ports.http, by, id);
  }

  /** A device whose access token is its name. */
  device(name = this.name()): Promise<Target> {
    return this.make(`device?accessToken=${name}`, { name });
  }
  /** A device that has told these attributes of itself. */
  async tellingDevice(attributes: Record<string, unknown>): Promise<Target> {
    const name = this.name();
    const device = await this.device(name);
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(attributes) };
    const { status } = await fetch(`http://127.0.0.1:${this.server.ports.http}/api/v1/${name}/attributes`, init);
    expect(status).toBe(200);
    return device;
  }
}
