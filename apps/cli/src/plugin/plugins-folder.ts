import { findPackages, type FoundPackage } from '@fieldline/plugin-process';
import { ProblemError } from '@fieldline/kernel';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { cliErrors } from '../errors.js';

/** The folder in which the server looks for plugins when it starts. */
export class PluginsFolder {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** What the server finds there, also what it cannot use. */
  list(): readonly FoundPackage[] {
    return findPackages(this.#path);
  }

  /**
   * Puts a package there in place of the one of that name. It is written beside it first, and judged as the server judges it; a crash
   * leaves the old one or the new one, and at most a hidden folder - between the two renames neither: the old one is in that folder.
   *
   * @returns the version that was there
   * @throws CLI_PLUGIN_WRONG, CLI_PLUGIN_ELSEWHERE, PLUGIN_MANIFEST_INVALID, PLUGIN_API_UNSUPPORTED, PLUGIN_ENTRY_MISSING  nothing was changed
   */
  add(name: string, files: ReadonlyMap<string, Uint8Array>): string | undefined {
    mkdirSync(this.#path, { recursive: true });
    const staging = mkdtempSync(join(this.#path, '.adding-'));
    try {
      const made = join(staging, ...name.split('/'));
      for (const [path, content] of files) {
        mkdirSync(dirname(join(made, path)), { recursive: true });
        writeFileSync(join(made, path), content, { flag: 'wx', flush: true });
      }
      const [found] = findPackages(staging);
      if (found === undefined) throw cliErrors.PLUGIN_WRONG({ path: name, reason: 'no plugin can have this name' });
      if (found.problem !== undefined) throw new ProblemError(found.problem);
      return this.#swap(name, made, staging);
    } finally {
      rmSync(staging, { recursive: true, force: true });
    }
  }

  /** @returns the version that was there. @throws CLI_PLUGIN_UNKNOWN, CLI_PLUGIN_OF_NPM */
  remove(name: string): string {
    const found = this.list().filter((each) => each.name === name);
    const own = found.find(({ folder }) => !this.#isOfNpm(folder));
    if (own === undefined && found.length > 0) throw cliErrors.PLUGIN_OF_NPM({ name, folder: this.#path });
    const place = own?.isLinked === true || own === undefined ? this.#place(name) : own.folder;
    if (own === undefined || !existsSync(place)) throw cliErrors.PLUGIN_UNKNOWN({ name, folder: this.#path });
    // Out of sight first, so that a server that starts meanwhile finds all of it or nothing.
    const staging = mkdtempSync(join(this.#path, '.removing-'));
    renameSync(place, join(staging, 'package'));
    rmSync(staging, { recursive: true, force: true });
    return own.version;
  }

  #swap(name: string, made: string, staging: string): string | undefined {
    const place = this.#place(name);
    const found = this.list().filter((each) => each.name === name);
    // The list has folders as they are behind links.
    const old = existsSync(place) ? found.find(({ folder }) => folder === realpathSync(place)) : undefined;
    const other = found.find((each) => each !== old);
    if (other !== undefined) throw cliErrors.PLUGIN_ELSEWHERE({ name, folder: other.folder });
    // Also a link that leads nowhere any more.
    const hadOne = lstatSync(place, { throwIfNoEntry: false }) !== undefined;
    mkdirSync(dirname(place), { recursive: true });
    if (hadOne) renameSync(place, join(staging, '.old'));
    try {
      renameSync(made, place);
    } catch (error) {
      if (hadOne) renameSync(join(staging, '.old'), place);
      throw error;
    }
    return hadOne ? (old?.version ?? '') : undefined;
  }

  #place(name: string): string {
    return join(this.#path, ...name.split('/'));
  }

  #isOfNpm(folder: string): boolean {
    return folder.includes(`${sep}node_modules${sep}`);
  }
}
