import { AlarmComments } from '@fieldline/alarms';
import { nodeCatalogue } from '@fieldline/api-contract';
import type { DirectoryDeps } from '@fieldline/directory';
import {
  assignErrors,
  AssetProfiles,
  Assets,
  Assignments,
  Customers,
  DashboardAssignments,
  Dashboards,
  DeviceClaims,
  deviceErrors,
  DeviceProfiles,
  Devices,
  entityAccess,
  Events,
  EntityQuestions,
  EntityViews,
  HomeDashboards,
  kaaSeriesOfApplication,
  KaaSettings,
  OtaFiles,
  OtaPackages,
  Queues,
  Relations,
  RuleChains,
  TenantProfiles,
  Tenants,
  TopicMappings,
  UserActivation,
  UserDashboardsStore,
  Users,
  UserSettingsStore,
  viewedMany,
  viewedSeries,
} from '@fieldline/directory';
import type { IdentityDeps } from '@fieldline/identity';
import { Activation, ApiKeys, Identity, identityDeps, PasswordReset, SystemAdministration } from '@fieldline/identity';
import { settingsSchema } from '@fieldline/plugin-sdk/host';
import { EndpointSeries } from '@fieldline/kaa';
import type { EntityAccess } from '@fieldline/ports';
import type { DynamicModule, FactoryProvider } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { runningHash } from '../security/running-hash.js';
import { AlarmViews } from './alarm-views.js';
import { componentOf, nodeChecks } from './components.js';
import { controllers } from './controllers.js';
import { PublicUrl } from './public-url.js';
import { OTA_BYTES_MAX } from './limits.js';
import type { RestDeps } from './rest-deps.js';
import {
  ASSET_ASSIGNMENTS,
  ASSET_PROFILES,
  ASSETS,
  DIRECTORY_DEPS,
  ENTITY_VIEW_ASSIGNMENTS,
  ENTITY_QUESTIONS,
  ENTITY_VIEWS,
  ACCESS,
  ALARM_COMMENTS,
  ALARM_VIEWS,
  COMPONENTS,
  CUSTOMERS,
  DASHBOARD_ASSIGNMENTS,
  DASHBOARDS,
  DEVICE_ASSIGNMENTS,
  DEVICE_CLAIMS,
  DEVICE_PROFILES,
  DEVICES,
  HOME_DASHBOARDS,
  KAA_SERIES,
  KAA_SETTINGS,
  EVENTS,
  IDENTITY,
  IDENTITY_DEPS,
  ACTIVATION,
  ADMINISTRATION,
  API_KEYS,
  PASSWORD_RESET,
  PUBLIC_URL,
  USERS,
  USER_ACTIVATION,
  USER_SETTINGS,
  USER_DASHBOARDS,
  NODE_CATALOGUE,
  OTA_FILES,
  OTA_PACKAGES,
  QUEUES,
  RELATIONS,
  REST_DEPS,
  RULE_CHAINS,
  TENANT_PROFILES,
  TENANTS,
  TOPIC_MAPPINGS,
} from './tokens.js';

const directoryDeps = (deps: RestDeps, access: EntityAccess): DirectoryDeps => ({ ...deps, access, data: deps.commands });

const providers: FactoryProvider[] = [
  { provide: IDENTITY_DEPS, inject: [REST_DEPS], useFactory: (deps: RestDeps) => identityDeps(deps) },
  { provide: IDENTITY, inject: [IDENTITY_DEPS], useFactory: (deps: IdentityDeps) => new Identity(deps) },
  { provide: ACTIVATION, inject: [IDENTITY_DEPS, IDENTITY], useFactory: (deps: IdentityDeps, identity: Identity) => new Activation(deps, identity) },
  { provide: PASSWORD_RESET, inject: [IDENTITY_DEPS], useFactory: (deps: IdentityDeps) => new PasswordReset(deps) },
  { provide: ADMINISTRATION, inject: [IDENTITY_DEPS], useFactory: (deps: IdentityDeps) => new SystemAdministration(deps) },
  { provide: API_KEYS, inject: [IDENTITY_DEPS, ACCESS], useFactory: (deps: IdentityDeps, access: EntityAccess) => new ApiKeys(deps, access) },
  {
    provide: PUBLIC_URL,
    inject: [REST_DEPS, IDENTITY_DEPS],
    useFactory: (rest: RestDeps, { settings }: IdentityDeps) => new PublicUrl(rest.publicUrl, settings, () => rest.endpoints().http),
  },
  { provide: USERS, inject: [DIRECTORY_DEPS], useFactory: (deps: DirectoryDeps) => new Users(deps) },
  {
    provide: USER_ACTIVATION,
    inject: [DIRECTORY_DEPS, USERS, REST_DEPS],
    useFactory: (deps: DirectoryDeps, users: Users, { mail }: RestDeps) => new UserActivation(deps, users, mail),
  },
  { provide: USER_SETTINGS, inject: [DIRECTORY_DEPS], useFactory: (deps: DirectoryDeps) => new UserSettingsStore(deps) },
  {
    provide: USER_DASHBOARDS,
    inject: [DIRECTORY_DEPS, USER_SETTINGS],
    useFactory: (deps: DirectoryDeps, settings: UserSettingsStore) => new UserDashboardsStore(deps, settings),
  },
  { provide: ACCESS, inject: [REST_DEPS], useFactory: (deps: RestDeps) => entityAccess(deps.entities) },
  { provide: DIRECTORY_DEPS, inject: [REST_DEPS, ACCESS], useFactory: directoryDeps },
  { provide: EVENTS, inject: [DIRECTORY_DEPS], useFactory: (deps: DirectoryDeps) => new Events(deps) },
  { provide: TENANTS, inject: [DIRECTORY_DEPS], useFactory: (deps: DirectoryDeps) => new Tenants(deps) },
  { provide: TENANT_PROFILES, inject: [DIRECTORY_DEPS], useFactory: (deps: DirectoryDeps) => new TenantProfiles(deps) },
  { provide: CUSTOMERS, inject: [DIRECTORY_DEPS], useFactory: (deps: DirectoryDeps) => new Customers(deps) },
  { provide: DASHBOARDS, inject: [DIRECTORY_DEPS], useFactory: (deps: DirectoryDeps) => new Dashboards(deps) },
  { provide: DASHBOARD_ASSIGNMENTS, inject: [DIRECTORY_DEPS], useFactory: (deps: DirectoryDeps) => new DashboardAssignments(deps) },
  { provide: HOME_DASHBOARDS, inject: [DIRECTORY_DEPS], useFactory: (deps: DirectoryDeps) => new HomeDashboards(deps) },
  { provide: OTA_PACKAGES, inject: [DIRECTORY_DEPS], useFactory: (deps: DirectoryDeps) => new OtaPackages(deps) },
  {
    provide: OTA_FILES,
    inject: [DIRECTORY_DEPS, REST_DEPS],
    useFactory: (deps: DirectoryDeps, { otaBytesMax = OTA_BYTES_MAX }: RestDeps) => new OtaFiles({ ...deps, newHash: runningHash, otaBytesMax }),
  },
  { provide: QUEUES, inject: [DIRECTORY_DEPS], useFactory: (deps: DirectoryDeps) => new Queues(deps) },
  { provide: RELATIONS, inject: [DIRECTORY_DEPS], useFactory: (deps: DirectoryDeps) => new Relations(deps) },
  {
    provide: ENTITY_QUESTIONS,
    inject: [REST_DEPS, ACCESS],
    useFactory: (deps: RestDeps, access: EntityAccess) => new EntityQuestions({ ...deps, access }),
  },
  { provide: TOPIC_MAPPINGS, inject: [DIRECTORY_DEPS], useFactory: (deps: DirectoryDeps) => new TopicMappings(deps) },
  { provide: KAA_SETTINGS, inject: [DIRECTORY_DEPS], useFactory: (deps: DirectoryDeps) => new KaaSettings(deps) },
  {
    provide: KAA_SERIES,
    inject: [REST_DEPS, ACCESS],
    useFactory: (deps: RestDeps, access: EntityAccess) =>
      new EndpointSeries({ ...deps, access, seriesOf: (tenantId, application) => kaaSeriesOfApplication(deps.entities, tenantId, application) }),
  },
  { provide: ASSETS, inject: [DIRECTORY_DEPS], useFactory: (deps: DirectoryDeps) => new Assets(deps) },
  { provide: ASSET_PROFILES, inject: [DIRECTORY_DEPS], useFactory: (deps: DirectoryDeps) => new AssetProfiles(deps) },
  {
    provide: ASSET_ASSIGNMENTS,
    inject: [DIRECTORY_DEPS],
    useFactory: (deps: DirectoryDeps) => new Assignments(deps, 'asset', assignErrors.ASSET_NOT_ASSIGNED),
  },
  { provide: ENTITY_VIEWS, inject: [DIRECTORY_DEPS], useFactory: (deps: DirectoryDeps) => new EntityViews(deps) },
  {
    provide: ENTITY_VIEW_ASSIGNMENTS,
    inject: [DIRECTORY_DEPS],
    useFactory: (deps: DirectoryDeps) => new Assignments(deps, 'entityView', assignErrors.VIEW_NOT_ASSIGNED),
  },
  { provide: DEVICES, inject: [DIRECTORY_DEPS], useFactory: (deps: DirectoryDeps) => new Devices(deps) },
  {
    provide: DEVICE_ASSIGNMENTS,
    inject: [DIRECTORY_DEPS],
    useFactory: (deps: DirectoryDeps) => new Assignments(deps, 'device', deviceErrors.DEVICE_NOT_ASSIGNED),
  },
  {
    provide: DEVICE_CLAIMS,
    inject: [DIRECTORY_DEPS, REST_DEPS],
    useFactory: (deps: DirectoryDeps, { attributes }: RestDeps) => new DeviceClaims(deps, attributes),
  },
  { provide: DEVICE_PROFILES, inject: [DIRECTORY_DEPS], useFactory: (deps: DirectoryDeps) => new DeviceProfiles(deps) },
  {
    provide: RULE_CHAINS,
    inject: [REST_DEPS, ACCESS],
    useFactory: (deps: RestDeps, access: EntityAccess) => new RuleChains({ ...directoryDeps(deps, access), catalogue: nodeChecks(deps.definitions) }),
  },
  {
    provide: ALARM_VIEWS,
    inject: [REST_DEPS, ACCESS],
    useFactory: (deps: RestDeps, access: EntityAccess) => new AlarmViews(deps.alarms, access, deps.entities),
  },
  { provide: ALARM_COMMENTS, inject: [REST_DEPS], useFactory: (deps: RestDeps) => new AlarmComments(deps) },
  { provide: NODE_CATALOGUE, inject: [REST_DEPS], useFactory: (deps: RestDeps) => nodeCatalogue(deps.definitions, settingsSchema) },
  {
    provide: COMPONENTS,
    inject: [REST_DEPS],
    useFactory: (deps: RestDeps) => deps.definitions.map((definition) => componentOf(definition, deps.pluginOf?.(definition.type))),
  },
];

@Module({})
// Nest wants a class for a module, and this one has nothing but its metadata.
export class RestModule {
  static for(deps: RestDeps): DynamicModule {
    const series = viewedSeries(deps.series, deps.entities);
    return {
      module: RestModule,
      imports: [...(deps.modules ?? [])],
      controllers: [...controllers],
      providers: [{ provide: REST_DEPS, useValue: { ...deps, series, many: viewedMany(deps.many, series) } }, ...providers],
    };
  }
}
