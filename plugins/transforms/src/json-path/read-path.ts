import { forEachElement, forEachMember } from '@fieldline/plugin-sdk';
import { transformErrors } from '../errors.js';
import { PATH_WORK_MAX } from '../limits.js';
import { holds } from './conditions.js';
import { applyFunction } from './functions.js';
import { isDefiniteStep, type Path, type Step } from './path.js';

/** Where a value lies in the text of the body. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** One body, in which paths are followed. It works on the text, so that numbers keep how they were written. */
export class Body {
  readonly text: string;
  readonly whole: Span;
  #work = 0;

  /** @param text compact JSON */
  constructor(text: string) {
    this.text = text;
    this.whole = { from: 0, to: text.length };
  }

  textOf(span: Span): string {
    this.#spend(span);
    return this.text.slice(span.from, span.to);
  }

  isObject({ from }: Span): boolean {
    return this.text.charAt(from) === '{';
  }

  isArray({ from }: Span): boolean {
    return this.text.charAt(from) === '[';
  }

  /** The members of an object; of two with one name the last counts. */
  members(span: Span): Map<string, Span> {
    this.#spend(span);
    const members = new Map<string, Span>();
    if (this.isObject(span)) forEachMember(this.text, span.from, (key, from, to) => members.set(key, { from, to }));
    return members;
  }

  elements(span: Span): readonly Span[] {
    this.#spend(span);
    const elements: Span[] = [];
    if (this.isArray(span)) forEachElement(this.text, span.from, (from, to) => elements.push({ from, to }));
    return elements;
  }

  children(span: Span): readonly Span[] {
    return this.isObject(span) ? [...this.members(span).values()] : this.elements(span);
  }

  #spend({ from, to }: Span): void {
    this.#work += to - from;
    if (this.#work > PATH_WORK_MAX) throw transformErrors.PATH_TOO_MUCH({ limit: PATH_WORK_MAX });
  }
}

/**
 * JSON texts of what a path leads to, in the order of the body.
 *
 * @returns undefined where the part of the path that leads to one value leads nowhere
 * @throws TRANSFORM_PATH_NUMBERS_MISSING, TRANSFORM_PATH_TOO_MUCH
 */
export function readPath(body: Body, { steps, result, root }: Path, current: Span = body.whole): readonly string[] | undefined {
  const found: string[] = [];
  const start = root === '$' ? body.whole : current;
  if (!follow(body, steps, 0, start, true, (text) => found.push(text))) return undefined;
  if (result === undefined) return found;
  // Behind `..` a function takes all that was found together, elsewhere each by itself.
  if (steps.some(({ kind }) => kind === 'deep')) return [applyFunction(result, found, 'together')];
  return found.map((text) => applyFunction(result, [text], 'alone'));
}

type Take = (text: string) => void;

/**
 * Follows the steps from `index` on.
 *
 * @param isSure true as long as all steps so far lead to one value: then a value that is missing or of the wrong kind ends the
 *   search, and the answer is false
 */
function follow(body: Body, steps: readonly Step[], index: number, at: Span, isSure: boolean, take: Take): boolean {
  const step = steps[index];
  if (step === undefined) {
    take(body.textOf(at));
    return true;
  }
  const isLast = index === steps.length - 1;
  const isStillSure = isSure && isDefiniteStep(step, isLast);
  const on = (next: Span): boolean => follow(body, steps, index + 1, next, isStillSure, take);
  switch (step.kind) {
    case 'keys':
      return followKeys(body, step.keys, at, { isSure, isLast }, on, take);
    case 'indexes':
    case 'slice':
      if (!body.isArray(at)) return !isSure;
      return chosen(step, body.elements(at)).every(on);
    case 'wildcard':
      return body.children(at).every(on);
    case 'filter':
      if (body.isObject(at)) return !holds(body, step.condition, at) || on(at);
      if (!body.isArray(at)) return !isSure;
      return body
        .elements(at)
        .filter((element) => holds(body, step.condition, element))
        .every(on);
    case 'deep':
      followDeep(body, steps, index + 1, at, take);
      return true;
  }
}

type On = (next: Span) => boolean;

function followKeys(
  body: Body,
  keys: readonly string[],
  at: Span,
  { isSure, isLast }: { readonly isSure: boolean; readonly isLast: boolean },
  on: On,
  take: Take,
): boolean {
  if (!body.isObject(at)) return !isSure;
  const members = body.members(at);
  const found = keys.flatMap((key) => {
    const span = members.get(key);
    return span === undefined ? [] : [{ key, span }];
  });
  if (keys.length === 1) return found[0] === undefined ? isLast || !isSure : on(found[0].span);
  if (!isLast) return found.every(({ span }) => on(span));
  take(`{${found.map(({ key, span }) => `${JSON.stringify(key)}:${body.textOf(span)}`).join(',')}}`);
  return true;
}

/** Applies the step after `..` to the value and everything in it, outer values first. */
function followDeep(body: Body, steps: readonly Step[], index: number, at: Span, take: Take): void {
  const step = steps[index];
  const waiting = [at];
  for (let span = waiting.pop(); span !== undefined; span = waiting.pop()) {
    if (!body.isObject(span) && !body.isArray(span)) continue;
    if (step !== undefined && isTried(body, step, span)) follow(body, steps, index, span, false, take);
    waiting.push(...body.children(span).toReversed());
  }
}

function isTried(body: Body, step: Step, span: Span): boolean {
  // Elements that a filter could choose come by themselves.
  if (step.kind === 'filter') return body.isObject(span);
  if (step.kind !== 'keys') return true;
  const members = body.members(span);
  return step.keys.every((key) => members.has(key));
}

function chosen(step: Extract<Step, { kind: 'indexes' | 'slice' }>, elements: readonly Span[]): readonly Span[] {
  const { length } = elements;
  if (step.kind === 'indexes') return step.indexes.flatMap((index) => elements[index < 0 ? length + index : index] ?? []);
  const { from, to } = step;
  if (from === undefined) return elements.slice(0, to);
  if (to === undefined) return elements.slice(from);
  // With both ends Jayway counts from one to the other before it looks from which end they are meant.
  const between: Span[] = [];
  for (let index = Math.max(from, -length); index < Math.min(length, to); index += 1) {
    const element = elements[index < 0 ? length + index : index];
    if (element !== undefined) between.push(element);
  }
  return between;
}
