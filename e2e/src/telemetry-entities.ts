// An entity of each type that has telemetry and attributes (rest-api.md §6.1).
import type { Target } from './telemetry-target.js';
import type { TelemetryWorld } from './telemetry-world.js';

export interface Made {
  readonly entity: Target;
  /** Where its time series are written: itself, or what a view shows. */
  readonly source: Target;
}

/** Keys that views show. */
export const viewedKeys = ['a', 'b', 'x,y'];

const profile = { type: 'DEFAULT', transportType: 'DEFAULT' };

/** Makes an entity of a type, without attributes and time series. */
const makers = {
  DEVICE: (world) => world.device(),
  ASSET: (world) => world.make('asset', { name: world.name() }),
  CUSTOMER: (world) => world.make('customer', { title: world.name() }),
  TENANT: (world) => world.make('tenant', { title: world.name() }, world.system),
  USER: (world) => world.make('user?sendActivationMail=false', { email: `${world.name()}@rows.example`, authority: 'TENANT_ADMIN' }),
  DASHBOARD: (world) => world.make('dashboard', { title: world.name() }),
  RULE_CHAIN: (world) => world.make('ruleChain', { name: world.name() }),
  DEVICE_PROFILE: (world) => world.make('deviceProfile', { name: world.name(), ...profile }),
  ASSET_PROFILE: (world) => world.make('assetProfile', { name: world.name() }),
  async OTA_PACKAGE(world) {
    const { reference } = await world.make('deviceProfile', { name: world.name(), ...profile });
    return world.make('otaPackage', { title: world.name(), version: '1', type: 'FIRMWARE', deviceProfileId: reference });
  },
} satisfies Record<string, (world: TelemetryWorld) => Promise<Target>>;

export const writableTypes = Object.keys(makers) as (keyof typeof makers)[];
export const types = [...writableTypes, 'ENTITY_VIEW'] as const;
export type Type = (typeof types)[number];

/** A view of a device. @param window its first and last instant; 0 is open */
export async function makeView(world: TelemetryWorld, source: Target, [startTimeMs, endTimeMs]: readonly [number, number] = [0, 0]): Promise<Target> {
  const keys = { timeseries: viewedKeys, attributes: { cs: ['model'], ss: ['model'], sh: ['model'] } };
  return world.make('entityView', { name: world.name(), type: 'v', entityId: source.reference, keys, startTimeMs, endTimeMs });
}

export async function makeEntity(world: TelemetryWorld, type: Type): Promise<Made> {
  if (type === 'ENTITY_VIEW') {
    const source = await world.device();
    return { entity: await makeView(world, source), source };
  }
  const entity = await makers[type](world);
  return { entity, source: entity };
}
