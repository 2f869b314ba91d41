import { type LiveValue, noLiveValue } from '@fieldline/api-contract';
import { type AttributeScope, type QueryKey, type QueryKeyType, type TypedValue, valueText } from '@fieldline/model';
import type { LiveUpdate } from '@fieldline/ports';
import { columnId } from './entity-page.js';

/** A latest value that an update brings. */
export interface LatestNews {
  readonly key: QueryKey;
  readonly column: string;
  readonly value: LiveValue;
  /** Absent where the value was removed; what took its place may then be older than what was known. */
  readonly typed?: TypedValue | undefined;
}

/** Key types under which an attribute of a scope is told (websocket-api.md §5.2). */
const attributeTypes: Readonly<Record<AttributeScope, readonly QueryKeyType[]>> = {
  CLIENT_SCOPE: ['ATTRIBUTE', 'CLIENT_ATTRIBUTE'],
  SHARED_SCOPE: ['ATTRIBUTE', 'SHARED_ATTRIBUTE'],
  SERVER_SCOPE: ['ATTRIBUTE', 'SERVER_ATTRIBUTE'],
};
const liveTypes: ReadonlySet<QueryKeyType> = new Set(['TIME_SERIES', ...Object.values(attributeTypes).flat()]);

/** The latest values that a command watches. */
export class LatestKeys {
  /** Without those that never change live, each once. */
  readonly keys: readonly QueryKey[];
  /** Equal for those who watch the same. */
  readonly signature: string;
  readonly #byColumn: ReadonlyMap<string, QueryKey>;

  constructor(keys: readonly QueryKey[]) {
    this.#byColumn = new Map(keys.filter(({ type }) => liveTypes.has(type)).map((key) => [columnId(key), key]));
    this.keys = [...this.#byColumn.values()];
    this.signature = JSON.stringify([...this.#byColumn.keys()].sort());
  }

  /** What an update says about them: for each key at most the newest value in it. */
  newsOf({ points, attributes, removedLatest = [], removedAttributes = [] }: LiveUpdate): readonly LatestNews[] {
    const news = new Map<string, LatestNews>();
    const tell = (type: QueryKeyType, name: string, tsMs: number, typed: TypedValue): void => {
      const column = `${type} ${name}`;
      const key = this.#byColumn.get(column);
      if (key === undefined || (news.get(column)?.value.ts ?? -Infinity) > tsMs) return;
      news.set(column, { key, column, value: { ts: tsMs, value: valueText(typed) }, typed });
    };
    const tellRemoved = (type: QueryKeyType, name: string, value: LiveValue): void => {
      const column = `${type} ${name}`;
      const key = this.#byColumn.get(column);
      if (key !== undefined) news.set(column, { key, column, value });
    };
    for (const point of points) tell('TIME_SERIES', point.key, point.tsMs, point);
    // These are as the commit left them, whatever points it brought.
    for (const { key, latest } of removedLatest) {
      tellRemoved('TIME_SERIES', key, latest === undefined ? noLiveValue : { ts: latest.tsMs, value: valueText(latest) });
    }
    for (const { scope, key } of removedAttributes) for (const type of attributeTypes[scope]) tellRemoved(type, key, noLiveValue);
    for (const attribute of attributes) {
      for (const type of attributeTypes[attribute.scope]) tell(type, attribute.key, attribute.lastUpdateMs, attribute);
    }
    return [...news.values()];
  }
}
