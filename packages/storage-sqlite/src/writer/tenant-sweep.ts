import type { DatabaseSync } from 'node:sqlite';
import { entityTables } from '../entities/entity-tables.js';
import { SWEEP_PAUSE_MS, SWEEP_RETRY_MS, SWEEP_ROWS_A_STATEMENT, SWEEP_SLICE_MS } from '../limits.js';

/**
 * Takes the rows of removed tenants out of the tables, a slice at a time, so that writes get through in between. A tenant
 * is gone for every reader with the mark in `removed_tenant`; how long its rows stay after that is nobody's concern. What a
 * process leaves behind when it ends is taken up by the next one. What names its entities and series, and the blocks of those,
 * is left to the packer (packing/sweep-steps.ts): only it knows when nothing names them any more.
 */
export class TenantSweep {
  readonly #database: DatabaseSync;
  #removal: Generator<void> | undefined = undefined;
  #timer: NodeJS.Timeout | undefined = undefined;
  #isStopped = false;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Looks for marked tenants soon, if it is not at it already. */
  wake(pauseMs = SWEEP_PAUSE_MS): void {
    if (this.#isStopped) return;
    this.#timer ??= setTimeout(() => this.#turn(), pauseMs).unref();
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  #turn(): void {
    this.#timer = undefined;
    try {
      if (this.#slice()) this.wake();
    } catch {
      // Whoever writes meets the same error and tells it; here it costs time only.
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      this.#removal = undefined;
      this.wake(SWEEP_RETRY_MS);
    }
  }

  /** One transaction. @returns false where nothing is left to do */
  #slice(): boolean {
    const endMs = performance.now() + SWEEP_SLICE_MS;
    this.#removal ??= removalOfMarked(this.#database);
    this.#database.exec('BEGIN IMMEDIATE');
    let isDone = false;
    while (!isDone && performance.now() < endMs) isDone = this.#removal.next().done === true;
    this.#database.exec('COMMIT');
    if (isDone) this.#removal = undefined;
    return !isDone;
  }
}

/** Removes what all marked tenants left; a transaction may end wherever it yields. */
function* removalOfMarked(database: DatabaseSync): Generator<void> {
  const next = database.prepare('SELECT id FROM removed_tenant WHERE is_swept = 0 LIMIT 1');
  for (let row = next.get(); row !== undefined; row = next.get()) {
    const tenantId = String(row['id']);
    for (const walk of walks) yield* walkRows(database, walk, tenantId);
    for (const sql of deletions) {
      const deletion = database.prepare(sql);
      while (deletion.run(tenantId, SWEEP_ROWS_A_STATEMENT).changes !== 0) yield;
    }
    database.prepare('UPDATE removed_tenant SET is_swept = 1 WHERE id = ?').run(tenantId);
    yield;
  }
}

/** A table without an index by tenant: all of it is walked once. */
interface Walk {
  /** The next rows: their place and whose they are. */
  readonly select: string;
  /** Run for each place of the tenant, in order, each until it finds nothing more. */
  readonly removals: readonly string[];
}

const walks: readonly Walk[] = [
  {
    // Before the tables of the directory, so that their triggers find nothing to update. The numbers of neighbours stand together.
    select: 'SELECT number AS place, tenant_id FROM numbered_entity WHERE number > ? ORDER BY number LIMIT ?',
    removals: [
      'DELETE FROM attribute WHERE id IN (SELECT id FROM attribute WHERE entity_number = ? LIMIT ?)',
      'DELETE FROM numbered_entity WHERE number IN (SELECT ? LIMIT ?)',
    ],
  },
  {
    select: "SELECT seq AS place, document ->> '$.message.tenantId' AS tenant_id FROM hand_over WHERE seq > ? ORDER BY seq LIMIT ?",
    removals: ['DELETE FROM hand_over WHERE seq IN (SELECT ? LIMIT ?)'],
  },
];

function* walkRows(database: DatabaseSync, { select, removals }: Walk, tenantId: string): Generator<void> {
  const block = database.prepare(select);
  const deletions = removals.map((sql) => database.prepare(sql));
  for (let after = 0, rows = block.all(0, SWEEP_ROWS_A_STATEMENT); rows.length > 0; rows = block.all(after, SWEEP_ROWS_A_STATEMENT)) {
    for (const row of rows) {
      after = Number(row['place']);
      if (row['tenant_id'] !== tenantId) continue;
      for (const deletion of deletions) while (deletion.run(after, SWEEP_ROWS_A_STATEMENT).changes !== 0) yield;
    }
    yield;
  }
}

const deletions: readonly string[] = [
  ...[...Object.values(entityTables).map(({ table }) => table), 'alarm', 'dead_letter', 'trace'].map((table) => deletion(table, 'rowid')),
  deletion('trace_usage', 'tenant_id'),
  deletion('node_state', 'tenant_id, rule_node_id, entity_id'),
  deletion('retention', 'tenant_id'),
  'DELETE FROM blob_piece WHERE rowid IN (SELECT p.rowid FROM blob b CROSS JOIN blob_piece p ON p.upload = b.upload WHERE b.tenant_id = ? LIMIT min(?, 4))',
  deletion('blob', 'tenant_id, id'),
];

function deletion(table: string, key: string): string {
  return `DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM ${table} WHERE tenant_id = ? LIMIT ?)`;
}
