/** Where in the user's text an error happened; both from 1, absent where the sandbox does not say. */
export interface ScriptPlace {
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/**
 * Reads the first line of a stack that lies in the user's script.
 *
 * @param stack as QuickJS prints it: `    at name (script.js:2:12)`
 * @param prefixChars what stands before the body in its first line
 */
export function placeInScript(stack: string, prefixChars: number): ScriptPlace {
  const match = /script\.js:(\d{1,6})(?::(\d{1,6}))?/.exec(stack);
  if (match === null) return {};
  const line = Number(match[1]);
  if (match[2] === undefined) return { line };
  const column = Number(match[2]) - (line === 1 ? prefixChars : 0);
  return column >= 1 ? { line, column } : { line };
}
