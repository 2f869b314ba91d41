import type { AttributeScope, EntityId, JsonValue } from '@fieldline/model';
import type { AttributesService } from '../../services.js';
import { refused } from './problem.js';
import { objectBody } from './time-series.js';

export interface SavedAttribute {
  readonly entity: EntityId;
  readonly scope: AttributeScope;
  readonly key: string;
  readonly value: JsonValue;
}

/** Keeps attributes in `saved`: one entry for each entity, scope and key. */
export function recordedAttributes(saved: SavedAttribute[]): AttributesService {
  return {
    async save(message, { scope, onlyOnChange }) {
      const entity = message.originator;
      const written: string[] = [];
      const values = Object.entries(objectBody(message));
      const missing = values.find(([, value]) => value === null);
      if (missing !== undefined) throw refused('TELEMETRY_VALUE_NULL', `"${missing[0]}" is null.`);
      for (const [key, value] of values) {
        const place = saved.findIndex(
          (a) => a.entity.id === entity.id && a.entity.entityType === entity.entityType && a.scope === scope && a.key === key,
        );
        if (onlyOnChange && place >= 0 && JSON.stringify(saved[place]?.value) === JSON.stringify(value)) continue;
        if (place >= 0) saved.splice(place, 1);
        saved.push({ entity, scope, key, value });
        written.push(key);
      }
      return await Promise.resolve(written);
    },
  };
}
