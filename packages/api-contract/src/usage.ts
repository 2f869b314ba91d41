import * as z from 'zod';

const used = (what: string) => z.int().describe(`How many ${what} there are.`);
const limit = (what: string) => z.number().describe(`How many ${what} there may be; 0 is unlimited.`);

/** What the tenant has of that which its profile limits (`GET /api/usage`). */
export const wireUsageSchema = z.strictObject({
  devices: used('devices'),
  maxDevices: limit('devices'),
  assets: used('assets'),
  maxAssets: limit('assets'),
  customers: used('customers'),
  maxCustomers: limit('customers'),
  users: used('users'),
  maxUsers: limit('users'),
  dashboards: used('dashboards'),
  maxDashboards: limit('dashboards'),
  ruleChains: used('rule chains'),
  maxRuleChains: limit('rule chains'),
});

type Counted = Readonly<
  Record<'device' | 'asset' | 'customer' | 'user' | 'dashboard' | 'ruleChain', { readonly used: number; readonly limit: number }>
>;

export function usageToWire({ device, asset, customer, user, dashboard, ruleChain }: Counted): z.infer<typeof wireUsageSchema> {
  return {
    devices: device.used,
    maxDevices: device.limit,
    assets: asset.used,
    maxAssets: asset.limit,
    customers: customer.used,
    maxCustomers: customer.limit,
    users: user.used,
    maxUsers: user.limit,
    dashboards: dashboard.used,
    maxDashboards: dashboard.limit,
    ruleChains: ruleChain.used,
    maxRuleChains: ruleChain.limit,
  };
}
