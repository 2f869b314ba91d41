import type { Problem } from '@fieldline/kernel';

/** A value SQLite can bind. */
export type SqlValue = null | number | bigint | string | Uint8Array;

/** One statement, run once for each row of parameters. */
export interface WriteStatement {
  readonly sql: string;
  readonly rows: readonly (readonly SqlValue[])[];
  /** How many table rows each run must change; another number fails the request. Absent: any number will do. */
  readonly changes?: number | undefined;
  /** True: it only reads, and each run must find a row; otherwise the request fails. */
  readonly mustFind?: boolean | undefined;
}

/** What is written together: all of it or nothing. */
export interface WriteRequest {
  /** Encoded points for the batch log; given away by the call. */
  readonly points?: Uint8Array<ArrayBuffer> | undefined;
  readonly statements: readonly WriteStatement[];
  /** True where the statements mark tenants as removed: the writer then takes their rows away, bit by bit. */
  readonly removesTenants?: boolean | undefined;
  /**
   * Set by a writer whose requests build on one another. After one of them failed, all later ones of the same
   * or a lower epoch fail too, unread, so that nothing is kept that was computed from what was lost.
   */
  readonly epoch?: number | undefined;
}

/** Why nothing of a request was kept. */
export type WriteFailure =
  /** A unique field is taken; `columns` as SQLite names them, such as `device.tenant_id, device.name`. */
  | { readonly kind: 'taken'; readonly columns: string }
  /** A statement changed another number of rows than it had to, or found none; `statement` is its place in the request. */
  | { readonly kind: 'unchanged'; readonly statement: number }
  /** The database could not be written. */
  | { readonly kind: 'problem'; readonly problem: Problem };

/** The way to the one writer of a data folder. Requests of one link are written in the order of the calls. */
export interface WriterLink {
  /**
   * Number of the newest log row that was on the disk when the last request was answered, or when the database was opened; it is
   * set before `write` and `ready` resolve. 0 where there was never any.
   */
  readonly lastLogSeq: number;
  /** Resolves when the database is open. @throws whatever kept it from opening, coded */
  ready(): Promise<void>;
  /** Resolves when the request is on the disk, or with the reason why nothing of it was kept. Never rejects. */
  write(request: WriteRequest): Promise<WriteFailure | undefined>;
  /** Waits for what was given to `write`, then lets go. The writer closes its database with its last link. */
  close(): Promise<void>;
}
