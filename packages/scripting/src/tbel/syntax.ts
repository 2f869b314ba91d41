/** What the parser makes of a script. `at` is the offset in the user's text that an error about it names. */
export type Expression =
  | { readonly type: 'null'; readonly at: number }
  | { readonly type: 'boolean'; readonly value: boolean; readonly at: number }
  | { readonly type: 'text'; readonly value: string; readonly at: number }
  | { readonly type: 'number'; readonly kind: NumberKind; readonly digits: string; readonly at: number }
  | { readonly type: 'name'; readonly name: string; readonly at: number }
  | { readonly type: 'member'; readonly object: Expression; readonly name: string; readonly isSafe: boolean; readonly at: number }
  | { readonly type: 'index'; readonly object: Expression; readonly index: Expression; readonly at: number }
  | { readonly type: 'call'; readonly name: string; readonly args: readonly Expression[]; readonly at: number }
  | MethodCall
  | { readonly type: 'unary'; readonly operator: '-' | '!' | '~'; readonly operand: Expression; readonly at: number }
  | { readonly type: 'binary'; readonly operator: BinaryOperator; readonly left: Expression; readonly right: Expression; readonly at: number }
  | { readonly type: 'choice'; readonly test: Expression; readonly then: Expression; readonly otherwise: Expression; readonly at: number }
  | Assignment
  | { readonly type: 'step'; readonly name: string; readonly by: 1 | -1; readonly isPrefix: boolean; readonly at: number }
  | { readonly type: 'list'; readonly items: readonly Expression[]; readonly isArray?: true; readonly at: number }
  | { readonly type: 'map'; readonly entries: readonly MapEntry[]; readonly at: number }
  | { readonly type: 'new'; readonly className: string; readonly args: readonly Expression[]; readonly at: number }
  | { readonly type: 'new-array'; readonly element: string; readonly size: Expression; readonly at: number }
  | { readonly type: 'cast'; readonly to: string; readonly operand: Expression; readonly at: number }
  | { readonly type: 'instance-of'; readonly operand: Expression; readonly className: string; readonly at: number }
  | { readonly type: 'is-defined'; readonly name: string; readonly path: readonly string[]; readonly at: number };

/** How a number is written; a whole number without a suffix is `whole` and becomes an int or a long by its size. */
export type NumberKind = 'whole' | 'long' | 'double' | 'float' | 'decimal';

export interface MethodCall {
  readonly type: 'method';
  readonly object: Expression;
  readonly name: string;
  readonly args: readonly Expression[];
  readonly isSafe: boolean;
  readonly at: number;
}

export interface Assignment {
  readonly type: 'assign';
  readonly target: Target;
  /** Absent for a plain `=`. */
  readonly operator: BinaryOperator | undefined;
  readonly value: Expression;
  readonly at: number;
}
export type Target = Extract<Expression, { type: 'name' | 'member' | 'index' }>;

/** A key that is a bare name is the text of the name. */
export interface MapEntry {
  readonly key: string;
  readonly value: Expression;
}

export type BinaryOperator = (typeof binaryOperators)[number];

export const binaryOperators = [
  ...(['||', '&&', 'or', '|', '^', '&', '==', '!=', '~=', 'contains', 'soundslike', 'strsim', '<', '<=', '>', '>='] as const),
  ...(['<<', '>>', '>>>', '+', '-', '#', '*', '/', '%', '**'] as const),
] as const;

export type Statement =
  | { readonly type: 'expression'; readonly expression: Expression; readonly at: number }
  | { readonly type: 'declare'; readonly name: string; readonly value: Expression | undefined; readonly at: number }
  | FunctionStatement
  | { readonly type: 'if'; readonly test: Expression; readonly then: Block; readonly otherwise: Block | undefined; readonly at: number }
  /** `until` loops are `while` loops with the test turned round. */
  | { readonly type: 'while'; readonly test: Expression; readonly isTestLast: boolean; readonly body: Block; readonly at: number }
  | ForStatement
  | { readonly type: 'foreach'; readonly name: string; readonly items: Expression; readonly body: Block; readonly at: number }
  | { readonly type: 'switch'; readonly subject: Expression; readonly cases: readonly SwitchCase[]; readonly at: number }
  | { readonly type: 'return'; readonly value: Expression | undefined; readonly at: number }
  | { readonly type: 'break'; readonly at: number };

export type Block = readonly Statement[];

export interface FunctionStatement {
  readonly type: 'function';
  readonly name: string;
  readonly parameters: readonly string[];
  readonly body: Block;
  readonly at: number;
}

export interface ForStatement {
  readonly type: 'for';
  readonly start: Statement | undefined;
  readonly test: Expression | undefined;
  readonly step: Expression | undefined;
  readonly body: Block;
  readonly at: number;
}

/** Without a test it is `default`. */
export interface SwitchCase {
  readonly test: Expression | undefined;
  readonly body: Block;
}
