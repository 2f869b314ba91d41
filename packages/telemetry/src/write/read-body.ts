import type { IdSource } from '@fieldline/kernel';
import type { DataPoint, EntityId, TypedValue } from '@fieldline/model';
import { Message, nullUuid, systemTenantId } from '@fieldline/model';
import type { CommitUnit } from '@fieldline/ports';
import { telemetryErrors } from '../errors.js';
import { KeyCheck } from './key-check.js';
import { readAttributeValues } from './save-attributes.js';
import { TelemetrySaver } from './save-telemetry.js';

/** Markup that a browser would act upon, or a template expression: other programs show these texts. */
const markup = /<\/?[a-z!][^>]*>|\{\{.*\}\}/i;
const nobody: EntityId = { entityType: 'DEVICE', id: nullUuid };
/** Bodies are read, never sent on: nobody asks for the id of their message. */
const noIds: IdSource = { next: () => nullUuid };

/** Reads what people write over REST: the device formats, with what devices may send and people may not refused. */
export class BodyReader {
  readonly #keys = new KeyCheck();
  readonly #saver = new TelemetrySaver(this.#keys);

  /**
   * A flat object of attributes, in its order.
   *
   * @throws TELEMETRY_BODY_INVALID, TELEMETRY_KEY_INVALID, TELEMETRY_VALUE_NULL, TELEMETRY_VALUE_TOO_LARGE, TELEMETRY_VALUE_MARKUP
   */
  attributes(text: string): readonly (TypedValue & { readonly key: string })[] {
    const values = readAttributeValues(this.#keys, messageOf(text, 0));
    return [...values].map(([key, value]) => withoutMarkup({ key, ...value }));
  }

  /**
   * Points in any of the three telemetry forms; those without a time of their own get `nowMs`.
   *
   * @throws as `attributes`
   */
  points(text: string, nowMs: number): readonly DataPoint[] {
    const points: DataPoint[] = [];
    const collect: Pick<CommitUnit, 'point'> = {
      point: (_tenantId, _entity, key, tsMs, kind, value) => void points.push(withoutMarkup({ key, tsMs, kind, value })),
    };
    this.#saver.save(collect, messageOf(text, nowMs), { ttlMs: 0, useServerTime: false, nowMs });
    return points;
  }
}

function messageOf(text: string, nowMs: number): Message {
  return new Message({ tenantId: systemTenantId, type: '', originator: nobody, tsMs: nowMs, metadata: {}, text }, noIds);
}

function withoutMarkup<T extends TypedValue & { readonly key: string }>(value: T): T {
  if (typeof value.value === 'string' && markup.test(value.value)) throw telemetryErrors.VALUE_MARKUP({ key: value.key });
  return value;
}
