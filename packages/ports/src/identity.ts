/** Hashes passwords with Argon2id, in PHC string form. */
export interface PasswordHasher {
  hash(password: string): Promise<string>;
  verify(password: string, phc: string): Promise<boolean>;
}

/** Signs and checks JSON Web Tokens (HS512). */
export interface TokenSigner {
  sign(claims: Readonly<Record<string, unknown>>): string;
  /** The claims where the signature holds; undefined otherwise. Times are the caller's to check. */
  verify(token: string): Readonly<Record<string, unknown>> | undefined;
}
