import type { EntityCountDraft } from '@fieldline/api-contract';
import { ALARM_ENTITIES_MAX, type Alarm, type EntityId } from '@fieldline/model';
import type { AlarmRemoval } from '@fieldline/ports';
import type { CommandContext } from '../commands/command-context.js';
import { isRefusal } from '../commands/failure-frame.js';
import type { HeldRight } from '../live-rights.js';

/**
 * The entities whose alarms a command is about: those that its filter found when it came (websocket-api.md §7). One that a customer
 * may not see any more leaves them.
 */
export class AlarmEntities {
  /** How many the filter found; more than `size` where there are too many to watch. */
  readonly total: number;
  readonly #ids: Map<string, EntityId>;
  readonly #draft: EntityCountDraft;
  readonly #context: CommandContext;
  readonly #held: HeldRight[] = [];
  #onLost: () => void = () => undefined;

  private constructor(context: CommandContext, draft: EntityCountDraft, found: { readonly entities: readonly EntityId[]; readonly total: number }) {
    this.#context = context;
    this.#draft = draft;
    this.#ids = new Map(found.entities.map((entity) => [entity.id, entity]));
    this.total = found.total;
  }

  static async find(context: CommandContext, draft: EntityCountDraft): Promise<AlarmEntities> {
    const { deps, caller } = context;
    const before = deps.rights.changes;
    const sort = { key: { type: 'ENTITY_FIELD', key: 'createdTime' }, order: 'ASC' } as const;
    const query = { ...draft, columns: [], page: 0, pageSize: ALARM_ENTITIES_MAX, textSearch: undefined, sort };
    const { data, totalElements: total } = await deps.questions.find(caller, query);
    const entities = new AlarmEntities(context, draft, { entities: data.map(({ entity }) => entity), total });
    if (!context.isEnded) entities.#holdRights(before);
    return entities;
  }

  get size(): number {
    return this.#ids.size;
  }

  /** Called when one of them may not be seen any more. */
  set onLost(listener: () => void) {
    this.#onLost = listener;
  }

  /** Finds the same entities again. Of several types, which no list of ids may name, it finds what the filter finds by then. */
  get draft(): EntityCountDraft {
    const types = new Set([...this.#ids.values()].map(({ entityType }) => entityType));
    const [entityType = 'DEVICE'] = types;
    if (types.size > 1 || this.size >= ALARM_ENTITIES_MAX) return this.#draft;
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
    for (const held of this.#held.splice(0)) held.release();
  }

  #has({ entityType, id }: EntityId): boolean {
    return this.#ids.get(id)?.entityType === entityType;
  }

  /** Administrators may see all of their tenant. */
  #holdRights(before: number): void {
    const { deps, caller } = this.#context;
    if (caller.authority !== 'CUSTOMER_USER') return;
    const { size } = this;
    deps.pages.count(this.#context.queue, size);
    this.#held.push({ ask: () => undefined, release: () => deps.pages.count(this.#context.queue, -size) });
    for (const entity of this.#ids.values()) this.#held.push(deps.rights.hold(caller, entity, 'read', (error) => this.#lost(entity, error)));
    if (deps.rights.changes !== before) for (const held of [...this.#held]) held.ask();
  }

  #lost({ id }: EntityId, error: unknown): void {
    if (!isRefusal(error)) this.#context.fail(error);
    else if (this.#ids.delete(id)) this.#onLost();
  }
}
