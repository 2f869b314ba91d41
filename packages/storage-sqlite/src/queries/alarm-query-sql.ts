import { alarmFlagsOf, type AlarmCountQuery, type AlarmDataQuery, type AlarmFilter } from '@fieldline/model';
import { orderSql } from './entity-query-sql.js';
import { allOf, anyOf, isIn, joined, raw, sql, type Sql } from './sql.js';
import { containsText } from './text-terms.js';

/** What an alarm query finds: alarms `a`, with the entities `p` that were picked where there is a table of those. */
interface FoundAlarms {
  readonly tables: Sql;
  readonly where: Sql;
}

/** @param picked the table of the entities in their order; undefined where all alarms of the scope are asked about */
export function alarmsSql(query: AlarmCountQuery, picked: string | undefined): FoundAlarms {
  const { tenantId, customerId } = query.scope;
  const where = [sql`a.tenant_id = ${tenantId}`, ...(customerId === undefined ? [] : [sql`a.customer_id = ${customerId}`]), ...filterSql(query)];
  if (picked === undefined) return { tables: raw('alarm a'), where: allOf(where) };
  const entities = raw(`temp.${picked} p`);
  const inTime = raw('(p.position & 15 <> 0 OR in_time())');
  const tables = query.withPropagated
    ? sql`${entities} CROSS JOIN alarm_affected x ON x.tenant_id = ${tenantId} AND x.entity_id = p.entity_id AND x.entity_type = p.entity_type
        CROSS JOIN alarm a ON a.id = x.alarm_id`
    : sql`${entities} CROSS JOIN alarm a ON a.originator_id = p.entity_id AND a.originator_type = p.entity_type`;
  return { tables, where: allOf([inTime, ...where]) };
}

function filterSql({ statuses = [], severities = [], types = [], assigneeId, startMs, endMs }: AlarmFilter): readonly Sql[] {
  const { isCleared, isAcknowledged } = alarmFlagsOf(statuses);
  return [
    ...(isCleared === undefined ? [] : [sql`a.is_cleared = ${isCleared ? 1 : 0}`]),
    ...(isAcknowledged === undefined ? [] : [sql`a.is_acknowledged = ${isAcknowledged ? 1 : 0}`]),
    ...(severities.length === 0 ? [] : [isIn(raw('a.severity'), severities)]),
    ...(types.length === 0 ? [] : [isIn(raw('a.type'), types)]),
    ...(assigneeId === undefined ? [] : [sql`a.assignee_id = ${assigneeId}`]),
    ...(startMs === undefined ? [] : [sql`a.created_at_ms >= ${startMs}`]),
    ...(endMs === undefined ? [] : [sql`a.created_at_ms <= ${endMs}`]),
  ];
}

/** The statements of a page: how many there are, and what the page holds as alarm document and number of the entity. */
export function alarmPageSql(query: AlarmDataQuery, picked: string): { readonly count: Sql; readonly page: Sql } {
  const found = alarmsSql(query, picked);
  const tables = sql`${found.tables} ${namesSql}`;
  const where = allOf([found.where, ...searchSql(query)]);
  const { sort = { key: { type: 'ALARM_FIELD', key: 'createdTime' }, order: 'DESC' } } = query;
  const order =
    sort.key.type === 'ALARM_FIELD'
      ? sql`${orderSql(fieldSql(sort.key.key), 'a.id', sort.order)}, p.entity_id ${raw(sort.order)}`
      : raw('p.position, a.created_at_ms DESC, a.id DESC');
  return {
    count: sql`SELECT count(*) FROM ${tables} WHERE ${where}`,
    page: sql`SELECT a.document, p.number FROM ${tables} WHERE ${where} ORDER BY ${order} LIMIT ${query.pageSize} OFFSET ${query.page * query.pageSize}`,
  };
}

/** Names that alarms only refer to. */
const namesSql = raw(`
  LEFT JOIN numbered_entity o ON o.entity_id = a.originator_id AND o.entity_type = a.originator_type AND o.tenant_id = a.tenant_id
  LEFT JOIN numbered_entity u ON u.entity_id = a.assignee_id AND u.entity_type = 'USER' AND u.tenant_id = a.tenant_id`);

function searchSql({ textSearch = '', alarmFields }: AlarmDataQuery): readonly Sql[] {
  if (textSearch === '' || alarmFields.length === 0) return [];
  return [anyOf(alarmFields.map((key) => containsText(sql`CAST(${textSql(key)} AS TEXT)`, textSearch)))];
}

/** An alarm field as `alarmField` of the model reads it. */
function fieldSql(key: string): Sql {
  return Object.hasOwn(fields, key) ? raw(fields[key] as string) : raw('NULL');
}

const textSql = (key: string): Sql =>
  key === 'acknowledged' || key === 'cleared' ? joined([raw('iif('), fieldSql(key), raw(", 'true', 'false')")], '') : fieldSql(key);

const ofDocument = (field: string): string => `json_extract(a.document, '$.${field}')`;
const fields: Readonly<Record<string, string>> = {
  createdTime: 'a.created_at_ms',
  ackTs: ofDocument('acknowledgedAtMs'),
  ackTime: ofDocument('acknowledgedAtMs'),
  clearTs: ofDocument('clearedAtMs'),
  clearTime: ofDocument('clearedAtMs'),
  assignTime: ofDocument('assignedAtMs'),
  startTs: 'a.start_ms',
  startTime: 'a.start_ms',
  endTs: 'a.end_ms',
  endTime: 'a.end_ms',
  type: 'a.type',
  severity: 'a.severity',
  status: "iif(a.is_cleared, 'CLEARED', 'ACTIVE') || iif(a.is_acknowledged, '_ACK', '_UNACK')",
  originator: 'o.name',
  originatorLabel: 'o.label',
  originatorDisplayName: "coalesce(nullif(o.label, ''), o.name)",
  originatorId: 'a.originator_id',
  originatorType: 'a.originator_type',
  acknowledged: 'a.is_acknowledged',
  cleared: 'a.is_cleared',
  assignee: 'u.name',
  assigneeId: 'a.assignee_id',
  details: "nullif(a.document -> '$.details', 'null')",
};
