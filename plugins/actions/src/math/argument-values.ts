import {
  bodyObject,
  fillTemplate,
  parseDecimal,
  ValueKind,
  type AttributesService,
  type JsonValue,
  type Message,
  type TimeSeriesService,
  type TypedValue,
} from '@fieldline/plugin-sdk';
import { mathErrors } from './errors.js';
import type { Argument, MathSettings } from './settings.js';

interface Stores {
  readonly attributes: AttributesService;
  readonly timeSeries: TimeSeriesService;
}

/** True where all values are in the message, so that nothing has to be read. */
export const areAtHand = ({ arguments: given }: MathSettings): boolean => given.every(({ type }) => type !== 'ATTRIBUTE' && type !== 'TIME_SERIES');

/** The values of arguments that are in the message. */
export const valuesAtHand = (message: Message, { arguments: given }: MathSettings): readonly number[] =>
  given.map((one) => valueAtHand(message, one));

/** The values of all arguments, in order; what is stored is read at once. */
export function readValues(message: Message, { arguments: given }: MathSettings, stores: Stores): Promise<readonly number[]> {
  return Promise.all(
    given.map(async (one) =>
      one.type === 'ATTRIBUTE' || one.type === 'TIME_SERIES' ? await storedValue(message, one, stores) : valueAtHand(message, one),
    ),
  );
}

function valueAtHand(message: Message, argument: Argument): number {
  const { type } = argument;
  if (type === 'CONSTANT') return Number(argument.key);
  const key = fillTemplate(argument.key, message);
  if (type === 'MESSAGE_METADATA') return numberOf(message.metadata[key], argument, { where: 'Message metadata', key });
  const body = bodyObject(message) ?? {};
  return numberOf(Object.hasOwn(body, key) ? body[key] : undefined, argument, { where: 'Message body', key });
}

async function storedValue(message: Message, argument: Argument, { attributes, timeSeries }: Stores): Promise<number> {
  const key = fillTemplate(argument.key, message);
  const { originator } = message;
  if (argument.type === 'ATTRIBUTE') {
    const [found] = await attributes.read(originator, argument.attributeScope ?? 'SERVER_SCOPE', [key]);
    return numberOf(found && plainValue(found), argument, { where: `Attribute scope ${argument.attributeScope ?? 'SERVER_SCOPE'}`, key });
  }
  const [latest] = await timeSeries.latest(originator, [key]);
  return numberOf(latest && plainValue(latest), argument, { where: 'Time series', key });
}

/** JSON values stay texts, which are no numbers. */
const plainValue = ({ kind, value }: TypedValue): JsonValue =>
  kind === ValueKind.boolean ? Boolean(value) : typeof value === 'string' ? value : Number(value);

/** @throws MATH_VALUE_MISSING, MATH_VALUE_NOT_NUMERIC */
function numberOf(value: JsonValue | undefined, { defaultValue }: Argument, place: { readonly where: string; readonly key: string }): number {
  if (value === undefined || value === null || value === '') {
    if (defaultValue === null || defaultValue === undefined) throw mathErrors.VALUE_MISSING(place);
    return defaultValue;
  }
  if (typeof value === 'number') return value;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const number = typeof value === 'string' ? parseDecimal(value) : undefined;
  if (number === undefined) throw mathErrors.VALUE_NOT_NUMERIC({ value: text });
  return number;
}
