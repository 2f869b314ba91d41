import { extname } from 'node:path';
import ts from 'typescript';
import type { Complaint, SourceFile } from './source-files.js';
import { isGenerated, isTestSource } from './source-files.js';

const LINES_PER_FILE_MAX = 400;
const LINES_PER_FUNCTION_MAX = 70;
const vagueFolders = ['utils', 'util', 'helpers', 'helper', 'common', 'shared', 'core', 'misc', 'lib'];

/** Files too long to be read in one go. */
export function longFiles({ path, text }: SourceFile): Complaint[] {
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  if (isGenerated(path) || lines <= LINES_PER_FILE_MAX) return [];
  return [{ path, message: `has ${lines} lines, more than ${LINES_PER_FILE_MAX}: find its second subject and give it a file.` }];
}

/** Functions that do not fit on a screen. A `describe` or a contract suite is a list of tests, not a function to follow. */
export function longFunctions({ path, text }: SourceFile): Complaint[] {
  if (isGenerated(path) || isTestSource(path)) return [];
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, extname(path) === '.tsx' ? ts.ScriptKind.TSX : undefined);
  const found: Complaint[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) {
      const start = source.getLineAndCharacterOfPosition(node.getStart(source)).line;
      const lines = source.getLineAndCharacterOfPosition(node.end).line - start + 1;
      if (lines > LINES_PER_FUNCTION_MAX) {
        const message = `has a function of ${lines} lines, more than ${LINES_PER_FUNCTION_MAX}: keep the branching, move straight computation out.`;
        found.push({ path, line: start + 1, message });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Folders whose name says nothing about what is in them. */
export function vagueFolderNames({ path }: SourceFile): Complaint[] {
  const vague = path
    .split('/')
    .slice(0, -1)
    .find((name) => vagueFolders.includes(name));
  return vague === undefined ? [] : [{ path, message: `lies in a folder "${vague}": name the folder after its subject.` }];
}

/** Notes to oneself without an issue, and tests that switch off all others. */
export function forbiddenText({ path, text }: SourceFile): Complaint[] {
  return text.split('\n').flatMap((content, index) => {
    const found: Complaint[] = [];
    const note = /(?:\/\/|\/?\*)\s*(TODO|FIXME|XXX|HACK)\b(?! #\d)/.exec(content)?.[1];
    if (note !== undefined) found.push({ path, line: index + 1, message: `${note} without an issue: write ${note} #12, or do it.` });
    if (/^\s*(test|it|describe|suite)\.only\b/.test(content)) {
      found.push({ path, line: index + 1, message: 'switches all other tests off: remove .only.' });
    }
    return found;
  });
}
