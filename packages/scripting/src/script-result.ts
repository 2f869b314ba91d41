import type { Problem } from '@fieldline/kernel';
import { problemOf } from '@fieldline/kernel';
import type { ScriptAnswer, ScriptKind, ScriptMessage } from '@fieldline/ports';
import type { JsonValue } from '@fieldline/model';
import { scriptErrors } from './errors.js';
import type { MessageParts, Reply } from './frame.js';
import { INSTANCE_BYTES_MAX } from './limits.js';
import type { ScriptProgram } from './script-program.js';

const expectations: Readonly<Record<ScriptKind, string>> = {
  filter: 'true or false',
  switch: 'a text or a list of texts',
  update: 'an object or a list of objects',
  generate: 'an object',
  string: 'a text',
  json: 'a JSON value',
};

/**
 * Checks what a script gave against what its kind may give (rule-engine.md §12.1). There is no truthiness.
 *
 * @param program reads the texts and errors of the sandbox
 */
export function checkReply(kind: ScriptKind, reply: Reply, program: ScriptProgram): ScriptAnswer {
  switch (reply.status) {
    case 'boolean':
      return booleanAnswer(kind, reply.value);
    case 'value':
      return valueAnswer(kind, JSON.parse(program.restore(reply.json)) as JsonValue);
    case 'messages':
      return messagesAnswer(kind, reply.isList, reply.messages, program);
    case 'threw':
      return thrown(reply.json, program);
    case 'wrong-result':
      return {
        problem: problemOf(scriptErrors.WRONG_RESULT_TYPE({ actual: told(reply.json)[0].replace(/^\w+: /, ''), expected: expectations[kind] })),
      };
    case 'argument':
      return { problem: problemOf(scriptErrors.ARGUMENT_INVALID({ reason: told(reply.json)[0] })) };
    case 'too-large':
      return { problem: problemOf(scriptErrors.RESULT_TOO_LARGE()) };
    case 'threw-null':
      return { problem: problemOf(scriptErrors.THREW({ reason: 'null was thrown' })) };
    case 'memory':
      return { problem: problemOf(scriptErrors.MEMORY_OVERFLOW({ bytesMax: INSTANCE_BYTES_MAX })) };
  }
}

const answers = { true: { result: { kind: 'filter', value: true } }, false: { result: { kind: 'filter', value: false } } } as const;

function booleanAnswer(kind: ScriptKind, value: boolean): ScriptAnswer {
  if (kind === 'filter') return value ? answers.true : answers.false;
  if (kind === 'json') return { result: { kind, value } };
  return wrongType(kind, value);
}

function valueAnswer(kind: ScriptKind, value: JsonValue): ScriptAnswer {
  switch (kind) {
    case 'filter':
      return typeof value === 'boolean' ? booleanAnswer(kind, value) : wrongType(kind, value);
    case 'string':
      return typeof value === 'string' ? { result: { kind, value } } : wrongType(kind, value);
    case 'switch':
      return switchAnswer(value);
    case 'json':
      return { result: { kind, value } };
    case 'update':
    case 'generate':
      return wrongType(kind, value);
  }
}

function switchAnswer(value: JsonValue): ScriptAnswer {
  if (typeof value === 'string') return { result: { kind: 'switch', value: [value] } };
  if (!Array.isArray(value)) return wrongType('switch', value);
  const labels = value as readonly JsonValue[];
  const stranger = labels.find((label) => typeof label !== 'string');
  if (stranger !== undefined) return wrongType('switch', stranger);
  return { result: { kind: 'switch', value: [...new Set(labels as readonly string[])] } };
}

function messagesAnswer(kind: ScriptKind, isList: boolean, parts: readonly MessageParts[], program: ScriptProgram): ScriptAnswer {
  if (kind !== 'update' && kind !== 'generate') return wrongType(kind, isList ? [] : {});
  if (kind === 'generate' && isList) return wrongType(kind, []);
  if (parts.length === 0) return { problem: problemOf(scriptErrors.RESULT_EMPTY()) };
  const messages: ScriptMessage[] = [];
  for (const part of parts) {
    const message = messageOf(part, program);
    if ('code' in message) return { problem: message };
    messages.push(message);
  }
  return { result: { kind, value: messages } };
}

function messageOf(parts: MessageParts, program: ScriptProgram): ScriptMessage | Problem {
  if (parts.message === undefined && parts.metadata === undefined && parts.type === undefined) return UNCHANGED;
  const metadata = parts.metadata === undefined ? undefined : metadataOf(JSON.parse(parts.metadata) as JsonValue);
  if (metadata !== undefined && 'problem' in metadata) return metadata.problem;
  return {
    messageText: parts.message === undefined ? undefined : program.restore(parts.message),
    metadata: metadata?.pairs,
    messageType: parts.type === undefined ? undefined : typeTextOf(JSON.parse(parts.type) as JsonValue),
  };
}

const UNCHANGED: ScriptMessage = {};

/** Numbers and booleans become their text, nulls go, anything deeper is an error. */
function metadataOf(value: JsonValue): { readonly pairs: Readonly<Record<string, string>> } | { readonly problem: Problem } {
  const wrong = (actual: JsonValue): { problem: Problem } => ({
    problem: problemOf(scriptErrors.WRONG_RESULT_TYPE({ actual: typeNameOf(actual), expected: 'metadata as an object of texts' })),
  });
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong(value);
  // Built from entries, so that a key `__proto__` stays a key.
  const pairs: [string, string][] = [];
  for (const [key, item] of Object.entries(value)) {
    if (item === null) continue;
    if (typeof item === 'object') return wrong(item);
    pairs.push([key, String(item)]);
  }
  return { pairs: Object.fromEntries(pairs) };
}

/** The text of the value; a container has none, and an empty type means unchanged. */
function typeTextOf(value: JsonValue): string | undefined {
  if (value !== null && typeof value === 'object') return undefined;
  const text = String(value);
  return text === '' ? undefined : text;
}

function thrown(json: string, { errors }: ScriptProgram): ScriptAnswer {
  const [reason, stack] = told(json);
  return { problem: problemOf(scriptErrors.THREW({ reason: errors.reasonOf(reason), ...errors.placeOf(stack) })) };
}

function told(json: string): [string, string] {
  const value = JSON.parse(json) as readonly unknown[];
  return [String(value[0]), String(value[1])];
}

function wrongType(kind: ScriptKind, value: JsonValue): ScriptAnswer {
  return { problem: problemOf(scriptErrors.WRONG_RESULT_TYPE({ actual: typeNameOf(value), expected: expectations[kind] })) };
}

/** The names ThingsBoard uses in this message. */
function typeNameOf(value: JsonValue): string {
  if (value === null) return 'NULL';
  return Array.isArray(value) ? 'ARRAY' : (typeof value).toUpperCase();
}
