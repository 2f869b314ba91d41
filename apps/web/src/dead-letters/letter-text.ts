/** The body of a message in a form for people: JSON with a line for each member, anything else as it is. */
export function readableBody(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    // Numbers keep the form in which they were written only where nothing is written anew.
    return typeof value === 'object' && value !== null ? JSON.stringify(value, null, 2) : text;
  } catch {
    return text;
  }
}

export function letterCount(count: number): string {
  return count === 1 ? '1 message' : `${count.toLocaleString('en')} messages`;
}

interface Replayed {
  readonly replayed: readonly string[];
  readonly left: readonly string[];
}

/** What became of a replay, in sentences; the second where some are left. */
export function replayText({ replayed, left }: Replayed): { readonly done: string | undefined; readonly refused: string | undefined } {
  return {
    done: replayed.length === 0 ? undefined : `${letterCount(replayed.length)} on the way again. What fails once more comes back here.`,
    refused: left.length === 0 ? undefined : `${letterCount(left.length)} not replayed: gone already, or the rule chain or node is no more.`,
  };
}
