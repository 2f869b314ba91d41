import type { AlarmParameters } from '@fieldline/api-contract';
import { directoryErrors } from '@fieldline/directory';
import { isProblem } from '@fieldline/kernel';
import type { Alarm, EntityId, Page, PageQuery } from '@fieldline/model';
import type { AccessibleEntity, AlarmQuery, AlarmReader, Caller, EntityAccess } from '@fieldline/ports';
import { restErrors } from './errors.js';

/** An alarm with its originator; absent where that is gone. */
export interface AlarmView {
  readonly alarm: Alarm;
  readonly originator: AccessibleEntity | undefined;
}

type Filters = Pick<AlarmParameters, 'searchStatus' | 'status' | 'startTime' | 'endTime'>;

/** Alarms as a caller may see them: those of entities it may read. */
export class AlarmViews {
  readonly #alarms: AlarmReader;
  readonly #access: EntityAccess;

  constructor(alarms: AlarmReader, access: EntityAccess) {
    this.#alarms = alarms;
    this.#access = access;
  }

  /** @throws DIRECTORY_ENTITY_NOT_FOUND, DIRECTORY_ACCESS_DENIED */
  async get(caller: Caller, id: string): Promise<AlarmView> {
    const alarm = await this.#alarms.alarm(caller.tenantId, id);
    if (alarm === undefined) throw directoryErrors.ENTITY_NOT_FOUND({ label: 'Alarm', id });
    // A customer sees the alarms that were its own when they were raised.
    if (caller.authority === 'CUSTOMER_USER' && alarm.customerId !== caller.customerId) throw directoryErrors.ACCESS_DENIED();
    return { alarm, originator: await this.#originatorOf(caller, alarm.originator) };
  }

  async ofEntity(caller: Caller, originator: EntityId, filters: Filters, page: PageQuery): Promise<Page<AlarmView>> {
    const { tenantId, entity, ...named } = await this.#access.require(caller, originator, 'read');
    const found = await this.#alarms.alarms(tenantId, { ...page, ...queryOf(filters), originator: entity });
    return { ...found, data: found.data.map((alarm) => ({ alarm, originator: { ...named, tenantId, entity } })) };
  }

  async list(caller: Caller, filters: Filters, page: PageQuery): Promise<Page<AlarmView>> {
    const found = await this.#alarms.alarms(caller.tenantId, { ...page, ...queryOf(filters) });
    const originators = new Map<string, Promise<AccessibleEntity | undefined>>();
    for (const { originator } of found.data) {
      if (!originators.has(originator.id)) originators.set(originator.id, this.#originatorOf(caller, originator));
    }
    const data = await Promise.all(found.data.map(async (alarm) => ({ alarm, originator: await originators.get(alarm.originator.id) })));
    return { ...found, data };
  }

  async #originatorOf(caller: Caller, originator: EntityId): Promise<AccessibleEntity | undefined> {
    try {
      return await this.#access.require(caller, originator, 'read');
    } catch (error) {
      if (isProblem(error) && error.code === 'DIRECTORY_ENTITY_NOT_FOUND') return undefined;
      throw error;
    }
  }
}

function queryOf({ searchStatus, status, startTime, endTime }: Filters): Pick<AlarmQuery, 'status' | 'startMs' | 'endMs'> {
  if (searchStatus !== undefined && status !== undefined) throw restErrors.STATUS_TWICE();
  return { status: searchStatus ?? status, startMs: startTime, endMs: endTime };
}
