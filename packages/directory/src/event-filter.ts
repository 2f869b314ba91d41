import type { Event, JsonValue } from '@fieldline/model';

/** What people look for in the bodies of events, by the names of the compatible API (rest-api.md §22). */
export interface EventFilter {
  readonly [member: string]: string | number | boolean | undefined;
}

type Test = (body: Event['body'], wanted: string | number | boolean) => boolean;

/** The member of the body holds the text, without case. */
const contains =
  (member: string): Test =>
  (body, wanted) =>
    textOf(body[member]).toLowerCase().includes(String(wanted).toLowerCase());
const atLeast =
  (member: string): Test =>
  (body, wanted) =>
    Number(body[member]) >= Number(wanted);
const atMost =
  (member: string): Test =>
  (body, wanted) =>
    Number(body[member]) <= Number(wanted);

const sameNamed = ['server', 'entityId', 'entityType', 'msgId', 'msgType', 'relationType', 'message', 'event', 'method', 'arguments', 'result'];
const tests: Readonly<Record<string, Test>> = {
  ...Object.fromEntries(sameNamed.map((member) => [member, contains(member)])),
  dataSearch: contains('data'),
  metadataSearch: contains('metadata'),
  errorStr: contains('error'),
  // False asks for nothing: with and without an error.
  isError: (body, wanted) => wanted === false || textOf(body['error']) !== '',
  msgDirectionType: (body, wanted) => body['type'] === wanted,
  status: (body, wanted) => body['success'] === (wanted === 'Success'),
  minMessagesProcessed: atLeast('messagesProcessed'),
  maxMessagesProcessed: atMost('messagesProcessed'),
  minErrorsOccurred: atLeast('errorsOccurred'),
  maxErrorsOccurred: atMost('errorsOccurred'),
};

/** Whether an event fits; undefined where every event does. */
export function eventPredicate(filter: EventFilter): ((event: Event) => boolean) | undefined {
  const wanted = Object.entries(filter).filter(([member, value]) => Object.hasOwn(tests, member) && value !== undefined && value !== '');
  if (wanted.length === 0) return undefined;
  return ({ body }) => wanted.every(([member, value]) => tests[member]?.(body, value as string | number | boolean));
}

function textOf(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
