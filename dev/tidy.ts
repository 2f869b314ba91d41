// One fast pass over the repository for what a program can check: `node dev/run.mjs dev/tidy.ts`, and a test in npm test.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorsIn } from './errors-doc/collect.js';
import { incompleteErrors, repeatedCodes, staleErrorsPage } from './tidy/errors-rules.js';
import { forbiddenText, longFiles, longFunctions, vagueFolderNames } from './tidy/file-rules.js';
import { missingReadmes, projectTags, readManifests } from './tidy/project-rules.js';
import type { Complaint } from './tidy/source-files.js';
import { isTestSource, listFiles, readSources, root } from './tidy/source-files.js';
import { unusedFiles } from './tidy/unused-files.js';

/** Everything that is out of order, one line each. There is no list of exceptions. */
export function tidy(): string[] {
  const paths = listFiles();
  const files = readSources(paths);
  const products = files.filter(({ path }) => /^(packages|plugins|apps)\/.*\.ts$/.test(path) && !isTestSource(path));
  const errors = products.flatMap(errorsIn);
  const page = join(root, 'docs', 'errors.md');
  const complaints: Complaint[] = [
    ...files.flatMap((file) => [...longFiles(file), ...longFunctions(file), ...vagueFolderNames(file), ...forbiddenText(file)]),
    ...readManifests(paths).flatMap(projectTags),
    ...missingReadmes(paths),
    ...unusedFiles(files),
    ...repeatedCodes(errors),
    ...incompleteErrors(errors),
    ...staleErrorsPage(errors, existsSync(page) ? readFileSync(page, 'utf8') : undefined),
  ];
  return complaints.map(({ path, line, message }) => `${path}${line === undefined ? '' : `:${line}`} ${message}`);
}

if (process.argv[1] === import.meta.filename) {
  const complaints = tidy();
  for (const complaint of complaints) console.error(complaint);
  console.log(complaints.length === 0 ? 'Everything is tidy.' : `${complaints.length} things to tidy.`);
  process.exitCode = complaints.length === 0 ? 0 : 1;
}
