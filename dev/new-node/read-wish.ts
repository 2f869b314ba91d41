import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { newNodeErrors } from './errors.js';
import { NODE_NAME_MAX, NODES_MAX, PACKAGE_NAME_MAX, SDK_PLACE_MAX } from './limits.js';

export const categories = ['filter', 'enrichment', 'transformation', 'action', 'external', 'flow'] as const;
export type Category = (typeof categories)[number];

/** What a node is made from. */
export interface NodeWish {
  /** Such as `heat-index`. */
  readonly name: string;
  readonly category: Category;
  readonly hasState: boolean;
}

/** What the person typed, checked. */
export interface Wish {
  /** Absolute path of the package. */
  readonly folder: string;
  /** Undefined where nodes are added to a package that exists. */
  readonly packageName: string | undefined;
  readonly nodes: readonly NodeWish[];
  /** Where npm finds the SDK; undefined puts it into the package. */
  readonly sdk: string | undefined;
}

const namePattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** @throws NEW_NODE_USAGE */
export function readWish(args: readonly string[], workingFolder: string): Wish {
  const { values, positionals } = parsed(args);
  const [place, ...surplus] = positionals;
  if (place === undefined) throw newNodeErrors.USAGE({ fault: 'Name the folder of the package' });
  if (surplus.length > 0)
    throw newNodeErrors.USAGE({ fault: `"${surplus.join(' ')}" is too much: nodes go behind --nodes, with commas between them` });
  const folder = resolve(workingFolder, place);
  const category = categories.find((known) => known === values.category);
  if (category === undefined) throw newNodeErrors.USAGE({ fault: `There is no category "${values.category}"; there are ${categories.join(', ')}` });
  if (values.state && category === 'external') throw newNodeErrors.USAGE({ fault: '--state goes with the other categories, not with external' });
  if (values.sdk !== undefined && (values.sdk === '' || values.sdk.length > SDK_PLACE_MAX))
    throw newNodeErrors.USAGE({ fault: `--sdk takes what npm installs, in at most ${SDK_PLACE_MAX} characters` });
  const nodes = nodeNames(values).map((name) => ({ name, category, hasState: values.state }));
  if (values.node === undefined) return { folder, packageName: packageName(values.name ?? basename(folder)), nodes, sdk: values.sdk };
  if (values.name !== undefined || values.sdk !== undefined)
    throw newNodeErrors.USAGE({ fault: '--name and --sdk make a new package, --node adds to one that exists' });
  return { folder, packageName: undefined, nodes, sdk: undefined };
}

function parsed(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...{ name: text, nodes: text, node: text, sdk: text },
        category: { ...text, default: 'transformation' },
        state: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw newNodeErrors.USAGE({ fault: error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error) }, { cause: error });
  }
}

function nodeNames({ node, nodes }: { readonly node?: string | undefined; readonly nodes?: string | undefined }): readonly string[] {
  if (node !== undefined && nodes !== undefined) throw newNodeErrors.USAGE({ fault: '--nodes goes with a new package, --node with one that exists' });
  const names = (node ?? nodes ?? 'example').split(',');
  if (names.length > NODES_MAX) throw newNodeErrors.USAGE({ fault: `${names.length} nodes are too many: at most ${NODES_MAX} at once` });
  for (const name of names) {
    if (!namePattern.test(name) || name.length > NODE_NAME_MAX)
      throw newNodeErrors.USAGE({ fault: `"${name}" is no name of a node: small letters, digits and single hyphens, at most ${NODE_NAME_MAX}` });
  }
  if (new Set(names).size < names.length) throw newNodeErrors.USAGE({ fault: 'Two nodes have the same name' });
  return names;
}

/** A name for npm, with or without a scope, that is safe as a folder and as the first half of a node type. */
function packageName(name: string): string {
  const parts = name.startsWith('@') ? name.slice(1).split('/') : [name];
  const isFit = parts.length === (name.startsWith('@') ? 2 : 1) && parts.every((part) => namePattern.test(part) && part.length <= PACKAGE_NAME_MAX);
  if (!isFit) {
    throw newNodeErrors.USAGE({
      fault: `"${name}" is no name of a package: small letters, digits and single hyphens, as in acme-weather or @acme/weather; give one with --name`,
    });
  }
  return name;
}
