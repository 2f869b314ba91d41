import { attributeParametersSchema, attributeScopeSchema, requestedKeys, seriesRemovalParametersSchema } from '@fieldline/api-contract';
import type { SeriesRemovalParameters } from '@fieldline/api-contract';
import type { AttributeScope, EntityId } from '@fieldline/model';
import type { Caller, EntityAccess, PointRemoval } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import type * as z from 'zod';
import { contextOf } from './command-context.js';
import { restErrors } from './errors.js';
import { entityParams, idParams } from './id-params.js';
import type { RestDeps } from './rest-deps.js';
import type { InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { telemetryAccess } from './telemetry-access.js';
import { ACCESS, REST_DEPS } from './tokens.js';

const prefix = '/api/plugins/telemetry';
const scope = attributeScopeSchema.describe('Any scope, that of the client included.');
const removal = { method: 'DELETE', area: 'Telemetry', failures: 'text' } as const;

const removeDeviceAttributes = defineRoute({
  ...removal,
  path: `${prefix}/:deviceId/:scope`,
  summary: 'Removes attributes of a device.',
  permission: 'attributes.write',
  params: idParams('deviceId').extend({ scope }),
  query: attributeParametersSchema,
});
const removeEntityAttributes = defineRoute({
  ...removal,
  path: `${prefix}/:entityType/:entityId/:scope`,
  summary: 'Removes attributes of an entity.',
  permission: 'attributes.write',
  params: entityParams.extend({ scope }),
  query: attributeParametersSchema,
});
const removeSeries = defineRoute({
  ...removal,
  path: `${prefix}/:entityType/:entityId/timeseries/delete`,
  summary: 'Removes time series of an entity: all of some keys, or what lies in a range.',
  permission: 'telemetry.write',
  params: entityParams,
  query: seriesRemovalParametersSchema,
});

/** Removing attributes and time series over REST (rest-api.md §6.9, §6.10). */
@Controller()
export class TelemetryRemovalController {
  readonly #access: EntityAccess;
  readonly #deps: RestDeps;

  constructor(@Inject(ACCESS) access: EntityAccess, @Inject(REST_DEPS) deps: RestDeps) {
    this.#access = telemetryAccess(access);
    this.#deps = deps;
  }

  @Handles(removeDeviceAttributes)
  async deviceAttributes(@CallerOf() caller: Caller, @Input() { params, query }: InputOf<typeof removeDeviceAttributes>): Promise<void> {
    await this.#removeAttributes(caller, { entityType: 'DEVICE', id: params.deviceId }, params.scope, query);
  }

  @Handles(removeEntityAttributes)
  async entityAttributes(@CallerOf() caller: Caller, @Input() { params, query }: InputOf<typeof removeEntityAttributes>): Promise<void> {
    await this.#removeAttributes(caller, { entityType: params.entityType, id: params.entityId }, params.scope, query);
  }

  @Handles(removeSeries)
  async series(@CallerOf() caller: Caller, @Input() { params, query }: InputOf<typeof removeSeries>): Promise<void> {
    const entity: EntityId = { entityType: params.entityType, id: params.entityId };
    const { tenantId, name, customerId } = await this.#access.require(caller, entity, 'write-telemetry');
    if (entity.entityType === 'ENTITY_VIEW') throw restErrors.VIEW_READ_ONLY();
    const keys = namedKeys(query);
    const removed = { keys, ...rangeOf(query, this.#deps.clock.nowMs()), latest: latestOf(query) };
    await this.#deps.commands.removeTelemetry(contextOf(caller, tenantId), { entity, entityName: name, customerId, ...removed });
  }

  async #removeAttributes(caller: Caller, entity: EntityId, from: AttributeScope, query: z.output<typeof attributeParametersSchema>): Promise<void> {
    const { tenantId, name, customerId } = await this.#access.require(caller, entity, 'write-attributes');
    const keys = namedKeys(query);
    await this.#deps.commands.removeAttributes(contextOf(caller, tenantId), { entity, entityName: name, customerId, scope: from, keys });
  }
}

/** @throws REST_KEYS_NONE, CONTRACT_TOO_MANY_KEYS */
function namedKeys(query: z.output<typeof attributeParametersSchema>): readonly string[] {
  const keys = requestedKeys(query);
  if (keys.length === 0) throw restErrors.KEYS_NONE();
  return keys;
}

/** @throws REST_REMOVAL_RANGE_HALF */
function rangeOf({ deleteAllDataForKeys, startTs, endTs }: SeriesRemovalParameters, nowMs: number): Pick<PointRemoval, 'startMs' | 'endMs'> {
  if (deleteAllDataForKeys) return { startMs: 0, endMs: nowMs };
  if (startTs === undefined || endTs === undefined) throw restErrors.REMOVAL_RANGE_HALF();
  return { startMs: startTs, endMs: endTs };
}

function latestOf({ deleteLatest, rewriteLatestIfDeleted }: SeriesRemovalParameters): PointRemoval['latest'] {
  if (!deleteLatest) return 'keep';
  return rewriteLatestIfDeleted ? 'rewrite' : 'remove';
}
