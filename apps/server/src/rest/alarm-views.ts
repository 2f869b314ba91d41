import type { AlarmAssignee, AlarmListParameters, AlarmParameters, WireAlarmInfo } from '@fieldline/api-contract';
import { alarmInfoToWire } from '@fieldline/api-contract';
import { directoryErrors, kindOf } from '@fieldline/directory';
import type { Alarm, AlarmSeverity, EntityId, EntityOf, Page, PageQuery, TenantId } from '@fieldline/model';
import type { AlarmQuery, AlarmReader, Caller, EntityAccess, EntityStore } from '@fieldline/ports';
import { restErrors } from './errors.js';

type Filters = Pick<AlarmParameters, 'searchStatus' | 'status' | 'startTime' | 'endTime' | 'assigneeId'> &
  Pick<AlarmListParameters, 'statusList' | 'severityList' | 'typeList'>;

/** Alarms as a caller may see them: all of the tenant, or those that were the customer's own when they were raised. */
export class AlarmViews {
  readonly #alarms: AlarmReader;
  readonly #access: EntityAccess;
  readonly #entities: Pick<EntityStore, 'findMany'>;

  constructor(alarms: AlarmReader, access: EntityAccess, entities: Pick<EntityStore, 'findMany'>) {
    this.#alarms = alarms;
    this.#access = access;
    this.#entities = entities;
  }

  /**
   * The alarm, or "not found" also where it belongs to another tenant.
   *
   * @throws DIRECTORY_ENTITY_NOT_FOUND, DIRECTORY_ACCESS_DENIED
   */
  async find(caller: Caller, id: string): Promise<Alarm> {
    const alarm = await this.#alarms.alarm(caller.tenantId, id);
    if (alarm === undefined) throw directoryErrors.ENTITY_NOT_FOUND({ label: 'Alarm', id });
    if (caller.authority === 'CUSTOMER_USER' && alarm.customerId !== caller.customerId) throw directoryErrors.ACCESS_DENIED();
    return alarm;
  }

  /**
   * The alarm; one of another tenant is "forbidden", as the compatible API has it (rest-api.md §4).
   *
   * @throws DIRECTORY_ENTITY_NOT_FOUND, DIRECTORY_ACCESS_DENIED
   */
  async get(caller: Caller, id: string): Promise<Alarm> {
    const owner = await this.#alarms.tenantOfAlarm(id);
    if (owner !== undefined && owner !== caller.tenantId) throw directoryErrors.ACCESS_DENIED();
    return this.find(caller, id);
  }

  async info(alarm: Alarm): Promise<WireAlarmInfo> {
    const [info] = await this.infos([alarm]);
    return info as WireAlarmInfo;
  }

  /** Alarms of one entity, those propagated to it included. */
  async ofEntity(caller: Caller, affected: EntityId, filters: Filters, page: PageQuery): Promise<Page<WireAlarmInfo>> {
    const { tenantId, entity } = await this.#access.require(caller, affected, 'read');
    const found = await this.#alarms.alarms(tenantId, { ...page, ...queryOf(filters), ...ownOf(caller), affected: entity });
    return { ...found, data: await this.infos(found.data) };
  }

  async list(caller: Caller, filters: Filters, page: PageQuery): Promise<Page<WireAlarmInfo>> {
    const found = await this.#alarms.alarms(caller.tenantId, { ...page, ...queryOf(filters), ...ownOf(caller) });
    return { ...found, data: await this.infos(found.data) };
  }

  async highestSeverity(caller: Caller, affected: EntityId, filters: Filters): Promise<AlarmSeverity | undefined> {
    const { tenantId, entity } = await this.#access.require(caller, affected, 'read');
    return this.#alarms.highestSeverity(tenantId, { ...queryOf(filters), ...ownOf(caller), affected: entity });
  }

  types(caller: Caller, page: PageQuery): Promise<Page<string>> {
    return this.#alarms.alarmTypes(caller.tenantId, { ...page, ...ownOf(caller) });
  }

  /** With the names of originators and assignees: one read for each type of entity among them. */
  async infos(alarms: readonly Alarm[]): Promise<WireAlarmInfo[]> {
    const tenantId = alarms[0]?.tenantId as TenantId | undefined;
    if (tenantId === undefined) return [];
    const names = await this.#originators(tenantId, alarms);
    const assigneeIds = new Set(alarms.flatMap(({ assigneeId }) => (assigneeId === undefined ? [] : [assigneeId])));
    const users = await this.#entities.findMany('user', tenantId, [...assigneeIds]);
    const assignees = new Map<string, AlarmAssignee>(users.map((user) => [user.id, user]));
    return alarms.map((alarm) => alarmInfoToWire(alarm, names.get(alarm.originator.id), assignees.get(alarm.assigneeId ?? '')));
  }

  async #originators(tenantId: TenantId, alarms: readonly Alarm[]): Promise<Map<string, { name: string; label?: string | undefined }>> {
    const byType = Map.groupBy(alarms, ({ originator }) => originator.entityType);
    const names = new Map<string, { name: string; label?: string | undefined }>();
    for (const [entityType, ofType] of byType) {
      const kind = kindOf(entityType);
      if (kind === undefined) continue;
      const found = await this.#entities.findMany(kind, tenantId, [...new Set(ofType.map(({ originator }) => originator.id))]);
      for (const entity of found) names.set(entity.id, namesOf(entity));
    }
    return names;
  }
}

function namesOf(entity: EntityOf<NonNullable<ReturnType<typeof kindOf>>>): { name: string; label?: string | undefined } {
  const label = 'label' in entity ? entity.label : undefined;
  if ('name' in entity) return { name: entity.name, label };
  return { name: 'email' in entity ? entity.email : entity.id, label };
}

/** A customer user sees the alarms of the customer only. */
function ownOf(caller: Caller): Pick<AlarmQuery, 'customerId'> {
  return caller.authority === 'CUSTOMER_USER' ? { customerId: caller.customerId } : {};
}

function queryOf(filters: Filters): Omit<AlarmQuery, keyof PageQuery> {
  const { searchStatus, status, startTime, endTime, assigneeId, statusList, severityList, typeList } = filters;
  if (searchStatus !== undefined && status !== undefined) throw restErrors.STATUS_TWICE();
  return {
    status: searchStatus ?? status,
    statuses: statusList,
    severities: severityList,
    types: typeList,
    assigneeId,
    startMs: startTime,
    endMs: endTime,
  };
}
