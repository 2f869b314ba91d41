import { isProblem } from '@fieldline/kernel';
import type { Caller, EntityChange } from '@fieldline/ports';
import type { DirectoryDeps } from './directory-deps.js';
import { EntityWriter } from './entity-writer.js';
import type { RowPlan } from './import-plan.js';
import { ImportPlanner } from './import-plan.js';
import type { ImportedRow, ImportKind, ImportRow, RefusedRow } from './import-row.js';
import { importKinds } from './import-row.js';
import { ImportState } from './import-state.js';
import { limitedKinds, roomFor, TenantLimits } from './tenant-limits.js';
import type { WriteCondition } from './write-conditions.js';

/**
 * Imports devices or assets from the rows of a table: those that are there by name are changed, others created. Give it
 * some hundred rows at a time: each call is one write. A dry run checks everything and writes nothing.
 */
export class BulkImport {
  readonly #deps: DirectoryDeps;
  readonly #kind: ImportKind;
  readonly #caller: Caller;
  /** Entities of the kind the tenant may have; 0 is any number. */
  readonly #limit: number;
  readonly #planner: ImportPlanner;
  readonly #writer: EntityWriter;
  /** What a dry run would have written so far. */
  readonly #imagined: ImportState | undefined;

  private constructor(deps: DirectoryDeps, kind: ImportKind, caller: Caller, made: { readonly limit: number; readonly isDryRun: boolean }) {
    this.#deps = deps;
    this.#kind = kind;
    this.#caller = caller;
    this.#limit = made.limit;
    this.#planner = new ImportPlanner(deps, kind, caller, made.limit);
    this.#writer = new EntityWriter(deps);
    this.#imagined = made.isDryRun ? this.#state() : undefined;
  }

  static async start(deps: DirectoryDeps, kind: ImportKind, caller: Caller, isDryRun: boolean): Promise<BulkImport> {
    const limit = await new TenantLimits(deps.entities).limit(caller.tenantId, limitedKinds[kind].member);
    return new BulkImport(deps, kind, caller, { limit, isDryRun });
  }

  /**
   * Takes some rows over: those that can be, in one write. A row that cannot does not hold up the others.
   *
   * @returns what became of each row, in their order
   * @throws STORAGE_UNAVAILABLE  nothing of these rows was written
   */
  async take(rows: readonly ImportRow[]): Promise<readonly (ImportedRow | RefusedRow)[]> {
    const state = this.#imagined ?? this.#state();
    await state.read(rows);
    const planned: (RowPlan | RefusedRow)[] = [];
    for (const row of rows) planned.push(await this.#plan(row, state));
    const plans = planned.filter((one) => 'changes' in one);
    if (this.#imagined === undefined && plans.length > 0) {
      try {
        await this.#write(plans);
      } catch (error) {
        if (!isProblem(error) || error.retry === 'later') throw error;
        const [row] = rows;
        if (rows.length === 1 && row !== undefined) return [{ line: row.line, error }];
        return this.#takeOneByOne(rows);
      }
    }
    return planned.map((one) => ('changes' in one ? one.result : one));
  }

  async #plan(row: ImportRow, state: ImportState): Promise<RowPlan | RefusedRow> {
    try {
      return await this.#planner.plan(row, state);
    } catch (error) {
      if (!isProblem(error) || error.retry === 'later') throw error;
      return { line: row.line, error };
    }
  }

  /** Where somebody else takes a name or changes an entity at the same moment, only that row is refused. */
  async #takeOneByOne(rows: readonly ImportRow[]): Promise<readonly (ImportedRow | RefusedRow)[]> {
    const results: (ImportedRow | RefusedRow)[] = [];
    for (const row of rows) results.push(...(await this.take([row])));
    return results;
  }

  async #write(plans: readonly RowPlan[]): Promise<void> {
    const changes = plans.flatMap((plan) => plan.changes);
    const actions = plans.flatMap((plan) => plan.actions);
    if (changes.length === 0) return;
    await this.#writer.write(changes, { taken: importKinds[this.#kind].taken, conditions: this.#conditionsOf(plans, changes), actions });
  }

  /** Each reference once; what the rows make themselves need not be there before. */
  #conditionsOf(plans: readonly RowPlan[], changes: readonly EntityChange[]): readonly WriteCondition[] {
    const made = new Set(changes.map((change) => (change.change === 'insert' ? change.entity.id : '')));
    const references = new Map<string, WriteCondition>();
    for (const one of plans.flatMap((plan) => plan.conditions)) {
      if (one.condition.change === 'require' && !made.has(one.condition.id)) references.set(one.condition.id, one);
    }
    const more = plans.filter(({ result }) => result.outcome === 'created').length;
    return [...references.values(), ...roomFor(this.#caller.tenantId, this.#kind, { more, limit: this.#limit })];
  }

  #state(): ImportState {
    return new ImportState(this.#deps.entities, this.#kind, this.#caller.tenantId);
  }
}
