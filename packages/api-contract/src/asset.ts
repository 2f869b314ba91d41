import type { Asset, Customer } from '@fieldline/model';
import * as z from 'zod';
import { idOf } from './device.js';
import { customerOf, customerWireId, idReferenceSchema, wireId, wireIdSchema } from './wire-id.js';

const freeJson = z.record(z.string(), z.json());
const shortText = z.string().max(255, 'length must be equal or less than 255');

/** An asset as the API shows it. */
export const wireAssetSchema = z.strictObject({
  id: wireIdSchema('ASSET').describe('Id of the asset.'),
  createdTime: z.int().describe('When it was created, in milliseconds since 1970.'),
  tenantId: wireIdSchema('TENANT').describe('Tenant of the asset.'),
  customerId: wireIdSchema('CUSTOMER').describe('Customer it is assigned to; the null UUID for none.'),
  name: z.string().describe('Name, unique in the tenant.'),
  type: z.string().describe('Name of the asset profile.'),
  label: z.string().nullable().describe('Name for people.'),
  assetProfileId: wireIdSchema('ASSET_PROFILE').describe('Profile of the asset.'),
  externalId: z.null().describe('Not used yet.'),
  version: z.int().describe('Counts up with every change.'),
  additionalInfo: freeJson.nullable().describe('Free JSON; `description` by convention.'),
});
export type WireAsset = z.infer<typeof wireAssetSchema>;

/** What a list shows about the customer of an entity. */
export const customerInfoShape = {
  customerTitle: z.string().nullable().describe('Title of the customer; null if unassigned.'),
  customerIsPublic: z.boolean().describe('Whether anybody may see the entity.'),
};

/** An asset with what a list shows about it. */
export const wireAssetInfoSchema = z.strictObject({
  ...wireAssetSchema.shape,
  ...customerInfoShape,
  assetProfileName: z.string().describe('Name of the profile.'),
});
export type WireAssetInfo = z.infer<typeof wireAssetInfoSchema>;

/** Body of `POST /api/asset`: without `id` a new asset, with `id` the new state of an existing one. */
export const assetSaveSchema = z.object({
  id: idReferenceSchema.nullish().describe('Asset to change; absent creates one.'),
  name: shortText.nullish().describe('Name, unique in the tenant.'),
  type: shortText.nullish().describe('Name of a profile, found or created, where no `assetProfileId` is given.'),
  label: shortText.nullish().describe('Name for people.'),
  assetProfileId: idReferenceSchema.nullish().describe('Profile; absent takes the default one.'),
  customerId: idReferenceSchema.nullish().describe('Customer to assign it to.'),
  additionalInfo: freeJson.nullish().describe('Free JSON.'),
  version: z.int().nullish().describe('Version that was read; a stale one is refused with 409.'),
});
export type AssetSave = z.output<typeof assetSaveSchema>;

export function assetToWire(asset: Asset): WireAsset {
  return {
    id: wireId('ASSET', asset.id),
    createdTime: asset.createdAtMs,
    tenantId: wireId('TENANT', asset.tenantId),
    customerId: customerWireId(asset.customerId),
    name: asset.name,
    type: asset.type,
    label: asset.label ?? null,
    assetProfileId: wireId('ASSET_PROFILE', asset.assetProfileId),
    externalId: null,
    version: asset.version,
    additionalInfo: asset.additionalInfo ?? null,
  };
}

/** What a list shows about a customer; undefined where there is none. */
export function customerInfoToWire(customer: Customer | undefined): { customerTitle: string | null; customerIsPublic: boolean } {
  return { customerTitle: customer?.name ?? null, customerIsPublic: customer?.isPublic ?? false };
}

export function assetInfoToWire(asset: Asset, customer: Customer | undefined): WireAssetInfo {
  return { ...assetToWire(asset), ...customerInfoToWire(customer), assetProfileName: asset.type };
}

/** What a request says about an asset: references become ids, null and absent become undefined. */
export function assetDraftOf(save: AssetSave) {
  return {
    id: idOf(save.id),
    name: save.name ?? '',
    label: save.label ?? undefined,
    assetProfileId: idOf(save.assetProfileId),
    type: save.type ?? undefined,
    customerId: customerOf(save.customerId),
    additionalInfo: save.additionalInfo ?? undefined,
    version: save.version ?? undefined,
  };
}
