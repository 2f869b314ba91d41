// `npm run docs` writes docs/errors.md from the error declarations of all packages; with --check it changes nothing and
// fails when the page is out of step.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorsIn } from './errors-doc/collect.js';
import { renderErrors } from './errors-doc/render.js';
import { isTestSource, readSources, root } from './tidy/source-files.js';

const path = join(root, 'docs', 'errors.md');
const sources = readSources().filter((file) => /^(packages|plugins|apps)\/.*\.ts$/.test(file.path) && !isTestSource(file.path));
const page = renderErrors(sources.flatMap(errorsIn));

if (!process.argv.includes('--check')) {
  writeFileSync(path, page);
  console.log('docs/errors.md is written.');
} else if (readFileSync(path, 'utf8') === page) {
  console.log('docs/errors.md is in step with the code.');
} else {
  console.error('docs/errors.md is out of step with the error declarations: run npm run docs and commit the result.');
  process.exitCode = 1;
}
