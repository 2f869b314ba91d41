import { scriptTestSchema, wireScriptTestSchema } from '@fieldline/api-contract';
import type { ScriptInput, ScriptMessage, ScriptResult } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import * as z from 'zod';
import type { RestDeps } from './rest-deps.js';
import type { AnswerOf, InputOf } from './route.js';
import { defineRoute, Handles, Input } from './route.js';
import { REST_DEPS } from './tokens.js';

const area = 'Rule chains';
const testScript = defineRoute({
  method: 'POST',
  path: '/api/ruleChain/testScript',
  area,
  summary: 'Runs the script of a rule node with a message. Answers 200 also where the script is wrong.',
  permission: 'rule-chain.read',
  query: z.object({ scriptLang: z.enum(['JS', 'TBEL']).default('JS').describe('Language of the script.') }),
  body: scriptTestSchema,
  response: wireScriptTestSchema,
});
const readTbelEnabled = defineRoute({
  method: 'GET',
  path: '/api/ruleChain/tbelEnabled',
  area,
  summary: 'Whether scripts in TBEL run: they always do.',
  permission: 'rule-chain.read',
  response: z.boolean(),
});

/** Scripts of rule nodes, tried out before they are deployed. */
@Controller()
export class ScriptTestController {
  readonly #deps: RestDeps;

  constructor(@Inject(REST_DEPS) deps: RestDeps) {
    this.#deps = deps;
  }

  @Handles(testScript)
  async test(@Input() { query, body }: InputOf<typeof testScript>): Promise<AnswerOf<typeof testScript>> {
    const given: ScriptInput = { messageText: body.msg, metadata: body.metadata ?? {}, messageType: body.msgType ?? '' };
    const answer = await this.#deps.scripts.test({ kind: body.scriptType, language: query.scriptLang, body: body.script }, given);
    return 'problem' in answer ? { output: '', error: answer.problem.message } : { output: outputOf(answer.result, given), error: '' };
  }

  @Handles(readTbelEnabled)
  tbelEnabled(): AnswerOf<typeof readTbelEnabled> {
    return true;
  }
}

function outputOf({ kind, value }: ScriptResult, given: ScriptInput): string {
  if (kind === 'string') return value;
  if (kind !== 'update' && kind !== 'generate') return JSON.stringify(value);
  const messages = value.map((message) => messageText(message, given));
  return messages.length === 1 ? (messages[0] as string) : `[${messages.join(',')}]`;
}

/** A message as JSON; its body stays as the script wrote it. */
function messageText(message: ScriptMessage, given: ScriptInput): string {
  const { messageText: text = given.messageText, metadata = given.metadata, messageType = given.messageType } = message;
  return `{"msg":${text},"metadata":${JSON.stringify(metadata)},"msgType":${JSON.stringify(messageType)}}`;
}
