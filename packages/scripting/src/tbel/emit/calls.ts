import { classNames, creatable, functionCatalogue } from '../catalogue.js';
import type { Expression, MethodCall } from '../syntax.js';
import { missingFeatures } from '../words.js';
import { emitted, inOne, markOf, type Emitted } from './emitted.js';
import type { Emitter } from './emitter.js';
import { emitExpression } from './expressions.js';
import { linked } from './properties.js';

/** A function of the script, or one of TBEL. */
export function emitCall(e: Emitter, name: string, args: readonly Expression[], at: number): Emitted {
  const own = e.functions.get(name);
  if (own === undefined) return emitKnownCall(e, name, args, at);
  if (args.length > own.parameters.length) {
    e.complain(`the function "${name}" takes ${own.parameters.length} arguments, not ${args.length}`, at);
  }
  return emitted(`${markOf(at)}f$${name}(${list(e, args)})`);
}

function emitKnownCall(e: Emitter, name: string, args: readonly Expression[], at: number): Emitted {
  const signature = functionCatalogue.get(name);
  if (signature === undefined) return e.complain(unknownFunction(name), at);
  const { least, most } = signature;
  if (args.length < least || args.length > most) {
    e.complain(`"${name}" takes ${least === most ? String(least) : `${least} to ${most}`} arguments, not ${args.length}`, at);
  }
  return emitted(`${markOf(at)}${e.use(`functions.${name}`)}(${list(e, args)})`, textFunctions.has(name) ? 'text' : 'any');
}

const textFunctions: ReadonlySet<string> = new Set([
  'String.valueOf',
  'String.format',
  'JSON.stringify',
  'bytesToHex',
  'intToHex',
  'longToHex',
  'btoa',
]);

function unknownFunction(name: string): string {
  const [className, method] = name.split('.');
  const known = [...functionCatalogue.keys()].filter((one) => (method === undefined ? !one.includes('.') : one.startsWith(`${className}.`)));
  const near =
    known.find((one) => one.toLowerCase() === name.toLowerCase()) ??
    (name.length < 5 ? undefined : known.find((one) => one.toLowerCase().startsWith(name.toLowerCase().slice(0, -2))));
  const hint = Object.hasOwn(missingFeatures, name)
    ? missingFeatures[name]
    : near === undefined
      ? 'define it with "function", or see docs/tbel.md for what there is'
      : `did you mean "${near}"?`;
  return `there is no function "${name}": ${hint}`;
}

/** A method of a value, or a function of a class such as `Math`. */
export function emitMethod(e: Emitter, call: MethodCall): Emitted {
  const { object, name, args, at } = call;
  const path = classPath(object);
  const className = path?.replace(/^java\.lang\./, '');
  if (className !== undefined && classNames.has(className) && e.scope.resolve(path?.split('.')[0] ?? '') === undefined) {
    return emitKnownCall(e, `${className}.${name}`, args, at);
  }
  return linked(e, object, call.isSafe, (of) => {
    const values = args.map((arg) => inOne(emitExpression(e, arg))).join(',');
    return emitted(`${markOf(at)}${e.use('call')}(${of.code},${JSON.stringify(`${name}/${args.length}`)},[${values}])`, 'any', { before: of.before });
  });
}

/** Names joined by dots, as a class is named. */
function classPath(expression: Expression): string | undefined {
  if (expression.type === 'name') return expression.name;
  if (expression.type !== 'member' || expression.isSafe) return undefined;
  const outer = classPath(expression.object);
  return outer === undefined ? undefined : `${outer}.${expression.name}`;
}

export function emitNew(e: Emitter, { className, args, at }: Extract<Expression, { type: 'new' }>): Emitted {
  const known = creatable.get(className);
  if (known === undefined)
    return e.complain(
      `"new ${className}" is not possible: ${collections.get(className) ?? 'a script can make dates, numbers, texts, lists and maps only'}`,
      at,
    );
  if (args.length > known.most) e.complain(`"new ${className}" takes at most ${known.most} arguments, not ${args.length}`, at);
  return emitted(`${markOf(at)}${e.use(`create.${known.make}`)}(${list(e, args)})`);
}

const collections = new Map([
  ['HashMap', 'write {} for a map'],
  ['LinkedHashMap', 'write {} for a map'],
  ['ArrayList', 'write [] for a list'],
  ['HashSet', 'write newSet() for a set'],
  ['LinkedHashSet', 'write newSet() for a set'],
]);

const list = (e: Emitter, args: readonly Expression[]): string => args.map((arg) => inOne(emitExpression(e, arg))).join(',');
