/** What is known of a value before the script runs. `double` may be boxed, see runtime/values.ts; `any` may be null. */
export type StaticKind = 'int' | 'double' | 'boolean' | 'text' | 'collection' | 'null' | 'any';

/** An expression as JavaScript. */
export interface Emitted {
  /** What runs before it, one after the other. The operands of a long sum stand here in a row instead of nested in one another. */
  readonly before: readonly string[];
  readonly code: string;
  readonly kind: StaticKind;
  /** True where it is a plain JavaScript number for certain. */
  readonly isPlainNumber: boolean;
  /** True where it may be written twice: a variable or a literal. */
  readonly isSimple: boolean;
  /** True for a literal, whose value nothing changes. */
  readonly isConstant: boolean;
}

export function emitted(code: string, kind: StaticKind = 'any', more: Partial<Omit<Emitted, 'code' | 'kind'>> = {}): Emitted {
  return { before: [], code, kind, isPlainNumber: false, isSimple: false, isConstant: false, ...more };
}

/** As one expression that may stand anywhere. */
export function inOne({ before, code }: Emitted): string {
  return before.length === 0 ? code : `(${before.join(',')},${code})`;
}

// Where the code that follows comes from in the user's text. Control characters, which appear nowhere else in the code:
// texts are printed as JSON. `placesIn` takes them out again.
const OPEN = '\u0001';
const CLOSE = '\u0002';

export function markOf(at: number): string {
  return `${OPEN}${at}${CLOSE}`;
}

/** The places of a compiled script: for each offset of the code, ascending, the offset in the user's text. */
export interface Places {
  readonly codeOffsets: readonly number[];
  readonly sourceOffsets: readonly number[];
}

/** Takes the marks out of the code. */
export function placesIn(marked: string): { readonly code: string; readonly places: Places } {
  const codeOffsets: number[] = [];
  const sourceOffsets: number[] = [];
  const parts = marked.split(OPEN);
  let code = parts[0] ?? '';
  for (const part of parts.slice(1)) {
    const end = part.indexOf(CLOSE);
    codeOffsets.push(code.length);
    sourceOffsets.push(Number(part.slice(0, end)));
    code += part.slice(end + 1);
  }
  return { code, places: { codeOffsets, sourceOffsets } };
}

/** The offset in the user's text of an offset in the code: that of the last mark before it. */
export function sourceOffsetOf({ codeOffsets, sourceOffsets }: Places, offset: number): number | undefined {
  let low = 0;
  let high = codeOffsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((codeOffsets[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return sourceOffsets[low - 1];
}
