import { dirname, join } from 'node:path/posix';
import type { Complaint, SourceFile } from './source-files.js';
import { isTestSource } from './source-files.js';

// Where the reading of a package starts: its indexes, programs, threads and workers, and the files a new plugin package is made from.
const entry =
  /^(packages|plugins)\/[^/]+\/src\/((testing|host)\/)?index\.ts$|^(apps|e2e)(\/[^/]+)?\/src\/(main\.tsx?|[^/]+-(thread|process)\.ts)$|^e2e\/src\/index\.ts$|^apps\/cli\/bin\/fieldline\.mjs$|^dev\/([^/]+|bench\/[^/]+|[^/]+\/main|new-node\/template\/([^/]+\/)?(node|index|index-test|build))\.(ts|mjs)$/;
const toolConfiguration = /^[^/]+\.(js|ts)$|\/(vite|vitest)\.config\.ts$|^apps\/web\/(public\/.*|src\/.*\.d\.ts)$/;

/** Files that no entry of their package reaches. A test is reached by the test runner, but does not keep other files alive. */
export function unusedFiles(files: readonly SourceFile[]): Complaint[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const roots = files.filter(({ path }) => entry.test(path) || toolConfiguration.test(path));
  const reached = reachableFrom(roots, byPath);
  const tests = files.filter(({ path }) => isTestSource(path) && !reached.has(path));
  const reachedByTests = reachableFrom(
    tests.filter(({ path }) => /\.test\.tsx?$/.test(path)),
    byPath,
  );
  return files.flatMap(({ path }) => {
    if (reached.has(path)) return [];
    if (isTestSource(path)) {
      return reachedByTests.has(path) ? [] : [{ path, message: 'is test support that no test imports: delete it.' }];
    }
    const advice = reachedByTests.has(path)
      ? 'only tests import it: delete both, or name it x.fixture.ts'
      : 'delete it, or import it where it is needed';
    return [{ path, message: `cannot be reached from an index, a program or a thread: ${advice}.` }];
  });
}

function reachableFrom(roots: readonly SourceFile[], byPath: ReadonlyMap<string, SourceFile>): Set<string> {
  const reached = new Set<string>();
  const waiting = roots.map(({ path }) => path);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    for (const target of importsOf(byPath.get(path)?.text ?? '')) {
      const found = candidates(join(dirname(path), target)).find((candidate) => byPath.has(candidate));
      if (found !== undefined) waiting.push(found);
    }
  }
  return reached;
}

function importsOf(text: string): string[] {
  const relativePath = /(?:from|import|import\(|new URL\(|mock\()\s*['"`](\.{1,2}\/[^'"`]+)['"`]/g;
  return [...text.matchAll(relativePath)].map(([, path]) => (path ?? '').replace(/\?.*$/, ''));
}

function candidates(path: string): string[] {
  const stem = path.replace(/\.(js|jsx|mjs)$/, '');
  return [path, `${stem}.ts`, `${stem}.tsx`, `${stem}/index.ts`];
}
