import type { TypedValue } from '@fieldline/model';
import type { AttributeReader, CommitUnit, TelemetryWriter } from '@fieldline/ports';
import { checkValue, KeyCheck } from './key-check.js';
import { TelemetrySaver } from './save-telemetry.js';
import { readAttributeValues, sameValue } from './save-attributes.js';

/** What save nodes write through. `reading` gives the attributes as the running batch must see them. */
export function telemetryWriter(deps: { readonly reading: (unit: CommitUnit) => AttributeReader }): TelemetryWriter {
  const keys = new KeyCheck();
  const saver = new TelemetrySaver(keys);
  return {
    saveMessage: (unit, message, options) => saver.save(unit, message, options),
    attributeValues: (message) => readAttributeValues(keys, message),
    async saveAttributes(unit, write) {
      for (const [key, { value }] of write.values) checkValue(keys, key, value);
      const wanted = [...write.values.keys()];
      const stored = new Map<string, TypedValue>();
      if (write.onlyOnChange && wanted.length > 0) {
        const before = await deps.reading(unit).attributes(write.tenantId, write.entity, write.scope, wanted);
        for (const attribute of before) stored.set(attribute.key, attribute);
      }
      const written: string[] = [];
      for (const [key, { kind, value }] of write.values) {
        if (write.onlyOnChange && sameValue(stored.get(key), { kind, value })) continue;
        unit.attribute({
          tenantId: write.tenantId,
          entity: write.entity,
          scope: write.scope,
          key,
          kind,
          value,
          lastUpdateMs: write.nowMs,
          ...(write.uses === undefined ? {} : { uses: write.uses }),
        });
        written.push(key);
      }
      return written;
    },
    savePoint(unit, { tenantId, entity, key, tsMs, kind, value, ttlMs }) {
      checkValue(keys, key, value);
      unit.point(tenantId, entity, key, tsMs, kind, value, ttlMs);
    },
    async removeAttributes(unit, { tenantId, entity, scope, keys: wanted }) {
      if (wanted.length === 0) return [];
      const found = await deps.reading(unit).attributes(tenantId, entity, scope, wanted);
      for (const { key } of found) unit.removeAttribute({ tenantId, entity, scope, key });
      return found.map(({ key }) => key);
    },
  };
}
