import type { TenantProfile } from '@fieldline/model';
import { unlimitedTenant } from '@fieldline/model';
import * as z from 'zod';
import { idOf } from './device.js';
import { idReferenceSchema, wireId, wireIdSchema } from './wire-id.js';

const freeJson = z.record(z.string(), z.json());
const queues = z.array(freeJson);

/** A tenant profile as the API shows it. */
export const wireTenantProfileSchema = z.strictObject({
  id: wireIdSchema('TENANT_PROFILE').describe('Id of the profile.'),
  createdTime: z.int().describe('When it was created, in milliseconds since 1970.'),
  name: z.string().describe('Name, unique in the system.'),
  description: z.string().nullable().describe('For people.'),
  default: z.boolean().describe('Taken by tenants that name no profile.'),
  isolatedTbRuleEngine: z.boolean().describe('Whether tenants have the queues below besides those they make.'),
  version: z.int().describe('Counts up with every change.'),
  profileData: z
    .strictObject({
      configuration: freeJson.describe('Limits: 0, null and empty are unlimited.'),
      queueConfiguration: queues.nullable().describe('Queues of isolated tenants, as they came.'),
    })
    .describe('What the profile sets.'),
});
export type WireTenantProfile = z.infer<typeof wireTenantProfileSchema>;

/** The little that a choice of profiles needs. */
export const wireTenantProfileInfoSchema = z.strictObject({
  id: wireIdSchema('TENANT_PROFILE').describe('Id of the profile.'),
  name: z.string().describe('Name.'),
});

/** Body of `POST /api/tenantProfile`. */
export const tenantProfileSaveSchema = z.object({
  id: idReferenceSchema.nullish().describe('Profile to change; absent creates one.'),
  name: z.string().max(255, 'length must be equal or less than 255').nullish().describe('Name, unique in the system.'),
  description: z.string().max(1024, 'length must be equal or less than 1024').nullish().describe('For people.'),
  default: z.boolean().nullish().describe('Only where there is no other default profile; use the route `…/default` to move it.'),
  isolatedTbRuleEngine: z.boolean().nullish().describe('Whether tenants have the queues below besides those they make.'),
  profileData: z
    .object({
      configuration: freeJson.nullish().describe('Limits; members that are absent are unlimited.'),
      queueConfiguration: queues
        .max(100)
        .nullish()
        .describe('Queues of isolated tenants, in the form of `POST /api/queues`; one that has another form is kept and means nothing.'),
    })
    .nullish()
    .describe('What the profile sets; absent keeps what is stored.'),
  version: z.int().nullish().describe('Version that was read; a stale one is refused with 409.'),
});
export type TenantProfileSave = z.output<typeof tenantProfileSaveSchema>;

export function tenantProfileToWire(profile: TenantProfile): WireTenantProfile {
  return {
    id: wireId('TENANT_PROFILE', profile.id),
    createdTime: profile.createdAtMs,
    name: profile.name,
    description: profile.description ?? null,
    default: profile.isDefault,
    isolatedTbRuleEngine: profile.isIsolated,
    version: profile.version,
    profileData: {
      configuration: { ...(unlimitedTenant as TenantProfile['configuration']), ...profile.configuration },
      queueConfiguration: profile.queueConfiguration ?? null,
    },
  };
}

export function tenantProfileInfoToWire({ id, name }: TenantProfile): z.infer<typeof wireTenantProfileInfoSchema> {
  return { id: wireId('TENANT_PROFILE', id), name };
}

/** What a request says about a tenant profile: references become ids, null and absent become undefined. */
export function tenantProfileDraftOf(save: TenantProfileSave) {
  return {
    id: idOf(save.id),
    name: save.name ?? '',
    description: save.description ?? undefined,
    isDefault: save.default ?? undefined,
    isIsolated: save.isolatedTbRuleEngine ?? undefined,
    configuration: save.profileData?.configuration ?? undefined,
    queueConfiguration: save.profileData?.queueConfiguration ?? undefined,
    version: save.version ?? undefined,
  };
}
