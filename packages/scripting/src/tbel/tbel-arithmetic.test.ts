// Goal: numbers are calculated as Java does it, whatever their types. Method: a model of its own on big integers and
// doubles, which knows a type for each number, against the compiled operators; numbers crowd where types change.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CompiledScript } from '@fieldline/ports';
import { engineFixture, shortForm } from '../testing.fixture.js';

const { compile } = engineFixture(50, 'TBEL');

type Numeric = { readonly type: 'int' | 'long'; readonly value: bigint } | { readonly type: 'double'; readonly value: number };

const INT_MAX = 2n ** 31n - 1n;
const LONG_MAX = 2n ** 63n - 1n;

const model: Readonly<Record<string, (a: Numeric, b: Numeric) => Numeric | 'fails'>> = {
  '+': (a, b) => whole(a, b, (l, r) => l + r) ?? mixed(a, b, (l, r) => l + r),
  '-': (a, b) => whole(a, b, (l, r) => l - r) ?? mixed(a, b, (l, r) => l - r),
  '*': (a, b) => whole(a, b, (l, r) => l * r) ?? mixed(a, b, (l, r) => l * r),
  '/': (a, b) => (a.type === b.type ? { type: 'double', value: Number(a.value) / Number(b.value) } : mixed(a, b, (l, r) => l / r)),
  '%': (a, b) => {
    if (a.type === b.type && a.type !== 'double' && b.type !== 'double') return b.value === 0n ? 'fails' : { type: a.type, value: a.value % b.value };
    return mixed(a, b, (l, r) => l % r);
  },
};

/** Two ints give an int, or a long where it does not fit; two longs wrap. */
function whole(a: Numeric, b: Numeric, calculate: (l: bigint, r: bigint) => bigint): Numeric | undefined {
  if (a.type === 'double' || b.type === 'double' || a.type !== b.type) return undefined;
  const value = calculate(a.value, b.value);
  if (a.type === 'long') return { type: 'long', value: BigInt.asIntN(64, value) };
  return { type: value > INT_MAX || value < -INT_MAX - 1n ? 'long' : 'int', value };
}

/** Different types are calculated as doubles and become the larger type, as Java casts a double to it. */
function mixed(a: Numeric, b: Numeric, calculate: (l: number, r: number) => number): Numeric {
  const value = calculate(Number(a.value), Number(b.value));
  if (a.type === 'double' || b.type === 'double') return { type: 'double', value };
  if (Number.isNaN(value)) return { type: 'long', value: 0n };
  const bounded = value >= 2 ** 63 ? LONG_MAX : value <= -(2 ** 63) ? -LONG_MAX - 1n : BigInt(Math.trunc(value));
  return { type: 'long', value: bounded };
}

/** Java's text of a number, for doubles from the digits that JavaScript finds shortest. */
function javaText({ type, value }: Numeric): string {
  if (type !== 'double') return String(value);
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e7) return Number.isInteger(value) ? `${value}.0` : String(value);
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`;
}

const ints = fc.oneof(
  fc.integer({ min: -9, max: 9 }),
  fc.constantFrom(2 ** 31 - 1, -(2 ** 31), 65_536, 46_341),
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
);
const longs = fc.oneof(
  fc.bigInt({ min: -9n, max: 9n }),
  fc.constantFrom(LONG_MAX, -LONG_MAX - 1n, 2n ** 31n, -(2n ** 31n) - 1n, 2n ** 53n - 1n, 2n ** 53n + 1n, 3_000_000_000n, 1_700_000_000_000n),
  fc.bigInt({ min: -LONG_MAX - 1n, max: LONG_MAX }),
);
const doubles = fc.oneof(
  fc.integer({ min: -40, max: 40 }).map((quarters) => quarters / 4),
  fc.constantFrom(0.1, 1e7, 1e-3, 9_999_999.5, 1e21, -0, 1e300, 4_503_599_627_370_495.5),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const numeric: fc.Arbitrary<Numeric> = fc.oneof(
  ints.map((value): Numeric => ({ type: 'int', value: BigInt(value) })),
  longs.map((value): Numeric => ({ type: 'long', value })),
  doubles.map((value): Numeric => ({ type: 'double', value })),
);

const parsers = { int: 'Integer.parseInt', long: 'Long.parseLong', double: 'Double.parseDouble' };
const inScript = (number: Numeric): string => `${parsers[number.type]}("${javaText(number)}")`;

/** Reads both operands from the metadata, so that one script serves all numbers. */
const read = (name: string): string =>
  `var ${name} = metadata.${name}Type == "int" ? Integer.parseInt(metadata.${name}) : metadata.${name}Type == "long" ? Long.parseLong(metadata.${name}) : Double.parseDouble(metadata.${name});`;
const scripts = new Map<string, CompiledScript>();
beforeAll(() => {
  for (const sign of Object.keys(model)) scripts.set(sign, compile('string', `${read('a')} ${read('b')} return "" + (a ${sign} b);`));
});
afterAll(() => scripts.forEach((script) => script.dispose()));

test.each(Object.keys(model))('a %s b is what Java makes of it', (sign) => {
  fc.assert(
    fc.property(fc.array(fc.tuple(numeric, numeric), { minLength: 1, maxLength: 30 }), (pairs) => {
      const inputs = pairs.map(([a, b]) => ({
        messageText: '{}',
        messageType: 'A',
        metadata: {
          aType: a.type,
          a: Object.is(a.value, -0) ? '-0.0' : String(a.value),
          bType: b.type,
          b: Object.is(b.value, -0) ? '-0.0' : String(b.value),
        },
      }));
      const answers = (scripts.get(sign)?.run(inputs) ?? []).map((answer) => ('result' in answer ? answer.result.value : 'fails'));
      const expected = pairs.map(([a, b]) => model[sign]?.(a, b) ?? 'fails').map((result) => (result === 'fails' ? result : javaText(result)));
      expect(answers.map((answer, place) => ({ pair: pairs[place], answer }))).toEqual(
        expected.map((answer, place) => ({ pair: pairs[place], answer })),
      );
    }),
    { numRuns: 150 },
  );
});

test('every power of two, up to which doubles lie closer than beyond it, prints with as few digits as Java needs', () => {
  const powers = Array.from({ length: 1_074 + 1_024 }, (_, place) => 2 ** (place - 1_074));
  const script = compile('string', 'return "" + [Double.parseDouble(metadata.a), -Double.parseDouble(metadata.a)];');
  const answers = script.run(powers.map((power) => ({ messageText: '{}', messageType: 'A', metadata: { a: String(power) } })));
  script.dispose();
  const shown = answers.map((answer) => ('result' in answer ? answer.result.value : 'fails'));
  expect(shown).toEqual(powers.map((power) => `[${javaText({ type: 'double', value: power })}, ${javaText({ type: 'double', value: -power })}]`));
});

test('literals give the same as values that are read', () => {
  fc.assert(
    fc.property(numeric, numeric, (a, b) => {
      const plain = (one: Numeric): string => (one.type === 'long' ? `${one.value}L` : one.type === 'int' ? String(one.value) : javaText(one));
      const usable = [a, b].every((one) => Math.abs(Number(one.value)) < 1e15 && (Math.abs(Number(one.value)) > 1e-9 || one.value === 0));
      fc.pre(usable);
      const source = (write: (one: Numeric) => string): string => ['+', '-', '*'].map((sign) => `(${write(a)}) ${sign} (${write(b)})`).join(', ');
      const script = compile('string', `return "" + [${source(plain)}] + "|" + [${source(inScript)}];`);
      const [answer] = script.run([{ messageText: '{}', messageType: 'A', metadata: {} }]);
      script.dispose();
      const shown = answer === undefined ? 'no answer' : shortForm(answer);
      expect(shown).toMatch(/^(.+)\|\1$/);
    }),
    { numRuns: 40 },
  );
});
