import type { Customer, Dashboard, EntityInfo } from '@fieldline/model';
import * as z from 'zod';
import { idOf } from './device.js';
import { API_DASHBOARD_CUSTOMERS_MAX, API_IDS_MAX } from './limits.js';
import { idReferenceSchema, optionalWireId, uuidSchema, wireId, wireIdSchema } from './wire-id.js';

const freeJson = z.record(z.string(), z.json());
const textUpTo = (length: number) => z.string().max(length, `length must be equal or less than ${length}`);

/** A dashboard without its configuration, as lists show it. */
export const wireDashboardInfoSchema = z.strictObject({
  id: wireIdSchema('DASHBOARD').describe('Id of the dashboard.'),
  createdTime: z.int().describe('When it was created, in milliseconds since 1970.'),
  tenantId: wireIdSchema('TENANT').describe('Tenant of the dashboard.'),
  title: z.string().describe('Title.'),
  name: z.string().describe('Always the title.'),
  image: z.string().nullable().describe('Picture as a data URL or address.'),
  mobileHide: z.boolean().describe('Left out of lists for phones.'),
  mobileOrder: z.int().nullable().describe('Place in lists for phones.'),
  assignedCustomers: z
    .array(
      z.strictObject({
        customerId: wireIdSchema('CUSTOMER').describe('Id of the customer.'),
        title: z.string().describe('Title of the customer.'),
        public: z.boolean().describe('True for the customer whose entities anybody may see.'),
      }),
    )
    .nullable()
    .describe('Customers that may see it; null for none. A customer user sees itself only.'),
  version: z.int().describe('Counts up with every change.'),
});
export type WireDashboardInfo = z.infer<typeof wireDashboardInfoSchema>;

const configuration = freeJson.nullable().describe('Widgets, states, aliases and settings, as they were saved.');

/** A dashboard as the API shows it. */
export const wireDashboardSchema = z.strictObject({ ...wireDashboardInfoSchema.shape, configuration });
export type WireDashboard = z.infer<typeof wireDashboardSchema>;

const hideDashboardToolbar = z.boolean().describe('Whether the toolbar above it is hidden.');
/** The dashboard that people see first. */
export const wireHomeDashboardSchema = z.strictObject({ ...wireDashboardSchema.shape, hideDashboardToolbar });
export const wireHomeDashboardInfoSchema = z.strictObject({
  dashboardId: wireIdSchema('DASHBOARD').nullable().describe('The dashboard; null for none.'),
  hideDashboardToolbar,
});
/** Body of `POST /api/tenant/dashboard/home/info`. */
export const homeDashboardSaveSchema = z.object({
  dashboardId: idReferenceSchema.nullish().describe('The dashboard; absent for none.'),
  hideDashboardToolbar: z.boolean().nullish().describe('Whether the toolbar above it is hidden; true if absent.'),
});

/** What a request says about the dashboard that people see first. */
export function homeDashboardDraftOf(save: z.output<typeof homeDashboardSaveSchema>) {
  return { dashboardId: idOf(save.dashboardId), hidesToolbar: save.hideDashboardToolbar ?? true };
}

/** Body of `POST /api/dashboard`. */
export const dashboardSaveSchema = z.object({
  id: idReferenceSchema.nullish().describe('Dashboard to change; absent creates one.'),
  title: textUpTo(255).nullish().describe('Title.'),
  image: textUpTo(1_000_000).nullish().describe('Picture as a data URL or address.'),
  mobileHide: z.boolean().nullish().describe('Leaves it out of lists for phones.'),
  mobileOrder: z.int().nullish().describe('Place in lists for phones.'),
  assignedCustomers: z
    .array(z.object({ customerId: idReferenceSchema.describe('Id of the customer.') }))
    .max(API_DASHBOARD_CUSTOMERS_MAX)
    .nullish()
    .describe('Customers that may see it, exactly these: send back what was read.'),
  configuration: freeJson.nullish().describe('Widgets, states, aliases and settings.'),
  version: z.int().nullish().describe('Version that was read; a stale one is refused with 409.'),
});

/** What a request says about a dashboard. */
export function dashboardDraftOf(save: z.output<typeof dashboardSaveSchema>) {
  return {
    id: idOf(save.id),
    name: save.title ?? '',
    image: save.image ?? undefined,
    isHiddenOnMobile: save.mobileHide ?? false,
    mobileOrder: save.mobileOrder ?? undefined,
    customerIds: (save.assignedCustomers ?? []).map(({ customerId }) => customerId.id),
    configuration: save.configuration ?? undefined,
    version: save.version ?? undefined,
  };
}

/** Body of the routes that assign a dashboard to many customers. */
export const customerIdsSchema = z.array(uuidSchema).max(API_IDS_MAX).nullish().describe('UUIDs of customers.');

/** @param customers those whose titles are at hand, by id; others are left out */
export function dashboardInfoToWire(dashboard: EntityInfo<'dashboard', 'image'>, customers: ReadonlyMap<string, Customer>): WireDashboardInfo {
  const assigned = dashboard.customerIds.flatMap((id) => {
    const customer = customers.get(id);
    return customer === undefined ? [] : [{ customerId: wireId('CUSTOMER', id), title: customer.name, public: customer.isPublic }];
  });
  return {
    id: wireId('DASHBOARD', dashboard.id),
    createdTime: dashboard.createdAtMs,
    tenantId: wireId('TENANT', dashboard.tenantId),
    title: dashboard.name,
    name: dashboard.name,
    image: dashboard.image ?? null,
    mobileHide: dashboard.isHiddenOnMobile,
    mobileOrder: dashboard.mobileOrder ?? null,
    assignedCustomers: assigned.length === 0 ? null : assigned,
    version: dashboard.version,
  };
}

export function dashboardToWire(dashboard: Dashboard, customers: ReadonlyMap<string, Customer>): WireDashboard {
  return { ...dashboardInfoToWire(dashboard, customers), configuration: dashboard.configuration ?? null };
}

/** How a message to a rule chain shows a dashboard: its configuration would be too large, and the titles of its customers are not at hand. */
export function dashboardToMessage(dashboard: Dashboard) {
  const { assignedCustomers: _, ...info } = dashboardInfoToWire(dashboard, new Map());
  return { ...info, configuration: '' };
}

/** The answer about the dashboard that people see first. */
export function homeDashboardInfoToWire(home: { readonly dashboardId?: string | undefined; readonly hidesToolbar: boolean }) {
  return { dashboardId: optionalWireId('DASHBOARD', home.dashboardId), hideDashboardToolbar: home.hidesToolbar };
}
