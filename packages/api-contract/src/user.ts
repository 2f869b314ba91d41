import type { User } from '@fieldline/model';
import { authorities } from '@fieldline/model';
import * as z from 'zod';
import { idOf } from './device.js';
import { customerOf, idReferenceSchema, wireId, wireIdSchema } from './wire-id.js';

const shortText = z.string().max(255, 'length must be equal or less than 255').nullish();
const freeJson = z.record(z.string(), z.json());

/** Body of `POST /api/user`: without `id` a new user, with `id` the new state of an existing one. */
export const userSaveSchema = z.object({
  id: idReferenceSchema.nullish().describe('User to change; absent creates one.'),
  tenantId: idReferenceSchema.nullish().describe('Tenant of a user that the system administrator creates.'),
  customerId: idReferenceSchema.nullish().describe('Customer of a customer user.'),
  email: shortText.describe('Name to sign in with; unique over the whole system.'),
  authority: z.enum(authorities).nullish().describe('What the user may do.'),
  firstName: shortText.describe('Given name.'),
  lastName: shortText.describe('Family name.'),
  phone: shortText.describe('Telephone number.'),
  additionalInfo: freeJson.nullish().describe('Free JSON.'),
  version: z.int().nullish().describe('Version that was read; a stale one is refused with 409.'),
});
export type UserSave = z.output<typeof userSaveSchema>;

/** What a request says about a user. */
export function userDraftOf(save: UserSave) {
  return {
    id: idOf(save.id),
    tenantId: idOf(save.tenantId),
    customerId: customerOf(save.customerId),
    email: save.email ?? '',
    authority: save.authority ?? undefined,
    firstName: save.firstName ?? undefined,
    lastName: save.lastName ?? undefined,
    phone: save.phone ?? undefined,
    additionalInfo: save.additionalInfo ?? undefined,
    version: save.version ?? undefined,
  };
}

/** What a list of people to choose from shows. */
export const wireUserEmailInfoSchema = z.strictObject({
  id: wireIdSchema('USER').describe('Id of the user.'),
  email: z.string().describe('Name to sign in with.'),
  firstName: z.string().nullable().describe('Given name.'),
  lastName: z.string().nullable().describe('Family name.'),
});

export function userEmailInfoToWire(user: User): z.infer<typeof wireUserEmailInfoSchema> {
  return { id: wireId('USER', user.id), email: user.email, firstName: user.firstName ?? null, lastName: user.lastName ?? null };
}

/** Fields a list of users may be sorted by. */
export const sortableUserFields = {
  createdTime: 'createdAtMs',
  email: 'email',
  name: 'email',
  firstName: 'firstName',
  lastName: 'lastName',
} as const;

/** Link by which a user sets the first password. */
export const activationLinkInfoSchema = z.strictObject({
  value: z.string().describe('The link.'),
  ttlMs: z.int().describe('How long it still works, in milliseconds.'),
});

/** Settings a client keeps for a user: any JSON object. */
export const userSettingsBodySchema = freeJson;

/** Dashboards a user opened or starred. */
export const userDashboardsSchema = z.strictObject({
  last: z
    .array(
      z.strictObject({
        id: z.string().describe('UUID of the dashboard.'),
        title: z.string().describe('Title of the dashboard.'),
        starred: z.boolean().describe('Whether the user starred it.'),
        lastVisited: z.int().describe('When the user opened it last, in milliseconds since 1970.'),
      }),
    )
    .describe('Opened last, newest first.'),
  starred: z
    .array(
      z.strictObject({
        id: z.string().describe('UUID of the dashboard.'),
        title: z.string().describe('Title of the dashboard.'),
        starredAt: z.int().describe('When the user starred it, in milliseconds since 1970.'),
      }),
    )
    .describe('Starred, newest first.'),
});
export const dashboardActions = ['visit', 'star', 'unstar'] as const;
