import { type CsvRecord, parseCsv } from '@fieldline/api-contract';
import type { ImportColumn, ImportRequest } from '../../api/wire.js';

type ColumnType = ImportColumn['type'];

/** What a column may hold, in the order of the choice. */
export const columnTypes: readonly { readonly value: ColumnType; readonly label: string }[] = [
  { value: 'NAME', label: 'Name' },
  { value: 'LABEL', label: 'Label' },
  { value: 'TYPE', label: 'Profile, made if new' },
  { value: 'PROFILE', label: 'Profile that exists' },
  { value: 'CUSTOMER', label: 'Customer' },
  { value: 'DESCRIPTION', label: 'Description' },
  { value: 'IS_GATEWAY', label: 'Is a gateway' },
  { value: 'ACCESS_TOKEN', label: 'Access token' },
  { value: 'MQTT_CLIENT_ID', label: 'MQTT client id' },
  { value: 'MQTT_USER_NAME', label: 'MQTT user name' },
  { value: 'MQTT_PASSWORD', label: 'MQTT password' },
  { value: 'X509', label: 'X.509 certificate' },
  { value: 'SERVER_ATTRIBUTE', label: 'Server attribute' },
  { value: 'SHARED_ATTRIBUTE', label: 'Shared attribute' },
  { value: 'TIMESERIES', label: 'Time series' },
  { value: 'IGNORE', label: 'Do not import' },
];

/** True for columns of values, which need the key they are kept under. */
export function isKeyed(type: ColumnType): boolean {
  return type === 'SERVER_ATTRIBUTE' || type === 'SHARED_ATTRIBUTE' || type === 'TIMESERIES';
}

const titles: readonly (readonly [RegExp, ColumnType])[] = [
  [/^(device ?)?name$/, 'NAME'],
  [/^(device )?label$/, 'LABEL'],
  [/^(device )?(type|profile)$/, 'TYPE'],
  [/^(customer|owner)( (title|name))?$/, 'CUSTOMER'],
  [/^(description|notes?|comments?)$/, 'DESCRIPTION'],
  [/^(is )?gateway$/, 'IS_GATEWAY'],
  [/^(access )?token$/, 'ACCESS_TOKEN'],
  [/^(mqtt )?client ?id$/, 'MQTT_CLIENT_ID'],
  [/^(mqtt )?user ?name$/, 'MQTT_USER_NAME'],
  [/^(mqtt )?password$/, 'MQTT_PASSWORD'],
  [/^(x ?\.?509|certificate)( certificate)?$/, 'X509'],
];

/** The columns that titles suggest: one name, each other type at most once, and an attribute where nothing fits. */
export function guessColumns(header: readonly string[]): ImportColumn[] {
  const used = new Set<ColumnType>();
  const columns = header.map((title): ImportColumn => {
    const words = title.trim().toLowerCase().replace(/[_-]+/g, ' ');
    const type = titles.find(([pattern]) => pattern.test(words))?.[1];
    if (type === undefined || used.has(type)) return attribute(title);
    used.add(type);
    return { type, key: '' };
  });
  return used.has('NAME') ? columns : columns.map((column, place) => (place === 0 ? { type: 'NAME', key: '' } : column));
}

function attribute(title: string): ImportColumn {
  const key = title.trim();
  return key === '' ? { type: 'IGNORE', key } : { type: 'SERVER_ATTRIBUTE', key };
}

/** The columns of a table without titles: the first is the name. */
export function plainColumns(count: number): ImportColumn[] {
  return Array.from({ length: count }, (_, place) => ({ type: place === 0 ? 'NAME' : 'IGNORE', key: '' }));
}

/** The character that the first line has most of. */
export function guessDelimiter(text: string): string {
  const [line = ''] = text.split(/\r\n|\r|\n/, 1);
  const counts = [',', ';', '\t', '|'].map((delimiter) => ({ delimiter, count: line.split(delimiter).length }));
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).delimiter;
}

/** The first two lines of a table: its titles, if it has them, and an example. The rest is the server's to read. */
export function firstRecords(text: string, delimiter: string): readonly CsvRecord[] {
  const limits = { recordsMax: 100_000, fieldsMax: 255 };
  return parseCsv(text, delimiter, limits).slice(0, 2);
}

/** What is wrong with a mapping, for the person; undefined where it can be sent. */
export function mappingFault(columns: readonly ImportColumn[]): string | undefined {
  const single = columns.map(({ type }) => type).filter((type) => type !== 'IGNORE' && !isKeyed(type));
  if (!single.includes('NAME')) return 'Choose the column that holds the name.';
  const twice = single.find((type, place) => single.indexOf(type) !== place);
  if (twice !== undefined) return `Only one column can be: ${columnTypes.find(({ value }) => value === twice)?.label ?? twice}.`;
  if (columns.some(({ type, key }) => isKeyed(type) && key.trim() === '')) return 'Each attribute or time series needs a key.';
  return undefined;
}

/** The request for a table: keys go with the columns that need one. */
export function importRequest(file: string, columns: readonly ImportColumn[], options: Omit<ImportRequest['mapping'], 'columns'>): ImportRequest {
  return { file, mapping: { ...options, columns: columns.map(({ type, key }) => (isKeyed(type) ? { type, key } : { type })) } };
}
