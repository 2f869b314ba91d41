import type { PointColumns } from '@fieldline/model';
import { BLOCK_CHARACTERS_MAX, BLOCK_POINTS, BLOCK_POINTS_UNSPLIT } from '../limits.js';
import type { Stretch } from './joined-points.js';

/** What of a stretch becomes one block each: parts of even size, smaller where texts are long. */
export function blockStretches({ points, from, to }: Stretch): Stretch[] {
  const count = to - from;
  const blocks = count <= BLOCK_POINTS_UNSPLIT ? Math.min(1, count) : Math.floor(count / BLOCK_POINTS);
  return Array.from({ length: blocks }, (_, n) => ({
    points,
    from: from + Math.floor((count * n) / blocks),
    to: from + Math.floor((count * (n + 1)) / blocks),
  })).flatMap(withoutLongTexts);
}

/** The stretch in parts of which each has not too many characters, or is one point. */
function withoutLongTexts(stretch: Stretch): Stretch[] {
  const { points, from, to } = stretch;
  if (points.others === undefined) return [stretch];
  const parts: Stretch[] = [];
  let start = from;
  let characters = 0;
  for (let place = from; place < to; place += 1) {
    const more = charactersAt(points, place);
    if (place > start && characters + more > BLOCK_CHARACTERS_MAX) {
      parts.push({ points, from: start, to: place });
      start = place;
      characters = 0;
    }
    characters += more;
  }
  return [...parts, { points, from: start, to }];
}

/** Characters of all texts. */
export function charactersIn(points: PointColumns): number {
  let characters = 0;
  if (points.others !== undefined) for (let place = 0; place < points.count; place += 1) characters += charactersAt(points, place);
  return characters;
}

function charactersAt({ others }: PointColumns, place: number): number {
  const other = others?.[place];
  return typeof other === 'string' ? other.length : 0;
}
