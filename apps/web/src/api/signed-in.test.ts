// Goal: pages know whom they serve from the token alone, and believe nothing else. Method: tokens of each kind, and none.
import { describe, expect, it } from 'vitest';
import { readClaims } from './signed-in.js';

const tokenOf = (claims: object) => `e30.${btoa(JSON.stringify(claims)).replaceAll('+', '-').replaceAll('/', '_')}.x`;
const claims = { userId: 'u', tenantId: 't', customerId: 'c', scopes: ['CUSTOMER_USER'], isPublic: false };

describe('the claims of a token', () => {
  it('name the customer of a customer user', () => {
    expect(readClaims(tokenOf(claims))).toEqual({ userId: 'u', tenantId: 't', customerId: 'c', authority: 'CUSTOMER_USER', isPublic: false });
    expect(readClaims(tokenOf({ ...claims, isPublic: true }))?.isPublic).toBe(true);
  });

  it('name no customer of an administrator, whatever the token says', () => {
    expect(readClaims(tokenOf({ ...claims, scopes: ['TENANT_ADMIN'] }))).toEqual({
      userId: 'u',
      tenantId: 't',
      authority: 'TENANT_ADMIN',
      isPublic: false,
    });
  });

  it.each([tokenOf({ ...claims, scopes: ['REFRESH_TOKEN'] }), tokenOf({}), 'a.b.c', ''])('are not read from %j', (token) => {
    expect(readClaims(token)).toBeUndefined();
  });
});
