const ESCAPES: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, f: 12, v: 11, a: 7, b: 8, '\\': 92, '"': 34 };

/** The bytes of all quoted strings in a line of strace, in order: of a vector write, what left together. */
export function bytesOf(line: string): number[] {
  const bytes: number[] = [];
  for (const [, text = ''] of line.matchAll(/"((?:[^"\\]|\\.)*)"/g)) {
    for (let at = 0; at < text.length; at += 1) {
      if (text[at] !== '\\') bytes.push(text.charCodeAt(at));
      else {
        const octal = /^[0-7]{1,3}/.exec(text.slice(at + 1, at + 4))?.[0];
        bytes.push(octal === undefined ? (ESCAPES[text[at + 1] ?? ''] ?? 0) : Number.parseInt(octal, 8));
        at += octal?.length ?? 1;
      }
    }
  }
  return bytes;
}
