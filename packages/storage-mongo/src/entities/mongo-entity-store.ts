import { assert, type Clock, type Log } from '@fieldline/kernel';
import {
  entityRules,
  pageOf,
  type Device,
  type DeviceCredentials,
  type EntityInfo,
  type EntityKind,
  type EntityOf,
  type HeavyField,
  type Page,
  type PageQuery,
  type TenantId,
  type UniqueRule,
  type User,
} from '@fieldline/model';
import { storageErrors, type EntityChange, type EntityFilter, type EntityStore, type SystemUniqueFields } from '@fieldline/ports';
import { randomUUID } from 'node:crypto';
import { WRITE_LEASE_MS } from '../limits.js';
import { inCalls, type MongoFilter } from '../mongo-collection.js';
import type { MongoDatabase } from '../mongo-database.js';
import { openEntityCollections, uniqueFieldOf, type EntityCollections } from './entity-collections.js';
import { entityOf, heavyFieldOf, uniqueValue, type EntityDocument } from './entity-documents.js';
import { filterOf, orderOf, searchFilter } from './entity-filters.js';
import { EntityWrites } from './entity-writes.js';
import { guardCollection, type Guard } from './write-guards.js';
import { journalCollection, WriteJournal, type JournalEntry } from './write-journal.js';

export interface MongoEntityStoreOptions {
  readonly database: MongoDatabase;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Opens the entity store of a database, of which several processes may have one: creates and checks its indexes, and
 * ends what processes that died left half done.
 *
 * @throws MONGO_INDEX_WRONG, STORAGE_UNAVAILABLE
 */
export async function openMongoEntityStore({ database, clock, log }: MongoEntityStoreOptions): Promise<EntityStore> {
  const collections = await openEntityCollections(database);
  const journal = new WriteJournal(await database.open<JournalEntry>(journalCollection), clock, randomUUID());
  const guards = await database.open<Guard>(guardCollection);
  const writes = new EntityWrites({ collections, journal, guards, clock, log });
  await writes.recover();
  return new MongoEntityStore(collections, writes, { clock, log });
}

class MongoEntityStore implements EntityStore {
  readonly #collections: EntityCollections;
  readonly #writes: EntityWrites;
  readonly #writing = new Set<Promise<void>>();
  #stopRecovery: () => void = () => undefined;
  #isClosed = false;

  constructor(collections: EntityCollections, writes: EntityWrites, { clock, log }: Pick<MongoEntityStoreOptions, 'clock' | 'log'>) {
    this.#collections = collections;
    this.#writes = writes;
    const recoverLater = (): void => {
      this.#stopRecovery = clock.after('entity-recovery', WRITE_LEASE_MS, () => {
        const recovered = writes.recover().catch((error: unknown) => log.warn('entity-recovery-failed', { reason: String(error) }));
        void this.#track(recovered).then(() => !this.#isClosed && recoverLater());
      });
    };
    recoverLater();
  }

  async write(changes: readonly EntityChange[]): Promise<void> {
    if (this.#isClosed) throw storageErrors.UNAVAILABLE({ reason: 'it is closed' });
    await this.#track(this.#writes.write(changes));
  }

  async find<K extends EntityKind>(kind: K, tenantId: TenantId, id: string): Promise<EntityOf<K> | undefined> {
    return this.#first(kind, { _id: id, tenantId });
  }

  async findMany<K extends EntityKind>(kind: K, tenantId: TenantId, ids: readonly string[]): Promise<readonly EntityOf<K>[]> {
    return (await this.#many(kind, tenantId, ids)).map((document) => entityOf(kind, document));
  }

  async findAll<K extends EntityKind>(kind: K, tenantId: TenantId, filter: EntityFilter, limit: number): Promise<readonly EntityOf<K>[]> {
    return (await this.#oldest(kind, tenantId, { filter, limit })).map((document) => entityOf(kind, document));
  }

  async page<K extends EntityKind>(kind: K, tenantId: TenantId, query: PageQuery, filter: EntityFilter = {}): Promise<Page<EntityOf<K>>> {
    const matching = filterOf(kind, tenantId, filter);
    return matching === undefined ? pageOf([], query, 0) : this.#page(kind, matching, query);
  }

  async findInfos<K extends EntityKind, B extends HeavyField<K> = never>(
    kind: K,
    tenantId: TenantId,
    ids: readonly string[],
    besides?: readonly B[],
  ): Promise<readonly EntityInfo<K, B>[]> {
    return (await this.#many(kind, tenantId, ids, fieldsOf(besides))).map((document) => infoOf(kind, document));
  }

  async findAllInfos<K extends EntityKind, B extends HeavyField<K> = never>(
    kind: K,
    tenantId: TenantId,
    filter: EntityFilter,
    limit: number,
    besides?: readonly B[],
  ): Promise<readonly EntityInfo<K, B>[]> {
    return (await this.#oldest(kind, tenantId, { filter, limit, fields: fieldsOf(besides) })).map((document) => infoOf(kind, document));
  }

  async infoPage<K extends EntityKind, B extends HeavyField<K> = never>(
    kind: K,
    tenantId: TenantId,
    query: PageQuery,
    filter: EntityFilter = {},
    besides?: readonly B[],
  ): Promise<Page<EntityInfo<K, B>>> {
    const matching = filterOf(kind, tenantId, filter);
    if (matching === undefined) return pageOf([], query, 0);
    const page = await this.#documentPage(kind, matching, query, fieldsOf(besides));
    return { ...page, data: page.data.map((document) => infoOf(kind, document)) };
  }

  async count(kind: EntityKind, tenantId: TenantId, filter: EntityFilter = {}): Promise<number> {
    const matching = filterOf(kind, tenantId, filter);
    return matching === undefined ? 0 : this.#collections[kind].count(matching);
  }

  async credentialsById(credentialsId: string): Promise<{ credentials: DeviceCredentials; device: Device } | undefined> {
    const credentials = await this.#withUnique('deviceCredentials', 'credentialsId', credentialsId);
    if (credentials === undefined) return undefined;
    const device = await this.find('device', credentials.tenantId as TenantId, credentials.deviceId);
    return device === undefined ? undefined : { credentials, device };
  }

  userByEmail(email: string): Promise<User | undefined> {
    return this.#withUnique('user', 'email', email);
  }

  async findUnique<K extends keyof SystemUniqueFields>(kind: K, field: SystemUniqueFields[K], value: string): Promise<EntityOf<K> | undefined> {
    return this.#withUnique(kind, field, value);
  }

  async tenantOf(kind: EntityKind, id: string): Promise<TenantId | undefined> {
    const documents = await this.#collections[kind].find({ _id: id, tenantId: { $gt: '' } }, { limit: 1, fields: ['tenantId'] });
    return documents[0]?.tenantId as TenantId | undefined;
  }

  async tenantIds(): Promise<readonly TenantId[]> {
    const tenants = await this.#collections.tenant.find({ tenantId: { $gt: '' } }, { sort: { _id: 1 }, fields: ['_id'] });
    return tenants.map(({ _id }) => _id as TenantId);
  }

  async tenants(query: PageQuery): Promise<Page<EntityOf<'tenant'>>> {
    return this.#page('tenant', { tenantId: { $gt: '' } }, query);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stopRecovery();
    await Promise.allSettled(this.#writing);
  }

  async #many(kind: EntityKind, tenantId: TenantId, ids: readonly string[], fields?: readonly string[]): Promise<readonly EntityDocument[]> {
    const found = new Map<string, EntityDocument>();
    for (const part of inCalls([...new Set(ids)])) {
      const documents = await this.#collections[kind].find({ _id: { $in: part }, tenantId }, { fields });
      for (const document of documents) found.set(document._id, document);
    }
    return ids.map((id) => found.get(id)).filter((document) => document !== undefined);
  }

  async #oldest(
    kind: EntityKind,
    tenantId: TenantId,
    { filter, ...options }: { readonly filter: EntityFilter; readonly limit: number; readonly fields?: readonly string[] },
  ): Promise<readonly EntityDocument[]> {
    const matching = filterOf(kind, tenantId, filter);
    return matching === undefined ? [] : this.#collections[kind].find(matching, { sort: { createdAtMs: 1, _id: 1 }, ...options });
  }

  async #page<K extends EntityKind>(kind: K, matching: MongoFilter, query: PageQuery): Promise<Page<EntityOf<K>>> {
    const page = await this.#documentPage(kind, matching, query);
    return { ...page, data: page.data.map((document) => entityOf(kind, document)) };
  }

  async #documentPage(kind: EntityKind, matching: MongoFilter, query: PageQuery, fields?: readonly string[]): Promise<Page<EntityDocument>> {
    const collection = this.#collections[kind];
    const where = { $and: [matching, searchFilter(query)] };
    const skip = query.page * query.pageSize;
    const [total, documents] = await Promise.all([
      collection.count(where),
      collection.find(where, { sort: orderOf(kind, query), skip, limit: query.pageSize, fields }),
    ]);
    return pageOf(documents, query, total);
  }

  /** By a field that is unique in the whole system. */
  async #withUnique<K extends EntityKind>(kind: K, field: string, value: string): Promise<EntityOf<K> | undefined> {
    const rules: readonly UniqueRule<EntityKind>[] = entityRules[kind].unique;
    const rule = rules.find((one) => one.within === 'system' && (one.field as string) === field);
    assert(rule !== undefined, 'only a field that is unique in the whole system finds an entity without its tenant');
    return this.#first(kind, { [uniqueFieldOf(field)]: uniqueValue(rule, '', value) });
  }

  async #first<K extends EntityKind>(kind: K, filter: MongoFilter): Promise<EntityOf<K> | undefined> {
    const document = await this.#collections[kind].first(filter);
    return document === undefined ? undefined : entityOf(kind, document);
  }

  /** Closing waits for it. */
  #track(work: Promise<void>): Promise<void> {
    this.#writing.add(work);
    return work.finally(() => this.#writing.delete(work));
  }
}

/** What is read of a document for an info. */
const fieldsOf = (besides: readonly string[] = []): readonly string[] => ['_entity', ...besides.map(heavyFieldOf)];

function infoOf<K extends EntityKind, B extends HeavyField<K>>(kind: K, document: EntityDocument): EntityInfo<K, B> {
  return entityOf(kind, document) as unknown as EntityInfo<K, B>;
}
