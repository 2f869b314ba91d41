// `npm run build [-- server cli web] [--force]` builds what is stale: the server and its threads, the command line, the
// web app; with --force everything. `npm start` calls it.
import { build as bundle } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename, join } from 'node:path';
import { nodeBinary, root } from './workspace/paths.mjs';
import { fingerprint, removeStamp, setStamp, staleTargets, targets } from './workspace/stamp.mjs';

/** Our own packages are bundled from source; everything from npm is loaded from node_modules at run time. */
const npmPackagesStayOutside = {
  name: 'npm-packages-stay-outside',
  setup(build) {
    build.onResolve({ filter: /^[^./#]/ }, ({ path, kind }) => {
      if (kind === 'entry-point' || path.startsWith('@fieldline/')) return undefined;
      return { path, external: true };
    });
  },
};

async function bundleApp(app) {
  const source = join(root, 'apps', app, 'src');
  const names = readdirSync(source);
  const outdir = join(root, 'apps', app, 'dist');
  const options = {
    absWorkingDir: root,
    outdir,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    conditions: ['source'],
    tsconfig: join(root, 'tsconfig.json'),
    sourcemap: true,
    sourcesContent: false,
    metafile: true,
    logLevel: 'warning',
  };
  const pathsOf = (entries) => entries.map((name) => join(source, name));
  const programs = names.filter((name) => name === 'main.ts' || name.endsWith('-thread.ts'));
  // What a thread imports when it first needs it (a broker's client, aedes) is a file of its own, and so are its npm packages.
  const split = { splitting: true, chunkNames: 'part-[hash]', plugins: [npmPackagesStayOutside] };
  const { metafile } = await bundle({ ...options, ...split, entryPoints: pathsOf(programs) });
  // A process with few rights may read one file of ours, which therefore holds all it needs.
  const processes = names.filter((name) => name.endsWith('-process.ts'));
  const alone = await bundle({ ...options, entryPoints: pathsOf(processes) });
  const written = new Set([metafile, alone.metafile].flatMap(({ outputs }) => Object.keys(outputs)).map((path) => basename(path)));
  for (const old of readdirSync(outdir).filter((name) => !written.has(name))) rmSync(join(outdir, old), { recursive: true });
  writeFileSync(join(outdir, 'npm-packages.json'), `${JSON.stringify(npmPackagesOf(metafile), null, 2)}\n`);
}

/** Names of the npm packages that the bundles load at run time: what the packed product must depend on. */
function npmPackagesOf({ outputs }) {
  const imports = Object.values(outputs).flatMap((output) => output.imports.filter(({ external }) => external));
  const names = imports.filter(({ path }) => !isBuiltin(path)).map(({ path }) => path.split('/', path.startsWith('@') ? 2 : 1).join('/'));
  return [...new Set(names)].sort();
}

function buildWeb() {
  const { status } = spawnSync(nodeBinary, [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'], {
    cwd: join(root, 'apps', 'web'),
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('vite build failed');
}

const isForced = process.argv.includes('--force');
const named = process.argv.slice(2).filter((argument) => argument !== '--force');
const names = named.length === 0 ? targets.map(({ name }) => name) : named;
const forced = targets.filter(({ name, present }) => names.includes(name) && existsSync(join(root, present)));
let failures = 0;
for (const target of isForced ? forced : staleTargets(names)) {
  const startedAt = performance.now();
  process.stdout.write(`Building ${target.name} ... `);
  const print = fingerprint(target);
  removeStamp(target);
  try {
    if (target.name === 'web') buildWeb();
    else await bundleApp(target.name);
  } catch (error) {
    console.error(`failed. ${error instanceof Error ? error.message : String(error)}`);
    failures += 1;
    continue;
  }
  setStamp(target, print);
  console.log(`${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
}
process.exitCode = failures === 0 ? 0 : 1;
