import type { BinaryOperator } from './syntax.js';

/** Operators of equal strength, from those that bind loosest to those that bind tightest. All group to the left, `**` too. */
export const binaryLevels: readonly (readonly string[])[] = [
  ['or'],
  ['||'],
  ['&&', 'and'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '===', '!=', '~=', 'contains', 'soundslike', 'strsim', 'instanceof', 'is'],
  ['<', '<=', '>', '>='],
  ['<<', '>>', '>>>'],
  ['+', '-', '#'],
  ['*', '/', '%'],
  ['**'],
];

const sameAs: Readonly<Record<string, string>> = { and: '&&', '===': '==', is: 'instanceof' };

/** The operator a mark or word stands for, if it belongs to this level. */
export function levelOf(text: string, level: number): BinaryOperator | 'instanceof' | undefined {
  if (binaryLevels[level]?.includes(text) !== true) return undefined;
  return (Object.hasOwn(sameAs, text) ? sameAs[text] : text) as BinaryOperator | 'instanceof';
}
