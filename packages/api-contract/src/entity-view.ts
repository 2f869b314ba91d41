import type { Customer, EntityView } from '@fieldline/model';
import * as z from 'zod';
import { customerInfoShape, customerInfoToWire } from './asset.js';
import { idOf } from './device.js';
import { API_VIEW_KEYS_MAX } from './limits.js';
import { customerOf, customerWireId, idReferenceSchema, plainEntityId, wireEntityIdSchema, wireId, wireIdSchema } from './wire-id.js';

const freeJson = z.record(z.string(), z.json());
const keyList = z.array(z.string());
const what = 'Device or asset that is viewed.';

/** An entity view as the API shows it. */
export const wireEntityViewSchema = z.strictObject({
  id: wireIdSchema('ENTITY_VIEW').describe('Id of the view.'),
  createdTime: z.int().describe('When it was created, in milliseconds since 1970.'),
  entityId: wireEntityIdSchema.describe(what),
  tenantId: wireIdSchema('TENANT').describe('Tenant of the view.'),
  customerId: wireIdSchema('CUSTOMER').describe('Customer it is assigned to; the null UUID for none.'),
  name: z.string().describe('Name, unique in the tenant.'),
  type: z.string().describe('Free word to group views by.'),
  keys: z
    .strictObject({
      timeseries: keyList.describe('Time series that show through.'),
      attributes: z
        .strictObject({
          cs: keyList.describe('Attributes of the client scope.'),
          ss: keyList.describe('Attributes of the server scope.'),
          sh: keyList.describe('Shared attributes.'),
        })
        .describe('Attributes that were copied when the view was saved.'),
    })
    .describe('What the view shows.'),
  startTimeMs: z.int().describe('Start of the time it shows, in milliseconds since 1970; 0 is open.'),
  endTimeMs: z.int().describe('End of the time it shows, in milliseconds since 1970; 0 is open.'),
  externalId: z.null().describe('Not used yet.'),
  version: z.int().describe('Counts up with every change.'),
  additionalInfo: freeJson.nullable().describe('Free JSON; `description` by convention.'),
});
export type WireEntityView = z.infer<typeof wireEntityViewSchema>;

/** An entity view with what a list shows about it. */
export const wireEntityViewInfoSchema = z.strictObject({ ...wireEntityViewSchema.shape, ...customerInfoShape });
export type WireEntityViewInfo = z.infer<typeof wireEntityViewInfoSchema>;

const shortText = z.string().max(255, 'length must be equal or less than 255');
const listed = z.array(z.string().min(1).max(255)).max(API_VIEW_KEYS_MAX).nullish();
const instant = z.int().min(0).nullish();

/** Body of `POST /api/entityView`: without `id` a new view, with `id` the new state of an existing one. */
export const entityViewSaveSchema = z.object({
  id: idReferenceSchema.nullish().describe('View to change; absent creates one.'),
  entityId: z.object(wireEntityIdSchema.shape).nullish().describe(what),
  name: shortText.nullish().describe('Name, unique in the tenant.'),
  type: shortText.nullish().describe('Free word to group views by.'),
  keys: z
    .object({
      timeseries: listed.describe('Time series that show through.'),
      attributes: z
        .object({ cs: listed.describe('Client scope.'), ss: listed.describe('Server scope.'), sh: listed.describe('Shared scope.') })
        .nullish()
        .describe('Attributes to copy.'),
    })
    .nullish()
    .describe('What the view shows; nothing if absent.'),
  startTimeMs: instant.describe('Start of the time it shows; 0 is open.'),
  endTimeMs: instant.describe('End of the time it shows; 0 is open.'),
  customerId: idReferenceSchema.nullish().describe('Customer to assign it to.'),
  additionalInfo: freeJson.nullish().describe('Free JSON.'),
  version: z.int().nullish().describe('Version that was read; a stale one is refused with 409.'),
});
export type EntityViewSave = z.output<typeof entityViewSaveSchema>;

export function entityViewToWire(view: EntityView): WireEntityView {
  return {
    id: wireId('ENTITY_VIEW', view.id),
    createdTime: view.createdAtMs,
    entityId: { entityType: view.targetType, id: view.targetId },
    tenantId: wireId('TENANT', view.tenantId),
    customerId: customerWireId(view.customerId),
    name: view.name,
    type: view.type,
    keys: view.keys,
    startTimeMs: view.startMs,
    endTimeMs: view.endMs,
    externalId: null,
    version: view.version,
    additionalInfo: view.additionalInfo ?? null,
  };
}

export function entityViewInfoToWire(view: EntityView, customer: Customer | undefined): WireEntityViewInfo {
  return { ...entityViewToWire(view), ...customerInfoToWire(customer) };
}

const distinct = (keys: readonly string[] | null | undefined): string[] => [...new Set(keys ?? [])];

/** What a request says about an entity view. */
export function entityViewDraftOf(save: EntityViewSave) {
  const attributes = save.keys?.attributes;
  return {
    id: idOf(save.id),
    name: save.name ?? '',
    type: save.type ?? '',
    target: save.entityId === null || save.entityId === undefined ? undefined : plainEntityId(save.entityId),
    keys: {
      timeseries: distinct(save.keys?.timeseries),
      attributes: { cs: distinct(attributes?.cs), ss: distinct(attributes?.ss), sh: distinct(attributes?.sh) },
    },
    startMs: save.startTimeMs ?? 0,
    endMs: save.endTimeMs ?? 0,
    customerId: customerOf(save.customerId),
    additionalInfo: save.additionalInfo ?? undefined,
    version: save.version ?? undefined,
  };
}
