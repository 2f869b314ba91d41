import type { BinaryOperator, Expression } from '../syntax.js';
import { emitted, inOne, markOf, type Emitted } from './emitted.js';
import type { Emitter } from './emitter.js';
import { emitCondition, emitExpression } from './expressions.js';

type Binary = Extract<Expression, { type: 'binary' }>;

export function emitBinary(e: Emitter, binary: Binary): Emitted {
  const { operator, left, right, at } = binary;
  if (operator === '&&' || operator === '||') return emitLogic(e, binary);
  if (operator === 'or') {
    // The right side runs only where it is needed, and may use temporaries of its own.
    return emitted(`${e.use('orElse')}(${inOne(emitExpression(e, left))},()=>${inOne(emitExpression(e, right))})`);
  }
  return applied(e, operator, emitExpression(e, left), emitExpression(e, right), at);
}

/** A row of the same operator stands in a row, however long it is. */
function emitLogic(e: Emitter, { operator, left, right }: Binary): Emitted {
  const parts = [right];
  let first = left;
  while (first.type === 'binary' && first.operator === operator) {
    parts.unshift(first.right);
    first = first.left;
  }
  return emitted(`(${[first, ...parts].map((part) => emitCondition(e, part)).join(operator)})`, 'boolean');
}

/** An operator on two values: the frequent case at once, the others in the runtime. */
export function applied(
  e: Emitter,
  operator: Exclude<BinaryOperator, '&&' | '||' | 'or'> | BinaryOperator,
  left: Emitted,
  right: Emitted,
  at: number,
): Emitted {
  const arithmetic = arithmeticNames[operator];
  if (arithmetic !== undefined) return calculated(e, operator, arithmetic, left, right, at);
  const order = orderNames[operator];
  if (order !== undefined) return compared(e, operator, order, left, right, at);
  if (operator === '==' || operator === '!=') return equalled(e, operator === '!=', left, right, at);
  const bit = bitNames[operator];
  const [l, r, before] = bit === undefined ? [left, right, []] : pair(e, left, right);
  if (bit !== undefined) {
    const quick = `${intTest(l, r)}?${operator === '>>>' ? `(${l.code}>>>${r.code})|0` : `${l.code}${operator}${r.code}`}`;
    return emitted(`(${quick}:${markOf(at)}${e.use(bit)}(${l.code},${r.code}))`, 'any', { before });
  }
  const name = otherNames[operator] ?? 'fail';
  return emitted(`${markOf(at)}${e.use(name)}(${inOne(left)},${inOne(right)})`, booleanNames.has(name) ? 'boolean' : 'any');
}

type Names = Readonly<Partial<Record<BinaryOperator, string>>>;
const arithmeticNames: Names = { '+': 'add', '-': 'sub', '*': 'mul', '/': 'div', '%': 'mod' };
const orderNames: Names = { '<': 'lt', '<=': 'le', '>': 'gt', '>=': 'ge' };
const bitNames: Names = { '&': 'band', '|': 'bor', '^': 'bxor', '<<': 'shl', '>>': 'shr', '>>>': 'ushr' };
const otherNames: Names = { '**': 'pow', '#': 'join', contains: 'contains', '~=': 'like', soundslike: 'soundsLike', strsim: 'likeness' };
const booleanNames: ReadonlySet<string> = new Set(['contains', 'like', 'soundsLike']);

/** Both operands so that they may be written twice, and what runs before. The left one is read before the right one changes it. */
function pair(e: Emitter, left: Emitted, right: Emitted): [Emitted, Emitted, readonly string[]] {
  const isLeftSafe = left.isConstant || (left.isSimple && right.isSimple);
  const l = isLeftSafe ? left : e.kept({ ...left, isSimple: false });
  const r = e.kept(right);
  return [l, r, [...l.before, ...r.before]];
}

const numberTest = (...values: readonly Emitted[]): string =>
  all(values.filter((one) => !one.isPlainNumber).map(({ code }) => `typeof ${code}==="number"`));
const intTest = (...values: readonly Emitted[]): string =>
  all(
    values
      .filter((one) => !(one.kind === 'int' && one.isConstant))
      .map(({ code, isPlainNumber }) => `${isPlainNumber ? '' : `typeof ${code}==="number"&&`}(${code}|0)===${code}`),
  );
const all = (tests: readonly string[]): string => (tests.length === 0 ? 'true' : tests.join('&&'));

function calculated(e: Emitter, operator: BinaryOperator, name: string, left: Emitted, right: Emitted, at: number): Emitted {
  const helper = e.use(name);
  if (operator === '+' && (left.kind === 'text' || right.kind === 'text')) {
    if (left.kind === 'text' && right.kind === 'text') return emitted(`(${inOne(left)}+${inOne(right)})`, 'text');
    return inRow(e, left, right, (l, r) => `${markOf(at)}${helper}(${l},${r})`, 'text');
  }
  const [l, r, before] = pair(e, left, right);
  const slow = `${markOf(at)}${helper}(${l.code},${r.code})`;
  const isDouble = left.kind === 'double' || right.kind === 'double';
  const more = { before };
  if (operator === '/' && !(r.isConstant && r.kind === 'int') && !isDouble) return emitted(slow, 'any', more);
  if (operator === '%') {
    const isQuick = r.isConstant && r.kind === 'int' && /^[1-9]/.test(r.code);
    return emitted(isQuick ? `(${intTest(l)}?${l.code}%${r.code}+0:${slow})` : slow, 'any', more);
  }
  const sum = `${l.code}${operator}${r.code}`;
  if ((operator === '+' || operator === '-') && !isDouble) return emitted(`(${intTest(l, r)}?${sum}:${slow})`, 'any', more);
  // A result with a fraction is a double whatever the operands are, except of a division of whole numbers.
  const result = e.temporary();
  const test = operator === '/' && !isDouble ? intTest(l) : numberTest(l, r);
  return emitted(`(${test}&&(${result}=${sum})%1?${result}:${slow})`, isDouble ? 'double' : 'any', more);
}

/** Keeps the left side before the right one runs, so that a long row of additions does not nest. */
function inRow(e: Emitter, left: Emitted, right: Emitted, write: (left: string, right: string) => string, kind: Emitted['kind']): Emitted {
  if (left.isConstant) return emitted(write(left.code, inOne(right)), kind);
  const l = e.kept({ ...left, isSimple: false });
  return emitted(write(l.code, inOne(right)), kind, { before: l.before });
}

function compared(e: Emitter, operator: BinaryOperator, name: string, left: Emitted, right: Emitted, at: number): Emitted {
  const [l, r, before] = pair(e, left, right);
  return emitted(`(${numberTest(l, r)}?${l.code}${operator}${r.code}:${markOf(at)}${e.use(name)}(${l.code},${r.code}))`, 'boolean', { before });
}

function equalled(e: Emitter, isTurned: boolean, left: Emitted, right: Emitted, at: number): Emitted {
  const not = isTurned ? '!' : '';
  if (left.kind === 'null' || right.kind === 'null') {
    const other = left.kind === 'null' ? right : left;
    return emitted(`(${inOne(other)}${isTurned ? '!==' : '==='}undefined)`, 'boolean');
  }
  const [l, r, before] = pair(e, left, right);
  const slow = `${markOf(at)}${e.use('eq')}(${l.code},${r.code})`;
  const isText = l.kind === 'text' || r.kind === 'text';
  const texts = all([l, r].filter((one) => one.kind !== 'text').map(({ code }) => `typeof ${code}==="string"`));
  const isNumber = l.isPlainNumber || r.isPlainNumber;
  const same = `${l.code}===${r.code}`;
  const code = isText ? `${texts}?${same}:${slow}` : isNumber ? `${numberTest(l, r)}?${same}:${slow}` : `${same}||${slow}`;
  return emitted(`${not}(${code})`, 'boolean', { before });
}

/** The variable one up or down. */
export function stepped(e: Emitter, variable: string, by: 1 | -1, at: number): string {
  return `(typeof ${variable}==="number"&&(${variable}|0)===${variable}?${variable}${by === 1 ? '+' : '-'}1:${markOf(at)}${e.use('inc')}(${variable},${by}))`;
}
