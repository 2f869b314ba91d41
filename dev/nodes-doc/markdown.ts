/** Text in a cell of a table: one line, in which nothing ends the cell. Code spans keep their angle brackets. */
export function cell(text: string): string {
  const parts = text
    .replaceAll('\n', ' ')
    .replaceAll('|', '\\|')
    .split(/(`+[^`]+`+)/);
  return parts.map((part, place) => (place % 2 === 1 ? part : part.replaceAll('<', '&lt;'))).join('');
}

/** Text as code, also where it holds backticks. */
export function codeSpan(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `\`${text}\`` : `${fence} ${text} ${fence}`;
}

/** A block of code with a fence that is longer than any in it. */
export function codeBlock(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.trimEnd()}\n${fence}\n`;
}
