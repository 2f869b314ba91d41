import type { EntityQuestions } from '@fieldline/directory';
import { historyErrors, type TimeSeriesReader } from '@fieldline/ports';
import { Gate } from './gate.js';
import { HISTORIES_AT_ONCE, QUESTIONS_AT_ONCE } from './limits.js';

// Stores refuse reads when many wait, so that REST stays quick. Dashboards ask for all they show at once, and after a restart all of
// them do: their reads wait here, where each socket has a few places only, and get through one after the other.

/** What commands ask about many entities and alarms. */
export type LiveQuestions = Pick<EntityQuestions, 'find' | 'count' | 'findAlarms' | 'countAlarms'>;

/** Questions of which a few are asked at a time; the others wait. */
export function waitingQuestions(questions: LiveQuestions): LiveQuestions {
  const gate = new Gate(QUESTIONS_AT_ONCE);
  return {
    find: (caller, draft) => gate.run(() => questions.find(caller, draft)),
    count: (caller, draft) => gate.run(() => questions.count(caller, draft)),
    findAlarms: (caller, draft) => gate.run(() => questions.findAlarms(caller, draft)),
    countAlarms: (caller, draft) => gate.run(() => questions.countAlarms(caller, draft)),
  };
}

/** A reader of which a few histories are read at a time; the others wait, and what is ended meanwhile is not read. */
export function waitingSeries(series: TimeSeriesReader): TimeSeriesReader {
  const gate = new Gate(HISTORIES_AT_ONCE);
  const inTurn = <T>(signal: AbortSignal | undefined, read: () => Promise<T>): Promise<T> =>
    gate.run(() => (signal?.aborted === true ? Promise.reject(historyErrors.ABANDONED()) : read()));
  return {
    keys: (tenantId, entity) => series.keys(tenantId, entity),
    latest: (tenantId, entity, keys) => series.latest(tenantId, entity, keys),
    columns: (tenantId, entity, query, signal) => series.columns(tenantId, entity, query, signal),
    range: (tenantId, entity, query, signal) => inTurn(signal, () => series.range(tenantId, entity, query, signal)),
    aggregate: (tenantId, entity, query, signal) => inTurn(signal, () => series.aggregate(tenantId, entity, query, signal)),
  };
}
