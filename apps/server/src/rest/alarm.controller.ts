import {
  alarmListParametersSchema,
  alarmParametersSchema,
  alarmToWire,
  pageDataSchema,
  pageParametersSchema,
  pageQueryOf,
  pageToWire,
  wireAlarmInfoSchema,
  wireAlarmSchema,
  wireId,
  wireIdSchema,
} from '@fieldline/api-contract';
import { alarmSeverities } from '@fieldline/model';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import * as z from 'zod';
import type { AlarmViews } from './alarm-views.js';
import { entityParams, idParams } from './id-params.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { ALARM_VIEWS } from './tokens.js';

const area = 'Alarms';
const read = { method: 'GET', area, permission: 'alarm.read' } as const;
const list = { method: 'GET', area, permission: 'alarm.list' } as const;
const params = idParams('alarmId');
const infos = pageDataSchema(wireAlarmInfoSchema);
const sortable = {
  createdTime: 'createdAtMs',
  startTs: 'startMs',
  endTs: 'endMs',
  ackTs: 'acknowledgedAtMs',
  clearTs: 'clearedAtMs',
  assignTs: 'assignedAtMs',
  type: 'type',
  severity: 'severity',
  status: 'status',
};

const readAlarm = defineRoute({ ...read, path: '/api/alarm/:alarmId', summary: 'One alarm.', params, response: wireAlarmSchema });
const readAlarmInfo = defineRoute({
  ...read,
  path: '/api/alarm/info/:alarmId',
  summary: 'One alarm with the names of its originator and assignee.',
  params,
  response: wireAlarmInfoSchema,
});
const alarmsOfEntity = defineRoute({
  ...read,
  path: '/api/alarm/:entityType/:entityId',
  summary: 'A page of the alarms shown at one entity, newest first.',
  params: entityParams,
  query: alarmParametersSchema,
  response: infos,
});
const alarmsOfEntityV2 = defineRoute({
  ...read,
  path: '/api/v2/alarm/:entityType/:entityId',
  summary: 'A page of the alarms shown at one entity, newest first.',
  params: entityParams,
  query: alarmListParametersSchema,
  response: infos,
});
const listAlarms = defineRoute({
  ...list,
  path: '/api/alarms',
  summary: 'A page of the alarms of the tenant or customer, newest first.',
  query: alarmParametersSchema,
  response: infos,
});
const listAlarmsV2 = defineRoute({
  ...list,
  path: '/api/v2/alarms',
  summary: 'A page of the alarms of the tenant or customer, newest first.',
  query: alarmListParametersSchema,
  response: infos,
});
const highestSeverity = defineRoute({
  ...list,
  path: '/api/alarm/highestSeverity/:entityType/:entityId',
  summary: 'The severest of the alarms shown at one entity; nothing where there are none.',
  params: entityParams,
  query: alarmParametersSchema.pick({ searchStatus: true, status: true, assigneeId: true }),
  response: z.enum(alarmSeverities).optional(),
});
const alarmTypes = defineRoute({
  ...list,
  path: '/api/alarm/types',
  summary: 'A page of the types of the alarms there are.',
  query: pageParametersSchema,
  response: pageDataSchema(
    z.strictObject({
      tenantId: wireIdSchema('TENANT').describe('Tenant of the alarms.'),
      entityType: z.literal('ALARM').describe('Always ALARM.'),
      type: z.string().describe('Type of alarms.'),
    }),
  ),
});

/** Looking at alarms. */
@Controller()
export class AlarmController {
  readonly #alarms: AlarmViews;

  constructor(@Inject(ALARM_VIEWS) alarms: AlarmViews) {
    this.#alarms = alarms;
  }

  @Handles(alarmTypes)
  async types(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof alarmTypes>): Promise<AnswerOf<typeof alarmTypes>> {
    const tenantId = wireId('TENANT', caller.tenantId);
    return pageToWire(await this.#alarms.types(caller, pageQueryOf(query, { type: 'type' })), (type) => ({ tenantId, entityType: 'ALARM', type }));
  }

  @Handles(readAlarm)
  async read(@CallerOf() caller: Caller, @Input() input: InputOf<typeof readAlarm>): Promise<AnswerOf<typeof readAlarm>> {
    return alarmToWire(await this.#alarms.get(caller, input.params.alarmId));
  }

  @Handles(readAlarmInfo)
  async readInfo(@CallerOf() caller: Caller, @Input() input: InputOf<typeof readAlarmInfo>): Promise<AnswerOf<typeof readAlarmInfo>> {
    return this.#alarms.info(await this.#alarms.find(caller, input.params.alarmId));
  }

  @Handles(alarmsOfEntity)
  async ofEntity(@CallerOf() caller: Caller, @Input() input: InputOf<typeof alarmsOfEntity>): Promise<AnswerOf<typeof alarmsOfEntity>> {
    const { params: place, query } = input;
    return pageToWire(await this.#alarms.ofEntity(caller, entityOf(place), query, pageQueryOf(query, sortable)), (info) => info);
  }

  @Handles(alarmsOfEntityV2)
  async ofEntityV2(@CallerOf() caller: Caller, @Input() input: InputOf<typeof alarmsOfEntityV2>): Promise<AnswerOf<typeof alarmsOfEntityV2>> {
    const { params: place, query } = input;
    return pageToWire(await this.#alarms.ofEntity(caller, entityOf(place), query, pageQueryOf(query, sortable)), (info) => info);
  }

  @Handles(listAlarms)
  async list(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof listAlarms>): Promise<AnswerOf<typeof listAlarms>> {
    return pageToWire(await this.#alarms.list(caller, query, pageQueryOf(query, sortable)), (info) => info);
  }

  @Handles(listAlarmsV2)
  async listV2(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof listAlarmsV2>): Promise<AnswerOf<typeof listAlarmsV2>> {
    return pageToWire(await this.#alarms.list(caller, query, pageQueryOf(query, sortable)), (info) => info);
  }

  @Handles(highestSeverity)
  async highest(@CallerOf() caller: Caller, @Input() input: InputOf<typeof highestSeverity>): Promise<AnswerOf<typeof highestSeverity>> {
    return this.#alarms.highestSeverity(caller, entityOf(input.params), input.query);
  }
}

function entityOf({ entityType, entityId }: z.output<typeof entityParams>) {
  return { entityType, id: entityId };
}
