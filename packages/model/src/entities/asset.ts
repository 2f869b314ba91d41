import * as z from 'zod';
import { additionalInfo, entityType, head, jsonObject, name, profileDefaults } from './head.js';

export const assetProfileSchema = z.strictObject({
  ...head,
  name: name.describe('Name, unique in the tenant.'),
  description: z.string().max(1024).optional().describe('For people.'),
  isDefault: z.boolean().describe('Taken by assets that name no profile; one in each tenant.'),
  ...profileDefaults,
});
export type AssetProfile = z.infer<typeof assetProfileSchema>;

export const assetSchema = z.strictObject({
  ...head,
  customerId: z.string().optional().describe('Customer the asset is assigned to.'),
  name: name.describe('Name, unique in the tenant.'),
  label: z.string().max(255).optional().describe('Name for people.'),
  assetProfileId: z.string().describe('Profile of the asset.'),
  type: name.describe('Always the name of the profile; kept here so that lists can filter by it.'),
  additionalInfo,
});
export type Asset = z.infer<typeof assetSchema>;

const keys = z.array(z.string().max(255)).max(10_000);

/** A window on a device or asset: some of its keys, within some time. */
export const entityViewSchema = z.strictObject({
  ...head,
  customerId: z.string().optional().describe('Customer the view is assigned to.'),
  name: name.describe('Name, unique in the tenant.'),
  type: name.describe('Free word to group views by.'),
  targetType: entityType.describe('Entity type of what is viewed.'),
  targetId: z.string().describe('What is viewed.'),
  keys: z
    .strictObject({
      timeseries: keys.describe('Time series that show through.'),
      attributes: z
        .strictObject({ cs: keys.describe('Client scope.'), ss: keys.describe('Server scope.'), sh: keys.describe('Shared scope.') })
        .describe('Attributes that are copied when the view is saved.'),
    })
    .describe('What the view shows.'),
  startMs: z.number().int().describe('Start of the time it shows; 0 is open.'),
  endMs: z.number().int().describe('End of the time it shows; 0 is open.'),
  additionalInfo,
});
export type EntityView = z.infer<typeof entityViewSchema>;

export const dashboardSchema = z.strictObject({
  ...head,
  name: name.describe('Title.'),
  image: z.string().max(1_000_000).optional().describe('Picture as a data URL or address.'),
  isHiddenOnMobile: z.boolean().default(false).describe('Left out of lists for phones.'),
  mobileOrder: z.number().int().optional().describe('Place in lists for phones.'),
  customerIds: z.array(z.string()).max(10_000).describe('Customers that may see it.'),
  configuration: jsonObject.optional().describe('Widgets, states, aliases and settings, kept as they came.'),
});
export type Dashboard = z.infer<typeof dashboardSchema>;
