import { uuidV7Source, type RandomBytes } from '@fieldline/kernel';
import { resetPassword } from '@fieldline/identity';
import { inProcessWriter } from '@fieldline/storage-sqlite';
import { getRandomValues } from 'node:crypto';
import { profiles } from './adapters.js';
import type { Settings } from './config/settings.js';
import { configErrors } from './errors.js';
import { argon2Hasher } from './security/argon2-hasher.js';
import { systemClock } from './system-clock.js';

/**
 * `fieldline reset-password <email>`: gives a user a new random password. The server must not be running,
 * because only one process may write the data folder.
 *
 * @returns what to print
 */
export async function resetPasswordCommand(settings: Settings, email: string | undefined): Promise<string> {
  if (email === undefined) throw configErrors.ARGUMENT_MISSING({ usage: 'fieldline reset-password <email>' });
  const random: RandomBytes = (into) => void getRandomValues(into);
  const { openSqliteEntityStore } = await profiles.embedded.storage();
  // Refuses a folder that no server has used yet, which a writer would turn into a data folder.
  await (await openSqliteEntityStore({ path: settings.FIELDLINE_DATA_DIR })).close();
  const writer = inProcessWriter(settings.FIELDLINE_DATA_DIR);
  const entities = await openSqliteEntityStore({ path: settings.FIELDLINE_DATA_DIR, writer });
  try {
    const ids = uuidV7Source(systemClock.nowMs, random);
    const password = await resetPassword({ entities, hasher: argon2Hasher(), clock: systemClock, ids, random }, email);
    return `The new password of ${email} is ${password}\n`;
  } finally {
    await entities.close();
    await writer.close();
  }
}
