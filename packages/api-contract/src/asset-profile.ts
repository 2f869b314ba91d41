import type { AssetProfile } from '@fieldline/model';
import * as z from 'zod';
import { idOf } from './device.js';
import { saveTelemetryTtlDaysSchema, telemetryTtlDaysOf, telemetryTtlDaysToWire, wireTelemetryTtlDaysSchema } from './telemetry-ttl.js';
import { idReferenceSchema, optionalWireId, wireId, wireIdSchema } from './wire-id.js';

const picture = z.string().nullable().describe('Picture as a data URL or address.');
const dashboardReference = wireIdSchema('DASHBOARD').nullable().describe('Dashboard that shows one such asset.');

/** An asset profile as the API shows it. */
export const wireAssetProfileSchema = z.strictObject({
  id: wireIdSchema('ASSET_PROFILE').describe('Id of the profile.'),
  createdTime: z.int().describe('When it was created, in milliseconds since 1970.'),
  tenantId: wireIdSchema('TENANT').describe('Tenant of the profile.'),
  name: z.string().describe('Name, unique in the tenant.'),
  description: z.string().nullable().describe('For people.'),
  image: picture,
  default: z.boolean().describe('Taken by assets that name no profile.'),
  defaultRuleChainId: wireIdSchema('RULE_CHAIN').nullable().describe('Rule chain for messages of these assets; null means the root chain.'),
  defaultDashboardId: dashboardReference,
  defaultQueueName: z.string().nullable().describe('Queue for messages of these assets.'),
  defaultEdgeRuleChainId: wireIdSchema('RULE_CHAIN').nullable().describe('Rule chain on an edge; kept as it came.'),
  externalId: z.null().describe('Not used yet.'),
  telemetryTtlDays: wireTelemetryTtlDaysSchema,
  version: z.int().describe('Counts up with every change.'),
});
export type WireAssetProfile = z.infer<typeof wireAssetProfileSchema>;

/** The little that a choice of profiles needs. */
export const wireAssetProfileInfoSchema = z.strictObject({
  id: wireIdSchema('ASSET_PROFILE').describe('Id of the profile.'),
  name: z.string().describe('Name.'),
  image: picture,
  defaultDashboardId: dashboardReference,
  tenantId: wireIdSchema('TENANT').describe('Tenant of the profile.'),
});
export type WireAssetProfileInfo = z.infer<typeof wireAssetProfileInfoSchema>;

const shortText = z.string().max(255, 'length must be equal or less than 255');

/** Body of `POST /api/assetProfile`. */
export const assetProfileSaveSchema = z.object({
  id: idReferenceSchema.nullish().describe('Profile to change; absent creates one.'),
  name: shortText.nullish().describe('Name, unique in the tenant.'),
  description: z.string().max(1024, 'length must be equal or less than 1024').nullish().describe('For people.'),
  image: z.string().max(1_000_000).nullish().describe('Picture as a data URL or address.'),
  default: z.boolean().nullish().describe('Only where there is no other default profile; use the route `…/default` to move it.'),
  defaultRuleChainId: idReferenceSchema.nullish().describe('Rule chain for messages of these assets.'),
  defaultDashboardId: idReferenceSchema.nullish().describe('Dashboard that shows one such asset.'),
  defaultQueueName: shortText.nullish().describe('Queue for messages of these assets.'),
  defaultEdgeRuleChainId: idReferenceSchema.nullish().describe('Rule chain on an edge.'),
  telemetryTtlDays: saveTelemetryTtlDaysSchema,
  version: z.int().nullish().describe('Version that was read; a stale one is refused with 409.'),
});
export type AssetProfileSave = z.output<typeof assetProfileSaveSchema>;

export function assetProfileInfoToWire(profile: AssetProfile): WireAssetProfileInfo {
  return {
    id: wireId('ASSET_PROFILE', profile.id),
    name: profile.name,
    image: profile.image ?? null,
    defaultDashboardId: optionalWireId('DASHBOARD', profile.defaultDashboardId),
    tenantId: wireId('TENANT', profile.tenantId),
  };
}

export function assetProfileToWire(profile: AssetProfile): WireAssetProfile {
  return {
    ...assetProfileInfoToWire(profile),
    createdTime: profile.createdAtMs,
    description: profile.description ?? null,
    default: profile.isDefault,
    defaultRuleChainId: optionalWireId('RULE_CHAIN', profile.defaultRuleChainId),
    defaultQueueName: profile.defaultQueueName ?? null,
    defaultEdgeRuleChainId: optionalWireId('RULE_CHAIN', profile.defaultEdgeRuleChainId),
    externalId: null,
    ...telemetryTtlDaysToWire(profile),
    version: profile.version,
  };
}

/** What a request says about an asset profile. */
export function assetProfileDraftOf(save: AssetProfileSave) {
  return {
    id: idOf(save.id),
    name: save.name ?? '',
    description: save.description ?? undefined,
    image: save.image ?? undefined,
    isDefault: save.default ?? undefined,
    defaultRuleChainId: idOf(save.defaultRuleChainId),
    defaultDashboardId: idOf(save.defaultDashboardId),
    defaultQueueName: save.defaultQueueName ?? undefined,
    defaultEdgeRuleChainId: idOf(save.defaultEdgeRuleChainId),
    telemetryTtlDays: telemetryTtlDaysOf(save),
    version: save.version ?? undefined,
  };
}
