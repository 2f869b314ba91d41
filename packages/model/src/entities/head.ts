import * as z from 'zod';
import { entityTypes } from '../entity-id.js';

// What entities have in common. Every one has `id`, `tenantId`, `createdAtMs` and `version` (1 on insert, plus one
// with each update; an update states the version it read).

export const head = {
  id: z.string().describe('UUID.'),
  tenantId: z.string().describe('Tenant that owns the entity.'),
  createdAtMs: z.number().int().describe('When it was created, by our clock.'),
  version: z.number().int().describe('Counts up with every change.'),
};
export const name = z.string().min(1).max(255);
export const shortText = z.string().max(255).optional();
export const jsonObject = z.record(z.string(), z.json());
export const additionalInfo = jsonObject.optional().describe('Free JSON kept for the client.');
export const entityType = z.enum(entityTypes);

/** Address and ways to reach an organisation. */
export const contact = {
  country: shortText.describe('Country.'),
  state: shortText.describe('State or region.'),
  city: shortText.describe('City.'),
  address: shortText.describe('Street and number.'),
  address2: shortText.describe('Second line of the address.'),
  zip: shortText.describe('Postal code.'),
  phone: shortText.describe('Telephone number.'),
  email: shortText.describe('Email address.'),
};

/** Longest time to live a profile may give, in days: a hundred years. */
export const TELEMETRY_TTL_DAYS_MAX = 36_500;

/** What a profile gives its entities: rule chain, queue and dashboard where they have none, and how long their points are kept. */
export const profileDefaults = {
  image: z.string().max(1_000_000).optional().describe('Picture as a data URL or address.'),
  defaultRuleChainId: z.string().optional().describe('Rule chain for their messages; absent means the root chain.'),
  defaultDashboardId: z.string().optional().describe('Dashboard that shows one of them.'),
  defaultQueueName: shortText.describe('Queue for their messages; absent means Main.'),
  defaultEdgeRuleChainId: z.string().optional().describe('Rule chain on an edge; kept as it came.'),
  telemetryTtlDays: z
    .int()
    .min(1)
    .max(TELEMETRY_TTL_DAYS_MAX)
    .optional()
    .describe('Days that points of theirs are kept whose message does not say it; absent means as long as the tenant says.'),
};
