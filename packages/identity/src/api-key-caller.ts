import type { ApiKey, TenantId, User } from '@fieldline/model';
import { identityErrors } from './errors.js';
import type { IdentityDeps } from './identity-deps.js';
import { API_KEY_CHARACTERS_MAX } from './limits.js';
import { credentialsOf } from './passwords.js';

/** What an API key is looked up by. @throws IDENTITY_KEY_REFUSED where it is longer than any of ours */
export function hashOfKey({ sha256 }: Pick<IdentityDeps, 'sha256'>, value: string): string {
  if (value.length > API_KEY_CHARACTERS_MAX) throw identityErrors.KEY_REFUSED();
  return sha256(value);
}

/**
 * The user an API key acts as.
 *
 * @throws IDENTITY_KEY_REFUSED  unknown, disabled or expired, or its user may not sign in
 */
export async function callerOfKeyHash(
  { entities, clock }: Pick<IdentityDeps, 'entities' | 'clock'>,
  hash: string,
): Promise<{ readonly key: ApiKey; readonly user: User }> {
  const key = await entities.findUnique('apiKey', 'valueHash', hash);
  if (!key?.isEnabled || (key.expiresAtMs !== undefined && key.expiresAtMs <= clock.nowMs())) throw identityErrors.KEY_REFUSED();
  const user = await entities.find('user', key.tenantId as TenantId, key.userId);
  const credentials = user === undefined ? undefined : await credentialsOf(entities, user);
  if (user === undefined || credentials?.isEnabled !== true) throw identityErrors.KEY_REFUSED();
  return { key, user };
}
