import type { IndexDefinition } from '../check-indexes.js';
import { openEntityCollections, type EntityCollections } from '../entities/entity-collections.js';
import type { MongoCollection, Stored } from '../mongo-collection.js';
import type { MongoDatabase } from '../mongo-database.js';
import type {
  AlarmDocument,
  AttributeDocument,
  DeadLetterDocument,
  HandOverDocument,
  LatestDocument,
  NodeStateDocument,
  PacketDocument,
  PointDocument,
  RetentionDocument,
  SeriesDocument,
  TraceDocument,
  TraceUsageDocument,
} from './data-documents.js';
import type { QueriedKeyDocument } from './queried-keys.js';
import type { QueriedDocument } from './queried-values.js';

/** What the data plane keeps, by what it is. Records go into the collections of their kinds. */
export interface DataCollections {
  readonly point: MongoCollection<PointDocument>;
  readonly series: MongoCollection<SeriesDocument>;
  readonly latest: MongoCollection<LatestDocument>;
  readonly attribute: MongoCollection<AttributeDocument>;
  readonly alarm: MongoCollection<AlarmDocument>;
  readonly nodeState: MongoCollection<NodeStateDocument>;
  readonly handOver: MongoCollection<HandOverDocument>;
  readonly deadLetter: MongoCollection<DeadLetterDocument>;
  readonly trace: MongoCollection<TraceDocument>;
  readonly traceUsage: MongoCollection<TraceUsageDocument>;
  readonly packet: MongoCollection<PacketDocument>;
  /** What queries filter and sort by, made from the latest points and attributes. */
  readonly queried: MongoCollection<QueriedDocument>;
  readonly queriedKey: MongoCollection<QueriedKeyDocument>;
  /** How long tenants keep points. */
  readonly retention: MongoCollection<RetentionDocument>;
  /** Entities and tenants that were removed for good. */
  readonly removed: MongoCollection<Stored>;
  readonly records: Pick<EntityCollections, 'alarmComment' | 'auditLog' | 'event'>;
}

const index = (name: string, ...fields: readonly string[]): IndexDefinition => ({ name, fields });

const indexes: Readonly<Record<Exclude<keyof DataCollections, 'records'>, readonly IndexDefinition[]>> = {
  // The id of a point is its series and its time. Most have no time to live of their own, and take no place in the index.
  point: [{ name: 'by_expiry', fields: ['expireAtMs'], isSparse: true }],
  series: [index('by_entity', 'tenantId', 'entity')],
  latest: [index('by_entity', 'tenantId', 'entity', 'key'), index('by_key', 'tenantId', 'key')],
  attribute: [index('by_entity', 'tenantId', 'entity', 'scope', 'key'), index('by_key', 'tenantId', 'key'), index('of_all', 'scope', 'key')],
  alarm: [
    index('newest', 'tenantId', 'createdAtMs', '_id'),
    index('active', 'tenantId', 'originator', 'type', 'isCleared'),
    index('by_affected', 'tenantId', 'affected', 'createdAtMs', '_id'),
    index('by_customer', 'tenantId', 'customerId', 'createdAtMs', '_id'),
    index('by_assignee', 'tenantId', 'assigneeId', 'createdAtMs', '_id'),
    index('by_severity', 'tenantId', 'severity', 'createdAtMs'),
    index('by_type', 'tenantId', 'type', 'createdAtMs'),
  ],
  nodeState: [index('by_node', 'tenantId', 'ruleNodeId')],
  handOver: [
    index('by_seq', 'seq'),
    index('by_tenant', 'tenantId'),
    index('by_node', 'ruleNodeId', 'dueMs', 'seq'),
    index('by_time', 'dueMs', 'seq'),
  ],
  deadLetter: [index('newest', 'tenantId', 'seq'), index('by_seq', 'seq')],
  trace: [
    // The fields behind the id filter and count without a look at the documents.
    index('newest', 'tenantId', 'startedAtMs', '_id', 'hasFailed', 'reason'),
    index('by_originator', 'tenantId', 'originator', 'startedAtMs', '_id'),
    index('by_chain', 'tenantId', 'chains', 'startedAtMs', '_id'),
    index('by_trace', 'tenantId', 'traceId', 'startedAtMs'),
  ],
  traceUsage: [index('by_tenant', 'tenantId')],
  packet: [index('by_seq', 'seq'), index('by_device', 'deviceId'), index('by_tenant', 'tenantId')],
  queried: [index('by_type', 'tenantId', 'entityType')],
  queriedKey: [index('by_tenant', 'tenantId')],
  retention: [],
  removed: [],
};

/**
 * The collections of the data plane with their indexes.
 *
 * @throws MONGO_INDEX_WRONG, STORAGE_UNAVAILABLE
 */
export async function openDataCollections(database: MongoDatabase): Promise<DataCollections> {
  const opened = Object.entries(indexes).map(async ([name, ofIt]) => [name, await database.open({ name: `data_${name}`, indexes: ofIt })] as const);
  const records = await openEntityCollections(database, ['alarmComment', 'auditLog', 'event']);
  return { ...Object.fromEntries(await Promise.all(opened)), records } as unknown as DataCollections;
}
