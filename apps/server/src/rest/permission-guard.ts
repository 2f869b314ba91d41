import { requirePermission, identityErrors } from '@fieldline/identity';
import type { Authenticator } from '@fieldline/ports';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { IncomingHttpHeaders } from 'node:http';
import { restErrors } from './errors.js';
import type { RestRequest } from './route.js';
import { routeOf } from './route.js';

/** The first gate: every route names its permission, and the caller must have it. */
export class PermissionGuard implements CanActivate {
  readonly #authenticator: Authenticator;

  constructor(authenticator: Authenticator) {
    this.#authenticator = authenticator;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    // Nest asks this guard for frames of WebSockets too; those are authenticated when the socket opens.
    if (context.getType() === 'ws') return true;
    const route = routeOf(context.getHandler());
    if (route === undefined) throw restErrors.ROUTE_UNPROTECTED();
    const request = context.switchToHttp().getRequest<RestRequest>();
    request.restRoute = route;
    if (route.permission === 'public') return true;
    const caller = await this.#authenticator.authenticate(bearerToken(request.headers));
    request.caller = caller;
    requirePermission(caller, route.permission);
    return true;
  }
}

/**
 * The token of a request: `X-Authorization` wins over `Authorization`.
 *
 * @throws IDENTITY_TOKEN_MISSING
 */
export function bearerToken(headers: IncomingHttpHeaders): string {
  const header = headers['x-authorization'] ?? headers.authorization;
  const text = Array.isArray(header) ? header[0] : header;
  const token = /^Bearer\s+(\S+)\s*$/i.exec(text ?? '')?.[1];
  if (token === undefined) throw identityErrors.TOKEN_MISSING();
  return token;
}
