import type { Clock, IdSource, Log } from '@fieldline/kernel';
import type { ActionType, Alarm, AlarmComment, Page, PageQuery, TenantId } from '@fieldline/model';
import { actionMessages, auditLogOf } from '@fieldline/model';
import type { CommandContext, EntityChange, EntityStore, RuleMessages } from '@fieldline/ports';
import { commentAction } from './alarm-actions.js';
import { alarmErrors } from './errors.js';
import { COMMENT_CHARACTERS_MAX } from './limits.js';
import { systemComments } from './system-comments.js';

export interface AlarmCommentsDeps {
  readonly entities: EntityStore;
  readonly messages: RuleMessages;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
}

export interface CommentDraft {
  readonly id?: string | undefined;
  /** `text`, and whatever else the client wants to keep with it. */
  readonly comment?: AlarmComment['comment'] | undefined;
}

/** What people write at an alarm (rest-api.md §18). The caller has checked access to the alarm. */
export class AlarmComments {
  readonly #deps: AlarmCommentsDeps;

  constructor(deps: AlarmCommentsDeps) {
    this.#deps = deps;
  }

  /** Oldest first unless the query says otherwise. */
  page(alarm: Alarm, query: PageQuery): Promise<Page<AlarmComment>> {
    return this.#deps.entities.page('alarmComment', alarm.tenantId as TenantId, query, { alarmId: alarm.id });
  }

  /**
   * Adds a comment, or edits one of the user's own.
   *
   * @throws ALARM_COMMENT_MISSING, ALARM_COMMENT_TOO_LONG, ALARM_COMMENT_NOT_FOUND, ALARM_COMMENT_IS_SYSTEM, ALARM_COMMENT_OF_OTHER_EDITED
   */
  async save(context: CommandContext, alarm: Alarm, { id, comment }: CommentDraft): Promise<AlarmComment> {
    if (comment === undefined) throw alarmErrors.COMMENT_MISSING();
    if (JSON.stringify(comment).length > COMMENT_CHARACTERS_MAX) throw alarmErrors.COMMENT_TOO_LONG({ charactersMax: COMMENT_CHARACTERS_MAX });
    const { ids, clock } = this.#deps;
    const nowMs = clock.nowMs();
    if (id === undefined) {
      const head = { id: ids.next(), tenantId: alarm.tenantId, createdAtMs: nowMs, version: 1 };
      const entity: AlarmComment = { ...head, alarmId: alarm.id, userId: context.user.id, type: 'OTHER', comment };
      await this.#write(context, 'ADDED_COMMENT', alarm, { change: 'insert', kind: 'alarmComment', entity }, entity);
      return entity;
    }
    const stored = await this.#known(alarm, id);
    if (stored.type === 'SYSTEM') throw alarmErrors.COMMENT_IS_SYSTEM();
    if (stored.userId !== context.user.id) throw alarmErrors.COMMENT_OF_OTHER_EDITED();
    const entity: AlarmComment = { ...stored, comment: { ...comment, edited: 'true', editedOn: nowMs } };
    await this.#write(context, 'UPDATED_COMMENT', alarm, { change: 'update', kind: 'alarmComment', entity }, entity);
    return { ...entity, version: entity.version + 1 };
  }

  /**
   * Leaves a note of ours in place of a comment.
   *
   * @param mayRemoveOthers whether the user is a tenant administrator
   * @throws ALARM_COMMENT_NOT_FOUND, ALARM_COMMENT_SYSTEM_KEPT, ALARM_COMMENT_OF_OTHER_DELETED
   */
  async remove(context: CommandContext, alarm: Alarm, id: string, mayRemoveOthers: boolean): Promise<void> {
    const stored = await this.#known(alarm, id);
    if (stored.type === 'SYSTEM') throw alarmErrors.COMMENT_SYSTEM_KEPT();
    if (stored.userId !== context.user.id && !mayRemoveOthers) throw alarmErrors.COMMENT_OF_OTHER_DELETED();
    const { userId: _, ...rest } = stored;
    const { email } = context.user;
    const { subtype, text } = systemComments.commentDeleted(email);
    const entity: AlarmComment = { ...rest, type: 'SYSTEM', comment: { text, subtype, userName: email } };
    await this.#write(context, 'DELETED_COMMENT', alarm, { change: 'update', kind: 'alarmComment', entity }, entity);
  }

  async #known(alarm: Alarm, id: string): Promise<AlarmComment> {
    const stored = await this.#deps.entities.find('alarmComment', alarm.tenantId as TenantId, id);
    if (stored?.alarmId !== alarm.id) throw alarmErrors.COMMENT_NOT_FOUND({ id });
    return stored;
  }

  async #write(context: CommandContext, type: ActionType, alarm: Alarm, change: EntityChange, comment: AlarmComment): Promise<void> {
    const { entities, ids, clock, messages, log } = this.#deps;
    const action = commentAction(context, type, alarm, comment);
    const entity = auditLogOf(action, { id: ids.next(), nowMs: clock.nowMs() });
    await entities.write([change, { change: 'insert', kind: 'auditLog', entity }]);
    const told = actionMessages(action);
    messages.send(told).catch((error: unknown) => log.error('action-messages-lost', { count: told.length, error }));
  }
}
