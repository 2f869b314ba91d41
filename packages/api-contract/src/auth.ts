import type { User } from '@fieldline/model';
import { authorities } from '@fieldline/model';
import * as z from 'zod';
import { customerWireId, wireId, wireIdSchema } from './wire-id.js';

/** Body of `POST /api/auth/login`. Lengths are bounded so that hashing is. */
export const loginRequestSchema = z.object({
  username: z.string().max(255).default('').describe('Email of the user.'),
  password: z.string().max(1024).default('').describe('Password.'),
});
export const refreshRequestSchema = z.object({ refreshToken: z.string().max(8192).describe('Refresh token of an earlier sign-in.') });
export const changePasswordRequestSchema = z.object({
  currentPassword: z.string().max(1024).describe('Password used so far.'),
  newPassword: z.string().max(1024).describe('Password to use from now on; GET /api/noauth/userPasswordPolicy tells what it must be like.'),
});
export const publicLoginRequestSchema = z.object({ publicId: z.string().max(255).default('').describe('UUID of a public customer.') });

const token = z.string().max(255);
export const activateRequestSchema = z.object({
  activateToken: token.default('').describe('Token of the activation link.'),
  password: z.string().max(1024).default('').describe('First password.'),
});
export const resetByEmailRequestSchema = z.object({ email: z.string().max(255).default('').describe('Email of the user who lost the password.') });
export const resetPasswordRequestSchema = z.object({
  resetToken: token.default('').describe('Token of the link in the mail.'),
  password: z.string().max(1024).default('').describe('New password.'),
});

/** Answer of sign-in and refresh. */
export const tokenPairSchema = z.strictObject({
  token: z.string().describe('Access token: send it as `X-Authorization: Bearer …`.'),
  refreshToken: z.string().describe('Gets the next pair from `POST /api/auth/token`.'),
});
export type TokenPair = z.infer<typeof tokenPairSchema>;

/** A user as the API shows it. */
export const wireUserSchema = z.strictObject({
  id: wireIdSchema('USER').describe('Id of the user.'),
  createdTime: z.int().describe('When it was created, in milliseconds since 1970.'),
  tenantId: wireIdSchema('TENANT').describe('Tenant of the user.'),
  customerId: wireIdSchema('CUSTOMER').describe('Customer of the user; the null UUID for administrators.'),
  email: z.string().describe('Name to sign in with.'),
  name: z.string().describe('Always the email.'),
  authority: z.enum(authorities).describe('What the user may do.'),
  firstName: z.string().nullable().describe('Given name.'),
  lastName: z.string().nullable().describe('Family name.'),
  phone: z.string().nullable().describe('Telephone number.'),
  version: z.int().describe('Counts up with every change.'),
  additionalInfo: z.record(z.string(), z.json()).nullable().describe('Free JSON.'),
});
export type WireUser = z.infer<typeof wireUserSchema>;

export function userToWire(user: User): WireUser {
  return {
    id: wireId('USER', user.id),
    createdTime: user.createdAtMs,
    tenantId: wireId('TENANT', user.tenantId),
    customerId: customerWireId(user.customerId),
    email: user.email,
    name: user.email,
    authority: user.authority,
    firstName: user.firstName ?? null,
    lastName: user.lastName ?? null,
    phone: user.phone ?? null,
    version: user.version,
    additionalInfo: user.additionalInfo ?? null,
  };
}
