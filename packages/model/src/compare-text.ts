/** Orders texts by code point. `<` goes by code unit, which puts the halves of an emoji before some letters. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  let at = 0;
  while (at < a.length && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  const ranks = [a, b].map((text) => (at < text.length ? rankOf(text.charCodeAt(at)) : -1)) as [number, number];
  return ranks[0] - ranks[1];
}

/** Halves of surrogate pairs rank behind all other code units. */
const rankOf = (unit: number): number => (unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit);
