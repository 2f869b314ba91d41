import type { EntityKind, EntityType, TenantId } from '@fieldline/model';
import { entitySchemas, systemTenantId } from '@fieldline/model';
import type { PasswordHasher } from '@fieldline/ports';
import { type RunningRest, startRest } from '../rest.fixture.js';
import { type Owner, ref, Things } from './things.fixture.js';

/** Who calls: the columns of the matrix, in their order. */
export const callers = ['system', 'tenant', 'customer', 'other customer', 'public', 'other tenant', 'expired', 'none'] as const;
export type CallerName = (typeof callers)[number];
/** Whose an object is: of the customer, of the public customer, of the tenant but of no customer, or of the other tenant. */
export const owners = ['customer', 'public', 'tenant', 'other tenant'] as const;
export type OwnerName = (typeof owners)[number];

// Sign-in is not what the matrix is about: a hash that costs nothing.
const hasher: PasswordHasher = { hash: (text) => Promise.resolve(text), verify: (text, phc) => Promise.resolve(text === phc) };
const HOUR_MS = 3_600_000;

/** Two tenants with customers and one object of every kind for each of them, and everybody who may call. */
export async function openWorld() {
  const rest = await startRest({ hasher });
  const ofOne: Owner = { tenantId: rest.one.tenantId };
  const ofTwo: Owner = { tenantId: rest.two.tenantId };
  const addCustomer = async (owner: Owner, isPublic = false): Promise<Owner> => {
    const head = { id: rest.ids.next(), tenantId: owner.tenantId, createdAtMs: rest.clock.nowMs(), version: 1 };
    await rest.entities.write([
      { change: 'insert', kind: 'customer', entity: { ...head, name: isPublic ? 'Public' : `Customer ${head.id}`, isPublic } },
    ]);
    return { ...owner, customerId: head.id };
  };
  const ofCustomer = await addCustomer(ofOne);
  const ofOther = await addCustomer(ofOne);
  const ofPublic = await addCustomer(ofOne, true);
  const signUp = async (email: string, owner: Owner): Promise<string> => {
    const head = { id: rest.ids.next(), tenantId: owner.tenantId, createdAtMs: rest.clock.nowMs(), version: 1 };
    await rest.addUserWithPassword({
      ...head,
      email,
      authority: 'CUSTOMER_USER',
      ...(owner.customerId === undefined ? {} : { customerId: owner.customerId }),
    });
    return email;
  };
  const emails: Partial<Record<CallerName, string>> = {
    system: 'system@fieldline.local',
    tenant: 'one@fieldline.local',
    customer: await signUp('c1@fieldline.local', ofCustomer),
    'other customer': await signUp('c2@fieldline.local', ofOther),
    'other tenant': 'two@fieldline.local',
  };
  // Passwords were set within this second, and tokens of the same second are void.
  rest.passTime(2_000);
  const expired = await rest.signIn('one@fieldline.local');
  rest.passTime(24 * HOUR_MS);
  const tokens: Record<CallerName, string | undefined> = { ...noTokens, expired };
  for (const [name, email] of Object.entries(emails)) tokens[name as CallerName] = await rest.signIn(email);
  tokens.public = (await rest.call('POST', '/api/auth/login/public', { body: { publicId: ofPublic.customerId } })).body.token as string;
  for (const owner of [ofOne, ofTwo, ofCustomer, ofOther, ofPublic, await addCustomer(ofTwo)]) await furnish(new Things(rest, owner));
  const ownOf: Record<CallerName, Owner> = {
    ...{ system: ofOne, tenant: ofOne, customer: ofCustomer, 'other customer': ofOther },
    ...{ public: ofPublic, 'other tenant': ofTwo, expired: ofOne, none: ofOne },
  };
  const objectOf: Record<OwnerName, Owner> = { customer: ofCustomer, public: ofPublic, tenant: ofOne, 'other tenant': ofTwo };
  return { rest, tokens, emails, ownOf, objectOf, close: () => rest.close() };
}
export type World = Awaited<ReturnType<typeof openWorld>>;

const noTokens = Object.fromEntries(callers.map((name) => [name, undefined])) as Record<CallerName, undefined>;

/** One object of every kind, with attributes of those that have some. */
async function furnish(things: Things): Promise<void> {
  const [device, asset, user] = [await things.device(), await things.asset(), await things.user()];
  await things.relation(ref('ASSET', asset), ref('DEVICE', device));
  await things.comment(await things.alarm(), user);
  await things.apiKey(user);
  for (const make of [things.entityView, things.dashboard, things.deviceProfile, things.assetProfile, things.ruleChain, things.otaPackage])
    await make();
  await things.attribute(ref('DEVICE', device));
  await things.attribute(ref('ASSET', asset));
}

/** Kinds that a request may write whoever makes it: what was tried is recorded. */
const recordKinds: readonly EntityKind[] = ['auditLog', 'event'];
const typed: Readonly<Partial<Record<EntityKind, EntityType>>> = {
  ...{ device: 'DEVICE', asset: 'ASSET', entityView: 'ENTITY_VIEW', customer: 'CUSTOMER', dashboard: 'DASHBOARD' },
  ...{ user: 'USER', tenant: 'TENANT', deviceProfile: 'DEVICE_PROFILE', assetProfile: 'ASSET_PROFILE', ruleChain: 'RULE_CHAIN' },
};

/** An entity of the dump, with its attributes. */
export interface Dumped {
  readonly kind: EntityKind | 'alarm';
  readonly tenantId: string;
  readonly entity: {
    readonly id: string;
    readonly customerId?: string;
    readonly customerIds?: readonly string[];
    readonly authority?: string;
    readonly alarmId?: string;
    readonly deviceId?: string;
  };
  readonly attributes: readonly object[];
}

/** Everything the stores hold but records, by id. */
export async function dump({ entities, data }: RunningRest): Promise<Map<string, Dumped>> {
  const dumped = new Map<string, Dumped>();
  const add = async (tenantId: TenantId, kind: EntityKind): Promise<void> => {
    for (const entity of await entities.findAll(kind, tenantId, {}, 1_000_000)) {
      const entityType = typed[kind];
      const scopes = entityType === undefined ? [] : (['CLIENT_SCOPE', 'SERVER_SCOPE', 'SHARED_SCOPE'] as const);
      const lists = await Promise.all(scopes.map((scope) => data.attributes(tenantId, ref(entityType as EntityType, entity.id), scope)));
      dumped.set(entity.id, { kind, tenantId, entity: entity as Dumped['entity'], attributes: lists.flat() });
    }
  };
  for (const tenantId of [systemTenantId, ...(await entities.tenantIds())]) {
    for (const kind of Object.keys(entitySchemas) as EntityKind[]) if (!recordKinds.includes(kind)) await add(tenantId, kind);
    const { data: alarms } = await data.alarms(tenantId, { page: 0, pageSize: 1_000_000 });
    for (const alarm of alarms) dumped.set(alarm.id, { kind: 'alarm', tenantId, entity: alarm as Dumped['entity'], attributes: [] });
  }
  return dumped;
}
