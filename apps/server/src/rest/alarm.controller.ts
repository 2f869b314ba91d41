import {
  alarmInfoToWire,
  alarmParametersSchema,
  alarmToWire,
  pageDataSchema,
  pageQueryOf,
  pageToWire,
  wireAlarmInfoSchema,
  wireAlarmSchema,
} from '@fieldline/api-contract';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import type { AlarmViews } from './alarm-views.js';
import { entityParams, idParams } from './id-params.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { ALARM_VIEWS } from './tokens.js';

const area = 'Alarms';
const params = idParams('alarmId');
const sortable = {
  createdTime: 'createdAtMs',
  startTs: 'startMs',
  endTs: 'endMs',
  ackTs: 'acknowledgedAtMs',
  clearTs: 'clearedAtMs',
  type: 'type',
  severity: 'severity',
};

const readAlarm = defineRoute({
  method: 'GET',
  path: '/api/alarm/:alarmId',
  area,
  summary: 'One alarm.',
  permission: 'alarm.read',
  params,
  response: wireAlarmSchema,
});
const readAlarmInfo = defineRoute({
  method: 'GET',
  path: '/api/alarm/info/:alarmId',
  area,
  summary: 'One alarm with the name of its originator.',
  permission: 'alarm.read',
  params,
  response: wireAlarmInfoSchema,
});
const alarmsOfEntity = defineRoute({
  method: 'GET',
  path: '/api/alarm/:entityType/:entityId',
  area,
  summary: 'A page of the alarms of one entity, newest first.',
  permission: 'alarm.read',
  params: entityParams,
  query: alarmParametersSchema,
  response: pageDataSchema(wireAlarmInfoSchema),
});
const listAlarms = defineRoute({
  method: 'GET',
  path: '/api/alarms',
  area,
  summary: 'A page of the alarms of the tenant, newest first.',
  permission: 'alarm.list',
  query: alarmParametersSchema,
  response: pageDataSchema(wireAlarmInfoSchema),
});

/** Looking at alarms. */
@Controller()
export class AlarmController {
  readonly #alarms: AlarmViews;

  constructor(@Inject(ALARM_VIEWS) alarms: AlarmViews) {
    this.#alarms = alarms;
  }

  @Handles(readAlarm)
  async read(@CallerOf() caller: Caller, @Input() input: InputOf<typeof readAlarm>): Promise<AnswerOf<typeof readAlarm>> {
    return alarmToWire((await this.#alarms.get(caller, input.params.alarmId)).alarm);
  }

  @Handles(readAlarmInfo)
  async readInfo(@CallerOf() caller: Caller, @Input() input: InputOf<typeof readAlarmInfo>): Promise<AnswerOf<typeof readAlarmInfo>> {
    const { alarm, originator } = await this.#alarms.get(caller, input.params.alarmId);
    return alarmInfoToWire(alarm, originator);
  }

  @Handles(alarmsOfEntity)
  async ofEntity(@CallerOf() caller: Caller, @Input() input: InputOf<typeof alarmsOfEntity>): Promise<AnswerOf<typeof alarmsOfEntity>> {
    const { params: place, query } = input;
    const page = await this.#alarms.ofEntity(caller, { entityType: place.entityType, id: place.entityId }, query, pageQueryOf(query, sortable));
    return pageToWire(page, ({ alarm, originator }) => alarmInfoToWire(alarm, originator));
  }

  @Handles(listAlarms)
  async list(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof listAlarms>): Promise<AnswerOf<typeof listAlarms>> {
    const page = await this.#alarms.list(caller, query, pageQueryOf(query, sortable));
    return pageToWire(page, ({ alarm, originator }) => alarmInfoToWire(alarm, originator));
  }
}
