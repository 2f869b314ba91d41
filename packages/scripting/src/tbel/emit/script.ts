import type { ScriptKind } from '@fieldline/ports';
import { argumentNames } from '../../argument-names.js';
import type { Complain } from '../complaint.js';
import type { Block, Expression, FunctionStatement, Statement } from '../syntax.js';
import { emitMap } from './collections.js';
import { emitted, inOne, placesIn, type Places } from './emitted.js';
import { Emitter } from './emitter.js';
import { emitExpression } from './expressions.js';
import { Scope } from './scope.js';
import { emitFunction, emitStatements, plainReturn, type Return } from './statements.js';

/** A script as JavaScript: a function of the runtime that gives the function to call for each message. */
export interface EmittedScript {
  readonly code: string;
  readonly places: Places;
  /** Which of the arguments the script looks at, in the order of the call. */
  readonly reads: readonly [message: boolean, metadata: boolean, type: boolean];
}

export function emitScript(statements: Block, kind: ScriptKind, complain: Complain): EmittedScript {
  const functions = new Map<string, FunctionStatement>();
  for (const one of functionsIn(statements)) functions.set(one.name, one);
  const names = argumentNames(kind);
  // Functions see the variables of the script wherever these stand, so the script is emitted before them.
  const body = new Scope(undefined, names);
  const e = new Emitter(complain, body, functions);
  const back = returnOf(e, kind);
  const main = e.inFunction(body, () => emitStatements(e, statements, back, true) + back(undefined));
  const resolvedBefore = body.resolutions;
  const own = [...functions.values()].map((one) => emitFunction(e, one.name, one.parameters, one.body, body)).join('');
  const hasCaptured = body.resolutions > resolvedBefore;
  const parameters = names.map((name) => `_${name}`).join(',');
  // Functions that look at nothing of the script are made once for all messages.
  const [once, each] = hasCaptured ? ['', own] : [own, ''];
  const marked = `(rt=>{"use strict";${imports(e)}${constantsOf(e)}${once}return (${parameters})=>{${body.head()}${each}${main}}})`;
  const reads = names.map((name) => e.readArguments.has(name)) as [boolean, boolean, boolean];
  return { ...placesIn(marked), reads };
}

/** Definitions of functions, also those inside of blocks: a function may be used before it is defined. */
function functionsIn(statements: Block): FunctionStatement[] {
  return statements.flatMap((statement) => [...(statement.type === 'function' ? [statement] : []), ...blocksOf(statement).flatMap(functionsIn)]);
}

function blocksOf(statement: Statement): readonly Block[] {
  switch (statement.type) {
    case 'if':
      return statement.otherwise === undefined ? [statement.then] : [statement.then, statement.otherwise];
    case 'while':
    case 'for':
    case 'foreach':
    case 'function':
      return [statement.body];
    case 'switch':
      return statement.cases.map(({ body }) => body);
    default:
      return [];
  }
}

/** A script returns what its kind may return, as the sandbox hands it on. */
function returnOf(e: Emitter, kind: ScriptKind): Return {
  const finish = (code: string): string => (kind === 'json' ? plainReturn(code) : `return ${e.use(`finishers.${kind}`)}(${code});`);
  return (value) => {
    if (value === undefined || typeof value === 'string') return finish(value ?? 'undefined');
    const made = emitReturned(e, value, kind);
    return kind === 'filter' && made.kind === 'boolean' ? plainReturn(inOne(made)) : finish(inOne(made));
  };
}

function emitReturned(e: Emitter, value: Expression, kind: ScriptKind) {
  // Of a message nobody sees more than its three parts, where null means absent.
  if (value.type === 'map' && (kind === 'update' || kind === 'generate')) return emitMap(e, value, true);
  return value.type === 'null' ? emitted('undefined') : emitExpression(e, value);
}

function imports(e: Emitter): string {
  const direct = [...e.used].filter((name) => !name.includes('.'));
  const nested = [...e.used].filter((name) => name.includes('.'));
  const fromTables = nested.map((name) => {
    const table = name.slice(0, name.indexOf('.'));
    return `const ${name.replace(/\./g, '$')}=rt.${table}[${JSON.stringify(name.slice(table.length + 1))}];`;
  });
  return `const {${direct.join(',')}}=rt;${fromTables.join('')}`;
}

const constantsOf = (e: Emitter): string => e.constants.map((code, place) => `const c${place}=${code};`).join('');
