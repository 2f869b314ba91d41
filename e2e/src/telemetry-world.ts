// What the tests of rest-api.md §6 stand on: a real server with its threads and its database, and entities that no two tests share.
import { expect } from 'vitest';
import { type RunningServer, startServer, stopServer, temporaryFolder, TenantClient } from './server-under-test.js';
import { Target } from './telemetry-target.js';

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
