import type { AttributeScope, EntityId, JsonValue } from '@fieldline/model';
import type { AttributesService, SaveActions } from '../../services/index.js';
import { refused } from './problem.js';
import { objectBody } from './time-series.js';
import { jsonOf, typedOf } from './typed.js';

export interface SavedAttribute {
  readonly entity: EntityId;
  readonly scope: AttributeScope;
  readonly key: string;
  readonly value: JsonValue;
  /** Absent: everything is done with it. What is not kept is recorded here all the same. */
  readonly actions?: Omit<SaveActions, 'latest'> | undefined;
}

/** Keeps attributes in `saved`: one entry for each entity, scope and key. */
export function recordedAttributes(saved: SavedAttribute[], nowMs: () => number): AttributesService {
  const placeOf = (entity: EntityId, scope: AttributeScope, key: string): number =>
    saved.findIndex((a) => a.entity.id === entity.id && a.entity.entityType === entity.entityType && a.scope === scope && a.key === key);
  const write = (attribute: SavedAttribute): void => {
    const { entity, scope, key } = attribute;
    const place = placeOf(entity, scope, key);
    if (place >= 0) saved.splice(place, 1);
    saved.push(attribute);
  };
  return {
    async save(message, { scope, onlyOnChange, actions }) {
      const entity = message.originator;
      const written: string[] = [];
      const values = Object.entries(objectBody(message));
      const missing = values.find(([, value]) => value === null);
      if (missing !== undefined) throw refused('TELEMETRY_VALUE_NULL', `"${missing[0]}" is null.`);
      for (const [key, value] of values) {
        const place = placeOf(entity, scope, key);
        if (onlyOnChange && place >= 0 && JSON.stringify(saved[place]?.value) === JSON.stringify(value)) continue;
        write({ entity, scope, key, value, ...(actions === undefined ? {} : { actions }) });
        written.push(key);
      }
      return await Promise.resolve(written);
    },
    put(entity, scope, values) {
      for (const [key, value] of values) write({ entity, scope, key, value: jsonOf(value) });
      return Promise.resolve();
    },
    read(entity, scope, keys) {
      const found = saved.filter((a) => a.entity.id === entity.id && a.entity.entityType === entity.entityType && a.scope === scope);
      const wanted = keys === undefined ? found : found.filter(({ key }) => keys.includes(key));
      const sorted = [...wanted].sort((a, b) => (a.key < b.key ? -1 : 1));
      return Promise.resolve(sorted.map(({ key, value }) => ({ scope, key, lastUpdateMs: nowMs(), ...typedOf(value) })));
    },
    remove(entity, scope, keys) {
      const gone = keys.filter((key) => placeOf(entity, scope, key) >= 0);
      for (const key of gone) saved.splice(placeOf(entity, scope, key), 1);
      return Promise.resolve(gone);
    },
  };
}
