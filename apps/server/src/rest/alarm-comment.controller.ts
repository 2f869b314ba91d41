import type { AlarmComments } from '@fieldline/alarms';
import {
  alarmCommentDraftOf,
  alarmCommentInfoToWire,
  alarmCommentSaveSchema,
  alarmCommentToWire,
  pageDataSchema,
  pageParametersSchema,
  pageQueryOf,
  wireAlarmCommentInfoSchema,
  wireAlarmCommentSchema,
} from '@fieldline/api-contract';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import type { AlarmViews } from './alarm-views.js';
import { contextOf } from './command-context.js';
import { idParams } from './id-params.js';
import type { RestDeps } from './rest-deps.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { ALARM_COMMENTS, ALARM_VIEWS, REST_DEPS } from './tokens.js';

const path = '/api/alarm/:alarmId/comment';
const area = 'Alarms';
const params = idParams('alarmId');

const saveComment = defineRoute({
  method: 'POST',
  path,
  area,
  summary: 'Adds a comment to an alarm, or edits one of your own.',
  permission: 'alarm-comment.write',
  params,
  body: alarmCommentSaveSchema,
  response: wireAlarmCommentSchema,
});
const removeComment = defineRoute({
  method: 'DELETE',
  path: `${path}/:commentId`,
  area,
  summary: 'Takes back a comment; a note stays in its place.',
  permission: 'alarm-comment.write',
  params: idParams('alarmId', 'commentId'),
});
const listComments = defineRoute({
  method: 'GET',
  path,
  area,
  summary: 'A page of the comments of an alarm.',
  permission: 'alarm-comment.read',
  params,
  query: pageParametersSchema,
  response: pageDataSchema(wireAlarmCommentInfoSchema),
});

/** Comments of alarms (rest-api.md §18). */
@Controller()
export class AlarmCommentController {
  readonly #alarms: AlarmViews;
  readonly #comments: AlarmComments;
  readonly #deps: RestDeps;

  constructor(@Inject(ALARM_VIEWS) alarms: AlarmViews, @Inject(ALARM_COMMENTS) comments: AlarmComments, @Inject(REST_DEPS) deps: RestDeps) {
    this.#alarms = alarms;
    this.#comments = comments;
    this.#deps = deps;
  }

  @Handles(saveComment)
  async save(@CallerOf() caller: Caller, @Input() { params: place, body }: InputOf<typeof saveComment>): Promise<AnswerOf<typeof saveComment>> {
    const alarm = await this.#alarms.get(caller, place.alarmId);
    return alarmCommentToWire(await this.#comments.save(contextOf(caller), alarm, alarmCommentDraftOf(body)));
  }

  @Handles(removeComment)
  async remove(@CallerOf() caller: Caller, @Input() { params: place }: InputOf<typeof removeComment>): Promise<void> {
    const alarm = await this.#alarms.get(caller, place.alarmId);
    await this.#comments.remove(contextOf(caller), alarm, place.commentId, caller.authority === 'TENANT_ADMIN');
  }

  @Handles(listComments)
  async list(@CallerOf() caller: Caller, @Input() { params: place, query }: InputOf<typeof listComments>): Promise<AnswerOf<typeof listComments>> {
    const alarm = await this.#alarms.get(caller, place.alarmId);
    const found = await this.#comments.page(alarm, pageQueryOf(query, { createdTime: 'createdAtMs' }));
    const authorIds = new Set(found.data.flatMap(({ userId }) => (userId === undefined ? [] : [userId])));
    const users = await this.#deps.entities.findMany('user', caller.tenantId, [...authorIds]);
    const authors = new Map(users.map((user) => [user.id, user]));
    return { ...found, data: found.data.map((comment) => alarmCommentInfoToWire(comment, authors.get(comment.userId ?? ''))) };
  }
}
