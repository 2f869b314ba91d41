import type { CsvRecord, ImportColumnType, ImportRequest } from '@fieldline/api-contract';
import { API_IMPORT_COLUMNS_MAX, API_IMPORT_LINES_MAX, parseCsv } from '@fieldline/api-contract';
import type { ImportRow } from '@fieldline/directory';
import type { AttributeScope, TypedValue } from '@fieldline/model';
import { typedValue, ValueKind } from '@fieldline/model';

type Keyed = TypedValue & { readonly key: string };

/** A line of a table: what it says about the entity, and the values to write for it. */
export interface TableRow {
  readonly row: ImportRow;
  readonly attributes: readonly { readonly scope: AttributeScope; readonly values: readonly Keyed[] }[];
  readonly series: readonly Keyed[];
  /** Why the line cannot be read. */
  readonly fault?: string | undefined;
}

/**
 * The lines of a table by the mapping of its columns; empty fields say nothing.
 *
 * @throws CONTRACT_CSV_*
 */
export function tableRows({ file, mapping }: ImportRequest, fromLine: number): readonly TableRow[] {
  const limits = { recordsMax: API_IMPORT_LINES_MAX, fieldsMax: API_IMPORT_COLUMNS_MAX };
  const records = parseCsv(file, mapping.delimiter ?? ',', limits).slice(mapping.header === true ? 1 : 0);
  return records.filter(({ line }) => line >= fromLine).map((record) => tableRow(record, mapping.columns));
}

function tableRow({ line, fields }: CsvRecord, columns: ImportRequest['mapping']['columns']): TableRow {
  const texts = new Map<ImportColumnType, string>();
  const values: Record<'SERVER_ATTRIBUTE' | 'SHARED_ATTRIBUTE' | 'TIMESERIES', Keyed[]> = {
    SERVER_ATTRIBUTE: [],
    SHARED_ATTRIBUTE: [],
    TIMESERIES: [],
  };
  columns.forEach(({ type, key }, place) => {
    const text = fields[place]?.trim() ?? '';
    if (text === '') return;
    if (type === 'SERVER_ATTRIBUTE' || type === 'SHARED_ATTRIBUTE' || type === 'TIMESERIES') {
      values[type].push({ key: key?.trim() ?? '', ...valueOf(text) });
    } else texts.set(type, text);
  });
  const isTooLong = fields.length > columns.length;
  return {
    row: rowOf(line, texts),
    attributes: [
      { scope: 'SERVER_SCOPE' as const, values: values.SERVER_ATTRIBUTE },
      { scope: 'SHARED_SCOPE' as const, values: values.SHARED_ATTRIBUTE },
    ].filter((one) => one.values.length > 0),
    series: values.TIMESERIES,
    ...(isTooLong ? { fault: `It has ${fields.length} fields, and ${columns.length} columns are mapped.` } : {}),
  };
}

function rowOf(line: number, texts: ReadonlyMap<ImportColumnType, string>): ImportRow {
  return {
    line,
    name: texts.get('NAME') ?? '',
    type: texts.get('TYPE'),
    profile: texts.get('PROFILE'),
    label: texts.get('LABEL'),
    description: texts.get('DESCRIPTION'),
    customer: texts.get('CUSTOMER'),
    isGateway: texts.has('IS_GATEWAY') ? texts.get('IS_GATEWAY')?.toLowerCase() === 'true' : undefined,
    secret: secretOf(texts),
  };
}

/** The credentials of a line: a token before MQTT names before a certificate. */
function secretOf(texts: ReadonlyMap<ImportColumnType, string>): ImportRow['secret'] {
  const token = texts.get('ACCESS_TOKEN');
  if (token !== undefined) return { credentialsType: 'ACCESS_TOKEN', credentialsId: token };
  const [clientId, userName, password] = [texts.get('MQTT_CLIENT_ID'), texts.get('MQTT_USER_NAME'), texts.get('MQTT_PASSWORD')];
  if (clientId !== undefined || userName !== undefined || password !== undefined) {
    return { credentialsType: 'MQTT_BASIC', credentialsValue: JSON.stringify({ clientId, userName, password }) };
  }
  const certificate = texts.get('X509');
  return certificate === undefined ? undefined : { credentialsType: 'X509_CERTIFICATE', credentialsValue: certificate };
}

/** A field as a value: true, false, numbers and JSON objects or arrays are what they look like, the rest is text. */
function valueOf(text: string): TypedValue {
  if (text === 'true' || text === 'false') return { kind: ValueKind.boolean, value: text === 'true' };
  if (/^[[{]/.test(text)) {
    try {
      return { kind: ValueKind.json, value: JSON.stringify(JSON.parse(text)) };
    } catch {
      // Text that only begins like JSON.
      return { kind: ValueKind.string, value: text };
    }
  }
  return typedValue(text) ?? { kind: ValueKind.string, value: text };
}
