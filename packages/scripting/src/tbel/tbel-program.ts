import type { ScriptSource } from '@fieldline/ports';
import type { QuickJSContext, QuickJSHandle } from 'quickjs-emscripten';
import { scriptErrors } from '../errors.js';
import type { ErrorReader, ScriptProgram } from '../script-program.js';
import { placeOf } from '../script-text.js';
import { compileTbel } from './compile-tbel.js';
import { sourceOffsetOf, type Places } from './emit/emitted.js';
import { markSpecialValues, restoreSpecialValues } from './message-text.js';
import { runtimeSource } from './runtime/runtime-source.js';

/**
 * A TBEL script as a program of the sandbox.
 *
 * @param random 0 <= x < 1; makes the mark of special values, which no message may guess
 * @throws SCRIPT_EMPTY, SCRIPT_TOO_LONG, SCRIPT_COMPILE_FAILED
 */
export function tbelProgram({ body, kind }: ScriptSource, random: () => number): ScriptProgram {
  const { code, places, reads, zones } = compileTbel(body, kind);
  const mark = `~${Math.floor(random() * 2 ** 48).toString(36)}~`;
  const [readsMessage, readsMetadata, readsType] = reads;
  return {
    facts: { readsMessage, readsMetadata, readsType, isReusable: true },
    errors: errorReader(body, places),
    weight: WEIGHT,
    prepare: (messageText) => markSpecialValues(messageText, mark),
    restore: (json) => restoreSpecialValues(json, mark),
    start(context, bigInt) {
      using markText = context.newString(mark);
      using zoneTable = context.unwrapResult(context.evalCode(`(${zones})`));
      using makeRuntime = context.unwrapResult(context.evalCode(runtimeSource, 'tbel.js'));
      const language = context.unwrapResult(context.callFunction(makeRuntime, context.undefined, bigInt, markText, zoneTable));
      using makeScript = compile(context, code);
      using script = context.unwrapResult(context.callFunction(makeScript, context.undefined, language));
      using wrap = context.unwrapResult(context.evalCode('(script => () => script)'));
      return { create: context.unwrapResult(context.callFunction(wrap, context.undefined, script)), language };
    },
  };
}

/** The runtime takes some 700 KB in each sandbox, a script in JavaScript 200 KB in all (measured). */
const WEIGHT = 4;

function compile(context: QuickJSContext, code: string): QuickJSHandle {
  const result = context.evalCode(code, 'script.js');
  if (result.error === undefined) return result.value;
  result.error.dispose();
  // The code is ours, so the only thing that can be wrong with it is its size.
  throw scriptErrors.COMPILE_FAILED({ reason: 'it is nested too deeply or too long' });
}

function errorReader(source: string, places: Places): ErrorReader {
  return {
    placeOf(stack) {
      const column = /script\.js:1:(\d{1,9})/.exec(stack)?.[1];
      const at = column === undefined ? undefined : sourceOffsetOf(places, Number(column) - 1);
      return at === undefined ? {} : placeOf(source, at);
    },
    reasonOf(reason) {
      const missing = /^TypeError: cannot read property '(.*)' of undefined$/.exec(reason)?.[1];
      return missing === undefined ? reason.replace(/^TbelError: /, '') : `null pointer: the property "${missing}" of null`;
    },
  };
}
