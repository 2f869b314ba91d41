import type { ListQuery } from './api.js';
import { bodyOf, client } from './client.js';
import type { AlarmComment, AlarmInfo, AlarmSeverity, EntityRef, PageData, UserEmailInfo } from './wire.js';

export interface AlarmFilter {
  readonly statuses: readonly ('ACTIVE' | 'CLEARED' | 'ACK' | 'UNACK')[];
  /** Any if empty. */
  readonly severities: readonly AlarmSeverity[];
  readonly type?: string;
  readonly assigneeId?: string;
  /** Only those shown at this entity. */
  readonly entity?: EntityRef;
}

const { http } = client;
const at = (alarmId: string) => ({ params: { path: { alarmId } } });

/** What pages ask and tell about alarms. */
export const alarmApi = {
  page: ({ entity, ...filter }: AlarmFilter, list: ListQuery, signal: AbortSignal): Promise<PageData<AlarmInfo>> => {
    const query = { ...list, ...parametersOf(filter) };
    if (entity === undefined) return bodyOf(http.GET('/api/v2/alarms', { params: { query }, signal }));
    const path = { entityType: entity.entityType, entityId: entity.id };
    return bodyOf(http.GET('/api/v2/alarm/{entityType}/{entityId}', { params: { path, query }, signal }));
  },
  count: (statuses: AlarmFilter['statuses'], severities: AlarmFilter['severities'], signal: AbortSignal): Promise<number> =>
    bodyOf(http.POST('/api/alarmsQuery/count', { body: { statusList: [...statuses], severityList: [...severities] }, signal })),
  types: async (signal: AbortSignal): Promise<string[]> => {
    const { data } = await bodyOf(http.GET('/api/alarm/types', { params: { query: { page: 0, pageSize: 1_000 } }, signal }));
    return data.map(({ type }) => type);
  },
  one: (alarmId: string, signal: AbortSignal): Promise<AlarmInfo> => bodyOf(http.GET('/api/alarm/info/{alarmId}', { ...at(alarmId), signal })),
  acknowledge: (alarmId: string) => bodyOf(http.POST('/api/alarm/{alarmId}/ack', at(alarmId))),
  clear: (alarmId: string) => bodyOf(http.POST('/api/alarm/{alarmId}/clear', at(alarmId))),
  remove: (alarmId: string) => bodyOf(http.DELETE('/api/alarm/{alarmId}', at(alarmId))),
  assign: (alarmId: string, userId: string) => bodyOf(http.POST('/api/alarm/{alarmId}/assign/{userId}', { params: { path: { alarmId, userId } } })),
  unassign: (alarmId: string) => bodyOf(http.DELETE('/api/alarm/{alarmId}/assign', at(alarmId))),
  shelve: (alarmId: string, reason: string, untilTs: number) =>
    bodyOf(http.POST('/api/alarm/{alarmId}/shelve', { ...at(alarmId), body: { reason, untilTs } })),
  unshelve: (alarmId: string) => bodyOf(http.DELETE('/api/alarm/{alarmId}/shelve', at(alarmId))),
  assignable: async (alarmId: string, search: string, signal: AbortSignal): Promise<UserEmailInfo[]> => {
    const query = { page: 0, pageSize: 50, sortProperty: 'email', ...(search === '' ? {} : { textSearch: search }) };
    const { data } = await bodyOf(http.GET('/api/users/assign/{alarmId}', { params: { path: { alarmId }, query }, signal }));
    return data;
  },

  /** The latest comments, newest first. */
  comments: (alarmId: string, count: number, signal: AbortSignal): Promise<PageData<AlarmComment>> => {
    const query = { page: 0, pageSize: count, sortProperty: 'createdTime', sortOrder: 'DESC' };
    return bodyOf(http.GET('/api/alarm/{alarmId}/comment', { params: { path: { alarmId }, query }, signal })) as Promise<PageData<AlarmComment>>;
  },
  /** Adds a comment, or with an id changes one. */
  saveComment: (alarmId: string, text: string, commentId?: string) =>
    bodyOf(
      http.POST('/api/alarm/{alarmId}/comment', {
        ...at(alarmId),
        body: { comment: { text }, ...(commentId === undefined ? {} : { id: { id: commentId } }) },
      }),
    ),
  removeComment: (alarmId: string, commentId: string) =>
    bodyOf(http.DELETE('/api/alarm/{alarmId}/comment/{commentId}', { params: { path: { alarmId, commentId } } })),
};

/** A filter as query parameters: what it leaves open is left out. */
function parametersOf({ statuses, severities, type, assigneeId }: Omit<AlarmFilter, 'entity'>) {
  return {
    ...(statuses.length === 0 ? {} : { statusList: statuses.join(',') }),
    ...(severities.length === 0 ? {} : { severityList: severities.join(',') }),
    ...(type === undefined ? {} : { typeList: type }),
    ...(assigneeId === undefined ? {} : { assigneeId }),
  };
}
