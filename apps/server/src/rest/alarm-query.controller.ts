import {
  alarmCountDraftOf,
  alarmCountQuerySchema,
  alarmDataDraftOf,
  alarmDataQuerySchema,
  alarmDataToWire,
  pageDataSchema,
  wireAlarmDataSchema,
  type WireAlarmInfo,
} from '@fieldline/api-contract';
import type { EntityQuestions } from '@fieldline/directory';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import * as z from 'zod';
import type { AlarmViews } from './alarm-views.js';
import type { RestDeps } from './rest-deps.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { ALARM_VIEWS, ENTITY_QUESTIONS, REST_DEPS } from './tokens.js';

const area = 'Entity queries';
const findAlarms = defineRoute({
  method: 'POST',
  path: '/api/alarmsQuery/find',
  area,
  summary: 'Alarms of the entities that a query finds, with chosen values of those.',
  permission: 'alarm-query.find',
  body: alarmDataQuerySchema,
  response: pageDataSchema(wireAlarmDataSchema),
});
const countAlarms = defineRoute({
  method: 'POST',
  path: '/api/alarmsQuery/count',
  area,
  summary: 'How many alarms a query finds, of some entities or of all.',
  permission: 'alarm-query.find',
  body: alarmCountQuerySchema,
  response: z.int().describe('Alarms found.'),
});

/** Questions about the alarms of many entities at once (rest-api.md §24). */
@Controller()
export class AlarmQueryController {
  readonly #questions: EntityQuestions;
  readonly #views: AlarmViews;
  readonly #deps: RestDeps;

  constructor(@Inject(ENTITY_QUESTIONS) questions: EntityQuestions, @Inject(ALARM_VIEWS) views: AlarmViews, @Inject(REST_DEPS) deps: RestDeps) {
    this.#questions = questions;
    this.#views = views;
    this.#deps = deps;
  }

  @Handles(findAlarms)
  async find(@CallerOf() caller: Caller, @Input() { body }: InputOf<typeof findAlarms>): Promise<AnswerOf<typeof findAlarms>> {
    const nowMs = this.#deps.clock.nowMs();
    const { data, ...page } = await this.#questions.findAlarms(caller, alarmDataDraftOf(body, nowMs));
    const infos = await this.#views.infos(data.map(({ alarm }) => alarm));
    return { ...page, data: data.map((found, at) => alarmDataToWire(infos[at] as WireAlarmInfo, found, nowMs)) };
  }

  @Handles(countAlarms)
  count(@CallerOf() caller: Caller, @Input() { body }: InputOf<typeof countAlarms>): Promise<AnswerOf<typeof countAlarms>> {
    return this.#questions.countAlarms(caller, alarmCountDraftOf(body, this.#deps.clock.nowMs()));
  }
}
