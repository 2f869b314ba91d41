import { entityTypes } from '@fieldline/plugin-sdk';

/** The parts of a JSON Schema that settings of nodes use. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly hidden?: boolean;
  readonly secret?: boolean;
  readonly language?: string;
  readonly reference?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

const isNull = ({ type }: Schema): boolean => type === 'null';

/** What a value may be besides null; several for a choice. */
export function alternatives(schema: Schema): readonly Schema[] {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return choices.filter((choice) => !isNull(choice)).flatMap(alternatives);
  if (typeof schema.type === 'object') return schema.type.filter((type) => type !== 'null').map((type) => ({ ...schema, type }));
  return [schema];
}

/** True where the value may be null, which mostly means that it is not set. */
export function mayBeNull(schema: Schema): boolean {
  const choices = schema.anyOf ?? schema.oneOf;
  return choices === undefined
    ? typeof schema.type === 'object' && schema.type.includes('null')
    : choices.some((choice) => isNull(choice) || mayBeNull(choice));
}

/** Type and bounds in a few words, such as "whole number, 1 to 1,000" or "list of texts, at most 10". */
export function schemaWords(schema: Schema): string {
  const forms = alternatives(schema);
  const constants = forms.filter((form) => form.const !== undefined).map(oneType);
  const words = [constants.join(', '), ...forms.filter((form) => form.const === undefined).map(oneType)];
  const unique = words.filter((word, place) => word !== '' && words.indexOf(word) === place);
  return [...unique, ...(mayBeNull(schema) ? ['`null`'] : [])].join(' or ');
}

function oneType(schema: Schema): string {
  if (schema.const !== undefined) return code(schema.const);
  if (schema.enum !== undefined) return choiceWords(schema.enum);
  switch (schema.type) {
    case 'string':
      return bounded(textType(schema), lengths(schema.minLength, schema.maxLength, 'character'));
    case 'integer':
      return bounded('whole number', range(schema));
    case 'number':
      return bounded('number', range(schema));
    case 'boolean':
      return 'yes or no';
    case 'array':
      return bounded(`list of ${plural(schema.items ?? {})}`, lengths(schema.minItems, schema.maxItems, 'entry', 'entries'));
    case 'object':
      return isMap(schema) ? `pairs of name and ${schemaWords(schema.additionalProperties)}` : 'object';
    default:
      return 'any JSON';
  }
}

/** The values there are to choose from; types of entities are too many to be read. */
function choiceWords(values: readonly unknown[]): string {
  const shown = isEveryEntityType(values) ? ['a type of entity such as `DEVICE`'] : values.filter((value) => value !== '').map(code);
  return [...shown, ...(values.includes('') ? ['empty'] : [])].join(', ');
}

const isEveryEntityType = (values: readonly unknown[]): boolean => entityTypes.every((type) => values.includes(type));

/** An object whose names the engineer chooses. */
export function isMap(schema: Schema): schema is Schema & { readonly additionalProperties: Schema } {
  const { properties = {}, additionalProperties } = schema;
  return Object.keys(properties).length === 0 && typeof additionalProperties === 'object' && Object.keys(additionalProperties).length > 0;
}

function textType({ format, language, reference, pattern }: Schema): string {
  if (language !== undefined) return language === 'javascript' ? 'script' : `text in ${language.toUpperCase()}`;
  if (reference !== undefined) return `id of a ${reference.toLowerCase().replaceAll('_', ' ')}`;
  if (format === 'uuid') return 'id (UUID)';
  if (format === 'uri') return 'URL';
  return pattern === undefined || format !== undefined ? 'text' : `text like \`/${pattern.replaceAll('`', '')}/\``;
}

function plural(items: Schema): string {
  if (items.enum !== undefined) return isEveryEntityType(items.enum) ? 'types of entities such as `DEVICE`' : oneType(items);
  const words = schemaWords(items);
  if (words === 'text' || words === 'object' || words === 'number') return `${words}s`;
  return words;
}

/** The smallest and the largest whole number that JavaScript counts exactly are no bounds that anybody chose. */
function range({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Schema): string {
  const from = minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER ? counted(minimum) : undefined;
  const to = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? counted(maximum) : undefined;
  const parts = [
    from !== undefined && to !== undefined ? `${from} to ${to}` : from !== undefined ? `${from} or more` : to !== undefined ? `at most ${to}` : '',
    exclusiveMinimum === undefined ? '' : `more than ${counted(exclusiveMinimum)}`,
    exclusiveMaximum === undefined ? '' : `less than ${counted(exclusiveMaximum)}`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function lengths(min: number | undefined, max: number | undefined, one: string, many = `${one}s`): string {
  const unit = (count: number): string => `${counted(count)} ${count === 1 ? one : many}`;
  if (max !== undefined) return min !== undefined && min > 0 ? `${counted(min)} to ${unit(max)}` : `at most ${unit(max)}`;
  if (min === undefined || min === 0) return '';
  return min === 1 && one === 'character' ? 'not empty' : `at least ${unit(min)}`;
}

const bounded = (words: string, bounds: string): string => (bounds === '' ? words : `${words}, ${bounds}`);

/** Digits in groups of three, so that 86400000 can be read. */
function counted(value: number): string {
  const [whole = '', ...fraction] = String(value).split('.');
  return [whole.replace(/\B(?=(\d{3})+$)/g, ','), ...fraction].join('.');
}

function code(value: unknown): string {
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}
