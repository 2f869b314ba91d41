// Goal: tables are read as RFC 4180 says, whatever is in the fields, and bad ones are refused with the line. Method:
// examples at each edge, and a round trip of any table.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCsv } from './csv.js';

const limits = { recordsMax: 1_000, fieldsMax: 255 };
const read = (text: string, delimiter = ',') => parseCsv(text, delimiter, limits).map(({ line, fields }) => [line, ...fields]);
const codeOf = (text: string, some = limits) => {
  try {
    parseCsv(text, ',', some);
    return 'no error';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('parseCsv', () => {
  it.each([
    ['', []],
    ['a', [[1, 'a']]],
    ['a,b\n', [[1, 'a', 'b']]],
    ['a,\n,b', [[1, 'a', ''], [2, '', 'b']]], // prettier-ignore
    ['\uFEFFa\r\nb\rc\n', [[1, 'a'], [2, 'b'], [3, 'c']]], // prettier-ignore
    ['a\n\n\nb', [[1, 'a'], [4, 'b']]], // prettier-ignore
    ['"a,b","c ""d""",""', [[1, 'a,b', 'c "d"', '']]],
    ['"1\n2",x\ny', [[1, '1\n2', 'x'], [3, 'y']]], // prettier-ignore
    ['it is 5" wide', [[1, 'it is 5" wide']]],
    [' a , b ', [[1, ' a ', ' b ']]],
  ])('reads %j', (text, records) => {
    expect(read(text)).toEqual(records);
  });

  it.each([';', '\t', '|', '^', '-', ']', '\\', '.', ' '])('takes %j as the delimiter', (delimiter) => {
    expect(read(`a${delimiter}"b${delimiter}"`, delimiter)).toEqual([[1, 'a', `b${delimiter}`]]);
  });

  it('refuses what is no table, and more than it may hold', () => {
    expect(codeOf('a\n"b')).toBe('CONTRACT_CSV_QUOTE_OPEN');
    expect(codeOf('"a"b')).toBe('CONTRACT_CSV_TEXT_AFTER_QUOTE');
    expect(codeOf('a,b,c', { recordsMax: 1, fieldsMax: 2 })).toBe('CONTRACT_CSV_TOO_WIDE');
    expect(codeOf('a\nb', { recordsMax: 1, fieldsMax: 2 })).toBe('CONTRACT_CSV_TOO_LONG');
    expect(codeOf('a\n\n', { recordsMax: 1, fieldsMax: 1 })).toBe('no error');
  });

  it('reads back any table that was written with quotes', () => {
    const table = fc.array(fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 5 }), { maxLength: 5 });
    fc.assert(
      fc.property(table, fc.constantFrom('\n', '\r\n', '\r'), (rows, end) => {
        const text = rows.map((row) => row.map((field) => `"${field.replaceAll('"', '""')}"`).join(',')).join(end);
        expect(parseCsv(text, ',', limits).map(({ fields }) => fields)).toEqual(rows);
      }),
    );
  });
});
