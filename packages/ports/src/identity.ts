import type { ActingUser, Authority, EntityId, TenantId } from '@fieldline/model';

/** Hashes passwords with Argon2id, in PHC string form. */
export interface PasswordHasher {
  hash(password: string): Promise<string>;
  verify(password: string, phc: string): Promise<boolean>;
}

/** Signs and checks JSON Web Tokens (HS512). `key` is Base64 of at least 64 bytes; absent takes the signer's own. */
export interface TokenSigner {
  sign(claims: Readonly<Record<string, unknown>>, key?: string): string;
  /** The claims where the signature holds; undefined otherwise. Times are the caller's to check. */
  verify(token: string, key?: string): Readonly<Record<string, unknown>> | undefined;
}

/** Who makes a request: known after `Authenticator.authenticate`, never taken from what the request says. */
export interface Caller {
  /** For a public customer, who has no user, the id of the customer. */
  readonly userId: string;
  readonly email: string;
  readonly authority: Authority;
  /** `systemTenantId` for system administrators. */
  readonly tenantId: TenantId;
  /** Present for customer users only. */
  readonly customerId: string | undefined;
  /** The sign-in this request belongs to; ends at sign-out. */
  readonly sessionId: string;
  /** When the token that was shown ends. */
  readonly expiresAtMs: number;
  /** True for whoever signed in with the id of a public customer: such a caller only looks. */
  readonly isPublic?: boolean | undefined;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
}

/** The user a caller is, as audit records and messages name them. */
export function actingUserOf({ userId: id, email, firstName, lastName, customerId }: Caller): ActingUser {
  return { id, email, firstName, lastName, customerId };
}

/** A caller that stays longer than a request takes, such as the one of an open socket. */
export interface Admission {
  readonly caller: Caller;
  /** When the caller must go, ms; absent where nothing but an event ends the stay: that a token's time is over does not (websocket-api.md §1). */
  readonly endsAtMs?: number | undefined;
  /**
   * Who the caller is now.
   *
   * @throws IDENTITY_TOKEN_EXPIRED, IDENTITY_KEY_REFUSED  where a request with what was shown then would be refused now
   */
  renew(): Promise<Caller>;
}

/** Lets in callers that stay. Implemented by `identity`. */
export interface Admitter {
  /** @throws as `Authenticator.authenticate` */
  admit(accessToken: string): Promise<Admission>;
  /** @throws IDENTITY_KEY_REFUSED  unknown, disabled or expired, or its user may not sign in */
  admitKey(value: string): Promise<Admission>;
}

/** Tells who a token stands for. Implemented by `identity`. */
export interface Authenticator {
  /**
   * @throws IDENTITY_TOKEN_MALFORMED  no token, or none of ours by its form
   * @throws IDENTITY_TOKEN_EXPIRED    expired, badly signed, or outdated by sign-out, a password change or disabling the user
   */
  authenticate(accessToken: string): Promise<Caller>;
}

export type EntityOperation =
  'read' | 'write' | 'delete' | 'assign' | 'read-credentials' | 'read-attributes' | 'write-attributes' | 'read-telemetry' | 'write-telemetry';

/** An entity that a caller may see, and what it is called. */
export interface AccessibleEntity {
  readonly entity: EntityId;
  readonly tenantId: TenantId;
  readonly name: string;
  readonly label: string | undefined;
  /** Customer the entity is assigned to. */
  readonly customerId: string | undefined;
}

/** The check of tenant and customer that every read and write of an entity's data passes. Implemented by `directory`. */
export interface EntityAccess {
  /**
   * @throws DIRECTORY_ENTITY_NOT_FOUND  no such entity, or of another tenant
   * @throws DIRECTORY_ACCESS_DENIED     the caller may not do this with it
   */
  require(caller: Caller, entity: EntityId, operation: EntityOperation): Promise<AccessibleEntity>;
}
