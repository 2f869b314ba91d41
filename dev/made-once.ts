import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'fieldline');

/**
 * The folder in the cache with what `make` makes of `files`. It is made once, and again when one of them changes.
 *
 * @throws Error of `make`; what it left is removed
 */
export function madeOnce(
  { name, version }: { readonly name: string; readonly version: string },
  files: readonly string[],
  make: (target: string) => void,
): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  const folder = join(cache, `${name}-${version}-${hash.digest('hex').slice(0, 8)}`);
  if (existsSync(folder)) return folder;
  console.log(`Installing ${name} ${version} into ${folder}. This takes a minute once.`);
  mkdirSync(cache, { recursive: true });
  const unfinished = mkdtempSync(`${folder}-`);
  try {
    make(unfinished);
    // A rename, so that a folder of that name is always complete, also when two runs install at once.
    if (!existsSync(folder)) renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return folder;
}

/** Copies the jars that a pom.xml in `folder` names, with all they need, from Maven Central into `target`. */
export function copyJars(folder: string, target: string): void {
  // Strict: a jar whose checksum is wrong is an error, not a warning.
  const quiet = ['--batch-mode', '-Dstyle.color=never', '--quiet', '--strict-checksums'];
  runTool('mvn', [...quiet, 'dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${target}`], folder);
}

/** Runs a build tool in `folder` to its end. Its output is ours. */
export function runTool(command: string, args: readonly string[], folder: string, env: Readonly<Record<string, string>> = {}): void {
  const { status, error } = spawnSync(command, args, { cwd: folder, env: { ...process.env, ...env }, stdio: 'inherit' });
  if (error !== undefined) throw new Error(`${command} cannot be run: ${error.message}. Servers for tests are made with go, java, javac and mvn.`);
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed with exit code ${status} in ${folder}.`);
}

/** The version that a build file names, by the first group of `pattern`. */
export function versionIn(file: string, pattern: RegExp): string {
  const version = pattern.exec(readFileSync(file, 'utf8'))?.[1];
  if (version === undefined) throw new Error(`No version was found in ${file}.`);
  return version;
}
