import type { KaaSeries } from '@fieldline/model';
import { groupedValues } from './series-keys.js';

/** A series of an application with the names of its values. */
export interface SeriesDefinition {
  readonly name: string;
  readonly values: readonly string[];
}

/**
 * The series of an application: first those that are configured, in that order, then every other one that an endpoint has a
 * point of. Values come likewise.
 *
 * @param configured what holds for the application or for one of its versions
 * @param keys telemetry keys of its endpoints
 */
export function seriesDefinitions(configured: readonly KaaSeries[], keys: readonly string[]): readonly SeriesDefinition[] {
  const found = new Map<string, Set<string>>();
  const add = (name: string, values: readonly string[]): void => {
    const known = found.get(name);
    if (known === undefined) found.set(name, new Set(values));
    else for (const value of values) known.add(value);
  };
  for (const { names } of configured) {
    for (const [name, { values }] of Object.entries(names)) {
      add(
        name,
        values.map((value) => value.name),
      );
    }
  }
  for (const [name, values] of groupedValues(keys, undefined)) add(name, values);
  return [...found].map(([name, values]) => ({ name, values: [...values] }));
}
