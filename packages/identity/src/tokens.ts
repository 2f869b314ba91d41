import type { User } from '@fieldline/model';
import { nullUuid, tokenSecond } from '@fieldline/model';
import type { TokenSigner } from '@fieldline/ports';
import { identityErrors } from './errors.js';
import type { TokenSettings } from './system-settings.js';

/** An access token with the refresh token that gets the next pair. */
export interface IssuedTokens {
  readonly token: string;
  readonly refreshToken: string;
}

/** Who a token stands for. */
export interface TokenSubject {
  readonly user: User;
  readonly isEnabled: boolean;
  /** True for a public customer, whose `user` is made up. */
  readonly isPublic: boolean;
  /** Tokens issued before this instant are void. */
  readonly voidBeforeMs: number;
}

/** What every token of ours says, whichever kind it is. */
export interface TokenClaims {
  readonly userId: string;
  readonly tenantId: string;
  readonly sessionId: string;
  readonly isRefresh: boolean;
  readonly isPublic: boolean;
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
}

const refreshScope = 'REFRESH_TOKEN';

/** Makes a pair with ThingsBoard's claims (rest-api.md §3.3). */
export function issueTokens(
  signer: TokenSigner,
  settings: TokenSettings,
  { user, isEnabled, isPublic, voidBeforeMs }: TokenSubject,
  now: { readonly ms: number; readonly sessionId: string; readonly tokenId: string },
): IssuedTokens {
  const iat = tokenSecond(now.ms, voidBeforeMs);
  const shared = { sub: user.email, userId: user.id, sessionId: now.sessionId, iss: settings.tokenIssuer, iat, isPublic };
  const claims = {
    ...shared,
    scopes: [user.authority],
    exp: iat + settings.tokenExpirationTime,
    ...(user.firstName === undefined ? {} : { firstName: user.firstName }),
    ...(user.lastName === undefined ? {} : { lastName: user.lastName }),
    enabled: isEnabled,
    tenantId: user.tenantId,
    customerId: user.customerId ?? nullUuid,
  };
  const exp = iat + settings.refreshTokenExpTime;
  const refreshClaims = { ...shared, scopes: [refreshScope], exp, jti: now.tokenId, tenantId: user.tenantId };
  return { token: signer.sign(claims, settings.tokenSigningKey), refreshToken: signer.sign(refreshClaims, settings.tokenSigningKey) };
}

/**
 * Reads a token of either kind.
 *
 * @throws IDENTITY_TOKEN_MALFORMED  it is none by its form
 * @throws IDENTITY_TOKEN_EXPIRED    its signature does not hold, or its time is over
 */
export function readToken(signer: TokenSigner, settings: TokenSettings, token: string, nowMs: number): TokenClaims {
  if (!/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/.test(token)) throw identityErrors.TOKEN_MALFORMED();
  const claims = signer.verify(token, settings.tokenSigningKey);
  if (claims === undefined) throw identityErrors.TOKEN_EXPIRED();
  const { userId, tenantId, sessionId, scopes, iat, exp, isPublic } = claims;
  const isWhole = typeof userId === 'string' && typeof tenantId === 'string' && typeof sessionId === 'string' && Array.isArray(scopes);
  if (!isWhole || typeof iat !== 'number' || typeof exp !== 'number') throw identityErrors.TOKEN_MALFORMED();
  if (exp * 1000 <= nowMs) throw identityErrors.TOKEN_EXPIRED();
  const times = { issuedAtMs: iat * 1000, expiresAtMs: exp * 1000 };
  return { userId, tenantId, sessionId, isRefresh: scopes.includes(refreshScope), isPublic: isPublic === true, ...times };
}
