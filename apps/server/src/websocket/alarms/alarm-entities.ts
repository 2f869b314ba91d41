import type { EntityCountDraft } from '@fieldline/api-contract';
import { ALARM_ENTITIES_MAX, type Alarm, type EntityData, type EntityId, type EntityType, type Page } from '@fieldline/model';
import type { AlarmRemoval } from '@fieldline/ports';
import type { CommandContext } from '../commands/command-context.js';
import { isRefusal } from '../commands/failure-frame.js';

/**
 * The entities whose alarms a command is about: those that its filter found when it came (websocket-api.md §7), or, where it means all of a
 * type that an administrator has, whatever is of that type. One that a customer may not see any more leaves them.
 */
export class AlarmEntities {
  /** How many the filter found; more than are watched where there are too many. */
  readonly total: number;
  readonly #draft: EntityCountDraft;
  readonly #context: CommandContext;
  /** Absent where all of a type are meant. */
  readonly #ids: Map<string, EntityId> | undefined;
  #endings: (() => void)[] = [];
  #onLost: () => void = () => undefined;

  private constructor(context: CommandContext, draft: EntityCountDraft, { data, totalElements }: Page<EntityData>) {
    this.#context = context;
    this.#draft = draft;
    this.#ids = wholeTypeOf(context, draft) === undefined ? new Map(data.map(({ entity }) => [entity.id, entity])) : undefined;
    this.total = totalElements;
  }

  /** @throws LIVE_TOO_MANY_ENTITIES, and as `EntityQuestions.find` */
  static async find(context: CommandContext, draft: EntityCountDraft): Promise<AlarmEntities> {
    const { deps, caller } = context;
    const before = deps.rights.changes;
    const sort = { key: { type: 'ENTITY_FIELD', key: 'createdTime' }, order: 'ASC' } as const;
    const pageSize = wholeTypeOf(context, draft) === undefined ? ALARM_ENTITIES_MAX : 1;
    const found = await deps.questions.find(caller, { ...draft, columns: [], page: 0, pageSize, textSearch: undefined, sort });
    const entities = new AlarmEntities(context, draft, found);
    if (!context.isEnded) entities.#watch(before);
    return entities;
  }

  get isEmpty(): boolean {
    return (this.#ids?.size ?? this.total) === 0;
  }

  /** Called when one of them may not be seen any more. */
  set onLost(listener: () => void) {
    this.#onLost = listener;
  }

  /** Finds the same entities again. Of several types, which no list of ids may name, it finds what the filter finds by then. */
  get draft(): EntityCountDraft {
    const types = new Set([...(this.#ids?.values() ?? [])].map(({ entityType }) => entityType));
    const [entityType = 'DEVICE'] = types;
    if (this.#ids === undefined || types.size > 1 || this.#ids.size >= ALARM_ENTITIES_MAX) return this.#draft;
    return { selector: { kind: 'ids', entityType, ids: [...this.#ids.keys()] }, filters: [], combine: 'AND' };
  }

  concern(alarm: Alarm, withPropagated: boolean): boolean {
    const { caller } = this.#context;
    if (caller.authority === 'CUSTOMER_USER' && alarm.customerId !== caller.customerId) return false;
    return this.#has(alarm.originator) || (withPropagated && (alarm.propagatedTo ?? []).some((entity) => this.#has(entity)));
  }

  /** Of an alarm that is gone by itself nothing but its id is known: it may be one of theirs. */
  mayConcern(removal: AlarmRemoval): boolean {
    return 'id' in removal || this.#has(removal.originator);
  }

  /** Watches them no more. */
  release(): void {
    for (const end of this.#endings.splice(0)) end();
  }

  #has({ entityType, id }: EntityId): boolean {
    if (this.#ids === undefined) return entityType === wholeTypeOf(this.#context, this.#draft);
    return this.#ids.get(id)?.entityType === entityType;
  }

  /** Those of customers are watched one by one; administrators may see all of their tenant. */
  #watch(before: number): void {
    const { deps, caller, queue } = this.#context;
    const size = this.#ids?.size ?? 0;
    deps.pages.count(queue, size);
    this.#endings.push(() => deps.pages.count(queue, -size));
    if (caller.authority !== 'CUSTOMER_USER') return;
    const rights = [...(this.#ids?.values() ?? [])].map((entity) => deps.rights.hold(caller, entity, 'read', (error) => this.#lost(entity, error)));
    this.#endings.push(...rights.map(({ release }) => release));
    if (deps.rights.changes !== before) for (const { ask } of rights) ask();
  }

  #lost({ id }: EntityId, error: unknown): void {
    if (!isRefusal(error)) this.#context.fail(error);
    else if (this.#ids?.delete(id) === true) this.#onLost();
  }
}

/** The type of which a filter means every entity, where the caller may see them all: then nothing need be kept of them. */
function wholeTypeOf({ caller }: CommandContext, { selector, filters }: EntityCountDraft): EntityType | undefined {
  if (caller.authority === 'CUSTOMER_USER' || selector.kind !== 'type' || filters.length > 0) return undefined;
  const { entityType, types = [], name } = selector;
  return types.length === 0 && name === '' ? entityType : undefined;
}
