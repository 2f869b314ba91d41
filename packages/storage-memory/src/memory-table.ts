import { entityRules, type EntityKind, type EntityOf, type UniqueRule } from '@fieldline/model';
import { storageErrors } from '@fieldline/ports';

export type AnyEntity = EntityOf<EntityKind>;
type Undo = () => void;

/** The entities of one kind, with who has each unique value. */
export class MemoryTable {
  readonly kind: EntityKind;
  readonly #rows = new Map<string, AnyEntity>();
  readonly #unique: readonly { readonly rule: UniqueRule<EntityKind>; readonly ids: Map<string, string> }[];

  constructor(kind: EntityKind) {
    this.kind = kind;
    const rules: readonly UniqueRule<EntityKind>[] = entityRules[kind].unique;
    this.#unique = rules.map((rule) => ({ rule, ids: new Map() }));
  }

  get(id: string): AnyEntity | undefined {
    return this.#rows.get(id);
  }

  values(): Iterable<AnyEntity> {
    return this.#rows.values();
  }

  /** By a field that is unique in the whole system. */
  withUnique(field: string, value: string): AnyEntity | undefined {
    const found = this.#unique.find(({ rule }) => rule.within === 'system' && rule.field === field);
    const id = found?.ids.get(found.rule.ignoresCase === true ? value.toLowerCase() : value);
    return id === undefined ? undefined : this.#rows.get(id);
  }

  /**
   * Adds the entity or puts it in place of the one with its id.
   *
   * @returns what takes it back
   * @throws STORAGE_NAME_TAKEN  nothing was changed
   */
  put(entity: AnyEntity): Undo {
    const before = this.#rows.get(entity.id);
    for (const { rule, ids } of this.#unique) {
      const value = uniqueValue(rule, entity);
      const holder = value === undefined ? undefined : ids.get(value);
      if (holder !== undefined && holder !== entity.id) throw storageErrors.NAME_TAKEN({ kind: this.kind, field: rule.field });
    }
    this.#replace(before, entity);
    return () => this.#replace(entity, before);
  }

  /** @returns what takes it back */
  remove(entity: AnyEntity): Undo {
    this.#replace(entity, undefined);
    return () => this.#replace(undefined, entity);
  }

  #replace(before: AnyEntity | undefined, after: AnyEntity | undefined): void {
    if (before !== undefined) {
      this.#rows.delete(before.id);
      for (const { rule, ids } of this.#unique) {
        const value = uniqueValue(rule, before);
        if (value !== undefined) ids.delete(value);
      }
    }
    if (after === undefined) return;
    this.#rows.set(after.id, after);
    for (const { rule, ids } of this.#unique) {
      const value = uniqueValue(rule, after);
      if (value !== undefined) ids.set(value, after.id);
    }
  }
}

/** What no other entity may have; undefined where the field is absent. */
function uniqueValue({ within, field, ignoresCase }: UniqueRule<EntityKind>, entity: AnyEntity): string | undefined {
  const value = (entity as Readonly<Record<string, unknown>>)[field];
  if (typeof value !== 'string') return undefined;
  const compared = ignoresCase === true ? value.toLowerCase() : value;
  return within === 'tenant' ? `${entity.tenantId} ${compared}` : compared;
}
