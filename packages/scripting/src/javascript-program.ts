import type { ScriptSource } from '@fieldline/ports';
import type { QuickJSContext, QuickJSHandle } from 'quickjs-emscripten';
import { argumentNames, type ArgumentNames } from './argument-names.js';
import { scriptErrors } from './errors.js';
import { placeInScript } from './script-place.js';
import type { ScriptProgram } from './script-program.js';
import { examine, type ScriptFacts } from './script-text.js';

/** @throws SCRIPT_EMPTY, SCRIPT_TOO_LONG, SCRIPT_WORD_FORBIDDEN, SCRIPT_COMPILE_FAILED */
export function javascriptProgram({ body, kind }: Pick<ScriptSource, 'body' | 'kind'>): ScriptProgram {
  const names = argumentNames(kind);
  const facts = examine(body, names);
  const head = scriptHead(facts, names);
  return {
    facts,
    weight: 1,
    errors: { placeOf: (stack) => placeInScript(stack, head.length), reasonOf: (reason) => reason },
    prepare: (messageText) => messageText,
    restore: (json) => json,
    start(context) {
      // Compiled alone, as a method, a body cannot close its function and go on behind it: what may follow a method
      // in an object may not follow a function in parentheses, so no text passes both.
      compile(context, `({ m(${names.join(', ')}) {`, body, '\n} })', true).dispose();
      return { create: compile(context, head, body, '\n}; })', false), language: context.undefined };
    },
  };
}

/** What stands before the body in its first line: a function that makes the script's function, anew for each message. */
function scriptHead(facts: ScriptFacts, names: ArgumentNames): string {
  const loose = facts.looseNames.length === 0 ? '' : `var ${facts.looseNames.join(', ')}; `;
  return `(function () { ${loose}return function (${names.join(', ')}) {`;
}

function compile(context: QuickJSContext, head: string, body: string, tail: string, isCheckOnly: boolean): QuickJSHandle {
  const result = context.evalCode(head + body + tail, 'script.js', { type: 'global', compileOnly: isCheckOnly });
  if (result.error === undefined) return result.value;
  using error = result.error;
  const told = context.dump(error) as { message?: unknown; stack?: unknown };
  throw scriptErrors.COMPILE_FAILED({ reason: String(told.message), ...placeInScript(String(told.stack), head.length) });
}
