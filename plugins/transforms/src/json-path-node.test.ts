// Goal: JSON paths find what ThingsBoard's library finds, and numbers stay as they were written. Method: a row for each form of
// rule-nodes.md §3 and for what Jayway does at the edges; then limits.
import { message, nodeHarness, ruleNodeConformance } from '@fieldline/plugin-sdk/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonPathNode } from './json-path-node.js';

const device = { entityType: 'DEVICE', id: 'device-a' } as const;
test.each(ruleNodeConformance(jsonPathNode))('$name', ({ run }) => run());

async function find(jsonPath: string, text: string): Promise<string> {
  const outcome = await nodeHarness(jsonPathNode, { config: { jsonPath } }).send(message('T', device, null, { text }));
  if (outcome.kind === 'routed') return outcome.message.text;
  return outcome.kind === 'failed' ? outcome.problem.code : outcome.kind;
}

const shop = `{"store": {"name": "corner shop", "books": [
  {"title": "A", "price": 8.0, "isbn": "x", "tags": ["new", "thin"]}, {"title": "B", "price": 12},
  {"title": "C d", "price": 22.50, "tags": []}], "bike": {"price": 9007199254740993}}, "a b": 1, "a.b": 2, "limit": 10, "xs": [3, 1, 2, "x"]}`;

describe('one value', () => {
  test.each([
    ['$.store.name', '"corner shop"', 'a text with quotes'],
    ['store.name', '"corner shop"', '$. may be left out'],
    ['$.limit', '10', 'a number as JSON text'],
    ['$.store.books[0].price', '8.0', 'a number as it was written'],
    ['$.store.bike', '{"price":9007199254740993}', 'an object, compact'],
    ["$['a b']", '1', 'a key in quotes'],
    ['$["a.b"]', '2', 'in double quotes, with a dot'],
    ["$['store']['name']", '"corner shop"', 'brackets one after another'],
    ['$.store.books[-1].title', '"C d"', 'an element from the end'],
    ["$['limit','a b','none']", '{"limit":10,"a b":1}', 'several keys make an object'],
  ])('%s finds %s: %s', async (path, found) => expect(await find(path, shop)).toBe(found));

  test.each(['$.none', '$.store.none.x', '$.limit.x', '$.xs.a', '$.store.books[3]', '$.store[0]', '$.none[*]', '$.limit[0:1]', '$.limit[?(@.x)]'])(
    '%s that is not there fails',
    async (path) => expect(await find(path, shop)).toBe('TRANSFORM_PATH_NOT_FOUND'),
  );

  test('the path says what is missing', async () => {
    const outcome = await nodeHarness(jsonPathNode, { config: { jsonPath: '$.none' } }).send(message('T', device, {}));
    expect(outcome).toMatchObject({ problem: { message: 'No results for path: $.none' } });
  });

  test('"$" passes a message as it is, whatever it is', async () => {
    expect(await find('$', ' [1.0]')).toBe(' [1.0]');
    expect(await find('$', 'no json')).toBe('no json');
  });
});

describe('several values make a list', () => {
  test.each([
    ['$.store.books[*].title', '["A","B","C d"]', 'a star for elements'],
    ['$.store.bike.*', '[9007199254740993]', 'and for members'],
    ['$.limit.*', '[]', 'there is nothing in a number'],
    ['$.store.books[0,2].title', '["A","C d"]', 'several places'],
    ['$.store.books[0,7].title', '["A"]', 'of which one is missing'],
    ['$.xs[1:3]', '[1,2]', 'a part'],
    ['$.xs[:2]', '[3,1]', 'from the start'],
    ['$.xs[2:]', '[2,"x"]', 'to the end'],
    ['$.xs[-2:]', '[2,"x"]', 'from the end'],
    ['$.xs[:-3]', '[3]', 'up to a place from the end'],
    ['$.xs[-3:-1]', '[1,2]', 'both from the end'],
    ['$.xs[1:-1]', '[]', 'one from each end finds nothing'],
    ['$.xs[0:4:2]', '[3,1,2,"x"]', 'a step is passed over'],
    ['$.xs[9:]', '[]', 'a part that is not there'],
    ['$..price', '[8.0,12,22.50,9007199254740993]', 'every key of a name'],
    ['$..none', '[]', 'of which there is none'],
    ['$..[0]', '[{"title":"A","price":8.0,"isbn":"x","tags":["new","thin"]},"new",3]', 'the first of every list'],
    ['$.store.bike..*', '[9007199254740993]', 'everything'],
    ["$.store.books[*]['title','price']", '[{"title":"A","price":8.0},{"title":"B","price":12},{"title":"C d","price":22.50}]', 'keys of each'],
    ['$.store.books[*].tags[0]', '["new"]', 'past those that do not have it'],
    ["$..['title','isbn']", '[{"title":"A","isbn":"x"}]', 'of those that have all'],
    ['$.store.books[*].isbn', '["x"]', 'a key that only some have'],
    ['$.none_of_it..x', 'TRANSFORM_PATH_NOT_FOUND', 'what leads to one value must be there'],
  ])('%s finds %s: %s', async (path, found) => expect(await find(path, shop)).toBe(found));
});

describe('conditions', () => {
  const titles = (condition: string) => find(`$.store.books[?(${condition})].title`, shop);
  test.each([
    ['@.price > 10', '["B","C d"]'],
    ['@.price >= 12', '["B","C d"]'],
    ['@.price < 8.5', '["A"]'],
    ['@.price <= 8', '["A"]'],
    ['@.price == 12', '["B"]'],
    ["@.price == '12'", '["B"]'],
    ["'12' == @.price", '["B"]'],
    ["@.price === '12'", '[]'],
    ['@.price != 12', '["A","C d"]'],
    ['@.isbn != 1', '["A","B","C d"]'],
    ["@.title > 'A'", '["B","C d"]'],
    ['@.title > 1', '[]'],
    ['@.isbn', '["A"]'],
    ['!@.isbn', '["B","C d"]'],
    ["@['isbn']", '["A"]'],
    ['@.price > $.limit', '["B","C d"]'],
    ["@.title == 'A' || @.price > 20 && @.price < 25", '["A","C d"]'],
    ["(@.title == 'A' || @.price > 20) && @.price > 20", '["C d"]'],
    ["!(@.title == 'A')", '["B","C d"]'],
    ['@.title =~ /c.*/i', '["C d"]'],
    ['@.title =~ /C/', '[]'],
    ['/[AB]/ =~ @.title', '["A","B"]'],
    ['@.title in [\'A\', "B", 3]', '["A","B"]'],
    ["@.title nin ['A']", '["B","C d"]'],
    ["@.tags contains 'thin'", '["A"]'],
    ["@.title contains ' d'", '["C d"]'],
    ['@.tags size 2', '["A"]'],
    ['@.tags empty true', '["C d"]'],
    ['@.tags empty false', '["A"]'],
    ["@.tags subsetof ['new','thin','red']", '["A","C d"]'],
    ["@.tags anyof ['new','red']", '["A"]'],
    ["@.tags noneof ['new']", '["B","C d"]'],
    ['@.tags.length() > 1', '["A"]'],
    ['@.tags[0]', '["A"]'],
    ["@.tags == ['new','thin']", '["A"]'],
    ['@.price == null', '[]'],
  ])('%s chooses %s', async (condition, chosen) => expect(await titles(condition)).toBe(chosen));

  test('a condition on an object asks about the object itself, and below .. about every one', async () => {
    expect(await find('$.store.bike[?(@.price)].price', shop)).toBe('[9007199254740993]');
    expect(await find('$..[?(@.price > 20)].price', shop)).toBe('[22.50,9007199254740993]');
  });

  test('a value in a list of plain ones is @ itself', async () => expect(await find('$.xs[?(@ > 1)]', shop)).toBe('[3,2]'));
});

describe('functions', () => {
  test.each([
    ['$.xs.min()', '1.0'],
    ['$.xs.max()', '3.0'],
    ['$.xs.avg()', '2.0'],
    ['$.xs.sum()', '6.0'],
    ['$.store.books.length()', '3'],
    ['$.store.bike.length()', '1'],
    ['$.limit.length()', 'null'],
    ['$.store.bike.keys()', '["price"]'],
    ['$..price.max()', '9.007199254740992E15'],
    ['$..tags.length()', '2'],
    ['$.store.books[*].tags.length()', '[2,0]'],
    ['$.store.books.min()', 'TRANSFORM_PATH_NUMBERS_MISSING'],
    ['$.none.sum()', 'TRANSFORM_PATH_NOT_FOUND'],
  ])('%s makes %s', async (path, made) => expect(await find(path, shop)).toBe(made));

  test('the deviation of numbers', async () => expect(await find('$.stddev()', '[2,4,4,4,5,5,7,9]')).toBe('2.0'));
});

describe('a path that is wrong keeps the node from starting', () => {
  test.each([
    ['$.', 3],
    ['$..', 4],
    ['$[', 3],
    ['$[x]', 3],
    ["$['a", 5],
    ["$['a',1]", 7],
    ['$.a b', 4],
    ['$.a.nofunction()', 16],
    ['$[?(@.x >)]', 10],
    ['$[?(@.x > a)]', 12],
    ['$[?(1)]', 6],
    ['$[?(@.x =~ /(/)]', 12],
    ['$.a[?(@.x', 10],
    [`$${'.a'.repeat(201)}`, 402],
    [`$[?(${'!'.repeat(60)}@.x)]`, 56],
  ])('%s at character %i', async (jsonPath, place) => {
    const start = nodeHarness(jsonPathNode, { config: { jsonPath } }).start();
    await expect(start).rejects.toMatchObject({ code: 'TRANSFORM_PATH_INVALID', details: { place } });
  });

  test('an empty one as well', async () => {
    await expect(nodeHarness(jsonPathNode, { config: { jsonPath: '' } }).start()).rejects.toMatchObject({ code: 'NODE_SETTINGS_INVALID' });
  });
});

test.each([
  ['$..[0]', `${'['.repeat(20_000)}1${']'.repeat(20_000)}`, 'a body as deep as it is long'],
  ['$..*..*..*..*', JSON.stringify(nested(12)), 'a path that comes by everything again and again'],
])('%s is bounded: %#', async (path, body) => expect(await find(path, body)).toBe('TRANSFORM_PATH_TOO_MUCH'));

function nested(levels: number): unknown {
  return levels === 0 ? 1 : [nested(levels - 1), nested(levels - 1)];
}

test('whatever is written as a path is followed or refused with a code', async () => {
  const part = fc.constantFrom(
    '$',
    '.',
    '..',
    '[',
    ']',
    '(',
    ')',
    '?',
    '@',
    '*',
    ',',
    ':',
    '-1',
    '2',
    "'a'",
    '"b',
    'a',
    'length()',
    '==',
    '&&',
    '||',
    '!',
    '/a/i',
    ' ',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 12 }), async (parts) => {
      const found = await find(parts.join(''), shop).catch((error: unknown) => (error as { code?: string }).code ?? String(error));
      expect(found).toMatch(/^([[{"]|-?\d|null$|TRANSFORM_PATH_|NODE_SETTINGS_INVALID$)/);
    }),
    { numRuns: 1_000 },
  );
});

test('numbers of a list and what it is made of stay exact', async () => {
  expect(await find('$[*].v', '[{"v": 1E3}, {"v": 0.10}, {"v": "q\\" ]"}]')).toBe('[1E3,0.10,"q\\" ]"]');
});
