import { epochMs, silentLog, type Log } from '@fieldline/kernel';
import type { ValueKind } from '@fieldline/model';
import { pointsOfColumns, type StoredValue } from '@fieldline/model';
import { ValueUse } from '@fieldline/ports';
import { DatabaseSync } from 'node:sqlite';
import { decodeBlock } from '../blocks/block-codec.js';
import { DamagedBlock } from '../blocks/bytes.js';
import { databaseFile } from '../database.js';
import { encodingBuffer, PointEncoder } from '../log/point-encoder.js';
import type { LatestFate } from '../log/record-format.js';
import { testFolder } from '../test-folder.fixture.js';
import { inProcessWriter } from '../writer/in-process-writer.js';
import type { SqlValue, WriterLink } from '../writer/writer-link.js';
import { Packer, type PackerOptions } from './packer.js';

export interface LoggedPoint {
  readonly seriesId: number;
  readonly tsMs: number;
  readonly kind: ValueKind;
  readonly value: StoredValue;
  readonly ttlMs?: number;
  readonly uses?: number;
}

export interface LoggedRemoval {
  readonly seriesId: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly latest: keyof typeof LatestFate;
}

export type Logged = LoggedPoint | LoggedRemoval | { readonly packetOf: number; readonly packetId: number };

/** A stored point as tests compare it. */
export type Stored = readonly [tsMs: number, kind: number, value: StoredValue, ttlMs: number];

/** A data folder with a log, series 1 to `series` of one device each, and packers for it. */
export class PackedFolder {
  readonly #folder = testFolder();
  writer: WriterLink = inProcessWriter(this.path);
  nowMs = 0;
  limits: PackerOptions['limits'] = undefined;

  get path(): string {
    return this.#folder.path;
  }

  async nameSeries(series: number, tenantOf: (id: number) => string = () => 'tenant'): Promise<void> {
    const ids = Array.from({ length: series }, (_, n) => n + 1);
    await this.run(
      'INSERT INTO entity (number, tenant_id, entity_type, entity_id) VALUES (?, ?, ?, ?)',
      ids.map((id) => [id, tenantOf(id), 'DEVICE', `device ${id}`]),
    );
    await this.run(
      'INSERT INTO series (id, entity_number, key) VALUES (?, ?, ?)',
      ids.map((id) => [id, id, 'key']),
    );
  }

  async run(sql: string, rows: readonly (readonly SqlValue[])[] = [[]]): Promise<void> {
    const failure = await this.writer.write({ statements: [{ sql, rows }] });
    if (failure !== undefined) throw new Error(JSON.stringify(failure));
  }

  /** Writes one log row. */
  async log(...records: readonly Logged[]): Promise<void> {
    const encoder = new PointEncoder(encodingBuffer());
    for (const record of records) {
      if ('packetOf' in record) encoder.packet(record.packetOf, record.packetId, 7, 1_000);
      else if ('startMs' in record) encoder.removal(record.seriesId, record.startMs, record.endMs, record.latest);
      else encoder.point(record.seriesId, record.tsMs, record.kind, record.value, record.ttlMs ?? 0, record.uses ?? ValueUse.all);
    }
    await this.writer.write({ points: encoder.written.slice(), statements: [] });
  }

  /** A packer whose requests are written, but for what `isLost` says of the n-th: then the process is as good as dead. */
  packer(isLost: (request: number) => boolean = () => false, log: Log = silentLog): Packer {
    let requests = 0;
    let isDead = false;
    const writer: WriterLink = {
      ...this.writer,
      lastLogSeq: this.writer.lastLogSeq,
      write: (request) => {
        isDead ||= isLost(requests++);
        const problem = { code: 'TEST_DEAD', kind: 'unavailable', retry: 'later', message: 'dead', remedy: 'none', details: {} } as const;
        return isDead ? Promise.resolve({ kind: 'problem', problem }) : this.writer.write(request);
      },
    };
    return new Packer({ path: this.path, writer, clock: { nowMs: () => epochMs(this.nowMs) }, log, limits: this.limits });
  }

  async packAll(log?: Log): Promise<void> {
    const packer = this.packer(undefined, log);
    await packer.pack(this.writer.lastLogSeq);
    await packer.close();
  }

  async sweep(): Promise<void> {
    const packer = this.packer();
    await packer.sweep();
    await packer.close();
  }

  async reopen(): Promise<void> {
    await this.writer.close();
    this.writer = inProcessWriter(this.path);
    await this.writer.ready();
  }

  /** Every row that a statement finds, as lists. */
  rows(sql: string, ...parameters: SqlValue[]): unknown[][] {
    const database = new DatabaseSync(databaseFile(this.path), { readOnly: true });
    try {
      return database
        .prepare(sql)
        .all(...parameters)
        .map((row) => Object.values(row));
    } finally {
      database.close();
    }
  }

  /** The points of the sound blocks of a series in order of time; what a row says of its block is checked on the way. */
  stored(seriesId: number): Stored[] {
    const stored: Stored[] = [];
    const ends = new Map<unknown, number>();
    const select = 'SELECT ttl_ms, start_ms, end_ms, count, body FROM block WHERE series_id = ? ORDER BY ttl_ms, start_ms';
    for (const [ttlMs, startMs, endMs, count, body] of this.rows(select, seriesId)) {
      const points = pointsOfBlock(body as Uint8Array);
      if (points === undefined) continue;
      const ofRow = [points[0]?.tsMs, points.at(-1)?.tsMs, points.length];
      if (ofRow.join() !== [startMs, endMs, count].join())
        throw new Error(`the row says ${[startMs, endMs, count].join()}, the block ${ofRow.join()}`);
      if ((ends.get(ttlMs) ?? -Infinity) >= Number(startMs)) throw new Error(`blocks of series ${seriesId} overlap at ${Number(startMs)}`);
      ends.set(ttlMs, Number(endMs));
      for (const { tsMs, kind, value } of points) stored.push([tsMs, kind, value, Number(ttlMs)]);
    }
    return stored.sort(([a], [b]) => a - b);
  }

  /** A long or a boolean as the digits of a bigint. */
  latest(seriesId: number): readonly [tsMs: number, kind: number, value: unknown] | undefined {
    const select = "SELECT ts_ms, kind, CASE typeof(value) WHEN 'integer' THEN CAST(value AS TEXT) || 'n' ELSE value END FROM latest";
    const [row] = this.rows(`${select} WHERE series_id = ? AND kind <> 0`, seriesId);
    return row as unknown as readonly [number, number, unknown] | undefined;
  }

  async remove(): Promise<void> {
    await this.writer.close();
    this.#folder.remove();
  }
}

function pointsOfBlock(body: Uint8Array): ReturnType<typeof pointsOfColumns> | undefined {
  try {
    return pointsOfColumns(decodeBlock(body), 'key');
  } catch (error) {
    if (error instanceof DamagedBlock) return undefined;
    throw error;
  }
}
