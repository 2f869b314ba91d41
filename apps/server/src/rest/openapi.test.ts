// Goal: the OpenAPI document says each shared schema once, and of requests and answers only what is true of them. Method:
// follow the references of both in the document of all routes.
import { expect, it } from 'vitest';
import { allRoutes } from './controllers.js';
import { answerSchemas, requestSchemas } from './named-schemas.js';
import { openApiDocument } from './openapi.js';

interface Operation {
  readonly requestBody?: unknown;
  readonly parameters: unknown;
  readonly responses: unknown;
}
const { paths, components } = openApiDocument(allRoutes(), '0') as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>>; readonly responses: unknown };
};
const operations = Object.values(paths).flatMap((ofPath) => Object.values(ofPath));

/** The names of the schemas that a part of the document leads to. */
function namesIn(part: unknown, found = new Set<string>()): ReadonlySet<string> {
  for (const [, name = ''] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
    if (found.has(name)) continue;
    found.add(name);
    namesIn(components.schemas[name], found);
  }
  return found;
}

it('of a request it says what may be left out, of an answer what is always there: no schema is named for both', () => {
  const asked = namesIn(operations.map(({ requestBody, parameters }) => [requestBody, parameters]));
  const answered = namesIn([operations.map(({ responses }) => responses), components.responses]);
  expect([...asked].filter((name) => !(name in requestSchemas))).toEqual([]);
  expect([...answered].filter((name) => !(name in answerSchemas))).toEqual([]);
  expect(Object.keys(requestSchemas).filter((name) => name in answerSchemas)).toEqual(['EntityType']);
  expect([...new Set([...asked, ...answered])].sort()).toEqual(Object.keys(components.schemas));
});

it('what many routes speak of is written out once', () => {
  const named = JSON.stringify(components.schemas);
  // Members of the types of entities, of the filters of queries and of an alarm.
  for (const member of ['"NOTIFICATION_TEMPLATE"', '"multiRootEntityIds":', '"propagateToOwner":{"type":"boolean","description":"Shown']) {
    expect([member, JSON.stringify(paths).includes(member), named.includes(member)]).toEqual([member, false, true]);
  }
});

it('names are free of doubt: all that are listed are used, but for types of entities that have no routes', () => {
  const unused = [...Object.keys(requestSchemas), ...Object.keys(answerSchemas)].filter((name) => !(name in components.schemas));
  expect(unused.filter((name) => !name.endsWith('Id'))).toEqual([]);
});
