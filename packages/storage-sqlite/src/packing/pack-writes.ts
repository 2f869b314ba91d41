import { ProblemError, problemOf } from '@fieldline/kernel';
import { storageErrors } from '@fieldline/ports';
import { PACKED_BYTES_A_WRITE, PACKED_ROWS_A_WRITE } from '../limits.js';
import type { SqlValue, WriteRequest, WriteStatement, WriterLink } from '../writer/writer-link.js';
import { putLatest } from './latest-values.js';

/** Rows that are written together, so that no reader finds one without the other. */
export interface BlockChange {
  /** Ids of blocks. */
  readonly removed: readonly number[];
  /** Rows of new blocks, without an id. */
  readonly added: readonly (readonly SqlValue[])[];
  readonly latest?: readonly SqlValue[] | undefined;
  /** Damaged blocks that get a mark: series, time to live, start, end and count of each. */
  readonly marked?: readonly (readonly SqlValue[])[];
}

/**
 * Gives changes to the writer in their order, few at a time: one request is under way while the next is made, and whatever others
 * write comes in between.
 */
export class PackWrites {
  readonly #writer: WriterLink;
  readonly #rowsMax: number;
  #waiting: BlockChange[] = [];
  #rows = 0;
  #bytes = 0;
  #underWay: Promise<void> = Promise.resolve();
  #isEnded = false;

  /** @param rowsMax rows of one request, unless more must be written together */
  constructor(writer: WriterLink, rowsMax = PACKED_ROWS_A_WRITE) {
    this.#writer = writer;
    this.#rowsMax = rowsMax;
  }

  get isFull(): boolean {
    return this.#rows >= this.#rowsMax || this.#bytes >= PACKED_BYTES_A_WRITE;
  }

  add(change: BlockChange): void {
    this.#waiting.push(change);
    this.#rows += rowsOf(change);
    this.#bytes += bytesOf(change);
  }

  /** Gives the writer what waits; resolves when it may be given more. @throws the failure of what was given before, coded */
  async send(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#rows = 0;
    this.#bytes = 0;
    for (let from = 0; from < waiting.length;) {
      const to = endOfWrite(waiting, from, this.#rowsMax);
      await this.write(requestOf(waiting.slice(from, to)));
      from = to;
    }
  }

  /** Gives the writer a request after all others; resolves when those before it are on the disk. */
  async write(request: WriteRequest): Promise<void> {
    await this.#underWay;
    if (this.#isEnded) throw storageErrors.UNAVAILABLE({ reason: 'it is closed' });
    this.#underWay = this.#writer.write(request).then((failure) => {
      if (failure === undefined) return;
      const refused = storageErrors.UNAVAILABLE({ reason: `the database refused what was packed (${JSON.stringify(failure)})` });
      throw new ProblemError(failure.kind === 'problem' ? failure.problem : problemOf(refused));
    });
    // Whoever writes next, or asks whether all is written, meets the failure.
    this.#underWay.catch(() => undefined);
  }

  /** Resolves when everything is on the disk. @throws as `send` */
  async flush(): Promise<void> {
    await this.send();
    await this.#underWay;
  }

  /** Forgets what waits, and the failure of what was under way. */
  async reset(): Promise<void> {
    this.#waiting = [];
    this.#rows = 0;
    this.#bytes = 0;
    await this.#underWay.catch(() => undefined);
    this.#underWay = Promise.resolve();
  }

  /** Lets nothing more through. */
  end(): void {
    this.#isEnded = true;
  }
}

const rowsOf = ({ removed, added, latest, marked = [] }: BlockChange): number =>
  removed.length + added.length + marked.length + (latest === undefined ? 0 : 1);
const bytesOf = ({ added }: BlockChange): number => added.reduce((bytes, row) => bytes + (row.at(-1) as Uint8Array).length, 0);

/** How far changes go into one request: at least one, as many as are not too much. */
function endOfWrite(changes: readonly BlockChange[], from: number, rowsMax: number): number {
  let [rows, bytes, to] = [0, 0, from];
  for (let change = changes[to]; change !== undefined; change = changes[(to += 1)]) {
    rows += rowsOf(change);
    bytes += bytesOf(change);
    if (to > from && (rows > rowsMax || bytes > PACKED_BYTES_A_WRITE)) break;
  }
  return to;
}

function requestOf(changes: readonly BlockChange[]): WriteRequest {
  const statements: WriteStatement[] = [];
  const add = (sql: string, rows: readonly (readonly SqlValue[])[]): void => {
    if (rows.length > 0) statements.push({ sql, rows });
  };
  add(
    'DELETE FROM block WHERE id = ?',
    changes.flatMap(({ removed }) => removed.map((id) => [id])),
  );
  add(
    addMark,
    changes.flatMap(({ marked = [] }) => marked),
  );
  add(
    addBlock,
    changes.flatMap(({ added }) => added),
  );
  add(
    putLatest,
    changes.flatMap(({ latest }) => (latest === undefined ? [] : [latest])),
  );
  return { statements };
}

const addBlock = `INSERT INTO block (series_id, ttl_ms, start_ms, end_ms, count, kind, minimum, maximum, sum, row_crc, body)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** Once for each: a packer that was ended meets the same damage again. */
const addMark = `INSERT INTO block (id, series_id, ttl_ms, start_ms, end_ms, count, kind, row_crc, body)
  SELECT min(0, (SELECT min(id) FROM block)) - 1, ?1, ?2, ?3, ?4, ?5, 0, 0, x'' WHERE NOT EXISTS (
    SELECT 1 FROM block NOT INDEXED WHERE id < 0 AND series_id = ?1 AND ttl_ms = ?2 AND start_ms = ?3 AND end_ms = ?4
  )`;
