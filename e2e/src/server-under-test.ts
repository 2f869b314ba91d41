// Starts the built server as its own process on free ports and a temporary data folder, for benchmarks and
// crash tests, and talks to it as a client would.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The server runs here as people run it: what it is started with decides how much memory it needs. */
export const { serverEnvironment, serverFlags } = (await import(new URL('../../apps/cli/bin/server-process.mjs', import.meta.url).href)) as {
  readonly serverEnvironment: (given: NodeJS.ProcessEnv) => NodeJS.ProcessEnv;
  readonly serverFlags: readonly string[];
};

/** Who signs in to a server started here. */
export const tenant = { email: 'tenant@fieldline.local', password: 'bench-password-1' };

export interface RunningServer {
  readonly process: ChildProcess;
  readonly ports: { readonly http: number; readonly mqtt: number; readonly coap: number; readonly broker: number };
  readonly readyMs: number;
  /** Standard error so far: the log. */
  log(): string;
}

export async function temporaryFolder(name: string): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), `fieldline-${name}-`));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Starts the server and waits for its ready line. `wrap` puts a command before it, such as strace. */
export async function startServer(
  dataDir: string,
  options: { env?: Record<string, string>; wrap?: readonly string[]; args?: readonly string[]; timeoutMs?: number } = {},
): Promise<RunningServer> {
  const command = [...(options.wrap ?? []), process.execPath, ...serverFlags, join(root, 'apps/server/dist/main.js'), ...(options.args ?? [])];
  const startedAt = performance.now();
  const child = spawn(command[0] as string, command.slice(1), {
    cwd: dataDir,
    env: {
      ...serverEnvironment(process.env),
      FIELDLINE_DATA_DIR: dataDir,
      FIELDLINE_HOST: '127.0.0.1',
      FIELDLINE_HTTP_PORT: '0',
      FIELDLINE_MQTT_PORT: '0',
      FIELDLINE_COAP_PORT: '0',
      FIELDLINE_TENANT_PASSWORD: tenant.password,
      FIELDLINE_SYSADMIN_PASSWORD: tenant.password,
      FIELDLINE_LOG: 'warn',
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  child.stderr?.on('data', (chunk: Buffer) => (log = (log + chunk.toString()).slice(-100_000)));
  const ports = await readyLine(child, options.timeoutMs ?? 30_000, () => log);
  return { process: child, ports, readyMs: performance.now() - startedAt, log: () => log };
}

function readyLine(child: ChildProcess, timeoutMs: number, log: () => string): Promise<RunningServer['ports']> {
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`the server was not ready after ${timeoutMs} ms: ${output}${log()}`));
    }, timeoutMs);
    // Not `exit`: the last words of the server may still be in the pipe then.
    child.once('close', (code, signal) => reject(new Error(`the server ended with ${code ?? signal} before it was ready: ${output}${log()}`)));
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const ready = /^ready http=(\S+) mqtt=(\S+) coap=(\S+)(?: broker=(\S+))?$/m.exec(output);
      if (ready === null) return;
      clearTimeout(timer);
      resolve({ http: Number(ready[1]), mqtt: Number(ready[2]), coap: Number(ready[3]), broker: Number(ready[4]) });
    });
  });
}

/** Ends a server and waits for it. */
export async function stopServer(server: RunningServer, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (server.process.exitCode !== null || server.process.signalCode !== null) return;
  const ended = new Promise((resolve) => server.process.once('exit', resolve));
  server.process.kill(signal);
  await ended;
}

/** Somebody signed in: the tenant administrator, or whoever is named. */
export class TenantClient {
  readonly #base: string;
  /** The access token, for what is not REST. */
  readonly token: string;

  private constructor(base: string, token: string) {
    this.#base = base;
    this.token = token;
  }

  static async signIn(httpPort: number, email = tenant.email): Promise<TenantClient> {
    const base = `http://127.0.0.1:${httpPort}`;
    const response = await fetch(`${base}/api/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: email, password: tenant.password }),
    });
    if (!response.ok) throw new Error(`sign-in failed: ${response.status} ${await response.text()}`);
    return new TenantClient(base, ((await response.json()) as { token: string }).token);
  }

  async request<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.#base}${path}`, {
      method,
      headers: { 'content-type': 'application/json', 'x-authorization': `Bearer ${this.token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    const answer = await response.text();
    return (answer === '' ? undefined : JSON.parse(answer)) as T;
  }

  /** Creates devices named `<prefix>-<n>` whose access token is their name; 50 requests at a time. */
  async createDevices(prefix: string, count: number): Promise<{ id: string; token: string }[]> {
    const devices: { id: string; token: string }[] = [];
    const one = async (n: number): Promise<void> => {
      const token = `${prefix}-${n}`;
      const device = await this.request<{ id: { id: string } }>('POST', `/api/device?accessToken=${token}`, { name: token, type: 'default' });
      devices[n] = { id: device.id.id, token };
    };
    for (let from = 0; from < count; from += 50) {
      await Promise.all(Array.from({ length: Math.min(50, count - from) }, (_, i) => one(from + i)));
    }
    return devices;
  }

  /** How many points of a key lie in a span, by the COUNT aggregation. */
  async count(deviceId: string, key: string, startMs: number, endMs: number): Promise<number> {
    const query = `keys=${key}&startTs=${startMs}&endTs=${endMs}&interval=${endMs - startMs}&agg=COUNT&limit=1`;
    const answer = await this.request<Record<string, { value: string }[]>>(
      'GET',
      `/api/plugins/telemetry/DEVICE/${deviceId}/values/timeseries?${query}`,
    );
    return (answer[key] ?? []).reduce((sum, bucket) => sum + Number(bucket.value), 0);
  }
}
