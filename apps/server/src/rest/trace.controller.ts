import {
  chainsOfTrace,
  pageDataSchema,
  pageToWire,
  timeBoundsOf,
  traceHeadToWire,
  traceParametersSchema,
  traceToWire,
  wireTraceHeadSchema,
  wireTraceSchema,
  wireTraceUsageSchema,
  type ChainNames,
} from '@fieldline/api-contract';
import type { EntityId } from '@fieldline/model';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import type * as z from 'zod';
import { restErrors } from './errors.js';
import { idParams } from './id-params.js';
import type { RestDeps } from './rest-deps.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { REST_DEPS } from './tokens.js';

const area = 'Traces';

const list = defineRoute({
  method: 'GET',
  path: '/api/traces',
  area,
  summary: 'A page of the recorded paths of messages, newest first: one entry for each part.',
  permission: 'trace.read',
  query: traceParametersSchema,
  response: pageDataSchema(wireTraceHeadSchema),
});
const usage = defineRoute({
  method: 'GET',
  path: '/api/traces/usage',
  area,
  summary: 'How much is recorded, and how much was left out.',
  permission: 'trace.read',
  response: wireTraceUsageSchema,
});
const read = defineRoute({
  method: 'GET',
  path: '/api/traces/:traceId',
  area,
  summary: 'The path of one message, node by node, through all rule chains it came to.',
  permission: 'trace.read',
  params: idParams('traceId'),
  response: wireTraceSchema,
  isCompressed: true,
});

/** Recorded paths of messages through rule chains. */
@Controller()
export class TraceController {
  readonly #traces: RestDeps['traces'];
  readonly #recorder: RestDeps['recorder'];
  readonly #entities: RestDeps['entities'];

  constructor(@Inject(REST_DEPS) { traces, recorder, entities }: RestDeps) {
    this.#traces = traces;
    this.#recorder = recorder;
    this.#entities = entities;
  }

  @Handles(list)
  async list(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof list>): Promise<AnswerOf<typeof list>> {
    const { page, pageSize, textSearch, ruleChainId, reason, hasFailed } = query;
    const asked = { page, pageSize, textSearch, originator: originatorOf(query), ruleChainId, reason, hasFailed, ...timeBoundsOf(query) };
    const found = await this.#traces.traces(caller.tenantId, asked);
    const names = await this.#namesOf(caller, [...new Set(found.data.map((head) => head.ruleChainId))]);
    return pageToWire(found, (head) => traceHeadToWire(head, names));
  }

  @Handles(usage)
  async usage(@CallerOf() { tenantId }: Caller): Promise<AnswerOf<typeof usage>> {
    const { bytes, parts } = await this.#traces.traceUsage(tenantId);
    const { traces, failures, debugEvents } = await this.#recorder.leftOut(tenantId);
    return { bytes, parts, leftOut: { traces, failures, debugEvents } };
  }

  @Handles(read)
  async read(@CallerOf() caller: Caller, @Input() { params: { traceId } }: InputOf<typeof read>): Promise<AnswerOf<typeof read>> {
    const parts = await this.#traces.traceParts(caller.tenantId, traceId);
    if (parts.length === 0) throw restErrors.TRACE_NONE({ traceId });
    return traceToWire(traceId, parts, await this.#namesOf(caller, chainsOfTrace(parts)));
  }

  async #namesOf({ tenantId }: Caller, ids: readonly string[]): Promise<ChainNames> {
    const chains = await this.#entities.findInfos('ruleChain', tenantId, ids);
    return new Map(chains.map(({ id, name }) => [id, name]));
  }
}

function originatorOf({ entityType, entityId }: z.output<typeof traceParametersSchema>): EntityId | undefined {
  return entityType === undefined || entityId === undefined ? undefined : { entityType, id: entityId };
}
