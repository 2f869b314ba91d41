import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { cliErrors } from '../errors.js';
import { PLUGIN_ARCHIVE_BYTES_MAX, PLUGIN_FILES_SEEN_MAX, PLUGIN_UNPACKED_BYTES_MAX } from '../limits.js';
import type { PackageSource } from './package-source.js';
import { readTar } from './tar.js';

/** The package in an archive as npm makes them: everything is in one folder, mostly called `package`. */
export function openArchive(archive: string, bytes: number): PackageSource {
  if (bytes > PLUGIN_ARCHIVE_BYTES_MAX) throw cliErrors.PLUGIN_TOO_LARGE({ what: `${PLUGIN_ARCHIVE_BYTES_MAX} bytes`, path: archive });
  const files = new Map<string, Uint8Array>();
  const wrong = (reason: string): Error => cliErrors.PLUGIN_ARCHIVE_WRONG({ path: archive, reason });
  for (const { path: whole, kind, content } of readTar(unzipped(archive), wrong)) {
    if (kind === 'folder') continue;
    const path = whole.split('/').slice(1).join('/');
    if (kind === 'link') throw cliErrors.PLUGIN_LINK_REFUSED({ path: whole });
    if (!isInside(path)) throw wrong(`it has a file "${whole.slice(0, 200)}" outside its package`);
    if (files.size === PLUGIN_FILES_SEEN_MAX) throw cliErrors.PLUGIN_TOO_LARGE({ what: `${PLUGIN_FILES_SEEN_MAX} files`, path: archive });
    files.set(path, content);
  }
  return {
    files: [...files].map(([path, content]) => ({ path, bytes: content.length })),
    read(path) {
      const content = files.get(path);
      if (content === undefined) throw wrong(`it has no file "${path}"`);
      return content;
    },
  };
}

function unzipped(path: string): Uint8Array {
  try {
    return gunzipSync(readFileSync(path), { maxOutputLength: PLUGIN_UNPACKED_BYTES_MAX });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw cliErrors.PLUGIN_TOO_LARGE({ what: `${PLUGIN_UNPACKED_BYTES_MAX} bytes unpacked`, path }, { cause: error });
    throw cliErrors.PLUGIN_ARCHIVE_WRONG({ path, reason: error instanceof Error ? error.message : String(error) }, { cause: error });
  }
}

/** A plain relative path: no way up, no drive, no separator of another system. */
function isInside(path: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are what is refused here
  return path !== '' && !/[\\:\u0000-\u001f]/.test(path) && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}
