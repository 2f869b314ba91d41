import type { Clock, IdSource, Log } from '@fieldline/kernel';
import type { Alarm, AlarmComment, EntityAction, EntityId } from '@fieldline/model';
import { actionMessages, auditLogOf } from '@fieldline/model';
import type { AlarmCommands, AlarmDraft, CommandContext, CommitUnit, DataStore, RuleMessages } from '@fieldline/ports';
import { alarmAction } from './alarm-actions.js';
import { drafted, isChanged, type Decision } from './alarm-draft.js';
import { isEqualJson } from './equal-json.js';
import { alarmErrors } from './errors.js';
import { propagationOf } from './propagation.js';
import { UNASSIGNED_PER_COMMIT } from './limits.js';
import { shelved, unshelved } from './shelving.js';
import { systemComment, systemComments } from './system-comments.js';
import { Turns } from './turns.js';

export interface AlarmDeskDeps {
  readonly store: Pick<DataStore, 'begin' | 'commit' | 'reading' | 'alarms'>;
  readonly messages: RuleMessages;
  /** Entities besides the originator at which an alarm is shown. */
  readonly propagation: (alarm: Alarm) => Promise<readonly EntityId[]>;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
}

/** What operators do with alarms (rest-api.md §17). Alarm, comment and audit record of one command are one commit. */
export class AlarmDesk implements AlarmCommands {
  readonly #deps: AlarmDeskDeps;
  /** Commands on one alarm follow each other, so each decides on what the one before left. */
  readonly #turns = new Turns();

  constructor(deps: AlarmDeskDeps) {
    this.#deps = deps;
  }

  saveAlarm(context: CommandContext, draft: AlarmDraft): Promise<Alarm> {
    const { tenantId } = context;
    const subject = draft.id ?? `${tenantId} ${draft.originator.id} ${draft.type}`;
    return this.#turns.take(subject, async () => {
      const unit = this.#deps.store.begin();
      const reading = this.#deps.store.reading(unit);
      const base =
        draft.id === undefined
          ? await reading.activeAlarm(tenantId, draft.originator, draft.type)
          : this.#known(await reading.alarm(tenantId, draft.id), draft.id);
      const { clock, ids } = this.#deps;
      const decision = drafted(context, draft, base, { id: ids.next(), nowMs: clock.nowMs() });
      const alarm = await this.#propagated(decision.alarm, base);
      if (base !== undefined && !isChanged(base, alarm)) return base;
      await this.#commit(context, unit, { ...decision, alarm }, base);
      return alarm;
    });
  }

  acknowledgeAlarm(context: CommandContext, alarmId: string): Promise<Alarm> {
    return this.#change(context, alarmId, (alarm, nowMs) => {
      if (alarm.acknowledgedAtMs !== undefined) throw alarmErrors.ALREADY_ACKNOWLEDGED();
      const comments = [systemComments.acknowledged(context.user.email)];
      return { alarm: { ...alarm, acknowledgedAtMs: nowMs }, actions: ['ALARM_ACK'], comments };
    });
  }

  clearAlarm(context: CommandContext, alarmId: string): Promise<Alarm> {
    return this.#change(context, alarmId, (alarm, nowMs) => {
      if (alarm.clearedAtMs !== undefined) throw alarmErrors.ALREADY_CLEARED();
      return { alarm: { ...alarm, clearedAtMs: nowMs }, actions: ['ALARM_CLEAR'], comments: [systemComments.cleared(context.user.email)] };
    });
  }

  assignAlarm(context: CommandContext, alarmId: string, assignee?: { readonly id: string; readonly name: string }): Promise<Alarm> {
    const { email } = context.user;
    return this.#change(context, alarmId, ({ assigneeId, ...alarm }, nowMs) => {
      if (assignee === undefined) {
        if (assigneeId === undefined) throw alarmErrors.ALREADY_UNASSIGNED();
        return { alarm: { ...alarm, assignedAtMs: nowMs }, actions: ['ALARM_UNASSIGNED'], comments: [systemComments.unassigned(email)] };
      }
      if (assigneeId === assignee.id) throw alarmErrors.ALREADY_ASSIGNED();
      const comments = [systemComments.assigned(email, assignee.name)];
      return { alarm: { ...alarm, assigneeId: assignee.id, assignedAtMs: nowMs }, actions: ['ALARM_ASSIGNED'], comments };
    });
  }

  shelveAlarm(context: CommandContext, alarmId: string, shelve?: { readonly reason: string; readonly untilMs: number }): Promise<Alarm> {
    const { email } = context.user;
    return this.#change(context, alarmId, (alarm, nowMs) => {
      if (shelve === undefined) return { alarm: unshelved(alarm, nowMs), actions: ['ALARM_UNSHELVED'], comments: [systemComments.unshelved(email)] };
      const comments = [systemComments.shelved(email, shelve.reason, shelve.untilMs - nowMs)];
      return { alarm: shelved(alarm, shelve, context, nowMs), actions: ['ALARM_SHELVED'], comments };
    });
  }

  removeAlarm(context: CommandContext, alarmId: string): Promise<void> {
    return this.#turns.take(alarmId, async () => {
      const unit = this.#deps.store.begin();
      const alarm = this.#known(await this.#deps.store.reading(unit).alarm(context.tenantId, alarmId), alarmId);
      unit.removeAlarm(context.tenantId, alarmId);
      await this.#finish(unit, [alarmAction(context, 'ALARM_DELETE', alarm, alarm)]);
    });
  }

  async unassignAlarmsOf(context: CommandContext, user: { readonly id: string; readonly name: string }): Promise<void> {
    const { store, clock } = this.#deps;
    for (;;) {
      const found = await store.alarms(context.tenantId, { pageSize: UNASSIGNED_PER_COMMIT, page: 0, assigneeId: user.id });
      if (found.data.length === 0) return;
      const unit = store.begin();
      const actions: EntityAction[] = [];
      for (const base of found.data) {
        const { assigneeId: _, ...rest } = base;
        const alarm: Alarm = { ...rest, assignedAtMs: clock.nowMs() };
        unit.alarm(alarm, base);
        unit.record({ change: 'insert', kind: 'alarmComment', entity: this.#comment(context, alarm, systemComments.assigneeDeleted(user.name)) });
        actions.push(alarmAction(context, 'ALARM_UNASSIGNED', alarm, base));
      }
      await this.#finish(unit, actions);
    }
  }

  #change(context: CommandContext, alarmId: string, decide: (alarm: Alarm, nowMs: number) => Decision): Promise<Alarm> {
    return this.#turns.take(alarmId, async () => {
      const unit = this.#deps.store.begin();
      const base = this.#known(await this.#deps.store.reading(unit).alarm(context.tenantId, alarmId), alarmId);
      const decision = decide(base, this.#deps.clock.nowMs());
      await this.#commit(context, unit, decision, base);
      return decision.alarm;
    });
  }

  async #commit(context: CommandContext, unit: CommitUnit, { alarm, actions, comments }: Decision, base: Alarm | undefined): Promise<void> {
    unit.alarm(alarm, base);
    for (const comment of comments) unit.record({ change: 'insert', kind: 'alarmComment', entity: this.#comment(context, alarm, comment) });
    await this.#finish(
      unit,
      actions.map((type) => alarmAction(context, type, alarm, base)),
    );
  }

  /** Records the actions, commits, and sends what rule chains are told. */
  async #finish(unit: CommitUnit, actions: readonly EntityAction[]): Promise<void> {
    const { store, ids, clock, messages, log } = this.#deps;
    for (const action of actions) {
      unit.record({ change: 'insert', kind: 'auditLog', entity: auditLogOf(action, { id: ids.next(), nowMs: clock.nowMs() }) });
    }
    await store.commit(unit);
    const told = actions.flatMap(actionMessages);
    messages.send(told).catch((error: unknown) => log.error('action-messages-lost', { count: told.length, error }));
  }

  async #propagated(alarm: Alarm, base: Alarm | undefined): Promise<Alarm> {
    if (base !== undefined && isEqualJson(propagationOf(base), propagationOf(alarm))) return alarm;
    const { propagatedTo: _, ...rest } = alarm;
    const propagatedTo = await this.#deps.propagation(alarm);
    return propagatedTo.length === 0 ? rest : { ...rest, propagatedTo: [...propagatedTo] };
  }

  #comment(context: CommandContext, alarm: Alarm, comment: Parameters<typeof systemComment>[1]): AlarmComment {
    return systemComment(alarm, comment, { id: this.#deps.ids.next(), nowMs: this.#deps.clock.nowMs(), userName: context.user.email });
  }

  #known(alarm: Alarm | undefined, id: string): Alarm {
    if (alarm === undefined) throw alarmErrors.NOT_FOUND({ id });
    return alarm;
  }
}
