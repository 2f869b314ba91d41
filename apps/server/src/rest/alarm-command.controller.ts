import { alarmDraftOf, alarmSaveSchema, alarmShelveSchema, alarmToWire, wireAlarmInfoSchema, wireAlarmSchema } from '@fieldline/api-contract';
import type { Alarm } from '@fieldline/model';
import type { AlarmDraft, Caller, EntityAccess } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import * as z from 'zod';
import type { AlarmViews } from './alarm-views.js';
import { contextOf } from './command-context.js';
import { restErrors } from './errors.js';
import { idParams } from './id-params.js';
import type { RestDeps } from './rest-deps.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { ACCESS, ALARM_VIEWS, REST_DEPS } from './tokens.js';

const write = { method: 'POST', area: 'Alarms', permission: 'alarm.write' } as const;
const params = idParams('alarmId');

const saveAlarm = defineRoute({
  ...write,
  path: '/api/alarm',
  summary: 'Creates an alarm, or updates the active one of the same originator and type.',
  body: alarmSaveSchema,
  response: wireAlarmSchema,
});
const removeAlarm = defineRoute({
  ...write,
  method: 'DELETE',
  path: '/api/alarm/:alarmId',
  summary: 'Removes an alarm and its comments.',
  params,
  response: z.boolean(),
});
const acknowledge = defineRoute({
  ...write,
  path: '/api/alarm/:alarmId/ack',
  summary: 'Acknowledges an alarm.',
  params,
  response: wireAlarmInfoSchema,
});
const clear = defineRoute({ ...write, path: '/api/alarm/:alarmId/clear', summary: 'Clears an alarm.', params, response: wireAlarmInfoSchema });
const assign = defineRoute({
  ...write,
  path: '/api/alarm/:alarmId/assign/:userId',
  summary: 'Gives an alarm to a user.',
  params: idParams('alarmId', 'userId'),
  response: wireAlarmSchema,
});
const unassign = defineRoute({
  ...write,
  method: 'DELETE',
  path: '/api/alarm/:alarmId/assign',
  summary: 'Takes an alarm from its user.',
  params,
  response: wireAlarmSchema,
});
const shelve = defineRoute({
  ...write,
  path: '/api/alarm/:alarmId/shelve',
  summary: 'Takes an alarm out of sight for a while; kept in its details as `shelved`.',
  params,
  body: alarmShelveSchema,
  response: wireAlarmInfoSchema,
});
const unshelve = defineRoute({
  ...write,
  method: 'DELETE',
  path: '/api/alarm/:alarmId/shelve',
  summary: 'Brings a shelved alarm back.',
  params,
  response: wireAlarmInfoSchema,
});

/** What operators do with alarms (rest-api.md §17.2 to §17.4). */
@Controller()
export class AlarmCommandController {
  readonly #alarms: AlarmViews;
  readonly #access: EntityAccess;
  readonly #deps: RestDeps;

  constructor(@Inject(ALARM_VIEWS) alarms: AlarmViews, @Inject(ACCESS) access: EntityAccess, @Inject(REST_DEPS) deps: RestDeps) {
    this.#alarms = alarms;
    this.#access = access;
    this.#deps = deps;
  }

  @Handles(saveAlarm)
  async save(@CallerOf() caller: Caller, @Input() { body }: InputOf<typeof saveAlarm>): Promise<AnswerOf<typeof saveAlarm>> {
    const { customerId: named, ...parts } = alarmDraftOf(body);
    if (parts.id !== undefined) await this.#alarms.get(caller, parts.id);
    const { customerId } = await this.#access.require(caller, parts.originator, 'read');
    if (named !== undefined && named !== customerId) throw restErrors.ALARM_CUSTOMER_OTHER();
    const assignee = parts.assigneeId === undefined ? undefined : await this.#assignee(caller, parts.assigneeId);
    const draft: AlarmDraft = { ...parts, customerId, assigneeName: assignee?.name };
    return alarmToWire(await this.#deps.commands.saveAlarm(contextOf(caller), draft));
  }

  @Handles(removeAlarm)
  async remove(@CallerOf() caller: Caller, @Input() { params: { alarmId } }: InputOf<typeof removeAlarm>): Promise<AnswerOf<typeof removeAlarm>> {
    await this.#alarms.get(caller, alarmId);
    await this.#deps.commands.removeAlarm(contextOf(caller), alarmId);
    return true;
  }

  @Handles(acknowledge)
  async acknowledge(@CallerOf() caller: Caller, @Input() input: InputOf<typeof acknowledge>): Promise<AnswerOf<typeof acknowledge>> {
    return this.#alarms.info(await this.#change(caller, input.params.alarmId, 'acknowledgeAlarm'));
  }

  @Handles(clear)
  async clear(@CallerOf() caller: Caller, @Input() input: InputOf<typeof clear>): Promise<AnswerOf<typeof clear>> {
    return this.#alarms.info(await this.#change(caller, input.params.alarmId, 'clearAlarm'));
  }

  @Handles(assign)
  async assign(@CallerOf() caller: Caller, @Input() { params: place }: InputOf<typeof assign>): Promise<AnswerOf<typeof assign>> {
    await this.#alarms.get(caller, place.alarmId);
    const assignee = await this.#assignee(caller, place.userId);
    return alarmToWire(await this.#deps.commands.assignAlarm(contextOf(caller), place.alarmId, assignee));
  }

  @Handles(unassign)
  async unassign(@CallerOf() caller: Caller, @Input() input: InputOf<typeof unassign>): Promise<AnswerOf<typeof unassign>> {
    return alarmToWire(await this.#change(caller, input.params.alarmId, 'assignAlarm'));
  }

  @Handles(shelve)
  async shelve(@CallerOf() caller: Caller, @Input() { params: place, body }: InputOf<typeof shelve>): Promise<AnswerOf<typeof shelve>> {
    await this.#alarms.get(caller, place.alarmId);
    const shelving = { reason: body.reason.trim(), untilMs: body.untilTs };
    return this.#alarms.info(await this.#deps.commands.shelveAlarm(contextOf(caller), place.alarmId, shelving));
  }

  @Handles(unshelve)
  async unshelve(@CallerOf() caller: Caller, @Input() input: InputOf<typeof unshelve>): Promise<AnswerOf<typeof unshelve>> {
    return this.#alarms.info(await this.#change(caller, input.params.alarmId, 'shelveAlarm'));
  }

  async #change(caller: Caller, alarmId: string, command: 'acknowledgeAlarm' | 'clearAlarm' | 'assignAlarm' | 'shelveAlarm'): Promise<Alarm> {
    await this.#alarms.get(caller, alarmId);
    return this.#deps.commands[command](contextOf(caller), alarmId);
  }

  /** A user whom the caller may see, so never one of another tenant or customer. */
  async #assignee(caller: Caller, id: string): Promise<{ readonly id: string; readonly name: string }> {
    const { name } = await this.#access.require(caller, { entityType: 'USER', id }, 'read');
    return { id, name };
  }
}
