import {
  attributeParametersSchema,
  attributeScopeSchema,
  attributeToWire,
  keyListSchema,
  latestToWire,
  requestedKeys,
  timeSeriesParametersSchema,
  wireAttributeSchema,
  wireTimeSeriesSchema,
} from '@fieldline/api-contract';
import { visibleTo } from '@fieldline/directory';
import type { Attribute, AttributeScope } from '@fieldline/model';
import { attributeScopes } from '@fieldline/model';
import type { Caller, EntityAccess } from '@fieldline/ports';
import { Controller, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import * as z from 'zod';
import { restErrors } from './errors.js';
import { historyOf } from './history.js';
import { historyText } from './history-text.js';
import { entityParams } from './id-params.js';
import type { RestDeps } from './rest-deps.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { answerInPieces, ClientGone } from './streamed-answer.js';
import { telemetryAccess } from './telemetry-access.js';
import { ACCESS, REST_DEPS } from './tokens.js';

const area = 'Telemetry';
const prefix = '/api/plugins/telemetry/:entityType/:entityId';
const scopedParams = z.object({ ...entityParams.shape, scope: attributeScopeSchema.describe('Scope of the attributes.') });
const attributeRoute = { method: 'GET', area, permission: 'attributes.read', failures: 'text' } as const;
const seriesRoute = { method: 'GET', area, permission: 'telemetry.read', failures: 'text', params: entityParams } as const;

const attributeKeys = defineRoute({
  ...attributeRoute,
  path: `${prefix}/keys/attributes`,
  summary: 'Attribute keys of all scopes.',
  params: entityParams,
  response: keyListSchema,
});
const scopeKeys = defineRoute({
  ...attributeRoute,
  path: `${prefix}/keys/attributes/:scope`,
  summary: 'Attribute keys of one scope.',
  params: scopedParams,
  response: keyListSchema,
});
const attributeValues = defineRoute({
  ...attributeRoute,
  path: `${prefix}/values/attributes`,
  summary: 'Attributes of all scopes.',
  params: entityParams,
  query: attributeParametersSchema,
  response: z.array(wireAttributeSchema),
});
const scopeValues = defineRoute({
  ...attributeRoute,
  path: `${prefix}/values/attributes/:scope`,
  summary: 'Attributes of one scope.',
  params: scopedParams,
  query: attributeParametersSchema,
  response: z.array(wireAttributeSchema),
});
const seriesKeys = defineRoute({ ...seriesRoute, path: `${prefix}/keys/timeseries`, summary: 'Keys that have data.', response: keyListSchema });
const seriesValues = defineRoute({
  ...seriesRoute,
  path: `${prefix}/values/timeseries`,
  summary: 'Latest values; with `startTs` and `endTs` the history.',
  query: timeSeriesParametersSchema,
  response: wireTimeSeriesSchema,
  answers: 'json-pieces',
});
const seriesHistory = defineRoute({
  ...seriesRoute,
  path: `${prefix}/values/timeseries/history`,
  summary: 'The history of some keys.',
  query: timeSeriesParametersSchema,
  response: wireTimeSeriesSchema,
  answers: 'json-pieces',
});

/** Reading telemetry and attributes of any entity. */
@Controller()
export class TelemetryController {
  readonly #access: EntityAccess;
  readonly #deps: RestDeps;

  constructor(@Inject(ACCESS) access: EntityAccess, @Inject(REST_DEPS) deps: RestDeps) {
    this.#access = telemetryAccess(access);
    this.#deps = deps;
  }

  @Handles(attributeKeys)
  async attributeKeys(@CallerOf() caller: Caller, @Input() { params }: InputOf<typeof attributeKeys>): Promise<AnswerOf<typeof attributeKeys>> {
    return (await this.#attributes(caller, params, attributeScopes, [])).map(({ key }) => key);
  }

  @Handles(scopeKeys)
  async scopeKeys(@CallerOf() caller: Caller, @Input() { params }: InputOf<typeof scopeKeys>): Promise<AnswerOf<typeof scopeKeys>> {
    return (await this.#attributes(caller, params, [params.scope], [])).map(({ key }) => key);
  }

  @Handles(attributeValues)
  async attributeValues(@CallerOf() caller: Caller, @Input() input: InputOf<typeof attributeValues>): Promise<AnswerOf<typeof attributeValues>> {
    return (await this.#attributes(caller, input.params, attributeScopes, requestedKeys(input.query))).map(attributeToWire);
  }

  @Handles(scopeValues)
  async scopeValues(@CallerOf() caller: Caller, @Input() { params, query }: InputOf<typeof scopeValues>): Promise<AnswerOf<typeof scopeValues>> {
    return (await this.#attributes(caller, params, [params.scope], requestedKeys(query))).map(attributeToWire);
  }

  @Handles(seriesKeys)
  async seriesKeys(@CallerOf() caller: Caller, @Input() { params }: InputOf<typeof seriesKeys>): Promise<AnswerOf<typeof seriesKeys>> {
    const { tenantId, entity } = await this.#access.require(caller, entityOf(params), 'read-telemetry');
    return [...(await this.#deps.series.keys(tenantId, entity))];
  }

  @Handles(seriesValues)
  async seriesValues(
    @CallerOf() caller: Caller,
    @Input() input: InputOf<typeof seriesValues>,
    @Res() reply: FastifyReply,
    @ClientGone() gone: AbortSignal,
  ): Promise<void> {
    const { params, query } = input;
    if (query.startTs !== undefined && query.endTs !== undefined) return this.seriesHistory(caller, input, reply, gone);
    const { tenantId, entity } = await this.#access.require(caller, entityOf(params), 'read-telemetry');
    const keys = requestedKeys(query);
    const points = await this.#deps.series.latest(tenantId, entity, keys.length === 0 ? undefined : keys);
    await reply.send(latestToWire(points, keys, { isStrict: query.useStrictDataTypes, nowMs: this.#deps.clock.nowMs() }));
  }

  @Handles(seriesHistory)
  async seriesHistory(
    @CallerOf() caller: Caller,
    @Input() { params, query }: InputOf<typeof seriesHistory>,
    @Res() reply: FastifyReply,
    @ClientGone() gone: AbortSignal,
  ): Promise<void> {
    const { tenantId, entity } = await this.#access.require(caller, entityOf(params), 'read-telemetry');
    const { startTs, endTs } = query;
    if (startTs === undefined || endTs === undefined) throw restErrors.HISTORY_RANGE_HALF();
    const keys = requestedKeys(query);
    const read = historyOf(this.#deps.series, tenantId, entity, { ...query, startTs, endTs, keys }, gone);
    await answerInPieces(reply, historyText(keys, read, query.useStrictDataTypes), this.#deps);
  }

  async #attributes(
    caller: Caller,
    params: z.output<typeof entityParams>,
    scopes: readonly AttributeScope[],
    keys: readonly string[],
  ): Promise<readonly Attribute[]> {
    const { tenantId, entity } = await this.#access.require(caller, entityOf(params), 'read-attributes');
    const wanted = keys.length === 0 ? undefined : keys;
    const found = await Promise.all(scopes.map((scope) => this.#deps.attributes.attributes(tenantId, entity, scope, wanted)));
    return visibleTo(caller, found.flat());
  }
}

function entityOf({ entityType, entityId }: z.output<typeof entityParams>) {
  return { entityType, id: entityId };
}
