import type { RandomBytes } from '@fieldline/kernel';
import type { Authority, TenantId, User } from '@fieldline/model';
import { systemTenantId } from '@fieldline/model';
import type { EntityChange } from '@fieldline/ports';
import type { PasswordDeps } from './passwords.js';
import { generatePassword, newCredentials } from './passwords.js';

/** Who shall exist after the first start. A password that is absent is made up. */
export interface FirstUserSettings {
  readonly sysadminEmail: string;
  readonly sysadminPassword?: string | undefined;
  readonly tenantEmail: string;
  readonly tenantPassword?: string | undefined;
}

/** A user of the first start, for printing once. */
export interface FirstUser {
  readonly email: string;
  readonly authority: Authority;
  /** Only where it was made up: a password from the settings is never printed. */
  readonly generatedPassword: string | undefined;
}

/** The first tenant and everything that comes with it, not written yet. */
export interface NewTenant {
  readonly tenantId: TenantId;
  readonly changes: readonly EntityChange[];
}

/**
 * At the first start makes the system administrator, the first tenant and its administrator, in one write: a
 * crash leaves all of them or none.
 *
 * @param newTenant makes the tenant with its default device profile and root rule chain (package directory)
 * @returns who was made; undefined where a system administrator exists already
 * @throws IDENTITY_PASSWORD_REFUSED where a password of the settings is too short or too long
 */
export async function createFirstUsers(
  deps: PasswordDeps & { readonly random: RandomBytes },
  settings: FirstUserSettings,
  newTenant: () => NewTenant,
): Promise<readonly FirstUser[] | undefined> {
  const [existing] = await deps.entities.findAll('user', systemTenantId, { authority: 'SYS_ADMIN' }, 1);
  if (existing !== undefined) return undefined;
  const tenant = newTenant();
  const sysadmin = await newUser(deps, systemTenantId, 'SYS_ADMIN', settings.sysadminEmail, settings.sysadminPassword);
  const administrator = await newUser(deps, tenant.tenantId, 'TENANT_ADMIN', settings.tenantEmail, settings.tenantPassword);
  await deps.entities.write([...sysadmin.changes, ...tenant.changes, ...administrator.changes]);
  return [sysadmin.made, administrator.made];
}

async function newUser(
  deps: PasswordDeps & { readonly random: RandomBytes },
  tenantId: TenantId,
  authority: Authority,
  email: string,
  givenPassword: string | undefined,
): Promise<{ made: FirstUser; changes: EntityChange[] }> {
  const generatedPassword = givenPassword === undefined ? generatePassword(deps.random) : undefined;
  const user: User = { id: deps.ids.next(), tenantId, createdAtMs: deps.clock.nowMs(), version: 1, email, authority };
  const credentials = await newCredentials(deps, user, givenPassword ?? generatedPassword ?? '');
  return {
    made: { email, authority, generatedPassword },
    changes: [
      { change: 'insert', kind: 'user', entity: user },
      { change: 'insert', kind: 'userCredentials', entity: credentials },
    ],
  };
}
