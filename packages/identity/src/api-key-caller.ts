import type { ApiKey, TenantId, User } from '@fieldline/model';
import { identityErrors } from './errors.js';
import type { IdentityDeps } from './identity-deps.js';
import { API_KEY_CHARACTERS_MAX } from './limits.js';
import { credentialsOf } from './passwords.js';

/**
 * The user an API key acts as.
 *
 * @throws IDENTITY_KEY_REFUSED  unknown, disabled or expired, or its user may not sign in
 */
export async function callerOfKey(
  { entities, sha256, clock }: Pick<IdentityDeps, 'entities' | 'sha256' | 'clock'>,
  value: string,
): Promise<{ readonly key: ApiKey; readonly user: User }> {
  const key = value.length > API_KEY_CHARACTERS_MAX ? undefined : await entities.findUnique('apiKey', 'valueHash', sha256(value));
  if (!key?.isEnabled || (key.expiresAtMs !== undefined && key.expiresAtMs <= clock.nowMs())) throw identityErrors.KEY_REFUSED();
  const user = await entities.find('user', key.tenantId as TenantId, key.userId);
  const credentials = user === undefined ? undefined : await credentialsOf(entities, user);
  if (user === undefined || credentials?.isEnabled !== true) throw identityErrors.KEY_REFUSED();
  return { key, user };
}
