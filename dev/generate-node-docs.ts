// Writes docs/nodes/ from the declarations of the nodes; with --check only says whether it is up to date.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadCatalogue } from '../apps/server/src/catalogue.js';
import { errorsIn } from './errors-doc/collect.js';
import { indexPage, pageName } from './nodes-doc/index-page.js';
import { errorsOfNode } from './nodes-doc/node-errors.js';
import { nodePage } from './nodes-doc/page.js';
import { nodeSources } from './nodes-doc/source-files.js';
import { isTestSource, readSources, root } from './tidy/source-files.js';

const folder = join(root, 'docs', 'nodes');
const files = readSources();
const sources = nodeSources(files);
const declared = files.filter(({ path }) => /^(packages|plugins|apps)\/.*\.ts$/.test(path) && !isTestSource(path)).flatMap(errorsIn);
const nodes = await loadCatalogue();
const pages = new Map(nodes.map((node) => [pageName(node), nodePage(node, errorsOfNode(node, sources, declared))]));
pages.set('README.md', indexPage(nodes));

const existing = existsSync(folder) ? readdirSync(folder) : [];
const leftOver = existing.filter((name) => !pages.has(name));
const stale = [...pages].filter(([name, text]) => !existing.includes(name) || readFileSync(join(folder, name), 'utf8') !== text);

if (!process.argv.includes('--check')) {
  mkdirSync(folder, { recursive: true });
  for (const name of leftOver) rmSync(join(folder, name));
  for (const [name, text] of stale) writeFileSync(join(folder, name), text);
  console.log(`docs/nodes: ${pages.size} pages, ${stale.length} written.`);
} else if (stale.length + leftOver.length > 0) {
  console.error(`docs/nodes is not up to date: npm run docs. ${[...stale.map(([name]) => name), ...leftOver].join(', ')}`);
  process.exitCode = 1;
}
