import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Complaint } from './source-files.js';
import { root } from './source-files.js';

/** The parts of a package.json that are checked. */
export interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly nx?: { readonly tags?: readonly string[] };
}

/** Reads the package.json files among `paths`. */
export function readManifests(paths: readonly string[]): { readonly path: string; readonly manifest: Manifest }[] {
  const manifests = paths.filter((path) => /(^|\/)package\.json$/.test(path));
  return manifests.map((path) => ({ path, manifest: JSON.parse(readFileSync(join(root, path), 'utf8')) as Manifest }));
}

/** Projects the lint rule would not check, or would check too little: without layer, or with a library nobody agreed to. */
export function projectTags({ path, manifest }: { path: string; manifest: Manifest }): Complaint[] {
  const tags = manifest.nx?.tags ?? [];
  const found: Complaint[] = [];
  const layers = tags.filter((tag) => tag.startsWith('layer:'));
  if (layers.length !== 1) found.push({ path, message: `has ${layers.length} layer tags: say "nx": { "tags": ["layer:…"] }, one of them.` });
  const isChecked = tags.some((tag) => tag.startsWith('driver:') || tag === 'adapter:memory');
  const libraries = Object.keys(manifest.dependencies ?? {}).filter((name) => !name.startsWith('@fieldline/') && name !== 'zod');
  if ((layers.includes('layer:adapter') || layers.includes('layer:plugin')) && libraries.length > 0 && !isChecked) {
    found.push({ path, message: `depends on ${libraries.join(', ')} without a driver:* tag that allows it (dev/lint/boundaries.mjs).` });
  }
  if (layers.includes('layer:adapter') && !isChecked) found.push({ path, message: 'is an adapter without a driver:* or adapter:memory tag.' });
  const opened = Object.keys(manifest.exports ?? {}).filter((name) => !['.', './testing', './host'].includes(name));
  if (opened.length > 0)
    found.push({ path, message: `exports ${opened.join(', ')}: a package has one index, and ./testing or ./host where promised.` });
  return found;
}

/** Packages, plugins and programs without the paragraph that says what they are for. */
export function missingReadmes(paths: readonly string[]): Complaint[] {
  const existing = new Set(paths);
  const projects = paths.filter((path) => /^(packages|plugins)\/[^/]+\/package\.json$/.test(path));
  return projects
    .filter((path) => !existing.has(`${dirname(path)}/README.md`))
    .map((path) => ({ path: dirname(path), message: 'has no README.md: one paragraph, what it is for and what it refuses to do.' }));
}
