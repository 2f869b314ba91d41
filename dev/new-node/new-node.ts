import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensureSdkPacked } from '../sdk/pack-sdk.js';
import { newNodeErrors } from './errors.js';
import { nodeFiles, withNodes } from './node-files.js';
import { packageFiles, sdkInPackage } from './package-files.js';
import type { NodeWish, Wish } from './read-wish.js';
import { writeFiles } from './write-files.js';

/** Makes a package, or adds nodes to one. Returns what to tell the person. */
export async function newNode({ folder, packageName, nodes, sdk }: Wish): Promise<readonly string[]> {
  if (packageName === undefined) return addNodes(folder, nodes);
  const tarball = sdk === undefined ? await ensureSdkPacked() : undefined;
  const files = await packageFiles(packageName, nodes, tarball === undefined ? (sdk ?? '') : `file:${sdkInPackage(tarball)}`);
  writeFiles(folder, files);
  if (tarball !== undefined) {
    const place = join(folder, sdkInPackage(tarball));
    mkdirSync(dirname(place), { recursive: true });
    copyFileSync(tarball, place);
  }
  return [
    `${packageName} is made in ${folder}: ${nodes.map(({ name }) => name).join(', ')}.`,
    'Next, in that folder: npm install && npm test && npm run build',
  ];
}

async function addNodes(folder: string, nodes: readonly NodeWish[]): Promise<readonly string[]> {
  const name = packageNameIn(folder);
  const path = join(folder, 'src', 'index.ts');
  if (!existsSync(path)) throw newNodeErrors.NO_PACKAGE({ folder, reason: 'it has no src/index.ts' });
  const made = await Promise.all(nodes.map((node) => nodeFiles(name, node)));
  const index = await withNodes(readFileSync(path, 'utf8'), path, nodes);
  writeFiles(folder, new Map([...made.flatMap((files) => [...files]), ['src/index.ts', index]]), ['src/index.ts']);
  return nodes.map((node) => `${node.name} is added to ${name}: src/${node.name}-node.ts and its test.`);
}

function packageNameIn(folder: string): string {
  const path = join(folder, 'package.json');
  if (!existsSync(path)) throw newNodeErrors.NO_PACKAGE({ folder, reason: 'it has no package.json' });
  let manifest: { readonly name?: unknown; readonly fieldline?: unknown };
  try {
    manifest = JSON.parse(readFileSync(path, 'utf8')) as typeof manifest;
  } catch (cause) {
    throw newNodeErrors.NO_PACKAGE({ folder, reason: 'its package.json is no JSON' }, { cause });
  }
  if (typeof manifest.name !== 'string' || manifest.fieldline === undefined)
    throw newNodeErrors.NO_PACKAGE({ folder, reason: 'its package.json has no name or no member "fieldline"' });
  return manifest.name;
}
