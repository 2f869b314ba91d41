import { newAssetProfile, newProfile, newTenantProfile } from '@fieldline/directory';
import type { Alarm, EntityId, EntityKind, EntityOf, EntityType, TenantId, User } from '@fieldline/model';
import { claimAttributes, claimOfferValue, relationKey, rootRuleChain, standardQueues, systemTenantId, ValueKind } from '@fieldline/model';
import type { EntityInsert } from '@fieldline/ports';
import { createHash } from 'node:crypto';
import type { RunningRest } from '../rest.fixture.js';

/** Whose the things are that a maker makes. */
export interface Owner {
  readonly tenantId: TenantId;
  readonly customerId?: string | undefined;
}

/** Entities made straight in the store, each call a new one, so that what one request does to it disturbs no other. */
export class Things {
  readonly owner: Owner;
  /** How far the request depends on the owner: not at all, on its tenant, or on its customer too. */
  uses: 'nothing' | 'tenant' | 'customer' = 'nothing';
  readonly #rest: RunningRest;

  constructor(rest: RunningRest, owner: Owner) {
    this.#rest = rest;
    this.owner = owner;
  }

  device = async (profile?: string): Promise<string> => {
    const deviceProfileId = profile ?? (await this.#defaultOf('deviceProfile'));
    const id = await this.#assigned('device', { ...this.#named(), type: 'default', deviceProfileId });
    await this.#insert('deviceCredentials', { deviceId: id, credentialsType: 'ACCESS_TOKEN', credentialsId: this.#rest.ids.next() });
    return id;
  };
  asset = async (): Promise<string> => {
    const assetProfileId = await this.#defaultOf('assetProfile');
    return this.#assigned('asset', { ...this.#named(), type: 'default', assetProfileId });
  };
  customer = async (): Promise<string> => {
    this.uses = 'customer';
    return this.owner.customerId ?? this.#insert('customer', { ...this.#named(), isPublic: false });
  };
  dashboard = (): Promise<string> => {
    this.uses = 'customer';
    const customerIds = this.owner.customerId === undefined ? [] : [this.owner.customerId];
    return this.#insert('dashboard', { ...this.#named(), isHiddenOnMobile: false, customerIds, configuration: {} });
  };
  entityView = async (): Promise<string> => {
    const keys = { timeseries: ['t'], attributes: { cs: [], ss: [], sh: [] } };
    return this.#assigned('entityView', {
      ...this.#named(),
      type: 'default',
      targetType: 'DEVICE',
      targetId: await this.device(),
      keys,
      startMs: 0,
      endMs: 0,
    });
  };
  /** A user of the customer; an administrator of the tenant where the owner is no customer. */
  user = (): Promise<string> => this.#user(this.owner.customerId === undefined ? 'TENANT_ADMIN' : 'CUSTOMER_USER');
  alarm = async (more: Partial<Pick<Alarm, 'assigneeId' | 'details'>> = {}): Promise<string> => {
    const id = this.#rest.ids.next();
    const { tenantId, customerId } = this.owner;
    const originator = { entityType: 'DEVICE' as const, id: await this.device() };
    const flags = { propagate: false, propagateToOwner: false, propagateToTenant: false, propagateRelationTypes: [] };
    const alarm = {
      id,
      tenantId,
      originator,
      type: 'Heat',
      severity: 'MAJOR',
      createdAtMs: this.nowMs(),
      startMs: 1,
      endMs: 2,
      details: {},
      ...flags,
    } as const;
    await this.#rest.commit((unit) => unit.alarm({ ...alarm, ...(customerId === undefined ? {} : { customerId }), ...more }));
    return id;
  };
  comment = (alarmId: string, userId: string): Promise<string> =>
    this.#insert('alarmComment', { alarmId, userId, type: 'OTHER', comment: { text: 'Seen.' } });
  relation = async (from: EntityId, to: EntityId): Promise<void> => {
    const ends = { fromType: from.entityType, fromId: from.id, toType: to.entityType, toId: to.id };
    await this.#insert('relation', { ...ends, type: 'Contains', typeGroup: 'COMMON', key: relationKey(from, to, 'COMMON', 'Contains') });
  };
  attribute = (entity: EntityId): Promise<void> => {
    const write = {
      tenantId: this.owner.tenantId,
      entity,
      scope: 'SERVER_SCOPE',
      key: 'a',
      lastUpdateMs: this.nowMs(),
      kind: ValueKind.string,
      value: 'x',
    } as const;
    return this.#rest.commit((unit) => {
      unit.attribute(write);
      unit.point(this.owner.tenantId, entity, 't', this.nowMs(), ValueKind.long, 1, 0);
    });
  };
  /** Lets a device wait to be claimed; gives its name. */
  offer = async (deviceId: string, secretKey: string): Promise<string> => {
    const offer = claimOfferValue({ secretKey, untilMs: this.nowMs() + 3_600_000 });
    const of = { tenantId: this.owner.tenantId, entity: ref('DEVICE', deviceId), scope: 'SERVER_SCOPE', key: claimAttributes.offer } as const;
    await this.#rest.commit((unit) => unit.attribute({ ...of, ...offer, lastUpdateMs: this.nowMs() }));
    return (await this.saved('device', deviceId)).name;
  };
  credentialsOf = async (deviceId: string): Promise<string> => {
    const [credentials] = await this.#rest.entities.findAll('deviceCredentials', this.owner.tenantId, { deviceId }, 1);
    return credentials?.id ?? '';
  };
  apiKey = async (userId?: string): Promise<string> => {
    const valueHash = createHash('sha256').update(this.#rest.ids.next()).digest('hex');
    return this.#insert('apiKey', { userId: userId ?? (await this.user()), isEnabled: true, valueHash });
  };
  deviceProfile = (): Promise<string> => this.#ofTenant('deviceProfile', newProfile({ ...this.#made(), isDefault: false }));
  assetProfile = (): Promise<string> => this.#ofTenant('assetProfile', newAssetProfile({ ...this.#made(), isDefault: false }));
  ruleChain = (): Promise<string> => this.#ofTenant('ruleChain', { ...rootRuleChain(this.#made()), ...this.#named(), isRoot: false });
  tenantProfile = async (): Promise<string> => {
    const entity = newTenantProfile({ ...this.#made(), isDefault: false });
    await this.#rest.entities.write([{ change: 'insert', kind: 'tenantProfile', entity: { ...entity, tenantId: systemTenantId } }]);
    return entity.id;
  };
  deadLetter = async (): Promise<string> => {
    const id = this.#rest.ids.next();
    const { tenantId } = this.owner;
    const ruleChainId = await this.ruleChain();
    const originator = ref('DEVICE', await this.device());
    const message = { id, tenantId, type: 'T', originator, tsMs: this.nowMs(), metadata: {}, text: '{}' };
    await this.#rest.commit((unit) => unit.deadLetter({ id, message, ruleChainId, code: 'X', error: 'No.', failedAtMs: this.nowMs() }));
    return id;
  };
  /** The recorded path of a message; gives its id. */
  trace = async (): Promise<string> => {
    const [id, ruleChainId] = [this.#rest.ids.next(), await this.ruleChain()];
    const originator = ref('DEVICE', await this.device());
    const part = { id, tenantId: this.owner.tenantId, traceId: id, originator, messageType: 'T', ruleChainId, startedAtMs: this.nowMs() };
    const state = { reason: 'first', hasFailed: false, isStart: true, isCut: false } as const;
    await this.#rest.commit((unit) => unit.trace({ ...part, ...state, hops: [], messages: [] }));
    return id;
  };
  /** A rule chain of which the engine keeps an account. */
  runningChain = async (): Promise<string> => {
    const ruleChainId = await this.ruleChain();
    const sums = { entered: 0, made: 0, ended: 0, unconnected: 0, failed: 0, returned: 0, called: 0, waiting: 0 };
    this.#rest.accounts.push({ ruleChainId, tenantId: this.owner.tenantId, name: this.name(), version: 1, sinceMs: 1, ...sums, nodes: [] });
    return ruleChainId;
  };
  ruleNode = async (): Promise<string> => (await this.saved('ruleChain', await this.ruleChain())).nodes[0]?.id ?? '';
  queue = (): Promise<string> => {
    this.tenant();
    return this.#insert('queue', { ...standardQueues[1], name: `queue-${this.#rest.ids.next()}` });
  };
  systemQueue = async (): Promise<string> => {
    const head = { id: this.#rest.ids.next(), tenantId: systemTenantId, createdAtMs: this.nowMs(), version: 1 };
    const entity = { ...standardQueues[1], ...head, name: `queue-${head.id}` };
    await this.#rest.entities.write([{ change: 'insert', kind: 'queue', entity }]);
    return entity.id;
  };
  otaPackage = async (isUploaded = true): Promise<string> => {
    const { id, name } = { id: this.#rest.ids.next(), ...this.#named() };
    const version = { name, packageVersion: '1', titleAndVersion: `${name}\n1`, type: 'FIRMWARE' } as const;
    const deviceProfileId = await this.deviceProfile();
    const file = { fileName: 'f.bin', contentType: 'application/octet-stream', checksumAlgorithm: 'SHA256', checksum: '00', dataSize: 3 } as const;
    if (isUploaded)
      await this.#rest.blobs.put(
        this.owner.tenantId,
        id,
        (async function* () {
          yield new Uint8Array(3);
        })(),
      );
    await this.#insert('otaPackage', { id, ...version, deviceProfileId, hasData: isUploaded, ...(isUploaded ? file : {}) });
    return id;
  };
  tenant = (): string => {
    this.uses = this.uses === 'customer' ? 'customer' : 'tenant';
    return this.owner.tenantId;
  };
  userOf = async (email: string): Promise<User | undefined> => this.#rest.entities.userByEmail(email);
  async saved<K extends EntityKind>(kind: K, id: string): Promise<EntityOf<K>> {
    const entity = await this.#rest.entities.find(kind, this.owner.tenantId, id);
    if (entity === undefined) throw new Error('What was just made is there.');
    return entity;
  }
  async savedAlarm(id: string): Promise<Alarm> {
    const alarm = await this.#rest.data.alarm(this.owner.tenantId, id);
    if (alarm === undefined) throw new Error('What was just made is there.');
    return alarm;
  }
  name = (): string => this.#named().name;

  nowMs(): number {
    return this.#rest.clock.nowMs();
  }

  #named(): { name: string } {
    return { name: `Thing ${this.#rest.ids.next()}` };
  }

  #made() {
    return { ids: this.#rest.ids, nowMs: this.nowMs(), tenantId: this.owner.tenantId, ...this.#named() };
  }

  async #user(authority: 'TENANT_ADMIN' | 'CUSTOMER_USER'): Promise<string> {
    const id = this.#rest.ids.next();
    const activation = { activateToken: `activate-${id}`, activateTokenUntilMs: this.nowMs() + 60_000 };
    await this.#assigned('user', { email: `u${id}@fieldline.local`, authority }, id);
    await this.#insert('userCredentials', { userId: id, isEnabled: true, passwordChangedAtMs: 0, failedAttempts: 0, ...activation });
    return id;
  }

  async #defaultOf(kind: 'deviceProfile' | 'assetProfile'): Promise<string> {
    const [profile] = await this.#rest.entities.findAll(kind, this.owner.tenantId, { isDefault: true }, 1);
    if (profile === undefined) throw new Error('A tenant has a default profile.');
    return profile.id;
  }

  #assigned<K extends EntityKind>(kind: K, parts: Partial<EntityOf<K>>, id = this.#rest.ids.next()): Promise<string> {
    this.uses = 'customer';
    const { customerId } = this.owner;
    return this.#insert(kind, { id, ...parts, ...(customerId === undefined ? {} : { customerId }) });
  }

  #ofTenant<K extends EntityKind>(kind: K, entity: EntityOf<K>): Promise<string> {
    this.tenant();
    return this.#insert(kind, entity);
  }

  async #insert<K extends EntityKind>(kind: K, parts: Partial<EntityOf<K>>): Promise<string> {
    const entity = { id: this.#rest.ids.next(), tenantId: this.owner.tenantId, createdAtMs: this.nowMs(), version: 1, ...parts };
    await this.#rest.entities.write([{ change: 'insert', kind, entity } as unknown as EntityInsert]);
    return entity.id;
  }
}

/** Reference to an entity of a type, as bodies have it. */
export const ref = (entityType: EntityType, id: string): EntityId => ({ entityType, id });
