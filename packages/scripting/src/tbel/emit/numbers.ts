import type { NumberKind } from '../syntax.js';
import { emitted, type Emitted } from './emitted.js';
import type { Emitter } from './emitter.js';

/** A number as it stands in a script. What a plain JavaScript number cannot be is made once, see runtime/values.ts. */
export function emitNumber(e: Emitter, kind: NumberKind, digits: string): Emitted {
  switch (kind) {
    case 'whole':
      return isPlainWhole(digits) ? plain(String(Number(digits)), isInt(Number(digits)) ? 'int' : 'any') : boxed(e, `${e.use('toLong')}(${digits}n)`);
    case 'long':
      return boxed(e, `${e.use('toLong')}(${digits}n)`);
    case 'double':
      return Number(digits) % 1 === 0
        ? boxed(e, `${e.use('toDouble')}(${Number(digits) === 0 ? digits : String(Number(digits))})`)
        : plain(String(Number(digits)), 'double');
    case 'float':
      return boxed(e, `${e.use('toFloat')}(${Number(digits)})`);
    case 'decimal':
      return boxed(e, `${e.use('decimalOf')}(${JSON.stringify(digits)})`, 'any');
  }
}

const isPlainWhole = (digits: string): boolean => Number.isSafeInteger(Number(digits));

const isInt = (number: number): boolean => (number | 0) === number;

function plain(code: string, kind: 'int' | 'double' | 'any'): Emitted {
  return emitted(code.startsWith('-') ? `(${code})` : code, kind, { isSimple: true, isConstant: true, isPlainNumber: true });
}

function boxed(e: Emitter, code: string, kind: 'double' | 'any' = code.startsWith('toDouble') ? 'double' : 'any'): Emitted {
  return emitted(e.constant(code), kind, { isSimple: true, isConstant: true });
}
