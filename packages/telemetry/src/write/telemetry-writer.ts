import type { TypedValue } from '@fieldline/model';
import type { AttributeReader, CommitUnit, TelemetryWriter } from '@fieldline/ports';
import { KeyCheck } from './key-check.js';
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
        });
        written.push(key);
      }
      return written;
    },
  };
}
