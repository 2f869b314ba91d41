import { accessSource } from './access.js';
import { arithmeticSource } from './arithmetic.js';
import { byteFunctionsSource } from './byte-functions.js';
import { collectionMethodsSource } from './collection-methods.js';
import { comparisonSource } from './comparison.js';
import { dateFunctionsSource } from './date-functions.js';
import { dateTextsSource } from './date-texts.js';
import { jsonSource } from './json.js';
import { numberFunctionsSource } from './number-functions.js';
import { parseFunctionsSource } from './parse-functions.js';
import { structureFunctionsSource } from './structure-functions.js';
import { textMethodsSource } from './text-methods.js';
import { textsSource } from './texts.js';
import { valuesSource } from './values.js';

/**
 * What compiled scripts call: JavaScript that runs in the sandbox after its built-ins were guarded and frozen. It is a
 * function of BigInt, which the sandbox takes from scripts, of the mark described in json.ts and of the time zones the
 * script names. A script can name only what the compiler lets it name, so nothing here need be hidden from it.
 */
export const runtimeSource = [
  "((BigInt, MARK, ZONES) => { 'use strict';",
  valuesSource,
  textsSource,
  arithmeticSource,
  comparisonSource,
  accessSource,
  textMethodsSource,
  collectionMethodsSource,
  numberFunctionsSource,
  parseFunctionsSource,
  byteFunctionsSource,
  jsonSource,
  structureFunctionsSource,
  dateFunctionsSource,
  dateTextsSource,
  `return freeze({
  toLong, toDouble, toFloat, decimalOf, add, sub, mul, div, mod, pow, join, neg, inc, band, bor, bxor, shl, shr, ushr, bnot,
  gt, lt, ge, le, eq, contains, like, soundsLike, likeness, isInstance, orElse, miss, at, put, putAt, call, bool, each, pack, defined, newArray, asArray, cast, fail,
  functions: freeze(functions), create: freeze(create), finishers: freeze(finishers), parseMessage, print: nativeStringify, isWrongResult: (error) => error instanceof WrongResult,
}); })`,
].join('\n');
