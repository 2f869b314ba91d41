import type { KaaSeries, KaaTimeSeries, TenantId } from '@fieldline/model';
import type { Caller, EntityAccess, EntityStore, ManyEntitiesReader, TelemetryCommands, TimeSeriesReader } from '@fieldline/ports';
import { applicationsOf, endpointsOf, entityOf, filterOf, requireApplication, type Application } from './applications.js';
import { lastPoints, type LastPoints } from './last-points.js';
import { ENDPOINTS_MAX } from './limits.js';
import { mergedPoints, type SeriesPoint } from './merged-points.js';
import { publishPoints, type PublishedPoints } from './publish-points.js';
import { seriesColumns } from './series-columns.js';
import { groupedValues } from './series-keys.js';
import { seriesDefinitions, type SeriesDefinition } from './series-definitions.js';

export interface EndpointSeriesDeps {
  readonly entities: Pick<EntityStore, 'findAllInfos'>;
  readonly series: TimeSeriesReader;
  readonly many: ManyEntitiesReader;
  readonly commands: Pick<TelemetryCommands, 'saveTelemetry'>;
  readonly access: EntityAccess;
  /** What was configured for an application as a whole, if anything. */
  readonly seriesOf: (tenantId: TenantId, application: string) => Promise<KaaTimeSeries | undefined>;
}

/** Which series of which endpoints are asked for; absent means all. */
export interface Wanted {
  readonly series?: readonly string[] | undefined;
  readonly endpointIds?: readonly string[] | undefined;
}

/** The endpoints in the order of their age. */
export interface LastQuery extends Wanted {
  /** Only points before it. */
  readonly beforeMs?: number | undefined;
  readonly offset?: number | undefined;
  readonly limit?: number | undefined;
}

export interface HistoryQuery extends Wanted {
  /** Half open. */
  readonly startMs: number;
  readonly endMs: number;
  readonly order: 'ASC' | 'DESC';
}

/** Some points of a series; further ones of it may follow. */
export interface HistoryPiece {
  readonly endpointId: string;
  readonly series: string;
  readonly points: readonly SeriesPoint[];
}

/** Kaa's view of time series: those of the endpoints of an application, whoever wrote them (kaa.md §5.4). */
export class EndpointSeries {
  readonly #deps: EndpointSeriesDeps;

  constructor(deps: EndpointSeriesDeps) {
    this.#deps = deps;
  }

  /** The series of each application, configured or seen; of the applications that are named and that the caller may see. */
  async definitions(caller: Caller, names: readonly string[] | undefined): Promise<ReadonlyMap<string, readonly SeriesDefinition[]>> {
    const { entities, many, seriesOf } = this.#deps;
    const { tenantId } = caller;
    const definitions = new Map<string, readonly SeriesDefinition[]>();
    for (const [name, application] of await applicationsOf(entities, tenantId)) {
      if (names !== undefined && !names.includes(name)) continue;
      const endpoints = await entities.findAllInfos('device', tenantId, filterOf(caller, application), ENDPOINTS_MAX);
      if (caller.customerId !== undefined && endpoints.length === 0) continue;
      const keys = await many.keysOfMany(tenantId, endpoints.map(entityOf));
      const configured = [await seriesOf(tenantId, name), ...application.versions.map(({ kaaSeries }) => kaaSeries)];
      definitions.set(
        name,
        seriesDefinitions(
          configured.filter((one): one is KaaSeries => one !== undefined),
          keys,
        ),
      );
    }
    return definitions;
  }

  /**
   * The last point of each series and endpoint that has one.
   *
   * @param signal ends the reads, which then fail with HISTORY_ABANDONED
   * @throws KAA_NAME_UNKNOWN, KAA_ENDPOINTS_TOO_MANY, KAA_ANSWER_TOO_LARGE
   */
  async last(caller: Caller, application: string, query: LastQuery, signal?: AbortSignal): Promise<LastPoints> {
    const found = await requireApplication(this.#deps.entities, caller, { application });
    const endpoints = await endpointsOf(this.#deps.entities, caller, found, query.endpointIds);
    const { offset = 0, limit = endpoints.length } = query;
    return lastPoints(this.#deps, caller.tenantId, endpoints.slice(offset, offset + limit), query, signal);
  }

  /**
   * The points of a time, endpoint by endpoint and series by series.
   *
   * @param signal ends the reads, which then fail with HISTORY_ABANDONED
   * @throws KAA_NAME_UNKNOWN, KAA_ENDPOINTS_TOO_MANY, HISTORY_TOO_LARGE, HISTORY_TOO_SLOW, HISTORY_BUSY
   */
  async *history(caller: Caller, application: string, query: HistoryQuery, signal?: AbortSignal): AsyncGenerator<HistoryPiece, void, undefined> {
    const { entities, series } = this.#deps;
    const found: Application = await requireApplication(entities, caller, { application });
    for (const endpoint of await endpointsOf(entities, caller, found, query.endpointIds)) {
      const entity = entityOf(endpoint);
      const byName = groupedValues(await series.keys(caller.tenantId, entity), query.series);
      for (const [name, values] of byName) {
        const { startMs, endMs, order } = query;
        const columns = seriesColumns(series, { tenantId: caller.tenantId, entity, startMs, endMs, order, name, values }, signal);
        for await (const points of mergedPoints(columns, order)) yield { endpointId: endpoint.id, series: name, points };
      }
    }
  }

  /**
   * Stores points of endpoints of the application that a version belongs to; the series need not be configured.
   *
   * @throws KAA_NAME_UNKNOWN, KAA_ENDPOINT_UNKNOWN, KAA_POINTS_TOO_MANY, KAA_VALUE_NAME_INVALID, and what `saveTelemetry` throws
   */
  publish(caller: Caller, appVersion: string, points: PublishedPoints): Promise<void> {
    return publishPoints(this.#deps, caller, appVersion, points);
  }
}
