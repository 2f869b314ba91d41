import {
  deadLetterParametersSchema,
  deadLetterReplayedSchema,
  deadLetterReplaySchema,
  deadLetterToWire,
  idListSchema,
  pageDataSchema,
  pageToWire,
  timeBoundsOf,
  wireDeadLetterCountSchema,
  wireDeadLetterSchema,
} from '@fieldline/api-contract';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import * as z from 'zod';
import type { RestDeps } from './rest-deps.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { REST_DEPS } from './tokens.js';

const area = 'Dead letters';

const list = defineRoute({
  method: 'GET',
  path: '/api/deadLetters',
  area,
  summary: 'A page of the messages that failed for good, newest first.',
  permission: 'dead-letter.read',
  query: deadLetterParametersSchema,
  response: pageDataSchema(wireDeadLetterSchema),
});
const counts = defineRoute({
  method: 'GET',
  path: '/api/deadLetters/counts',
  area,
  summary: 'How many dead letters each rule chain has.',
  permission: 'dead-letter.read',
  response: z.array(wireDeadLetterCountSchema),
});
const replay = defineRoute({
  method: 'POST',
  path: '/api/deadLetters/replay',
  area,
  summary: 'Sends messages through their rule chain once more; what fails again is a dead letter again.',
  permission: 'dead-letter.write',
  body: deadLetterReplaySchema,
  response: deadLetterReplayedSchema,
});
const remove = defineRoute({
  method: 'DELETE',
  path: '/api/deadLetters',
  area,
  summary: 'Removes dead letters.',
  permission: 'dead-letter.write',
  query: z.object({ deadLetterIds: idListSchema }),
});

/** Messages that failed and led nowhere, kept with their errors. */
@Controller()
export class DeadLetterController {
  readonly #letters: RestDeps['letters'];
  readonly #commands: RestDeps['letterCommands'];

  constructor(@Inject(REST_DEPS) { letters, letterCommands }: RestDeps) {
    this.#letters = letters;
    this.#commands = letterCommands;
  }

  @Handles(list)
  async list(@CallerOf() { tenantId }: Caller, @Input() { query }: InputOf<typeof list>): Promise<AnswerOf<typeof list>> {
    const { page, pageSize, textSearch, ruleChainId, ruleNodeId, code } = query;
    const asked = { page, pageSize, textSearch, ruleChainId, ruleNodeId, code, ...timeBoundsOf(query) };
    return pageToWire(await this.#letters.deadLetters(tenantId, asked), deadLetterToWire);
  }

  @Handles(counts)
  async counts(@CallerOf() { tenantId }: Caller): Promise<AnswerOf<typeof counts>> {
    const found = await this.#letters.deadLetterCounts(tenantId);
    return found.map(({ ruleChainId, count }) => ({ ruleChainId: ruleChainId === '' ? null : ruleChainId, count }));
  }

  @Handles(replay)
  async replay(@CallerOf() { tenantId }: Caller, @Input() { body }: InputOf<typeof replay>): Promise<AnswerOf<typeof replay>> {
    const replayed = await this.#commands.replay(tenantId, body.ids, body.from);
    const isReplayed = new Set(replayed);
    return { replayed: [...replayed], left: body.ids.filter((id) => !isReplayed.has(id)) };
  }

  @Handles(remove)
  async remove(@CallerOf() { tenantId }: Caller, @Input() { query }: InputOf<typeof remove>): Promise<void> {
    await this.#commands.remove(tenantId, query.deadLetterIds);
  }
}
