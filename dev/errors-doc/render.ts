import type { DeclaredError } from './collect.js';

const head = `# Errors

Every error that leaves the server has a code, a sentence that says what happened, and a remedy. A code belongs to one
error and is never reused or renamed. \`{name}\` stands for a detail of the occurrence.

*Retry* says whether the same call may succeed later without a change by the caller.

This page is generated from the declarations in the code by \`npm run docs\`.
`;

/** The page docs/errors.md: a section for each area, codes in alphabetical order. */
export function renderErrors(errors: readonly DeclaredError[]): string {
  const byCode = [...errors].sort((a, b) => (a.code < b.code ? -1 : 1));
  const areas = new Map<string, DeclaredError[]>();
  for (const error of byCode) {
    const area = error.code.split('_')[0] ?? error.code;
    areas.set(area, [...(areas.get(area) ?? []), error]);
  }
  const sections = [...areas].map(([area, entries]) => {
    const rows = entries.map(({ code, kind, retry, message, remedy }) => `| \`${code}\` | ${kind} | ${retry} | ${cell(message)} | ${cell(remedy)} |`);
    return `\n## ${area}\n\n| code | kind | retry | message | remedy |\n|---|---|---|---|---|\n${rows.join('\n')}\n`;
  });
  return head + sections.join('');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ');
}
