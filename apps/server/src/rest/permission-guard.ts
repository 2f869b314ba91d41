import { identityErrors, requirePermission } from '@fieldline/identity';
import type { Authenticator, Caller } from '@fieldline/ports';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { IncomingHttpHeaders } from 'node:http';
import { restErrors } from './errors.js';
import type { RequestLimits } from './request-limits.js';
import type { RestRequest } from './route.js';
import { routeOf } from './route.js';

/** Tells who a request comes from, by a token or an API key. */
export interface RequestAuthenticator extends Authenticator {
  authenticateKey(value: string): Promise<Caller>;
}

/** The first gate: every route names its permission, and the caller must have it. Requests are counted here too. */
export class PermissionGuard implements CanActivate {
  readonly #authenticator: RequestAuthenticator;
  readonly #limits: RequestLimits;

  constructor(authenticator: RequestAuthenticator, limits: RequestLimits) {
    this.#authenticator = authenticator;
    this.#limits = limits;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    // Nest asks this guard for frames of WebSockets too; those are authenticated when the socket opens.
    if (context.getType() === 'ws') return true;
    const route = routeOf(context.getHandler());
    if (route === undefined) throw restErrors.ROUTE_UNPROTECTED();
    const request = context.switchToHttp().getRequest<RestRequest>();
    request.restRoute = route;
    if (route.permission === 'public') return true;
    const { scheme, secret } = credentialOf(request.headers);
    const caller = scheme === 'apikey' ? await this.#authenticator.authenticateKey(secret) : await this.#authenticator.authenticate(secret);
    request.caller = caller;
    await this.#limits.take(caller);
    requirePermission(caller, route.permission);
    return true;
  }
}

/**
 * The token or API key of a request: `X-Authorization` wins over `Authorization`, and that over the header in which clients of
 * Kaa send a key (kaa.md §5.4).
 *
 * @throws IDENTITY_TOKEN_MISSING
 */
function credentialOf(headers: IncomingHttpHeaders): { readonly scheme: 'bearer' | 'apikey'; readonly secret: string } {
  const header = headers['x-authorization'] ?? headers.authorization;
  const text = Array.isArray(header) ? header[0] : header;
  const [, scheme, secret] = /^(Bearer|ApiKey)\s+(\S+)\s*$/i.exec(text ?? '') ?? [];
  const key = headers['x-iamcore-api-key'];
  if (text === undefined && typeof key === 'string' && key !== '') return { scheme: 'apikey', secret: key };
  if (scheme === undefined || secret === undefined) throw identityErrors.TOKEN_MISSING();
  return { scheme: scheme.toLowerCase() === 'apikey' ? 'apikey' : 'bearer', secret };
}
