import type { JsonValue } from '@fieldline/plugin-sdk';
import type { RE2JS } from 're2js';

/** One step of a path, from a value to others. `deep` is the `..` before the next step. */
export type Step =
  | { readonly kind: 'keys'; readonly keys: readonly string[] }
  | { readonly kind: 'indexes'; readonly indexes: readonly number[] }
  | { readonly kind: 'slice'; readonly from: number | undefined; readonly to: number | undefined }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'deep' }
  | { readonly kind: 'filter'; readonly condition: Condition };

export const pathFunctions = ['length', 'min', 'max', 'avg', 'sum', 'stddev', 'keys'] as const;
export type PathFunction = (typeof pathFunctions)[number];

export interface Path {
  /** Where it starts: at the body (`$`), or in a filter at the value that is tried (`@`). */
  readonly root: '$' | '@';
  readonly steps: readonly Step[];
  /** What is made of the values it leads to. */
  readonly result: PathFunction | undefined;
  /** True where it leads to one value at most. */
  readonly isDefinite: boolean;
}

export const operators = [
  '===',
  '!==',
  '==',
  '!=',
  '<=',
  '>=',
  '<',
  '>',
  '=~',
  'nin',
  'in',
  'contains',
  'size',
  'empty',
  'subsetof',
  'anyof',
  'noneof',
] as const;
export type Operator = (typeof operators)[number];

export type Operand =
  | { readonly kind: 'literal'; readonly value: JsonValue }
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'pattern'; readonly pattern: RE2JS };

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  | { readonly kind: 'exists'; readonly path: Path }
  | { readonly kind: 'compare'; readonly operator: Operator; readonly left: Operand; readonly right: Operand };

/** A step that leads from one value to one value at most. Several keys at the end make one object. */
export const isDefiniteStep = (step: Step, isLast: boolean): boolean =>
  (step.kind === 'keys' && (step.keys.length === 1 || isLast)) || (step.kind === 'indexes' && step.indexes.length === 1);
