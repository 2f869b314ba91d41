import type { CallerName } from './world.fixture.js';
import type { Things } from './things.fixture.js';

/** What a sample is made from. */
export interface Making {
  /** Makes objects of the owner the row is about. */
  readonly the: Things;
  /** Makes objects that are the caller's own, for what a request needs besides. */
  readonly mine: Things;
  readonly caller: CallerName;
  /** Email of the caller; empty for those without. */
  readonly email: string;
}

/** Inputs of a request; path and query parameters that are left out get the usual ones, by their names. */
export interface Inputs {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}
export type Sample = (making: Making) => Inputs | Promise<Inputs>;

/** Samples by `METHOD path`: one, or several with a name each. */
export type Samples = Readonly<Record<string, Sample | Readonly<Record<string, Sample>>>>;

/** The usual path and query parameters: what makes them, by name. */
export const usual: Readonly<Record<string, (making: Making) => string | Promise<string>>> = {
  deviceId: ({ the }) => the.device(),
  deviceIds: ({ the }) => the.device(),
  assetId: ({ the }) => the.asset(),
  assetIds: ({ the }) => the.asset(),
  entityViewId: ({ the }) => the.entityView(),
  entityViewIds: ({ the }) => the.entityView(),
  customerId: ({ the }) => the.customer(),
  customerIds: ({ the }) => the.customer(),
  dashboardId: ({ the }) => the.dashboard(),
  dashboardIds: ({ the }) => the.dashboard(),
  userId: ({ the }) => the.user(),
  userIds: ({ the }) => the.user(),
  alarmId: ({ the }) => the.alarm(),
  apiKeyId: ({ the }) => the.apiKey(),
  tenantId: ({ the }) => the.tenant(),
  tenantIds: ({ the }) => the.tenant(),
  deviceProfileId: ({ the }) => the.deviceProfile(),
  deviceProfileIds: ({ the }) => the.deviceProfile(),
  assetProfileId: ({ the }) => the.assetProfile(),
  assetProfileIds: ({ the }) => the.assetProfile(),
  ruleChainId: ({ the }) => the.ruleChain(),
  ruleChainIds: ({ the }) => the.ruleChain(),
  ruleNodeId: ({ the }) => the.ruleNode(),
  deadLetterIds: ({ the }) => the.deadLetter(),
  traceId: ({ the }) => the.trace(),
  queueId: ({ the }) => the.queue(),
  otaPackageId: ({ the }) => the.otaPackage(),
  tenantProfileId: ({ the }) => the.tenantProfile(),
  entityType: () => 'DEVICE',
  entityId: ({ the }) => the.device(),
  fromType: () => 'DEVICE',
  fromId: ({ the }) => the.device(),
  toType: () => 'DEVICE',
  toId: ({ the }) => the.device(),
  relationType: () => 'Contains',
  scope: () => 'SERVER_SCOPE',
  keys: () => 'a',
  any: () => 'ANY',
  ttl: () => '60',
  pageSize: () => '1000',
  page: () => '0',
};
/** Query parameters that may be left out, but without which a list would show one page only. */
export const wanted: readonly string[] = ['pageSize', 'page'];
