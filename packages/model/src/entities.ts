import type * as z from 'zod';
import { assetProfileSchema, assetSchema, dashboardSchema, entityViewSchema } from './entities/asset.js';
import { brokerRecordSchema } from './entities/broker-record.js';
import { deviceCredentialsSchema, deviceProfileSchema, deviceSchema } from './entities/device.js';
import { otaPackageSchema } from './entities/ota-package.js';
import { alarmCommentSchema, auditLogSchema, eventSchema } from './entities/records.js';
import { queueSchema } from './entities/queue.js';
import { relationSchema } from './entities/relation.js';
import { customerSchema, tenantProfileSchema, tenantSchema } from './entities/tenant.js';
import { adminSettingsSchema, apiKeySchema, userCredentialsSchema, userSchema, userSettingsSchema } from './entities/user.js';
import { ruleChainSchema } from './rule-chain.js';

/** Every kind of entity the control plane keeps, with the schema that reads it back from a store. */
export const entitySchemas = {
  tenant: tenantSchema,
  tenantProfile: tenantProfileSchema,
  customer: customerSchema,
  user: userSchema,
  userCredentials: userCredentialsSchema,
  userSettings: userSettingsSchema,
  apiKey: apiKeySchema,
  adminSettings: adminSettingsSchema,
  device: deviceSchema,
  deviceProfile: deviceProfileSchema,
  deviceCredentials: deviceCredentialsSchema,
  asset: assetSchema,
  assetProfile: assetProfileSchema,
  entityView: entityViewSchema,
  dashboard: dashboardSchema,
  otaPackage: otaPackageSchema,
  queue: queueSchema,
  relation: relationSchema,
  ruleChain: ruleChainSchema,
  alarmComment: alarmCommentSchema,
  auditLog: auditLogSchema,
  event: eventSchema,
  brokerRecord: brokerRecordSchema,
} as const;
export type EntityKind = keyof typeof entitySchemas;
export type EntityOf<K extends EntityKind> = z.infer<(typeof entitySchemas)[K]>;
