import { MESSAGES_PER_RESULT_MAX, RESULT_CHARS_MAX } from './limits.js';

/**
 * What runs inside the sandbox before the user's script: text, because it is code of another machine.
 *
 * It bounds the built-in functions that could run long between two looks at the deadline, replaces the
 * clock and the dice, takes away what could carry something from message to message, and freezes every
 * object a script can reach. After that no script can change what the next call of it, or this code, sees.
 *
 * Its value is a function of `(kind, create, readsMessage, readsMetadata, isReusable, language)` that gives `[run, progress]`:
 * `run(batch)` is described in frame.ts, `progress` is a buffer whose first 32-bit number is the place of
 * the message being worked on, which the host reads when it looks at the deadline. `language` is absent for JavaScript;
 * for another one it says how messages are read and printed and which errors mean a wrong result.
 */
export const sandboxSource = String.raw`(() => {
'use strict';
const { parse, stringify } = JSON;
const { apply, construct, ownKeys, getPrototypeOf, getOwnPropertyDescriptor, defineProperty } = Reflect;
const { freeze } = Object;
const { isArray } = Array;
const isView = ArrayBuffer.isView;

// --- Built-in loops pay for their length in loop turns, which the deadline can end.
const pay = (cost) => { for (let turns = cost / 256; turns >= 1; turns--); };
const lengthOf = (value) => {
  if (typeof value === 'string' || isArray(value) || isView(value)) return value.length;
  if (value === null || value === undefined) return 0;
  const length = getOwnPropertyDescriptor(Object(value), 'length');
  if (length === undefined) return 0;
  if (typeof length.value !== 'number') throw new TypeError('length must be a number');
  return length.value;
};
// An array-like without an own length could say something else the second time it is asked.
const isLoopable = (value) =>
  typeof value === 'string' || isArray(value) || isView(value) || getOwnPropertyDescriptor(Object(value), 'length') !== undefined;
const guard = (prototype, names, costOf) => {
  for (const name of names) {
    const native = prototype[name];
    if (typeof native !== 'function') continue;
    const guarded = { [name](...args) { pay(costOf(this, args)); return apply(native, this, args); } }[name];
    defineProperty(prototype, name, { value: guarded, writable: true, enumerable: false, configurable: true });
  }
};
const loopCost = (self, args) => {
  if (self !== null && self !== undefined && !isLoopable(self)) throw new TypeError('not an array');
  return lengthOf(self);
};
const loops = ['copyWithin', 'every', 'fill', 'filter', 'find', 'findIndex', 'findLast', 'findLastIndex', 'forEach', 'includes', 'indexOf', 'join',
  'lastIndexOf', 'map', 'push', 'pop', 'reduce', 'reduceRight', 'reverse', 'shift', 'slice', 'some', 'splice', 'toLocaleString', 'toReversed',
  'toSpliced', 'toString', 'unshift', 'with', 'set', 'flatMap'];
const sortCost = (self, args) => loopCost(self, args) * 20;
const TypedArray = getPrototypeOf(Uint8Array);
guard(Array.prototype, loops.filter((name) => name !== 'push' && name !== 'pop'), loopCost);
guard(Array.prototype, ['sort', 'toSorted'], sortCost);
guard(Array.prototype, ['concat'], (self, args) => {
  let cost = isArray(self) ? self.length : 1;
  for (let i = 0; i < args.length; i++) cost += isArray(args[i]) ? args[i].length : 1;
  return cost;
});
guard(TypedArray.prototype, loops, loopCost);
guard(TypedArray.prototype, ['sort', 'toSorted'], sortCost);
const searchCost = (self, args) => {
  const text = typeof self === 'string' ? self.length : 0;
  const sought = typeof args[0] === 'string' ? args[0].length : 1;
  return text * (sought < text ? sought + 1 : 1);
};
guard(String.prototype, ['indexOf', 'lastIndexOf', 'includes', 'split', 'replace', 'replaceAll'], searchCost);
guard(String.prototype, ['normalize', 'localeCompare'], (self) => (typeof self === 'string' ? self.length * self.length : 0));
const flattenInto = (target, source, depth) => {
  for (let i = 0; i < source.length; i++) {
    if (!(i in source)) continue;
    const item = source[i];
    if (depth >= 1 && isArray(item)) flattenInto(target, item, depth - 1);
    else target[target.length] = item;
  }
  return target;
};
defineProperty(Array.prototype, 'flat', {
  value: { flat(depth = 1) { return flattenInto([], isArray(this) ? this : Array.from(this), Number(depth)); } }.flat,
  writable: true, enumerable: false, configurable: true,
});

// --- Time and chance come from the host.
let nowMs = 0;
let seed = 0;
const SystemDate = Date;
const BatchDate = function Date(...args) {
  if (new.target === undefined) return new SystemDate(nowMs).toString();
  return construct(SystemDate, args.length === 0 ? [nowMs] : args, new.target);
};
defineProperty(BatchDate, 'length', { value: 7, configurable: true });
defineProperty(BatchDate, 'prototype', { value: SystemDate.prototype, writable: false });
defineProperty(SystemDate.prototype, 'constructor', { value: BatchDate, writable: true, enumerable: false, configurable: true });
BatchDate.parse = SystemDate.parse;
BatchDate.UTC = SystemDate.UTC;
BatchDate.now = { now() { return nowMs; } }.now;
for (const name of ['parse', 'UTC', 'now']) defineProperty(BatchDate, name, { enumerable: false });
globalThis.Date = BatchDate;
const imul = Math.imul;
Math.random = { random() { // mulberry32
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = imul(seed ^ (seed >>> 15), seed | 1);
  mixed ^= mixed + imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
} }.random;

// --- No way to compile text, to hide work behind a trap, or to leave something for later.
const hidden = [function* () {}, async function () {}, async function* () {}];
const refuse = function Function() { throw new TypeError('A script cannot make functions from text.'); };
defineProperty(refuse, 'prototype', { value: Function.prototype, writable: false });
for (const sample of [refuse, ...hidden]) {
  defineProperty(getPrototypeOf(sample), 'constructor', { value: refuse, writable: false, enumerable: false, configurable: false });
}
globalThis.Function = refuse;
const OutOfMemory = globalThis.InternalError;
for (const name of ['eval', 'Proxy', 'Promise', 'BigInt', 'BigInt64Array', 'BigUint64Array', 'WeakRef', 'FinalizationRegistry', 'SharedArrayBuffer',
  'Atomics', 'queueMicrotask', 'console', 'performance', 'navigator', 'gc']) delete globalThis[name];
for (const name of ['getBigInt64', 'getBigUint64', 'setBigInt64', 'setBigUint64']) delete DataView.prototype[name];
delete Array.fromAsync;

// --- A frozen prototype would refuse "object.toString = …" on everything below it; these let it through.
const letOverride = (prototype) => {
  for (const key of ownKeys(prototype)) {
    const property = getOwnPropertyDescriptor(prototype, key);
    if (!property.configurable || !('value' in property)) continue;
    const value = property.value;
    defineProperty(prototype, key, {
      get() { return value; },
      set(next) {
        if (this === prototype || this === null || typeof this !== 'object' && typeof this !== 'function') throw new TypeError('read-only');
        defineProperty(this, key, { value: next, writable: true, enumerable: true, configurable: true });
      },
      enumerable: false, configurable: false,
    });
  }
};
const errorTypes = [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError, InternalError, AggregateError];
for (const type of [Object, ...errorTypes]) letOverride(type.prototype);

// --- Freeze everything in reach.
const iterators = [[][Symbol.iterator](), new Map()[Symbol.iterator](), new Set()[Symbol.iterator](), ''[Symbol.iterator](), 'a'.matchAll(/a/g),
  [].values().map((x) => x), Iterator.from({ next() { return { done: true }; } }), function () { return arguments; }(), hidden[0](), hidden[2]()];
const seen = new Set();
const waiting = [globalThis, ...hidden, ...iterators];
while (waiting.length > 0) {
  const object = waiting.pop();
  if (object === null || typeof object !== 'object' && typeof object !== 'function' || seen.has(object)) continue;
  seen.add(object);
  waiting.push(getPrototypeOf(object));
  for (const key of ownKeys(object)) {
    const property = getOwnPropertyDescriptor(object, key);
    waiting.push(property.value, property.get, property.set);
  }
  if (!iterators.includes(object)) freeze(object);
}

// --- One batch. Everything a message can make us run is inside its own try.
const describe = (error) => {
  try {
    let text = '', stack = '';
    if (typeof error === 'object' && error !== null) {
      text = String(error.name) + ': ' + String(error.message);
      stack = String(error.stack);
    } else text = String(error);
    return stringify([text.slice(0, 1000), stack.slice(0, 2000)]);
  } catch (_) {
    return '["an error that cannot be described",""]';
  }
};
const isOutOfMemory = (error) => {
  try { return typeof error === 'object' && error !== null && error instanceof OutOfMemory && error.message === 'out of memory'; } catch (_) { return true; }
};
const resultMax = ${RESULT_CHARS_MAX}, messagesMax = ${MESSAGES_PER_RESULT_MAX};
return (kind, create, readsMessage, readsMetadata, isReusable, language) => {
  const read = language === undefined ? parse : language.parseMessage;
  const print = language === undefined ? stringify : language.print;
  const single = isReusable ? freeze(create()) : undefined;
  if (single !== undefined) freeze(single.prototype);
  const turns = new Int32Array(1);
  const makesMessages = kind === 'update' || kind === 'generate';
  let head = '', body = '';
  const addPart = (json) => {
    if (json === undefined) { head += '-1,'; return; }
    head += json.length + ',';
    body += json;
  };
  // The parts of one message a script made: absent where they equal what went in.
  const addMessage = (result, text, metadata, type) => {
    if (typeof result !== 'object' || result === null) { head += '-1,-1,-1,'; return; }
    const messagePart = print(result.msg);
    addPart(messagePart === text ? undefined : messagePart);
    const metadataPart = stringify(result.metadata);
    addPart(metadataPart === metadata ? undefined : metadataPart);
    const typeGiven = result.msgType;
    addPart(typeGiven === type ? undefined : stringify(typeGiven));
  };
  const answer = (result, text, metadata, type) => {
    if (result === true) { head += '1,'; return; }
    if (result === false) { head += '0,'; return; }
    if (makesMessages && typeof result === 'object' && result !== null && typeof result.toJSON !== 'function') {
      const headBefore = head, bodyBefore = body;
      const isList = isArray(result);
      const count = isList ? result.length : 1;
      head += isList ? '3,' + count + ',' : '3,-1,';
      for (let i = 0; i < count && count <= messagesMax && body.length - bodyBefore.length <= resultMax; i++) {
        addMessage(isList ? result[i] : result, text, metadata, type);
      }
      if (count > messagesMax || body.length - bodyBefore.length > resultMax) { head = headBefore + '7,'; body = bodyBefore; }
      return;
    }
    const json = print(result);
    if (json === undefined) { head += '2,4,'; body += 'null'; return; }
    if (json.length > resultMax) { head += '7,'; return; }
    head += '2,' + json.length + ','; body += json;
  };
  const run = (batch) => {
    const headEnd = batch.indexOf('\n');
    const numbers = parse(batch.slice(0, headEnd));
    const batchSeed = numbers[1];
    let at = headEnd + 1;
    head = ''; body = '';
    for (let next = 2, index = 0; next < numbers.length; next += 3, index++) {
      const text = numbers[next] === 0 ? '' : batch.slice(at, at += numbers[next]);
      const metadata = numbers[next + 1] === 0 ? '' : batch.slice(at, at += numbers[next + 1]);
      const type = numbers[next + 2] === 0 ? '' : batch.slice(at, at += numbers[next + 2]);
      turns[0] = index;
      nowMs = numbers[0];
      seed = (batchSeed + imul(index, 0x9e3779b1)) | 0;
      const headBefore = head, bodyBefore = body;
      let message, pairs;
      try {
        if (readsMessage) message = read(text);
        if (readsMetadata) pairs = parse(metadata);
      } catch (error) {
        if (isOutOfMemory(error)) { head += '6,'; break; }
        const about = describe(error);
        head += '8,' + about.length + ','; body += about;
        continue;
      }
      try {
        answer(single === undefined ? create()(message, pairs, type) : single(message, pairs, type), text, metadata, type);
      } catch (error) {
        head = headBefore; body = bodyBefore;
        if (error === null) { head += '9,'; continue; }
        if (isOutOfMemory(error)) { head += '6,'; break; }
        const about = describe(error);
        head += (language !== undefined && language.isWrongResult(error) ? '5,' : '4,') + about.length + ','; body += about;
      }
    }
    return head + '\n' + body;
  };
  return [run, turns.buffer];
};
})()`;
