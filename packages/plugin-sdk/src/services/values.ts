import type { Aggregation, Attribute, AttributeScope, DataPoint, EntityId, Message, TypedValue } from '@fieldline/model';

/** What is done with the values of a message; all of it unless said otherwise. */
export interface SaveActions {
  /** Keep them in the history. */
  readonly history: boolean;
  /** Let them be the latest values. */
  readonly latest: boolean;
  /** Push them to those who watch. */
  readonly push: boolean;
}

/** A range of one key: `startMs` is inside, `endMs` is not. */
export interface SeriesRange {
  readonly key: string;
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * Reads points, and writes them into the commit of the running batch. Reads see what the batch has written; what a call of the
 * node itself writes is sure to be seen from the next call on.
 */
export interface TimeSeriesService {
  /**
   * Saves what a telemetry message carries: `{key: value}`, `{ts, values}`, or an array of them.
   * Values without a time of their own get `metadata.ts`, else the message's time.
   *
   * @param options.ttlMs how long to keep the points; 0 means as long as the profile of the originator says, else that of the tenant
   * @returns the number of points; 0 where the body holds none
   * @throws TELEMETRY_KEY_INVALID, TELEMETRY_VALUE_NULL, TELEMETRY_VALUE_TOO_LARGE, TELEMETRY_BODY_INVALID
   */
  save(message: Message, options: { readonly ttlMs: number; readonly useServerTime: boolean; readonly actions?: SaveActions | undefined }): number;
  /** Saves one point of an entity. @throws as `save` */
  put(entity: EntityId, point: DataPoint, ttlMs: number): void;
  /** The latest point of each key, in no order; keys without points are absent. */
  latest(entity: EntityId, keys: readonly string[]): Promise<readonly DataPoint[]>;
  /** Points that were committed before the batch began. @param limit at most this many, from the end that `order` starts with */
  range(entity: EntityId, range: SeriesRange, order: 'ASC' | 'DESC', limit: number): Promise<readonly DataPoint[]>;
  /** One point for the whole range; undefined where it is empty. */
  aggregate(entity: EntityId, range: SeriesRange, aggregation: Exclude<Aggregation, 'NONE'>): Promise<DataPoint | undefined>;
}

/** Reads attributes, and changes them in the commit of the running batch. Reads see what the batch has written. */
export interface AttributesService {
  /**
   * Saves the flat object of the message as attributes of its originator.
   *
   * @returns the keys written; with `onlyOnChange` those that differ from what is stored in value or kind
   * @throws TELEMETRY_BODY_INVALID, TELEMETRY_VALUE_NULL, TELEMETRY_KEY_INVALID
   */
  save(
    message: Message,
    options: { readonly scope: AttributeScope; readonly onlyOnChange: boolean; readonly actions?: Omit<SaveActions, 'latest'> | undefined },
  ): Promise<readonly string[]>;
  /** Saves values of any entity, with the time of now. @throws as `save` */
  put(entity: EntityId, scope: AttributeScope, values: ReadonlyMap<string, TypedValue>): Promise<void>;
  /** Those of the keys that exist, by key. All of the scope if none are given. */
  read(entity: EntityId, scope: AttributeScope, keys?: readonly string[]): Promise<readonly Attribute[]>;
  /** @returns those of the keys that existed */
  remove(entity: EntityId, scope: AttributeScope, keys: readonly string[]): Promise<readonly string[]>;
}
