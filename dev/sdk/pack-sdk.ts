// Makes the package @fieldline/plugin-sdk as others install it: kernel and model inside, zod beside it.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../tidy/source-files.js';
import { fingerprint, setStamp, stampPath } from '../workspace/stamp.mjs';
import { sdkEntries, writeDeclarations } from './declarations.js';

interface Manifest {
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly dependencies: { readonly zod: string };
}

const sources = ['packages/kernel', 'packages/model', 'packages/plugin-sdk', 'dev/sdk', 'LICENSE'];
const target = { name: 'plugin-sdk', inputs: sources };

/** Where the packed SDK lies. */
export function sdkTarball(): string {
  return join(root, 'dist', `fieldline-plugin-sdk-${manifest().version}.tgz`);
}

/** Packs the SDK unless the tarball that lies there is made from these very sources. Returns its path. */
export async function ensureSdkPacked(): Promise<string> {
  const tarball = sdkTarball();
  const stamp = stampPath(target);
  const isFresh = existsSync(tarball) && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(target);
  return isFresh ? tarball : await packSdk();
}

/** Packs the SDK and returns the path of the tarball. */
export async function packSdk(): Promise<string> {
  const print = fingerprint(target);
  const folder = mkdtempSync(join(tmpdir(), 'fieldline-sdk-'));
  try {
    await writeCode(join(folder, 'lib'));
    writeDeclarations(join(folder, 'types'));
    writeFileSync(join(folder, 'package.json'), `${JSON.stringify(publicManifest(manifest()), null, 2)}\n`);
    cpSync(join(root, 'packages', 'plugin-sdk', 'README.md'), join(folder, 'README.md'));
    cpSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
    mkdirSync(join(root, 'dist'), { recursive: true });
    const { status } = spawnSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', join(root, 'dist')], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (status !== 0) throw new Error('npm pack failed.');
    setStamp(target, print);
    return sdkTarball();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Both entries share one copy of the code behind them, so that a message made by the harness is one to the node. */
async function writeCode(outdir: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: { index: join('packages', sdkEntries[0].source), testing: join('packages', sdkEntries[1].source) },
    outdir,
    bundle: true,
    splitting: true,
    chunkNames: 'sdk-[hash]',
    format: 'esm',
    // Nothing of the SDK needs Node.js.
    platform: 'neutral',
    target: 'es2024',
    conditions: ['source'],
    tsconfig: join(root, 'tsconfig.json'),
    external: ['zod'],
    logLevel: 'warning',
  });
}

function manifest(): Manifest {
  return JSON.parse(readFileSync(join(root, 'packages', 'plugin-sdk', 'package.json'), 'utf8')) as Manifest;
}

function publicManifest({ version, description, license, dependencies }: Manifest) {
  const entry = ({ name, source }: (typeof sdkEntries)[number]) => {
    const file = name === '.' ? 'index' : name.slice('./'.length);
    return [name, { types: `./types/${source.replace(/\.ts$/, '.d.ts')}`, default: `./lib/${file}.js` }] as const;
  };
  return {
    name: '@fieldline/plugin-sdk',
    version,
    description,
    license,
    type: 'module',
    sideEffects: false,
    exports: Object.fromEntries(sdkEntries.map(entry)),
    dependencies: { zod: dependencies.zod },
  };
}
