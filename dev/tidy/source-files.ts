import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A file as the checks see it. `path` is relative to the repository, with forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** What one check found wrong, in a sentence that says what to do. */
export interface Complaint {
  readonly path: string;
  readonly line?: number;
  readonly message: string;
}

const skipped = new Set(['node_modules', 'dist', '.git', '.nx', '.cache', 'coverage', 'test-results']);

/** Every file of the repository that people write, except what is generated or fetched. */
export function listFiles(folder = root): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    // The data folder of a server started here; a folder of that name inside a package is code.
    if (skipped.has(entry.name) || path === join(root, 'data')) return [];
    if (entry.isDirectory()) return listFiles(path);
    return entry.isFile() ? [relative(root, path).split(sep).join('/')] : [];
  });
}

/** The TypeScript and JavaScript of the repository. Fences are left out: to be wrong is their purpose. */
export function readSources(paths: readonly string[] = listFiles()): SourceFile[] {
  const isSource = (path: string): boolean => /\.(ts|tsx|mjs|js)$/.test(path) && !path.startsWith('dev/fences/');
  return paths.filter(isSource).map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** Tests, and what only tests use. */
export function isTestSource(path: string): boolean {
  return (
    /\.(test|fixture)\.tsx?$/.test(path) ||
    path.startsWith('packages/contract-tests/') ||
    /\/(testing|fixtures)\//.test(path) ||
    path.startsWith('e2e/')
  );
}

/** Made by a program; its size and shape are nobody's choice. */
export function isGenerated(path: string): boolean {
  return /(^|\/)generated\//.test(path) || /\.generated\.ts$/.test(path);
}
