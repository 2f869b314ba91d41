// What the tests of websocket-api.md §15 stand on: a real server with its threads and its database, devices that publish over HTTP, and
// clients that come in by each way there is.
import { LiveClient, type Credential, type LiveFrame } from './live-client.js';
import { type RunningServer, startServer, stopServer, temporaryFolder, TenantClient } from './server-under-test.js';

/** How a client comes in; each row is tested in every way that its command has. */
export const ways = [
  { name: 'with a token', way: 'token' },
  { name: 'row 13: everything above also works when authenticated with an API key', way: 'API key' },
  { name: 'on the older address, in its envelope', way: 'older' },
] as const;
export type Way = (typeof ways)[number]['way'];

/** Command of the reading that marks an end. */
const MARK = 900_000;

type Folder = Awaited<ReturnType<typeof temporaryFolder>>;

/** A device of a world. Its name begins no other's. */
export class LiveDevice {
  readonly entity: { readonly entityType: 'DEVICE'; readonly id: string };
  /** As commands of version 1 name it. */
  readonly target: { readonly entityType: 'DEVICE'; readonly entityId: string };
  readonly name: string;
  readonly #base: string;
  #marks = 0;

  constructor(base: string, { id, token }: { readonly id: string; readonly token: string }) {
    this.#base = base;
    this.name = token;
    this.entity = { entityType: 'DEVICE', id };
    this.target = { entityType: 'DEVICE', entityId: id };
  }

  /** Publishes readings in one message, which is on the disk when this resolves. */
  async publish(...readings: readonly (readonly [ts: number, values: Record<string, unknown>])[]): Promise<void> {
    await this.#post('telemetry', JSON.stringify(readings.map(([ts, values]) => ({ ts, values }))));
  }

  async tell(attributes: Record<string, unknown>): Promise<void> {
    await this.#post('attributes', JSON.stringify(attributes));
  }

  /** What a client is told of what was stored so far: a reading of a key that nobody else watches comes after it. */
  async toldSoFar(client: LiveClient): Promise<LiveFrame[]> {
    const mark = { type: 'TIMESERIES', cmdId: MARK, ...this.target, keys: 'mark' };
    const marks = (): readonly LiveFrame[] => client.frames.filter(({ subscriptionId }) => subscriptionId === MARK);
    client.send(mark);
    await client.until(() => marks().length === 1);
    await this.publish([1_700_000_000_000 + ++this.#marks, { mark: this.#marks }]);
    await client.until(() => marks().length === 2);
    client.send({ ...mark, unsubscribe: true });
    return client.frames.splice(0).filter(({ subscriptionId }) => subscriptionId !== MARK);
  }

  async #post(what: string, body: string): Promise<void> {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
    const response = await fetch(`${this.#base}/api/v1/${this.name}/${what}`, init);
    if (!response.ok) throw new Error(`${what}: ${response.status} ${await response.text()}`);
  }
}

export class LiveWorld {
  readonly server: RunningServer;
  readonly admin: TenantClient;
  readonly system: TenantClient;
  readonly #folder: Folder;
  readonly #keys = new Map<TenantClient, string>();
  #devices = 0;

  private constructor(server: RunningServer, folder: Folder, admin: TenantClient, system: TenantClient) {
    this.server = server;
    this.#folder = folder;
    this.admin = admin;
    this.system = system;
  }

  static async start(name: string): Promise<LiveWorld> {
    const folder = await temporaryFolder(name);
    const server = await startServer(folder.path);
    const [admin, system] = [await TenantClient.signIn(server.ports.http), await TenantClient.signIn(server.ports.http, 'sysadmin@fieldline.local')];
    return new LiveWorld(server, folder, admin, system);
  }

  /** The data folder, which goes with the world. */
  get folder(): string {
    return this.#folder.path;
  }

  async stop(): Promise<void> {
    await stopServer(this.server);
    await this.#folder.remove();
  }

  async addDevice(): Promise<LiveDevice> {
    const [created] = await this.admin.createDevices(`live-${++this.#devices}.`, 1);
    if (created === undefined) throw new Error('no device was made');
    return new LiveDevice(`http://127.0.0.1:${this.server.ports.http}`, created);
  }

  async open(way: Way, caller = this.admin): Promise<LiveClient> {
    return LiveClient.open(this.server.ports.http, await this.#credential(way, caller));
  }

  async #credential(way: Way, caller: TenantClient): Promise<Credential> {
    if (way !== 'API key') return way === 'token' ? { token: caller.token } : { olderToken: caller.token };
    const apiKey = this.#keys.get(caller) ?? (await makeKey(caller));
    this.#keys.set(caller, apiKey);
    return { apiKey };
  }
}

async function makeKey(caller: TenantClient): Promise<string> {
  const { id } = await caller.request<{ id: object }>('GET', '/api/auth/user');
  const draft = { description: 'a dashboard', enabled: true, userId: id, expirationTime: 0 };
  return (await caller.request<{ value: string }>('POST', '/api/apiKey', draft)).value;
}
