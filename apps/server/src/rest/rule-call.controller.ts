import type { EntityId, JsonValue, TenantId } from '@fieldline/model';
import { systemTenantId } from '@fieldline/model';
import type { Caller, EntityAccess } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import * as z from 'zod';
import { restErrors } from './errors.js';
import { entityParams } from './id-params.js';
import { RULE_CALL_TIMEOUT_MAX_MS, RULE_CALL_TIMEOUT_MS } from './limits.js';
import type { RestDeps } from './rest-deps.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { ACCESS, REST_DEPS } from './tokens.js';

const route = {
  method: 'POST',
  area: 'Rule engine',
  permission: 'rule-engine.call',
  body: z.json().describe('Data of the message.'),
  isBodyText: true,
  response: z.json().describe('Data of the message that reached a node "rest call reply"; nothing where it has none.'),
  answers: 'json-text',
} as const;
const path = '/api/rule-engine';
const timeout = z.coerce
  .number<string>('must be a number')
  .int('must be a whole number')
  .min(1, 'must be greater than zero')
  .transform((ms) => Math.min(ms, RULE_CALL_TIMEOUT_MAX_MS))
  .describe(`Longest wait in milliseconds; ${RULE_CALL_TIMEOUT_MAX_MS} at most.`);
const queueName = z.string().max(255).describe('Queue of the message; one that is not there is Main.');

const callOfUser = defineRoute({
  ...route,
  path,
  summary: 'Sends a message about the calling user into the rule chain, and answers what that replies.',
});
const callOf = defineRoute({
  ...route,
  path: `${path}/:entityType/:entityId`,
  summary: 'Sends a message about an entity into its rule chain, and answers what that replies.',
  params: entityParams,
});
const callWithin = defineRoute({
  ...route,
  path: `${path}/:entityType/:entityId/:timeout`,
  summary: 'Sends a message about an entity into its rule chain, and answers what that replies in time.',
  params: entityParams.extend({ timeout }),
});
const callThrough = defineRoute({
  ...route,
  path: `${path}/:entityType/:entityId/:queueName/:timeout`,
  summary: 'Sends a message about an entity through a queue into its rule chain, and answers what that replies in time.',
  params: entityParams.extend({ queueName, timeout }),
});

/** What a message is about. */
interface Subject {
  readonly tenantId: TenantId;
  readonly originator: EntityId;
  readonly customerId: string | undefined;
  readonly queueName?: string;
}

/** Calls that rule chains answer (rest-api.md §26). */
@Controller()
export class RuleCallController {
  readonly #access: EntityAccess;
  readonly #deps: RestDeps;

  constructor(@Inject(ACCESS) access: EntityAccess, @Inject(REST_DEPS) deps: RestDeps) {
    this.#access = access;
    this.#deps = deps;
  }

  @Handles(callOfUser)
  async ofUser(
    @CallerOf() { userId, tenantId, customerId }: Caller,
    @Input() { body }: InputOf<typeof callOfUser>,
  ): Promise<AnswerOf<typeof callOfUser>> {
    return this.#call({ tenantId, originator: { entityType: 'USER', id: userId }, customerId }, body, RULE_CALL_TIMEOUT_MS);
  }

  @Handles(callOf)
  async of(@CallerOf() caller: Caller, @Input() { params, body }: InputOf<typeof callOf>): Promise<AnswerOf<typeof callOf>> {
    return this.#call(await this.#subject(caller, params), body, RULE_CALL_TIMEOUT_MS);
  }

  @Handles(callWithin)
  async within(@CallerOf() caller: Caller, @Input() { params, body }: InputOf<typeof callWithin>): Promise<AnswerOf<typeof callWithin>> {
    return this.#call(await this.#subject(caller, params), body, params.timeout);
  }

  @Handles(callThrough)
  async through(@CallerOf() caller: Caller, @Input() { params, body }: InputOf<typeof callThrough>): Promise<AnswerOf<typeof callThrough>> {
    return this.#call({ ...(await this.#subject(caller, params)), queueName: params.queueName }, body, params.timeout);
  }

  async #subject(caller: Caller, { entityType, entityId: id }: InputOf<typeof callOf>['params']): Promise<Subject> {
    const { tenantId, customerId } = await this.#access.require(caller, { entityType, id }, 'write');
    return { tenantId, originator: { entityType, id }, customerId };
  }

  async #call(subject: Subject, text: string, timeoutMs: number): Promise<string> {
    if (subject.tenantId === systemTenantId) throw restErrors.RULE_CALL_NO_CHAINS();
    const data = jsonOf(text);
    if (data === undefined) throw restErrors.RULE_CALL_NOT_JSON();
    const reply = await this.#deps.ruleCalls.reply(subject.tenantId, timeoutMs, (metadata) =>
      this.#deps.messages.send([{ ...subject, type: 'REST_API_REQUEST', metadata, data, text }]),
    );
    if (reply !== '' && jsonOf(reply) === undefined) throw restErrors.RULE_CALL_REPLY_UNFIT();
    return reply;
  }
}

/** Undefined where the text is none. */
function jsonOf(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
