import { newTenant } from '@fieldline/directory';
import { createFirstUsers, setPassword } from '@fieldline/identity';
import type { Clock, Log, RandomBytes } from '@fieldline/kernel';
import { epochMs, silentLog, uuidV7Source } from '@fieldline/kernel';
import type { ActionMessage, Authority, EntityId, TenantId, User } from '@fieldline/model';
import { defineRuleNode, route, z } from '@fieldline/plugin-sdk';
import type { PluginStatus } from '@fieldline/plugin-process';
import type { AnyRuleNodeDefinition } from '@fieldline/plugin-sdk';
import type {
  ChainLedger,
  CommitUnit,
  ControlEvent,
  DeadLetterCommands,
  EntityQueries,
  LearnedProfile,
  LedgerReader,
  PasswordHasher,
  TimeSeriesReader,
} from '@fieldline/ports';
import { quickJsScriptEngine } from '@fieldline/scripting';
import { memoryBlobStore, memoryDataStore, memoryEntityQueries, memoryEntityStore } from '@fieldline/storage-memory';
import { createHash, getRandomValues } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { dataCommands } from '../engine-host/data-commands.js';
import { ProfileTtlTable } from '../engine-host/profile-ttls.js';
import { inProcessEvents } from '../in-process-events.js';
import { hs512Signer } from '../security/jwt-signer.js';
import { systemClock } from '../system-clock.js';
import { createRestApp } from './rest-app.js';
import { testScript, type ScriptTester } from '../script-host/test-script.js';
import { WaitingCalls } from './waiting-calls.js';

const password = 'password for tests';

/** Each real hash takes 30 ms of both cores; `auth.test.ts` signs in with those. */
const plainHasher: PasswordHasher = { hash: async (text) => `plain ${text}`, verify: async (text, phc) => phc === `plain ${text}` };

const scriptFilter = defineRuleNode({
  type: 'filter.script',
  version: 2,
  category: 'filter',
  title: 'script',
  summary: 'Filters by a script.',
  thingsboard: { className: 'org.thingsboard.rule.engine.filter.TbJsFilterNode', configurationVersion: 0 },
  relationTypes: ['True', 'False'],
  config: z.looseObject({ jsScript: z.string().describe('The script.') }),
  defaults: { jsScript: 'return true;' },
  onMessage: (message) => route('True', message),
}) as AnyRuleNodeDefinition;

/** Scripts run as in the script thread; the engine opens with the first of them. */
function scriptsInProcess(clock: Clock): ScriptTester {
  let engine: ReturnType<typeof quickJsScriptEngine> | undefined;
  return { test: async (source, input) => testScript(await (engine ??= quickJsScriptEngine({ clock, random: Math.random })), source, input) };
}

/** A running API over memory stores: two tenants with an administrator each, a system administrator and a customer user. */
export async function startRest(
  options: {
    webRoot?: string;
    userTokenAccessEnabled?: boolean;
    areOrFiltersAllowed?: boolean;
    definitions?: readonly AnyRuleNodeDefinition[];
    plugins?: readonly PluginStatus[];
    hasher?: PasswordHasher;
    /** Stands between the API and the time series of the store. */
    series?: (stored: TimeSeriesReader) => TimeSeriesReader;
    /** Stands between the API and the queries over the stores. */
    queries?: (stored: EntityQueries) => EntityQueries;
    log?: Log;
  } = {},
) {
  let aheadMs = 0;
  const clock: Clock = { nowMs: () => epochMs(Date.now() + aheadMs), monotonicMs: () => performance.now() + aheadMs, after: () => () => undefined };
  const random: RandomBytes = (into) => void getRandomValues(into);
  const ids = uuidV7Source(clock.nowMs, random);
  const entities = memoryEntityStore();
  const data = memoryDataStore({ entities, clock });
  const events = inProcessEvents(silentLog);
  const published: ControlEvent[] = [];
  events.subscribe((event) => published.push(event));
  const hasher = options.hasher ?? plainHasher;
  /** Messages that went to rule chains, and mail that was sent. */
  const told: ActionMessage[] = [];
  /** What the rule chain of the tests says to calls of the API; undefined says nothing. */
  const chain: { reply: ((message: ActionMessage) => string) | undefined } = { reply: () => '{}' };
  const ruleCalls = new WaitingCalls({ clock: { ...clock, after: systemClock.after }, ids, serviceId: 'server-1' });
  const messages = {
    send: async (sent: readonly ActionMessage[]) => {
      told.push(...sent);
      for (const { tenantId, type, metadata, ...message } of sent) {
        if (type !== 'REST_API_REQUEST' || chain.reply === undefined) continue;
        const { serviceId = '', requestUUID: requestId = '' } = metadata;
        ruleCalls.replied({ tenantId, serviceId, requestId, text: chain.reply({ ...message, tenantId, type, metadata }) });
      }
    },
  };
  const mails: { to: string; subject: string; text: string }[] = [];
  /** Messages of dead letters that were replayed: no engine runs here. */
  const replayed: { readonly id: string; readonly from: string }[] = [];
  const letterCommands: DeadLetterCommands = {
    async replay(tenantId, asked, from) {
      const { data: letters } = await data.deadLetters(tenantId, { page: 0, pageSize: 1_000, ids: asked });
      const found = letters.map(({ id }) => id);
      replayed.push(...found.map((id) => ({ id, from })));
      await letterCommands.remove(tenantId, found);
      return found;
    },
    async remove(tenantId, asked) {
      const unit = data.begin();
      unit.removeDeadLetters(tenantId, asked);
      await data.commit(unit);
    },
  };
  /** What an engine would have learned, by profile. */
  const learned = new Map<string, LearnedProfile>();
  /** Accounts of rule chains, as an engine would give them. */
  const accounts: ChainLedger[] = [];
  const ledgers: LedgerReader = {
    ledger: async (tenantId, id) => accounts.find((one) => one.tenantId === tenantId && one.ruleChainId === id),
    ledgers: async (tenantId) => accounts.filter((one) => one.tenantId === tenantId),
  };
  const queries = memoryEntityQueries({ entities, data });
  const deps = {
    entities,
    series: options.series?.(data) ?? data,
    attributes: data,
    alarms: data,
    many: data,
    letters: data,
    letterCommands,
    traces: data,
    ledgers,
    plugins: { statuses: () => Promise.resolve(options.plugins ?? []) },
    learned: { learned: async (_tenantId: TenantId, id: string) => learned.get(id) },
    recorder: { leftOut: () => ({ traces: 1, failures: 2, debugEvents: 3 }) },
    commands: dataCommands({ store: data, entities, messages, ttls: new ProfileTtlTable({ entities }), clock, ids, log: silentLog }),
    messages,
    ruleCalls,
    queries: options.queries?.(queries) ?? queries,
    scripts: scriptsInProcess(clock),
    blobs: memoryBlobStore(),
    mail: { send: async (mail: { to: string; subject: string; text: string }) => void mails.push(mail) },
    events,
    hasher,
    clock,
    ids,
    random,
    log: options.log ?? silentLog,
    signer: hs512Signer(getRandomValues(new Uint8Array(64))),
    sha3: (text: string) => createHash('sha3-256').update(text).digest('hex'),
    sha256: (text: string) => createHash('sha256').update(text).digest('hex'),
    userTokenAccessEnabled: options.userTokenAccessEnabled ?? true,
    areOrFiltersAllowed: options.areOrFiltersAllowed ?? true,
    definitions: options.definitions ?? [scriptFilter],
    version: '0.0.0',
    health: () => ({ status: 'UP' as const, version: '0.0.0', durability: data.durability, problems: [] }),
    endpoints: () => ({ http: 8080, mqtt: 1883, coap: null, broker: null, kaa: true }),
    webRoot: options.webRoot,
    checksAnswers: true,
  };
  const one = newTenant({ name: 'One', ids, nowMs: clock.nowMs() });
  const two = newTenant({ name: 'Two', ids, nowMs: clock.nowMs() });
  const settings = {
    sysadminEmail: 'system@fieldline.local',
    sysadminPassword: password,
    tenantEmail: 'one@fieldline.local',
    tenantPassword: password,
  };
  await createFirstUsers(deps, settings, () => one);
  await entities.write(two.changes);
  const addUserWithPassword = async (user: User): Promise<void> => {
    await entities.write([{ change: 'insert', kind: 'user', entity: user }]);
    await setPassword(deps, user, password);
  };
  const addUser = (tenantId: TenantId, authority: Authority, email: string, customerId?: string): Promise<void> => {
    const head = { id: ids.next(), tenantId, createdAtMs: clock.nowMs(), version: 1 };
    return addUserWithPassword({ ...head, email, authority, ...(customerId === undefined ? {} : { customerId }) });
  };
  await addUser(two.tenantId, 'TENANT_ADMIN', 'two@fieldline.local');
  await addUser(one.tenantId, 'CUSTOMER_USER', 'customer@fieldline.local', '00000000-0000-7000-8000-00000000c0c0');
  const app = await createRestApp(deps);
  await app.listen(0, '127.0.0.1');
  const base = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;

  const call = async (method: string, path: string, init: { token?: string | undefined; body?: unknown; headers?: Record<string, string> } = {}) => {
    const response = await fetch(base + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(init.token === undefined ? {} : { 'x-authorization': `Bearer ${init.token}` }),
        ...(init.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...init.headers,
      },
      ...(init.body === undefined ? {} : { body: typeof init.body === 'string' ? init.body : JSON.stringify(init.body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
    return { status: response.status, body: isJson ? JSON.parse(text) : text, text, headers: response.headers };
  };
  const signIn = async (email: string): Promise<string> => {
    const { body } = await call('POST', '/api/auth/login', { body: { username: email, password } });
    return body.token as string;
  };
  const [admin, stranger, system, customer] = await Promise.all(
    ['one', 'two', 'system', 'customer'].map((name) => signIn(`${name}@fieldline.local`)),
  );
  return {
    base,
    call,
    signIn,
    addUserWithPassword,
    password,
    published,
    told,
    replayed,
    accounts,
    learned,
    chain,
    ruleCalls,
    mails,
    entities,
    data,
    blobs: deps.blobs,
    ids,
    one,
    two,
    app,
    clock,
    admin: admin ?? '',
    stranger: stranger ?? '',
    system: system ?? '',
    customer: customer ?? '',
    passTime: (ms: number) => (aheadMs += ms),
    /** Puts data into the store as a batch of the engine would. */
    async commit(fill: (unit: CommitUnit, tenantId: TenantId) => void): Promise<void> {
      const unit = data.begin();
      fill(unit, one.tenantId);
      await data.commit(unit);
    },
    close: () => app.close(),
  };
}

export type RunningRest = Awaited<ReturnType<typeof startRest>>;
export const deviceEntity = (id: string): EntityId => ({ entityType: 'DEVICE', id });
