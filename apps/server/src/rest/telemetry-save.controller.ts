import { attributeScopeSchema } from '@fieldline/api-contract';
import type { EntityId } from '@fieldline/model';
import type { Caller, EntityAccess } from '@fieldline/ports';
import { BodyReader } from '@fieldline/telemetry';
import { Controller, Inject } from '@nestjs/common';
import * as z from 'zod';
import { contextOf } from './command-context.js';
import { restErrors } from './errors.js';
import { entityParams, idParams } from './id-params.js';
import { TTL_SECONDS_MAX } from './limits.js';
import type { RestDeps } from './rest-deps.js';
import type { InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { telemetryAccess } from './telemetry-access.js';
import { attributeFailures, readBody, seriesFailures } from './telemetry-bodies.js';
import { ACCESS, REST_DEPS } from './tokens.js';

const area = 'Telemetry';
const prefix = '/api/plugins/telemetry';
const scope = attributeScopeSchema.describe('SERVER_SCOPE or SHARED_SCOPE.');
const attributes = z.record(z.string(), z.json()).describe('Attributes by key.');
const series = z.union([z.record(z.string(), z.json()), z.array(z.json())]).describe('`{key: value}`, `{ts, values}`, or an array of these.');
const attributeRoute = { method: 'POST', area, permission: 'attributes.write', failures: 'text', body: attributes, isBodyText: true } as const;
const seriesRoute = { method: 'POST', area, permission: 'telemetry.write', failures: 'text', body: series, isBodyText: true } as const;
const anyWord = z.string().max(255).describe('Any word; it is ignored.');

const saveDeviceAttributes = defineRoute({
  ...attributeRoute,
  path: `${prefix}/:deviceId/:scope`,
  summary: 'Saves attributes of a device.',
  params: idParams('deviceId').extend({ scope }),
});
const saveEntityAttributes = defineRoute({
  ...attributeRoute,
  path: `${prefix}/:entityType/:entityId/:scope`,
  summary: 'Saves attributes of an entity.',
  params: entityParams.extend({ scope }),
});
const saveEntityAttributesV2 = defineRoute({
  ...attributeRoute,
  path: `${prefix}/:entityType/:entityId/attributes/:scope`,
  summary: 'Saves attributes of an entity.',
  params: entityParams.extend({ scope }),
});
const saveSeries = defineRoute({
  ...seriesRoute,
  path: `${prefix}/:entityType/:entityId/timeseries/:any`,
  summary: 'Saves time series of an entity.',
  params: entityParams.extend({ any: anyWord }),
});
const saveSeriesFor = defineRoute({
  ...seriesRoute,
  path: `${prefix}/:entityType/:entityId/timeseries/:any/:ttl`,
  summary: 'Saves time series of an entity, to be kept for some seconds.',
  params: entityParams.extend({
    any: anyWord,
    ttl: z.coerce
      .number<string>('must be a number')
      .int('must be a whole number')
      .min(0, 'must not be negative')
      .max(TTL_SECONDS_MAX, `must be at most ${TTL_SECONDS_MAX}`)
      .describe('Seconds; 0: as the tenant says.'),
  }),
});

/** Writing attributes and time series over REST (rest-api.md §6.7, §6.8). */
@Controller()
export class TelemetrySaveController {
  readonly #access: EntityAccess;
  readonly #deps: RestDeps;
  readonly #bodies = new BodyReader();

  constructor(@Inject(ACCESS) access: EntityAccess, @Inject(REST_DEPS) deps: RestDeps) {
    this.#access = telemetryAccess(access);
    this.#deps = deps;
  }

  @Handles(saveDeviceAttributes)
  async deviceAttributes(@CallerOf() caller: Caller, @Input() { params, body }: InputOf<typeof saveDeviceAttributes>): Promise<void> {
    await this.#saveAttributes(caller, { entityType: 'DEVICE', id: params.deviceId }, params.scope, body);
  }

  @Handles(saveEntityAttributes)
  async entityAttributes(@CallerOf() caller: Caller, @Input() { params, body }: InputOf<typeof saveEntityAttributes>): Promise<void> {
    await this.#saveAttributes(caller, entityOf(params), params.scope, body);
  }

  @Handles(saveEntityAttributesV2)
  async entityAttributesV2(@CallerOf() caller: Caller, @Input() { params, body }: InputOf<typeof saveEntityAttributesV2>): Promise<void> {
    await this.#saveAttributes(caller, entityOf(params), params.scope, body);
  }

  @Handles(saveSeries)
  async series(@CallerOf() caller: Caller, @Input() { params, body }: InputOf<typeof saveSeries>): Promise<void> {
    await this.#saveSeries(caller, entityOf(params), body, 0);
  }

  @Handles(saveSeriesFor)
  async seriesFor(@CallerOf() caller: Caller, @Input() { params, body }: InputOf<typeof saveSeriesFor>): Promise<void> {
    await this.#saveSeries(caller, entityOf(params), body, params.ttl * 1000);
  }

  async #saveAttributes(caller: Caller, entity: EntityId, to: z.output<typeof scope>, text: string): Promise<void> {
    const { tenantId, name, customerId } = await this.#access.require(caller, entity, 'write-attributes');
    if (to === 'CLIENT_SCOPE') throw restErrors.SCOPE_NOT_WRITABLE({ scope: to });
    const values = readBody(text, attributeFailures, () => this.#bodies.attributes(text));
    if (values.length === 0) throw restErrors.ATTRIBUTES_NONE();
    await this.#deps.commands.saveAttributes(contextOf(caller, tenantId), { entity, entityName: name, customerId, scope: to, values });
  }

  async #saveSeries(caller: Caller, entity: EntityId, text: string, ttlMs: number): Promise<void> {
    const { tenantId, name, customerId } = await this.#access.require(caller, entity, 'write-telemetry');
    if (entity.entityType === 'ENTITY_VIEW') throw restErrors.VIEW_READ_ONLY();
    const points = readBody(text, seriesFailures, () => this.#bodies.points(text, this.#deps.clock.nowMs()));
    if (points.length === 0) throw restErrors.SERIES_NONE();
    await this.#deps.commands.saveTelemetry(contextOf(caller, tenantId), { entity, entityName: name, customerId, points, ttlMs });
  }
}

function entityOf({ entityType, entityId }: z.output<typeof entityParams>): EntityId {
  return { entityType, id: entityId };
}
