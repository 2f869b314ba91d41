import { expect, test } from 'vitest';
import { errorsIn } from './collect.js';

const errors = (text: string) => errorsIn({ path: 'x.ts', text });

test('an entry of defineErrors is found with its texts, details as {name}', () => {
  const text = `
    export const errors = defineErrors('OVEN', {
      TOO_HOT: {
        kind: 'limit-exceeded', retry: 'later',
        message: (d: { celsius: number; door?: string }) => \`It is \${d.celsius} °C, above \${CELSIUS_MAX}.\`,
        remedy: 'Open ' + 'the door.',
      },
    });`;
  expect(errors(text)).toEqual([
    {
      code: 'OVEN_TOO_HOT',
      kind: 'limit-exceeded',
      retry: 'later',
      message: 'It is {celsius} °C, above {CELSIUS_MAX}.',
      remedy: 'Open the door.',
      path: 'x.ts',
      line: 3,
    },
  ]);
});

test('a choice of texts shows both', () => {
  const text =
    "defineErrors('A', { B: { kind: 'conflict', retry: 'never', message: (d) => (d.isOpen ? 'Open.' : 'Shut.'), remedy: (d) => { return `Do ${d.what}.`; } } });";
  expect(errors(text)).toMatchObject([{ code: 'A_B', message: 'Open. / Shut.', remedy: 'Do {what}.' }]);
});

test('what several errors share may be a constant that is spread', () => {
  const text =
    "const invalid = { kind: 'invalid-input', retry: 'never' } as const; defineErrors('A', { B: { ...invalid, message: 'M.', remedy: 'R.' } });";
  expect(errors(text)).toMatchObject([{ code: 'A_B', kind: 'invalid-input', retry: 'never', message: 'M.' }]);
});

test.each([
  { expression: "d.faults.join(', ')", shown: 'faults' },
  { expression: 'String(d.port)', shown: 'port' },
  { expression: 'JSON.stringify(d.value)', shown: 'value' },
  { expression: 'd.aMs - d.bMs', shown: 'd.aMs - d.bMs' },
])('$expression is shown as {$shown}', ({ expression, shown }) => {
  const text = `defineErrors('A', { B: { kind: 'conflict', retry: 'never', message: (d) => \`It is \${${expression}}.\`, remedy: 'R.' } });`;
  expect(errors(text)).toMatchObject([{ message: `It is {${shown}}.` }]);
});

test('a problem written out as an object is found too', () => {
  const text = "return fail({ code: 'NODE_THREW', kind: 'internal', retry: 'never', message: error.message, remedy: 'Report it.' }, message);";
  expect(errors(text)).toMatchObject([{ code: 'NODE_THREW', kind: 'internal', message: '{message}', remedy: 'Report it.' }]);
});

test.each(["const x = { code: 'ENOENT' };", "const x = { code: 'lower', kind: 'a', remedy: 'b' };", 'defineErrors(area, entries);'])(
  '%s declares nothing',
  (text) => {
    expect(errors(text)).toEqual([]);
  },
);
