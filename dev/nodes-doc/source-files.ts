import { dirname, join } from 'node:path/posix';
import type { SourceFile } from '../tidy/source-files.js';

/** What the code of a node is found in: the sources of plugins and of the SDK, by path. */
export type Sources = ReadonlyMap<string, string>;

/** Those of the repository's sources that nodes can be made of. */
export function nodeSources(files: readonly SourceFile[]): Sources {
  const isNodeCode = (path: string): boolean =>
    /^(plugins\/[^/]+|packages\/plugin-sdk)\/src\//.test(path) && !/\.(test|fixture)\.ts$|\/testing\//.test(path);
  return new Map(files.filter(({ path }) => isNodeCode(path)).map(({ path, text }) => [path, text]));
}

/** The file that declares a node type: the one with its name in quotes. */
export function fileOfType(type: string, sources: Sources): string {
  const found = [...sources].find(([path, text]) => path.startsWith('plugins/') && text.includes(`'${type}'`));
  if (found === undefined) throw new Error(`no plugin declares ${type}`);
  return found[0];
}

/** A file and everything of the same package and of the SDK that it uses, directly or not. */
export function usedBy(start: string, sources: Sources): readonly string[] {
  const reached = new Set<string>();
  const waiting = [start];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    const text = sources.get(path) ?? '';
    waiting.push(...relativeImports(text, path, sources), ...sdkImports(text, sources));
  }
  return [...reached].sort();
}

function relativeImports(text: string, path: string, sources: Sources): readonly string[] {
  const imports = [...text.matchAll(/(?:from |import\()'(\.{1,2}\/[^']+)\.js'/g)].map(([, target = '']) => join(dirname(path), `${target}.ts`));
  // The index of a package reaches all its nodes; what one node uses it imports from where it is.
  return imports.filter((target) => sources.has(target) && !target.endsWith('/index.ts'));
}

/** Where the SDK defines what a plugin imports from it. */
function sdkImports(text: string, sources: Sources): readonly string[] {
  const lists = [...text.matchAll(/import \{([^}]*)\} from '@fieldline\/plugin-sdk'/g)].map(([, names = '']) => names);
  const names = lists.flatMap((list) => list.split(',').map((name) => name.trim())).filter((name) => name !== '' && !name.startsWith('type '));
  return names.flatMap((name) => {
    const definition = new RegExp(`^export (async )?(function|const) ${name}\\b`, 'm');
    const found = [...sources].find(([path, code]) => path.startsWith('packages/plugin-sdk/') && definition.test(code));
    return found === undefined ? [] : [found[0]];
  });
}
