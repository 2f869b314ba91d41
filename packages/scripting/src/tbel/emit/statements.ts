import type { Block, Expression, ForStatement, Statement } from '../syntax.js';
import { inOne, markOf } from './emitted.js';
import type { Emitter } from './emitter.js';
import { emitCondition, emitExpression } from './expressions.js';
import { stepped } from './operators.js';
import { Scope } from './scope.js';

/** What `return` writes; a function of the script and the script itself differ in it. */
export type Return = (value: Expression | string | undefined) => string;

/** Not `return f()`: QuickJS takes the place of such a call for that of the word `return`, and errors would have none. */
export const plainReturn = (code: string): string => `{const r=${code};return r;}`;

/** Statements in order. The last one gives the value of the whole where a value is wanted and none is returned. */
export function emitStatements(e: Emitter, statements: Block, back: Return, isLast: boolean): string {
  return statements.map((statement, place) => emitStatement(e, statement, back, isLast && place === statements.length - 1)).join('');
}

function emitStatement(e: Emitter, statement: Statement, back: Return, isLast: boolean): string {
  e.beginStatement();
  switch (statement.type) {
    case 'expression':
      return isLast ? back(statement.expression) : emitEffect(e, statement.expression);
    case 'declare': {
      const value = statement.value === undefined ? 'undefined' : inOne(emitExpression(e, statement.value));
      // As measured: outside of loops and functions, `var` takes a variable of an outer block that has the name.
      const name = (e.scope.isOwner ? undefined : e.scope.resolve(statement.name)) ?? e.scope.declare(statement.name);
      return `${name}=${value};${isLast ? back(name) : ''}`;
    }
    case 'function':
      // They stand at the head of the script.
      return '';
    case 'if': {
      const then = (block: Block): string => `{${e.inBlock(() => emitStatements(e, block, back, isLast))}}`;
      const head = `if(${emitCondition(e, statement.test)})${then(statement.then)}`;
      return statement.otherwise === undefined ? head : `${head}else${then(statement.otherwise)}`;
    }
    case 'while': {
      const test = emitCondition(e, statement.test);
      const body = `{${emitLoopBody(e, statement.body, back)}}`;
      return statement.isTestLast ? `do${body}while(${test});` : `while(${test})${body}`;
    }
    case 'for':
      return `{${e.inBlock(() => emitFor(e, statement, back))}}`;
    case 'foreach':
      return emitForEach(e, statement, back);
    case 'switch':
      return emitSwitch(e, statement, back);
    case 'return':
      return back(statement.value);
    case 'break':
      if (e.breakables === 0) e.complain('"break" stands outside of a loop', statement.at);
      return 'break;';
  }
}

/** An expression whose value nobody wants. */
function emitEffect(e: Emitter, expression: Expression): string {
  return `${emitUnwanted(e, expression)};`;
}

function emitUnwanted(e: Emitter, expression: Expression): string {
  const variable = expression.type === 'step' ? e.scope.resolve(expression.name) : undefined;
  if (expression.type === 'step' && variable !== undefined) return `${variable}=${stepped(e, variable, expression.by, expression.at)}`;
  return inOne(emitExpression(e, expression));
}

function emitLoopBody(e: Emitter, body: Block, back: Return): string {
  e.breakables += 1;
  const code = e.inBlock(() => emitStatements(e, body, back, false), true);
  e.breakables -= 1;
  return code;
}

function emitFor(e: Emitter, { start, test, step, body }: ForStatement, back: Return): string {
  const begin = start === undefined ? '' : emitStatement(e, start, back, false);
  e.beginStatement();
  const condition = test === undefined ? '' : emitCondition(e, test);
  const next = step === undefined ? '' : emitUnwanted(e, step);
  return `${begin}for(;${condition};${next}){${emitLoopBody(e, body, back)}}`;
}

function emitForEach(e: Emitter, { name, items, body, at }: Extract<Statement, { type: 'foreach' }>, back: Return): string {
  const number = e.number();
  const list = `${markOf(at)}${e.use('each')}(${inOne(emitExpression(e, items))})`;
  const code = e.inBlock(() => {
    const variable = e.scope.declare(name);
    return `${variable}=l${number}[i${number}];${emitLoopBody(e, body, back)}`;
  });
  return `{let l${number}=${list};for(let i${number}=0;i${number}<l${number}.length;i${number}++){${code}}}`;
}

/** Goes on from the first case that equals the subject until `break`, as Java and JavaScript do. */
function emitSwitch(e: Emitter, { subject, cases, at }: Extract<Statement, { type: 'switch' }>, back: Return): string {
  if (cases.filter(({ test }) => test === undefined).length > 1) e.complain('a "switch" has more than one "default"', at);
  const name = `s${e.number()}`;
  const value = inOne(emitExpression(e, subject));
  e.breakables += 1;
  const code = e.inBlock(() => {
    const parts = cases.map(({ test, body }) => {
      e.beginStatement();
      const label = test === undefined ? 'default:' : `case ${markOf(test.at)}${e.use('eq')}(${name},${inOne(emitExpression(e, test))}):`;
      return label + emitStatements(e, body, back, false);
    });
    return `switch(true){${parts.join('')}}`;
  });
  e.breakables -= 1;
  return `{let ${name}=${value};${code}}`;
}

/** A function of the script: its parameters are its own, and it sees the variables of the script. */
export function emitFunction(e: Emitter, name: string, parameters: readonly string[], body: Block, outer: Scope): string {
  const scope = new Scope(outer, parameters);
  const back: Return = (value) => (typeof value === 'object' ? plainReturn(inOne(emitExpression(e, value))) : `return ${value ?? ''};`);
  const code = e.inFunction(scope, () => {
    const statements = emitStatements(e, body, back, true);
    return scope.head() + statements;
  });
  return `const f$${name}=(${parameters.map((one) => `_${one}`).join(',')})=>{${code}};`;
}
