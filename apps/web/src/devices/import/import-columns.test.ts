// Goal: what a table's first lines suggest is what people mean by them. Method: titles as they occur, and each fault.
import { describe, expect, it } from 'vitest';
import { firstRecords, guessColumns, guessDelimiter, importRequest, mappingFault, plainColumns } from './import-columns.js';

const types = (header: readonly string[]) => guessColumns(header).map(({ type, key }) => (key === '' ? type : `${type} ${key}`));

describe('guessColumns', () => {
  it.each([
    [
      ['Name', 'Type', 'Label', 'Access token'],
      ['NAME', 'TYPE', 'LABEL', 'ACCESS_TOKEN'],
    ],
    [
      ['device_name', 'Device Profile', 'MQTT Client ID', 'user name', 'Password'],
      ['NAME', 'TYPE', 'MQTT_CLIENT_ID', 'MQTT_USER_NAME', 'MQTT_PASSWORD'],
    ],
    [
      ['name', 'X.509 certificate', 'is_gateway', 'Notes', 'Customer title'],
      ['NAME', 'X509', 'IS_GATEWAY', 'DESCRIPTION', 'CUSTOMER'],
    ],
    [
      ['name', 'floor', 'Name', ' Site '],
      ['NAME', 'SERVER_ATTRIBUTE floor', 'SERVER_ATTRIBUTE Name', 'SERVER_ATTRIBUTE Site'],
    ],
    [
      ['Serial', 'Type', ''],
      ['NAME', 'TYPE', 'IGNORE'],
    ],
  ])('takes %j', (header, expected) => {
    expect(types(header)).toEqual(expected);
  });

  it('takes the first column as the name where there are no titles', () => {
    expect(plainColumns(3).map(({ type }) => type)).toEqual(['NAME', 'IGNORE', 'IGNORE']);
  });
});

describe('the first lines', () => {
  it.each([
    ['a,b;c,d\n', ','],
    ['a;b;c,d\n;,,,,,', ';'],
    ['a\tb', '\t'],
    ['a|b|c', '|'],
    ['alone', ','],
  ])('of %j are divided by %j', (text, delimiter) => {
    expect(guessDelimiter(text)).toBe(delimiter);
  });

  it('are titles and an example', () => {
    expect(firstRecords('\uFEFFname;note\nA;"x;\ny"\nB;z', ';').map(({ fields }) => fields)).toEqual([
      ['name', 'note'],
      ['A', 'x;\ny'],
    ]);
  });
});

describe('a mapping', () => {
  it.each([
    [[{ type: 'NAME', key: '' }, { type: 'TIMESERIES', key: 't' }], undefined], // prettier-ignore
    [[{ type: 'LABEL', key: '' }], 'Choose the column that holds the name.'],
    [[{ type: 'NAME', key: '' }, { type: 'NAME', key: '' }], 'Only one column can be: Name.'], // prettier-ignore
    [[{ type: 'NAME', key: '' }, { type: 'TIMESERIES', key: ' ' }], 'Each attribute or time series needs a key.'], // prettier-ignore
  ] as const)('%j has the fault %j', (columns, fault) => {
    expect(mappingFault(columns)).toBe(fault);
  });

  it('is sent with keys only where they count', () => {
    const columns = [
      { type: 'NAME', key: 'left over' },
      { type: 'TIMESERIES', key: 't' },
    ] as const;
    expect(importRequest('A', columns, { header: true }).mapping.columns).toEqual([{ type: 'NAME' }, { type: 'TIMESERIES', key: 't' }]);
  });
});
