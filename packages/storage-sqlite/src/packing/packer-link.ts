/** What one call of `pack` brought into blocks. */
export interface Packed {
  /** Every log row up to this one is in blocks: all that were asked for and are there. */
  readonly throughSeq: number;
  /** Points of the log rows that this call packed, those of removed entities included. */
  readonly points: number;
  /** Bytes of the same rows. */
  readonly logBytes: number;
}

/** The way to the one packer of a data folder. */
export interface PackerLink {
  /**
   * Brings the log rows up to `throughSeq` into blocks and latest values, and deletes them. Every one of them must be on the
   * disk: pass `lastLogSeq` of the writer. One call at a time.
   *
   * @throws a coded error where the disk cannot be read or written; call it again later, nothing is lost or packed twice
   */
  pack(throughSeq: number): Promise<Packed>;
  /**
   * Takes away what has outlived its time to live, and what is left of removed entities, a few rows at a time. To be called
   * now and then, and after entities were removed or a tenant's time to live became shorter. Resolves when it is done.
   *
   * @throws as `pack`
   */
  sweep(): Promise<void>;
  /**
   * Makes one block of the small ones at the end of each series, whatever they hold: for times in which little comes. Packing that is
   * asked for meanwhile is done in between.
   *
   * @throws as `pack`
   */
  join(): Promise<void>;
  /** Ends what is under way at the next place where that does no harm; its promises reject. */
  close(): Promise<void>;
}
