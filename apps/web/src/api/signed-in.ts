import type { User } from '@fieldline/api-client';
import { useMemo } from 'react';
import { useSession } from './session.js';

export type Authority = User['authority'];

/** Who is signed in, as the access token says it: known at once, without asking the server. */
export interface SignedIn {
  readonly userId: string;
  readonly tenantId: string;
  readonly authority: Authority;
  /** Customer of a customer user; absent for administrators. */
  readonly customerId?: string;
  /** True for somebody who came through a public customer, without an account. */
  readonly isPublic: boolean;
}

export function useSignedIn(): SignedIn | undefined {
  const token = useSession((session) => session.tokens?.token);
  return useMemo(() => (token === undefined ? undefined : readClaims(token)), [token]);
}

/** What a token says of its holder; undefined for what is no token of ours. The server decides, this only chooses what to show. */
export function readClaims(token: string): SignedIn | undefined {
  try {
    const body = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const claims = JSON.parse(atob(body)) as Record<string, unknown>;
    const { userId, tenantId, customerId, scopes } = claims;
    const authority = Array.isArray(scopes) ? authorities.find((known) => known === scopes[0]) : undefined;
    if (typeof userId !== 'string' || typeof tenantId !== 'string' || authority === undefined) return undefined;
    const isCustomer = authority === 'CUSTOMER_USER' && typeof customerId === 'string';
    return { userId, tenantId, authority, isPublic: claims['isPublic'] === true, ...(isCustomer ? { customerId } : {}) };
  } catch {
    // Whatever is kept there: the first request gets a refusal and leads to the sign-in.
    return undefined;
  }
}

const authorities: readonly Authority[] = ['SYS_ADMIN', 'TENANT_ADMIN', 'CUSTOMER_USER'];

/** The id that stands for "no customer" on the wire. */
export const nullId = '13814000-1dd2-11b2-8080-808080808080';

/** What somebody may do with devices and assets: administer them, change what they are, or only look. */
export function useMay(): { readonly administer: boolean; readonly change: boolean } {
  const signedIn = useSignedIn();
  return { administer: signedIn?.authority === 'TENANT_ADMIN', change: signedIn?.isPublic === false };
}
