import { type RunningServer, startServer, stopServer, temporaryFolder } from '@fieldline/e2e';
import { readFileSync } from 'node:fs';
import type { Operation } from './request.js';
import type { Pool, Schema } from './valid.js';

const password = 'bench-password-1';

export const callers = ['system', 'tenant', 'customer'] as const;
export type CallerName = (typeof callers)[number];

/** A server to send requests to, with somebody of each authority and one entity of each kind. */
export class Target {
  readonly server: RunningServer;
  readonly tokens: Record<CallerName, string> = { system: '', tenant: '', customer: '' };
  readonly operations: readonly Operation[];
  readonly schemas: Readonly<Record<string, Schema>>;
  pool: Pool = {};
  /** Email of each caller. */
  readonly #emails: Record<CallerName, string> = { system: 'sysadmin@fieldline.local', tenant: 'tenant@fieldline.local', customer: '' };
  readonly #folder: { remove(): Promise<void> };

  private constructor(server: RunningServer, folder: { remove(): Promise<void> }, document: Document) {
    this.server = server;
    this.#folder = folder;
    this.operations = operationsOf(document);
    this.schemas = document.components.schemas;
  }

  static async open(): Promise<Target> {
    const folder = await temporaryFolder('fuzz');
    const server = await startServer(folder.path);
    const document = (await (await fetch(`http://127.0.0.1:${server.ports.http}/v3/api-docs`)).json()) as Document;
    const target = new Target(server, folder, document);
    for (const caller of ['system', 'tenant'] as const) await target.signIn(caller);
    await target.furnish();
    return target;
  }

  /** Lets a caller in anew: some requests end sessions. @throws an Error where the caller is no longer let in */
  async signIn(caller: CallerName): Promise<void> {
    const answer = await this.call('POST', '/api/auth/login', '', { username: this.#emails[caller], password });
    this.tokens[caller] = answer['token'] as string;
  }

  /** New entities for requests to work on: those before may be gone. @throws an Error where a caller is no longer let in */
  async furnish(): Promise<void> {
    const { tenant, system } = this.tokens;
    const name = (): string => `fuzz ${process.hrtime.bigint()}`;
    const made: Record<string, string[]> = {};
    const make = async (type: string, path: string, body: object, token = tenant): Promise<object> => {
      const { id } = (await this.call('POST', path, token, body)) as { id: { id: string } };
      made[type] = [...(made[type] ?? []), id.id];
      return { entityType: type, id: id.id };
    };
    const customerId = await make('CUSTOMER', '/api/customer', { title: name() });
    const device = await make('DEVICE', '/api/device', { name: name(), customerId });
    const asset = await make('ASSET', '/api/asset', { name: name(), customerId });
    await make('DEVICE', '/api/device', { name: name() });
    await make('DEVICE_PROFILE', '/api/deviceProfile', {
      name: name(),
      type: 'DEFAULT',
      transportType: 'DEFAULT',
      profileData: { configuration: { type: 'DEFAULT' } },
    });
    await make('ASSET_PROFILE', '/api/assetProfile', { name: name() });
    await make('ENTITY_VIEW', '/api/entityView', { name: name(), type: 'x', entityId: device, customerId });
    await make('DASHBOARD', '/api/dashboard', { title: name() });
    await make('RULE_CHAIN', '/api/ruleChain', { name: name() });
    await make('ALARM', '/api/alarm', { type: name(), severity: 'MAJOR', originator: device });
    await make('TENANT', '/api/tenant', { title: name() }, system);
    await make('TENANT_PROFILE', '/api/tenantProfile', { name: name() }, system);
    await this.call('POST', '/api/relation', tenant, { from: asset, to: device, type: 'Contains' });
    await this.call('POST', `/api/plugins/telemetry/DEVICE/${made['DEVICE']?.[0]}/timeseries/ANY`, tenant, { t: 1, s: 'x' });
    await this.#customerUser(customerId, make, name().replace(' ', ''));
    // In the pool are others than the callers, who would soon be gone.
    await make('CUSTOMER', '/api/customer', { title: name() });
    await make('USER', '/api/user?sendActivationMail=false', { email: `${name().replace(' ', '')}@x.local`, authority: 'CUSTOMER_USER', customerId });
    this.pool = { ...made, CUSTOMER: made['CUSTOMER']?.slice(1) ?? [], USER: made['USER']?.slice(1) ?? [] };
  }

  async call(method: string, path: string, token: string, body?: object): Promise<Record<string, unknown>> {
    const response = await fetch(`http://127.0.0.1:${this.server.ports.http}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(token === '' ? {} : { 'x-authorization': `Bearer ${token}` }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(20_000),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? {} : text.startsWith('http') ? { link: text } : JSON.parse(text)) as Record<string, unknown>;
  }

  /** Resident memory of the server, in bytes. */
  residentBytes(): number {
    const status = readFileSync(`/proc/${this.server.process.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1_024;
  }

  async close(): Promise<void> {
    await stopServer(this.server, 'SIGKILL');
    await this.#folder.remove();
  }

  async #customerUser(customerId: object, make: (type: string, path: string, body: object) => Promise<object>, name: string): Promise<void> {
    const email = `${name}@x.local`;
    const user = (await make('USER', '/api/user?sendActivationMail=false', { email, authority: 'CUSTOMER_USER', customerId })) as {
      id: string;
    };
    const { link } = await this.call('GET', `/api/user/${user.id}/activationLink`, this.tokens.tenant);
    const activateToken = new URL(String(link)).searchParams.get('activateToken');
    await this.call('POST', '/api/noauth/activate', '', { activateToken, password });
    this.#emails.customer = email;
    await this.signIn('customer');
  }
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}
interface DocumentOperation {
  readonly parameters?: Operation['parameters'];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

function operationsOf({ paths }: Document): Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      parameters,
      body: Object.values(requestBody?.content ?? {})[0]?.schema,
    })),
  );
}
