import {
  bodyObject,
  defineRuleNode,
  fillTemplate,
  membersOf,
  route,
  textOfMembers,
  ValueKind,
  valueText,
  type AttributesService,
  type EpochMs,
  type Message,
  type Outcome,
  type TimeSeriesService,
  type TypedValue,
} from '@fieldline/plugin-sdk';
import { areAtHand, readValues, valuesAtHand } from './math/argument-values.js';
import { calculationOf } from './math/calculation.js';
import { mathErrors } from './math/errors.js';
import { isWhole } from './math/operations.js';
import { roundHalfUp, truncated } from './math/rounding.js';
import { mathSettings, type MathSettings } from './math/settings.js';

interface World {
  readonly config: MathSettings;
  readonly nowMs: EpochMs;
  readonly attributes: AttributesService;
  readonly timeSeries: TimeSeriesService;
}

/** Computes with values of the message, of its originator and constants. */
export const mathNode = defineRuleNode({
  type: 'action.math-function',
  version: 0,
  category: 'action',
  title: 'Math function',
  summary: 'Computes with values of the message and its originator.',
  docs: [
    'Arguments come from the message, its metadata, attributes or the latest telemetry of the originator, or are constants. A value that is missing, null or',
    'an empty text is the default of the argument; without one the message fails, as it does where a value is no number.',
    '',
    'A custom function knows `+ - * / % ^`, `2a` for a product, the constants `pi` and `e`, and the functions `abs acos asin atan cbrt ceil cos cosh cot exp',
    'expm1 floor log log10 log1p log2 ln lg logab(base, x) pow(a, b) signum sin sinh sqrt tan tanh`. `-2^2` is -4, and `2^3^2` is 2^9. Dividing by zero',
    'fails. The operations take one argument (`SQRT`, `CEIL`, `DEG`, …) or two (`ADD`, `POW`, `FLOOR_DIV`, …).',
    '',
    'The result is rounded half up to the number of digits; with none, and for `CEIL`, `FLOOR` and `GET_EXP`, it is the whole part. It goes into the message,',
    'its metadata, an attribute, or a time series, which gets it unrounded and with the time of the server. What is stored can be written to the message as',
    'well. A result that is no number, such as the root of -1, fails.',
    '',
    'Messages of one originator are computed one after another, so that each sees what the one before has stored.',
  ].join('\n'),
  icon: 'math-function',
  examples: [
    {
      title: 'degrees Fahrenheit become degrees Celsius',
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 70 } },
      to: 'Success',
      result: { data: { temperature: 70, temperatureCelsius: 21.11 } },
    },
    { title: 'a value that is missing', message: { type: 'POST_TELEMETRY_REQUEST', data: { humidity: 40 } }, to: 'Failure' },
  ],
  thingsboard: { className: 'org.thingsboard.rule.engine.math.TbMathNode', configurationVersion: 0 },
  relationTypes: ['Success'],
  config: mathSettings,
  defaults: {
    operation: 'CUSTOM',
    arguments: [{ name: 'x', type: 'MESSAGE_BODY', key: 'temperature', attributeScope: null, defaultValue: null }],
    customFunction: '(x - 32) / 1.8',
    result: {
      type: 'MESSAGE_BODY',
      key: 'temperatureCelsius',
      resultValuePrecision: 2,
      addToBody: false,
      addToMetadata: false,
      attributeScope: null,
    },
  },
  needs: ['attributes', 'timeSeries'],
  onStart: ({ config }) => void calculationOf(config),
  onMessage(message, world): Outcome<'Success', never> | Promise<Outcome<'Success', never>> {
    const { config } = world;
    const usesBody = config.result.type === 'MESSAGE_BODY' || config.arguments.some(({ type }) => type === 'MESSAGE_BODY');
    if (usesBody && bodyObject(message) === undefined) throw mathErrors.BODY_NOT_OBJECT();
    if (areAtHand(config)) return finish(message, valuesAtHand(message, config), world);
    return readValues(message, config, world).then((values) => finish(message, values, world));
  },
});

function finish(message: Message, values: readonly number[], world: World): Outcome<'Success', never> | Promise<Outcome<'Success', never>> {
  const { config, nowMs, attributes, timeSeries } = world;
  const { key, type, addToBody, addToMetadata, attributeScope } = config.result;
  const value = calculationOf(config)(values);
  const result = rounded(value, config);
  if (type === 'MESSAGE_BODY') return route('Success', withMember(message, key, result));
  if (type === 'MESSAGE_METADATA') return route('Success', withMetadata(message, key, result));
  const next = addToBody ? withMember(message, key, result) : message;
  const outcome = route('Success', addToMetadata ? withMetadata(next, key, result) : next);
  if (type === 'ATTRIBUTE') return attributes.put(message.originator, attributeScope ?? 'SERVER_SCOPE', new Map([[key, result]])).then(() => outcome);
  if (!Number.isFinite(value)) throw mathErrors.RESULT_NOT_FINITE({ result: String(value) });
  timeSeries.put(message.originator, { key, tsMs: nowMs, kind: ValueKind.double, value }, 0);
  return outcome;
}

function rounded(value: number, { operation, result: { resultValuePrecision: digits } }: MathSettings): TypedValue {
  if (isWhole(operation) || digits === 0) {
    const whole = truncated(value);
    return { kind: ValueKind.long, value: Number.isSafeInteger(Number(whole)) ? Number(whole) : whole };
  }
  if (!Number.isFinite(value)) throw mathErrors.RESULT_NOT_FINITE({ result: String(value) });
  return { kind: ValueKind.double, value: roundHalfUp(value, digits) };
}

function withMember(message: Message, key: string, result: TypedValue): Message {
  const members = membersOf(message) ?? new Map<string, string>();
  return message.with({ text: textOfMembers(members.set(fillTemplate(key, message), valueText(result))) });
}

const withMetadata = (message: Message, key: string, result: TypedValue): Message =>
  message.with({ metadata: { ...message.metadata, [fillTemplate(key, message)]: valueText(result) } });
