import { isProblem } from '@fieldline/kernel';
import type { User, UserCredentials } from '@fieldline/model';
import { identityErrors } from './errors.js';
import { credentialsOf } from './passwords.js';
import type { RecordDeps, Recorded } from './records.js';
import { writeRecorded } from './records.js';

/** Credentials as they shall be, with what is recorded about the change. */
export interface CredentialsChange {
  readonly credentials: UserCredentials;
  readonly recorded: readonly Recorded[];
}

/**
 * Changes the credentials of a user, with the record in one write; reads them again where somebody else changed them in
 * between.
 *
 * @returns the credentials as they were written
 * @throws IDENTITY_TOKEN_EXPIRED where the user has none any more
 */
export async function changeCredentials(
  deps: RecordDeps,
  user: User,
  change: (credentials: UserCredentials) => CredentialsChange | Promise<CredentialsChange>,
): Promise<UserCredentials> {
  for (;;) {
    const stored = await credentialsOf(deps.entities, user);
    if (stored === undefined) throw identityErrors.TOKEN_EXPIRED();
    const { credentials, recorded } = await change(stored);
    try {
      await writeRecorded(deps, [{ change: 'update', kind: 'userCredentials', entity: credentials }], recorded);
      return credentials;
    } catch (error) {
      // Each conflict means that another change went through, so this ends after as many turns as there are changes.
      if (!isProblem(error) || error.code !== 'STORAGE_VERSION_CONFLICT') throw error;
    }
  }
}
