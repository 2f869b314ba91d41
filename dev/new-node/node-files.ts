import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { root } from '../tidy/source-files.js';
import { newNodeErrors } from './errors.js';
import { INDEX_CHARACTERS_MAX } from './limits.js';
import type { NodeWish } from './read-wish.js';

/** The real files that new ones are made from: they are linted, type-checked and tested in this repository. */
export const templateFolder = join(root, 'dev', 'new-node', 'template');

/** Paths within a package, with the text of each file. */
export type Files = ReadonlyMap<string, string>;

/** The first half of the node types of a package, and the name of its plugin: `@acme/weather` gives `acme-weather`. */
export const pluginName = (packageName: string): string => packageName.replace('@', '').replace('/', '-');

/** A node and its test, as files of a package. */
export async function nodeFiles(packageName: string, node: NodeWish): Promise<Files> {
  const kind = `${kindOf(node)}${node.hasState ? '-state' : ''}`;
  const made = async (file: string): Promise<string> => formatted(named(readFileSync(join(templateFolder, kind, file), 'utf8'), packageName, node));
  return new Map([
    [`src/${node.name}-node.ts`, await made('node.ts')],
    [`src/${node.name}-node.test.ts`, await made('node.test.ts')],
  ]);
}

/** The index with nodes added to its plugin. @throws NEW_NODE_INDEX_UNREADABLE */
export async function withNodes(index: string, path: string, nodes: readonly NodeWish[]): Promise<string> {
  const list = index.length > INDEX_CHARACTERS_MAX ? null : /\bnodes:\s*\[([^\]]*)\]/.exec(index);
  const lastImport = [...index.matchAll(/^import [^;]*;\n/gm)].at(-1);
  if (list === null || lastImport === undefined) throw newNodeErrors.INDEX_UNREADABLE({ path });
  const listed = (list[1] ?? '').split(',').map((name) => name.trim());
  const all = [...listed.filter((name) => name !== ''), ...nodes.map(identifier)].join(', ');
  const imports = nodes.map((node) => `import { ${identifier(node)} } from './${node.name}-node.js';\n`).join('');
  const importsEnd = lastImport.index + lastImport[0].length;
  const before = index.slice(importsEnd, list.index);
  return formatted(`${index.slice(0, importsEnd)}${imports}${before}nodes: [${all}]${index.slice(list.index + list[0].length)}`);
}

function kindOf({ category }: NodeWish): 'filter' | 'external' | 'transform' {
  return category === 'filter' || category === 'external' ? category : 'transform';
}

function named(template: string, packageName: string, node: NodeWish): string {
  const capitals = (name: string): string => name.toUpperCase().replaceAll('-', '_');
  const title = node.name.replaceAll('-', ' ');
  const plugin = pluginName(packageName);
  return template
    .replaceAll('PLUGIN_NAME', capitals(plugin))
    .replaceAll('TEMPLATE_NAME', capitals(node.name))
    .replaceAll('plugin-name', plugin)
    .replaceAll('template-name', node.name)
    .replaceAll('template_name', node.name.replaceAll('-', '_'))
    .replaceAll('templateNode', identifier(node))
    .replaceAll('Template title', `${title.charAt(0).toUpperCase()}${title.slice(1)}`)
    .replaceAll("'./node.js'", `'./${node.name}-node.js'`)
    .replace("category: 'transformation'", `category: '${node.category}'`);
}

/** `heat-index` is exported as `heatIndexNode`. */
function identifier({ name }: NodeWish): string {
  return `${name.replace(/-(.)/g, (_whole, letter: string) => letter.toUpperCase())}Node`;
}

/** As prettier leaves the files of this repository; names of another length break lines elsewhere. */
function formatted(code: string): Promise<string> {
  const style = JSON.parse(readFileSync(join(root, '.prettierrc'), 'utf8')) as object;
  return format(code, { ...style, parser: 'typescript' });
}
