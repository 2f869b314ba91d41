import { type LiveData } from '@fieldline/api-contract';
import { visibleTo } from '@fieldline/directory';
import { valueText, type AttributeScope } from '@fieldline/model';
import type { Caller, LiveUpdate } from '@fieldline/ports';

/** A value as version 1 of the commands tells it. */
export interface ToldValue {
  readonly key: string;
  readonly tsMs: number;
  readonly text: string;
  /** True where it does not come on top of what was there but takes its place, though it may be older. */
  readonly isReplacement: boolean;
  /** What the next value takes the place of, for whoever is told the newest only. */
  readonly slot: string;
}

/** Which values of the updates of an entity a subscription tells. */
export interface Selection {
  /** Equal for equal selections, whose frames then are made once. */
  readonly signature: string;
  readonly of: (update: LiveUpdate) => readonly ToldValue[];
}

/** Points of these keys, of all if there are none, and latest values that went with their points. */
export function pointsOf(keys: ReadonlySet<string>): Selection {
  const isWanted = ({ key }: { readonly key: string }): boolean => keys.size === 0 || keys.has(key);
  return {
    signature: `values ${[...keys].sort().join(',')}`,
    of: ({ points, removedLatest = [] }) => [
      ...points
        .filter(isWanted)
        .map((point) => ({ key: point.key, tsMs: point.tsMs, text: valueText(point), isReplacement: false, slot: point.key })),
      ...removedLatest.filter(isWanted).map(({ key, latest }) => {
        if (latest === undefined) return removed(key, key);
        return { key, tsMs: latest.tsMs, text: valueText(latest), isReplacement: true, slot: key };
      }),
    ],
  };
}

/** Attributes of these scopes and keys, as far as the caller may see them. */
export function attributesOf(caller: Caller, scopes: readonly AttributeScope[], keys: ReadonlySet<string>): Selection {
  const isWanted = ({ scope, key }: { readonly scope: AttributeScope; readonly key: string }): boolean =>
    scopes.includes(scope) && (keys.size === 0 || keys.has(key));
  return {
    signature: `attributes ${caller.authority} ${scopes.join(',')} ${[...keys].sort().join(',')}`,
    of: ({ attributes, removedAttributes = [] }) => [
      ...visibleTo(caller, attributes.filter(isWanted)).map((attribute) => {
        const { scope, key, lastUpdateMs } = attribute;
        return { key, tsMs: lastUpdateMs, text: valueText(attribute), isReplacement: true, slot: `${scope} ${key}` };
      }),
      ...visibleTo(caller, removedAttributes.filter(isWanted)).map(({ scope, key }) => removed(key, `${scope} ${key}`)),
    ],
  };
}

/** Values as the pairs of a frame, in the order given. */
export function toldData(values: Iterable<ToldValue>): LiveData {
  const data: LiveData = Object.create(null) as LiveData;
  for (const { key, tsMs, text } of values) (data[key] ??= []).push([tsMs, text]);
  return data;
}

/** What is gone has no time and no text (websocket-api.md §4.2 and §4.3). */
function removed(key: string, slot: string): ToldValue {
  return { key, tsMs: 0, text: '', isReplacement: true, slot };
}
