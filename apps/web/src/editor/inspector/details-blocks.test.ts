// Goal: the help of a node reads in the editor as on its page. Method: the Markdown that declarations use, and what only looks like it.
import { expect, test } from 'vitest';
import { detailsBlocks, detailsSpans } from './details-blocks.js';

test('paragraphs, lists, tables and code are told apart', () => {
  const text =
    'One\nline.\n\n- a\n- b\n  more\n\n```js\nreturn 1;\n\n- not a list\n```\n\n| new | what |\n|---|---|\n| `A` | a \\| b |\n| B | |\n\nLast.';
  expect(detailsBlocks(text)).toEqual([
    { kind: 'paragraph', text: 'One\nline.' },
    { kind: 'list', items: ['a', 'b\n  more'] },
    { kind: 'code', text: 'return 1;\n\n- not a list' },
    {
      kind: 'table',
      head: ['new', 'what'],
      rows: [
        ['`A`', 'a | b'],
        ['B', ''],
      ],
    },
    { kind: 'paragraph', text: 'Last.' },
  ]);
});

test.each(['|', '| a |', '| a |\n| b |', '| a |\n|---|\nno row', '<script>alert(1)</script>'])('%j is a paragraph', (text) => {
  expect(detailsBlocks(text)).toEqual([{ kind: 'paragraph', text }]);
});

test('code, strong words and emphasis are found in a line, and stars that mean nothing stay', () => {
  expect(detailsSpans('With *relation to*\n**all** of `a*b*c`, 2 * 3 * 4.')).toEqual([
    { kind: 'text', text: 'With ' },
    { kind: 'emphasis', text: 'relation to' },
    { kind: 'text', text: ' ' },
    { kind: 'strong', text: 'all' },
    { kind: 'text', text: ' of ' },
    { kind: 'code', text: 'a*b*c' },
    { kind: 'text', text: ', 2 * 3 * 4.' },
  ]);
});
