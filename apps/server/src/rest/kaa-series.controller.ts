import {
  kaaApplicationParametersSchema,
  kaaDefinitionParametersSchema,
  kaaDefinitionsSchema,
  kaaHistoryParametersSchema,
  kaaHistorySchema,
  kaaLastBodySchema,
  kaaLastParametersSchema,
  kaaPointsSchema,
  kaaPublishSchema,
  kaaTimeMs,
  kaaVersionParametersSchema,
} from '@fieldline/api-contract';
import type { EndpointSeries, PublishedPoints } from '@fieldline/kaa';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { kaaHistoryText, lastPointsToWire } from './kaa-points-text.js';
import type { RestDeps } from './rest-deps.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { answerInPieces, ClientGone } from './streamed-answer.js';
import { KAA_SERIES, REST_DEPS } from './tokens.js';

const base = '/epts/api/v1';
const route = { area: 'Kaa time series', permission: 'telemetry.read', failures: 'message' } as const;
const ofApplication = `${base}/applications/:application/time-series`;

const definitions = defineRoute({
  ...route,
  method: 'GET',
  path: `${base}/time-series/config`,
  summary: 'The time series of applications.',
  query: kaaDefinitionParametersSchema,
  response: kaaDefinitionsSchema,
});
const last = defineRoute({
  ...route,
  method: 'GET',
  path: `${ofApplication}/last`,
  summary: 'The last point of each time series and endpoint.',
  params: kaaApplicationParametersSchema,
  query: kaaLastParametersSchema,
  response: kaaPointsSchema,
});
const lastOfPage = defineRoute({
  ...route,
  method: 'POST',
  path: `${ofApplication}/last`,
  summary: 'The last point of each time series, for a page of endpoints.',
  params: kaaApplicationParametersSchema,
  body: kaaLastBodySchema,
  response: kaaPointsSchema,
});
const history = defineRoute({
  ...route,
  method: 'GET',
  path: `${ofApplication}/data`,
  summary: 'The points of a time.',
  params: kaaApplicationParametersSchema,
  query: kaaHistoryParametersSchema,
  response: kaaHistorySchema,
  answers: 'json-pieces',
});
const publish = defineRoute({
  ...route,
  method: 'PUT',
  path: `${base}/app-versions/:appVersion/time-series/data`,
  summary: 'Stores points of endpoints.',
  permission: 'telemetry.write',
  params: kaaVersionParametersSchema,
  body: kaaPublishSchema,
});

/** Time series as clients of Kaa read and publish them (kaa.md §5.4). */
@Controller()
export class KaaSeriesController {
  readonly #series: EndpointSeries;
  readonly #deps: RestDeps;

  constructor(@Inject(KAA_SERIES) series: EndpointSeries, @Inject(REST_DEPS) deps: RestDeps) {
    this.#series = series;
    this.#deps = deps;
  }

  @Handles(definitions)
  async definitions(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof definitions>): Promise<AnswerOf<typeof definitions>> {
    const found = await this.#series.definitions(caller, query.applicationNames);
    const told = [...found].map(([name, series]) => [name, series.map(({ values, ...one }) => ({ ...one, values: [...values] }))] as const);
    return Object.fromEntries(told);
  }

  @Handles(last)
  async last(
    @CallerOf() caller: Caller,
    @Input() { params, query }: InputOf<typeof last>,
    @ClientGone() gone: AbortSignal,
  ): Promise<AnswerOf<typeof last>> {
    const { timeSeriesName: series, endpointId: endpointIds, beforeDate } = query;
    const beforeMs = beforeDate && kaaTimeMs(beforeDate, this.#deps.clock.nowMs());
    return lastPointsToWire(await this.#series.last(caller, params.application, { series, endpointIds, beforeMs }, gone));
  }

  @Handles(lastOfPage)
  async lastOfPage(
    @CallerOf() caller: Caller,
    @Input() { params, body }: InputOf<typeof lastOfPage>,
    @ClientGone() gone: AbortSignal,
  ): Promise<AnswerOf<typeof lastOfPage>> {
    const query = {
      series: body.timeSeriesNames ?? undefined,
      endpointIds: body.endpointIDs ?? undefined,
      beforeMs: body.beforeDate ? kaaTimeMs(body.beforeDate, this.#deps.clock.nowMs()) : undefined,
      offset: body.offset ?? undefined,
      limit: body.limit ?? undefined,
    };
    return lastPointsToWire(await this.#series.last(caller, params.application, query, gone));
  }

  @Handles(history)
  async history(
    @CallerOf() caller: Caller,
    @Input() { params, query }: InputOf<typeof history>,
    @Res() reply: FastifyReply,
    @ClientGone() gone: AbortSignal,
  ): Promise<void> {
    const { timeSeriesName: series, endpointId: endpointIds, fromDate, toDate, includeTime, sort: order } = query;
    const nowMs = this.#deps.clock.nowMs();
    const [fromMs, toMs] = [kaaTimeMs(fromDate, nowMs), kaaTimeMs(toDate, nowMs)];
    const startMs = includeTime === 'from' || includeTime === 'both' ? fromMs : fromMs + 1;
    const endMs = includeTime === 'to' || includeTime === 'both' ? toMs + 1 : toMs;
    const pieces = this.#series.history(caller, params.application, { series, endpointIds, startMs, endMs, order }, gone);
    await answerInPieces(reply, kaaHistoryText(pieces), this.#deps);
  }

  @Handles(publish)
  async publish(@CallerOf() caller: Caller, @Input() { params, body }: InputOf<typeof publish>): Promise<void> {
    const points: PublishedPoints = Object.fromEntries(
      Object.entries(body).map(([endpointId, series]) => [
        endpointId,
        Object.fromEntries(Object.entries(series).map(([name, told]) => [name, told.map(({ timestamp: tsMs, values }) => ({ tsMs, values }))])),
      ]),
    );
    await this.#series.publish(caller, params.appVersion, points);
  }
}
