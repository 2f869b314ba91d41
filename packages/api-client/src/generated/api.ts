// Generated from the OpenAPI document of the server by dev/generate-api-client.ts. Do not edit.
export type AdminSettings = {
  /** Id of the settings; null where they were never saved. */
  id: AdminSettingsId | null;
  /** When they were first saved, in milliseconds since 1970; 0 where never. */
  createdTime: number;
  /** Always the system tenant. */
  tenantId: TenantId;
  /** Which settings. */
  key: 'general' | 'mail';
  /** The settings, without secrets. */
  jsonValue: { [name: string]: unknown };
};
export type AdminSettingsId = {
  /** Type of the entity. */
  entityType: 'ADMIN_SETTINGS';
  /** UUID. */
  id: string;
};
export type AdminSettingsSave = {
  /** Ignored: the key says which. */
  id?: IdReference | null;
  /** Which settings. */
  key: 'general' | 'mail';
  /** The settings. */
  jsonValue: { [name: string]: unknown };
};
export type Alarm = {
  /** Id of the alarm. */
  id: AlarmId;
  /** When it was first raised, by our clock. */
  createdTime: number;
  /** Tenant of the alarm. */
  tenantId: TenantId;
  /** Customer of the originator when it was created. */
  customerId: CustomerId | null;
  /** What is wrong. */
  type: string;
  /** Entity the alarm is about. */
  originator: EntityId;
  /** How bad it is. */
  severity: 'CRITICAL' | 'MAJOR' | 'MINOR' | 'WARNING' | 'INDETERMINATE';
  /** Whether somebody acknowledged it. */
  acknowledged: boolean;
  /** Whether it is over. */
  cleared: boolean;
  /** User who takes care of it. */
  assigneeId: UserId | null;
  /** Time of the first reading that raised it. */
  startTs: number;
  /** Time of the last reading that confirmed it. */
  endTs: number;
  /** When it was acknowledged; 0 while it is not. */
  ackTs: number;
  /** When it was cleared; 0 while it is not. */
  clearTs: number;
  /** When it was last assigned or unassigned; 0 if never. */
  assignTs: number;
  /** Whatever the rule chain tells the operator. */
  details: unknown;
  /** Shown at entities related to the originator. */
  propagate: boolean;
  /** Shown at the owner of the originator. */
  propagateToOwner: boolean;
  /** Shown at the tenant. */
  propagateToTenant: boolean;
  /** Entity relations to follow; empty means all. */
  propagateRelationTypes: string[];
  /** Always the type. */
  name: string;
  /** Derived from acknowledged and cleared. */
  status: 'ACTIVE_UNACK' | 'ACTIVE_ACK' | 'CLEARED_UNACK' | 'CLEARED_ACK';
};
export type AlarmComment = {
  /** Id of the comment. */
  id: {
    /** UUID. */
    id: string;
  };
  /** When it was written, in milliseconds since 1970. */
  createdTime: number;
  /** Alarm it is about. */
  alarmId: AlarmId;
  /** Author; null where we made it. */
  userId: UserId | null;
  /** SYSTEM where we made it. */
  type: 'OTHER' | 'SYSTEM';
  /** `text`, and for system comments what happened. */
  comment: { [name: string]: unknown };
  /** Always the comment as JSON text. */
  name: string;
};
export type AlarmCommentInfo = {
  /** Id of the comment. */
  id: {
    /** UUID. */
    id: string;
  };
  /** When it was written, in milliseconds since 1970. */
  createdTime: number;
  /** Alarm it is about. */
  alarmId: AlarmId;
  /** Author; null where we made it. */
  userId: UserId | null;
  /** SYSTEM where we made it. */
  type: 'OTHER' | 'SYSTEM';
  /** `text`, and for system comments what happened. */
  comment: { [name: string]: unknown };
  /** Always the comment as JSON text. */
  name: string;
  /** Given name of the author. */
  firstName: string | null;
  /** Family name of the author. */
  lastName: string | null;
  /** Email of the author. */
  email: string | null;
};
export type AlarmCommentSave = {
  /** Comment to edit. */
  id?: IdReference | null;
  /** `text`, and whatever else the client wants to keep. */
  comment?: { [name: string]: unknown } | null;
};
export type AlarmCountQuery = {
  /** Which entities. */
  entityFilter?: EntityFilter | null;
  /** Conditions on their values. */
  keyFilters?: KeyFilter[] | null;
  /** Whether all conditions must hold or any; AND unless said otherwise. */
  keyFiltersOperation?: ('AND' | 'OR') | null;
  /** Created at or after this instant; 0 is open. */
  startTs?: number | null;
  /** Created at or before this instant; 0 is open. */
  endTs?: number | null;
  /** Length from `startTs` on, or up to now; 0 is none. */
  timeWindow?: number | null;
  /** Types; any if empty. */
  typeList?: string[] | null;
  /** Parts of the status. */
  statusList?: ('ANY' | 'ACTIVE' | 'CLEARED' | 'ACK' | 'UNACK')[] | null;
  /** Severities; any if empty. */
  severityList?: ('CRITICAL' | 'MAJOR' | 'MINOR' | 'WARNING' | 'INDETERMINATE')[] | null;
  /** Those propagated to the entities too. */
  searchPropagatedAlarms?: boolean | null;
  /** User who takes care of it. */
  assigneeId?: {
    /** UUID. */
    id: string;
  } | null;
};
export type AlarmData = {
  /** Id of the alarm. */
  id: AlarmId;
  /** When it was first raised, by our clock. */
  createdTime: number;
  /** Tenant of the alarm. */
  tenantId: TenantId;
  /** Customer of the originator when it was created. */
  customerId: CustomerId | null;
  /** What is wrong. */
  type: string;
  /** Entity the alarm is about. */
  originator: EntityId;
  /** How bad it is. */
  severity: 'CRITICAL' | 'MAJOR' | 'MINOR' | 'WARNING' | 'INDETERMINATE';
  /** Whether somebody acknowledged it. */
  acknowledged: boolean;
  /** Whether it is over. */
  cleared: boolean;
  /** User who takes care of it. */
  assigneeId: UserId | null;
  /** Time of the first reading that raised it. */
  startTs: number;
  /** Time of the last reading that confirmed it. */
  endTs: number;
  /** When it was acknowledged; 0 while it is not. */
  ackTs: number;
  /** When it was cleared; 0 while it is not. */
  clearTs: number;
  /** When it was last assigned or unassigned; 0 if never. */
  assignTs: number;
  /** Whatever the rule chain tells the operator. */
  details: unknown;
  /** Shown at entities related to the originator. */
  propagate: boolean;
  /** Shown at the owner of the originator. */
  propagateToOwner: boolean;
  /** Shown at the tenant. */
  propagateToTenant: boolean;
  /** Entity relations to follow; empty means all. */
  propagateRelationTypes: string[];
  /** Always the type. */
  name: string;
  /** Derived from acknowledged and cleared. */
  status: 'ACTIVE_UNACK' | 'ACTIVE_ACK' | 'CLEARED_UNACK' | 'CLEARED_ACK';
  /** Name of the originator; "Deleted" where it is gone. */
  originatorName: string;
  /** Its label. */
  originatorLabel: string | null;
  /** Label, or name where there is none. */
  originatorDisplayName: string;
  /** Who takes care of it. */
  assignee: { id: UserId; firstName: string | null; lastName: string | null; email: string } | null;
  /** The entity through which the alarm was found. */
  entityId: EntityId;
  /** The values asked for, by type of key and key. */
  latest: {
    [name: string]: {
      [name: string]: {
        /** Time of the value. */
        ts: number;
        /** The value as text. */
        value: string;
      };
    };
  };
};
export type AlarmDataQuery = {
  /** Which entities. */
  entityFilter?: EntityFilter | null;
  /** Conditions on their values. */
  keyFilters?: KeyFilter[] | null;
  /** Whether all conditions must hold or any; AND unless said otherwise. */
  keyFiltersOperation?: ('AND' | 'OR') | null;
  /** Which alarms, and which part of the answer. */
  pageLink?: {
    /** Rows of a page. */
    pageSize: number;
    /** Page, counted from 0. */
    page?: number | null;
    /** Part of the columns, in any case. */
    textSearch?: string | null;
    /** Kept for the client. */
    dynamic?: boolean | null;
    /** Order of the rows. */
    sortOrder?: {
      /** What to sort by. */
      key: QueryKey;
      /** ASC unless said otherwise. */
      direction?: ('ASC' | 'DESC') | null;
    } | null;
    /** Created at or after this instant; 0 is open. */
    startTs?: number | null;
    /** Created at or before this instant; 0 is open. */
    endTs?: number | null;
    /** Length from `startTs` on, or up to now; 0 is none. */
    timeWindow?: number | null;
    /** Types; any if empty. */
    typeList?: string[] | null;
    /** Parts of the status. */
    statusList?: ('ANY' | 'ACTIVE' | 'CLEARED' | 'ACK' | 'UNACK')[] | null;
    /** Severities; any if empty. */
    severityList?: ('CRITICAL' | 'MAJOR' | 'MINOR' | 'WARNING' | 'INDETERMINATE')[] | null;
    /** Those propagated to the entities too. */
    searchPropagatedAlarms?: boolean | null;
    /** User who takes care of it. */
    assigneeId?: {
      /** UUID. */
      id: string;
    } | null;
  } | null;
  /** Fields of the alarms that are searched. */
  alarmFields?: QueryKey[] | null;
  /** Fields of the entities to answer. */
  entityFields?: QueryKey[] | null;
  /** Attributes and latest telemetry of the entities to answer. */
  latestValues?: QueryKey[] | null;
};
export type AlarmId = {
  /** Type of the entity. */
  entityType: 'ALARM';
  /** UUID. */
  id: string;
};
export type AlarmInfo = {
  /** Id of the alarm. */
  id: AlarmId;
  /** When it was first raised, by our clock. */
  createdTime: number;
  /** Tenant of the alarm. */
  tenantId: TenantId;
  /** Customer of the originator when it was created. */
  customerId: CustomerId | null;
  /** What is wrong. */
  type: string;
  /** Entity the alarm is about. */
  originator: EntityId;
  /** How bad it is. */
  severity: 'CRITICAL' | 'MAJOR' | 'MINOR' | 'WARNING' | 'INDETERMINATE';
  /** Whether somebody acknowledged it. */
  acknowledged: boolean;
  /** Whether it is over. */
  cleared: boolean;
  /** User who takes care of it. */
  assigneeId: UserId | null;
  /** Time of the first reading that raised it. */
  startTs: number;
  /** Time of the last reading that confirmed it. */
  endTs: number;
  /** When it was acknowledged; 0 while it is not. */
  ackTs: number;
  /** When it was cleared; 0 while it is not. */
  clearTs: number;
  /** When it was last assigned or unassigned; 0 if never. */
  assignTs: number;
  /** Whatever the rule chain tells the operator. */
  details: unknown;
  /** Shown at entities related to the originator. */
  propagate: boolean;
  /** Shown at the owner of the originator. */
  propagateToOwner: boolean;
  /** Shown at the tenant. */
  propagateToTenant: boolean;
  /** Entity relations to follow; empty means all. */
  propagateRelationTypes: string[];
  /** Always the type. */
  name: string;
  /** Derived from acknowledged and cleared. */
  status: 'ACTIVE_UNACK' | 'ACTIVE_ACK' | 'CLEARED_UNACK' | 'CLEARED_ACK';
  /** Name of the originator; "Deleted" where it is gone. */
  originatorName: string;
  /** Its label. */
  originatorLabel: string | null;
  /** Label, or name where there is none. */
  originatorDisplayName: string;
  /** Who takes care of it. */
  assignee: { id: UserId; firstName: string | null; lastName: string | null; email: string } | null;
};
export type AlarmSave = {
  /** Alarm to change. */
  id?: IdReference | null;
  /** What is wrong. */
  type: string;
  /** Entity the alarm is about. */
  originator: {
    /** Type of the entity. */
    entityType: EntityType;
    /** UUID. */
    id: string;
  };
  /** Customer of the originator; any other is refused. */
  customerId?: IdReference | null;
  /** How bad it is. */
  severity: 'CRITICAL' | 'MAJOR' | 'MINOR' | 'WARNING' | 'INDETERMINATE';
  /** True acknowledges it; false changes nothing. */
  acknowledged?: boolean | null;
  /** True clears it; false changes nothing. */
  cleared?: boolean | null;
  /** Who takes care of it; absent takes the assignee away. */
  assigneeId?: IdReference | null;
  /** Time of the first reading that raised it; absent means now. */
  startTs?: number | null;
  /** Time of the last reading that confirmed it; absent means the start. */
  endTs?: number | null;
  /** When it was acknowledged; absent means now. */
  ackTs?: number | null;
  /** When it was cleared; absent means now. */
  clearTs?: number | null;
  /** Whatever the operator should know. */
  details?: unknown;
  /** Show it at entities related to the originator. */
  propagate?: boolean | null;
  /** Show it at the owner of the originator. */
  propagateToOwner?: boolean | null;
  /** Show it at the tenant. */
  propagateToTenant?: boolean | null;
  /** Entity relations to follow; empty means all. */
  propagateRelationTypes?: string[] | null;
};
export type AlarmShelve = {
  /** Why nobody needs to see it. */
  reason: string;
  /** When it comes back by itself, in milliseconds since 1970; at most 30 days ahead. */
  untilTs: number;
};
export type ApiKey = {
  /** Id of the key. */
  id: ApiKeyId;
  /** When it was created, in milliseconds since 1970. */
  createdTime: number;
  /** Tenant of its user. */
  tenantId: TenantId;
  /** User it acts as. */
  userId: UserId;
  /** When it ends, in milliseconds since 1970; 0 means never. */
  expirationTime: number;
  /** For people. */
  description: string | null;
  /** Whether it may be used. */
  enabled: boolean;
  /** Whether its time is over. */
  expired: boolean;
  /** Send it as `X-Authorization: ApiKey …`. It is shown only now. */
  value: string;
};
export type ApiKeyId = {
  /** Type of the entity. */
  entityType: 'API_KEY';
  /** UUID. */
  id: string;
};
export type ApiKeyInfo = {
  /** Id of the key. */
  id: ApiKeyId;
  /** When it was created, in milliseconds since 1970. */
  createdTime: number;
  /** Tenant of its user. */
  tenantId: TenantId;
  /** User it acts as. */
  userId: UserId;
  /** When it ends, in milliseconds since 1970; 0 means never. */
  expirationTime: number;
  /** For people. */
  description: string | null;
  /** Whether it may be used. */
  enabled: boolean;
  /** Whether its time is over. */
  expired: boolean;
};
export type ApiKeySave = {
  /** User the key acts as; absent is the caller. */
  userId?: IdReference | null;
  /** For people. */
  description?: string | null;
  /** False keeps the holder out; absent is true. */
  enabled?: boolean | null;
  /** When the key ends, in milliseconds since 1970; absent or 0 means never. */
  expirationTime?: number | null;
};
export type Asset = {
  /** Id of the asset. */
  id: AssetId;
  /** When it was created, in milliseconds since 1970. */
  createdTime: number;
  /** Tenant of the asset. */
  tenantId: TenantId;
  /** Customer it is assigned to; the null UUID for none. */
  customerId: CustomerId;
  /** Name, unique in the tenant. */
  name: string;
  /** Name of the asset profile. */
  type: string;
  /** Name for people. */
  label: string | null;
  /** Profile of the asset. */
  assetProfileId: AssetProfileId;
  /** Not used yet. */
  externalId: null;
  /** Counts up with every change. */
  version: number;
  /** Free JSON; `description` by convention. */
  additionalInfo: { [name: string]: unknown } | null;
};
export type AssetId = {
  /** Type of the entity. */
  entityType: 'ASSET';
  /** UUID. */
  id: string;
};
export type AssetInfo = {
  /** Id of the asset. */
  id: AssetId;
  /** When it was created, in milliseconds since 1970. */
  createdTime: number;
  /** Tenant of the asset. */
  tenantId: TenantId;
  /** Customer it is assigned to; the null UUID for none. */
  customerId: CustomerId;
  /** Name, unique in the tenant. */
  name: string;
  /** Name of the asset profile. */
  type: string;
  /** Name for people. */
  label: string | null;
  /** Profile of the asset. */
  assetProfileId: AssetProfileId;
  /** Not used yet. */
  externalId: null;
  /** Counts up with every change. */
  version: number;
  /** Free JSON; `description` by convention. */
  additionalInfo: { [name: string]: unknown } | null;
  /** Title of the customer; null if unassigned. */
  customerTitle: string | null;
  /** Whether anybody may see the entity. */
  customerIsPublic: boolean;
  /** Name of the profile. */
  assetProfileName: string;
};
export type AssetProfile = {
  /** Id of the profile. */
  id: AssetProfileId;
  /** When it was created, in milliseconds since 1970. */
  createdTime: number;
  /** Tenant of the profile. */
  tenantId: TenantId;
  /** Name, unique in the tenant. */
  name: string;
  /** For people. */
  description: string | null;
  /** Picture as a data URL or address. */
  image: string | null;
  /** Taken by assets that name no profile. */
  default: boolean;
  /** Rule chain for messages of these assets; null means the root chain. */
  defaultRuleChainId: RuleChainId | null;
  /** Dashboard that shows one such asset. */
  defaultDashboardId: DashboardId | null;
  /** Queue for messages of these assets. */
  defaultQueueName: string | null;
  /** Rule chain on an edge; kept as it came. */
  defaultEdgeRuleChainId: RuleChainId | null;
  /** Not used yet. */
  externalId: null;
  /** Days that points are kept whose message does not say it; absent means as long as the tenant profile says. */
  telemetryTtlDays?: number;
  /** Counts up with every change. */
  version: number;
};
export type AssetProfileId = {
  /** Type of the entity. */
  entityType: 'ASSET_PROFILE';
  /** UUID. */
  id: string;
};
export type AssetProfileInfo = {
  /** Id of the profile. */
  id: AssetProfileId;
  /** Name. */
  name: string;
  /** Picture as a data URL or address. */
  image: string | null;
  /** Dashboard that shows one such asset. */
  defaultDashboardId: DashboardId | null;
  /** Tenant of the profile. */
  tenantId: TenantId;
};
export type AssetProfileSave = {
  /** Profile to change; absent creates one. */
  id?: IdReference | null;
  /** Name, unique in the tenant. */
  name?: string | null;
  /** For people. */
  description?: string | null;
  /** Picture as a data URL or address. */
  image?: string | null;
  /** Only where there is no other default profile; use the route `…/default` to move it. */
  default?: boolean | null;
  /** Rule chain for messages of these assets. */
  defaultRuleChainId?: IdReference | null;
  /** Dashboard that shows one such asset. */
  defaultDashboardId?: IdReference | null;
  /** Queue for messages of these assets. */
  defaultQueueName?: string | null;
  /** Rule chain on an edge. */
  defaultEdgeRuleChainId?: IdReference | null;
  /** Days that points are kept whose message does not say it; 0 or null means as long as the tenant profile says, absent changes nothing. */
  telemetryTtlDays?: number | null;
  /** Version that was read; a stale one is refused with 409. */
  version?: number | null;
};
export type AssetSave = {
  /** Asset to change; absent creates one. */
  id?: IdReference | null;
  /** Name, unique in the tenant. */
  name?: string | null;
  /** Name of a profile, found or created, where no `assetProfileId` is given. */
  type?: string | null;
  /** Name for people. */
  label?: string | null;
  /** Profile; absent takes the default one. */
  assetProfileId?: IdReference | null;
  /** Customer to assign it to. */
  customerId?: IdReference | null;
  /** Free JSON. */
  additionalInfo?: { [name: string]: unknown } | null;
  /** Version that was read; a stale one is refused with 409. */
  version?: number | null;
};
export type Attribute = {
  /** When it was last written, in milliseconds since 1970. */
  lastUpdateTs: number;
  /** Name. */
  key: string;
  /** Value. */
  value: unknown;
};
export type AuditLog = {
  /** Id of the record. */
  id: { id: string };
  /** When it was done, in milliseconds since 1970. */
  createdTime: number;
  /** Tenant of what was changed. */
  tenantId: TenantId;
  /** Customer of what was changed; the null UUID for none. */
  customerId: CustomerId;
  /** What was changed. */
  entityId: EntityId | null;
  /** Its name at that time. */
  entityName: string | null;
  /** User who did it; null where the system did. */
  userId: UserId | null;
  /** Email of that user. */
  userName: string | null;
  /** What was done. */
  actionType: string;
  /** What was asked for; `diff` lists the changed fields with `from` and `to`. */
  actionData: { [name: string]: unknown };
  /** Whether it was done. */
  actionStatus: 'SUCCESS' | 'FAILURE';
  /** Why it was not; empty where it was. */
  actionFailureDetails: string;
};
export type ClaimResult = {
  /** The device, which now belongs to the customer. */
  device: Device;
  /** Refusals have status 400 and one word as body: FAILURE or CLAIMED. */
  response: 'SUCCESS';
};
export type Component = {
  /** Id of the node type. */
  id: { id: string };
  /** Always 0: node types come with the program. */
  createdTime: number;
  /** Family. */
  type: 'FILTER' | 'ENRICHMENT' | 'TRANSFORMATION' | 'ACTION' | 'EXTERNAL' | 'FLOW';
  /** Always TENANT. */
  scope: 'TENANT';
  /** Always ENABLED. */
  clusteringMode: 'ENABLED';
  /** Title. */
  name: string;
  /** What a rule node's `type` says: ThingsBoard's class, or our own name where there is none. */
  clazz: string;
  /** Newest version of the settings. */
  configurationVersion: number;
  /** Not used. */
  actions: null;
  /** Whether the node may name a queue. */
  hasQueueName: boolean;
  configurationDescriptor: {
    nodeDefinition: {
      /** Documentation, as Markdown. */
      details: string;
      /** One sentence. */
      description: string;
      /** Whether connections may lead into it. */
      inEnabled: boolean;
      /** Whether connections may lead out of it. */
      outEnabled: boolean;
      /** Ways out, Failure included. */
      relationTypes: string[];
      /** Whether the engineer names ways out. */
      customRelations: boolean;
      /** Whether it calls another chain. */
      ruleChainNode: boolean;
      /** Settings of a new node. */
      defaultConfiguration: unknown;
      /** Always empty. */
      uiResources: string[];
      /** Always empty. */
      configDirective: string;
      /** Name of a Tabler icon. */
      icon: string;
      /** Always empty. */
      iconUrl: string;
      /** Page of the documentation. */
      docUrl: string;
      /** Our own name of the node type, such as "filter.script". */
      nodeType: string;
      /** What to use instead, where the palette does not offer it any more; else empty. */
      deprecated: string;
      /** Plugin without which it can be drawn and set but fails its messages; else empty. */
      needsPlugin: string;
      /** Package of the plugins folder that the node type comes with; empty for those of the server. */
      plugin: string;
      /** JSON Schema of the settings, for the generated form. */
      configSchema: { [name: string]: unknown };
    };
  };
};
export type Customer = {
  /** Id of the customer. */
  id: CustomerId;
  /** When it was created, in milliseconds since 1970. */
  createdTime: number;
  /** Tenant of the customer. */
  tenantId: TenantId;
  /** Title, unique in the tenant. */
  title: string;
  /** Always the title. */
  name: string;
  /** Country. */
  country: string | null;
  /** State or region. */
  state: string | null;
  /** City. */
  city: string | null;
  /** Street and number. */
  address: string | null;
  /** Second line of the address. */
  address2: string | null;
  /** Postal code. */
  zip: string | null;
  /** Telephone number. */
  phone: string | null;
  /** Email address. */
  email: string | null;
  /** Not used yet. */
  externalId: null;
  /** Counts up with every change. */
  version: number;
  /** Free JSON; `isPublic` is true for the public customer and for no other. */
  additionalInfo: { [name: string]: unknown } | null;
};
export type CustomerId = {
  /** Type of the entity. */
  entityType: 'CUSTOMER';
  /** UUID. */
  id: string;
};
export type CustomerSave = {
  /** Customer to change; absent creates one. */
  id?: IdReference | null;
  /** Title, unique in the tenant. */
  title?: string | null;
  /** Country. */
  country?: string | null;
  /** State or region. */
  state?: string | null;
  /** City. */
  city?: string | null;
  /** Street and number. */
  address?: string | null;
  /** Second line of the address. */
  address2?: string | null;
  /** Postal code. */
  zip?: string | null;
  /** Telephone number. */
  phone?: string | null;
  /** Email address. */
  email?: string | null;
  /** Free JSON. */
  additionalInfo?: { [name: string]: unknown } | null;
  /** Version that was read; a stale one is refused with 409. */
  version?: number | null;
};
export type CustomerShortInfo = {
  /** Title. */
  title: string;
  /** Whether anybody may see what it has. */
  isPublic: boolean;
};
export type Dashboard = {
  /** Id of the dashboard. */
  id: DashboardId;
  /** When it was created, in milliseconds since 1970. */
  createdTime: number;
  /** Tenant of the dashboard. */
  tenantId: TenantId;
  /** Title. */
  title: string;
  /** Always the title. */
  name: string;
  /** Picture as a data URL or address. */
  image: string | null;
  /** Left out of lists for phones. */
  mobileHide: boolean;
  /** Place in lists for phones. */
  mobileOrder: number | null;
  /** Customers that may see it; null for none. A customer user sees itself only. */
  assignedCustomers:
    | {
        /** Id of the customer. */
        customerId: CustomerId;
        /** Title of the customer. */
        title: string;
        /** True for the customer whose entities anybody may see. */
        public: boolean;
      }[]
    | null;
  /** Counts up with every change. */
  version: number;
  /** Widgets, states, aliases and settings, as they were saved. */
  configuration: { [name: string]: unknown } | null;
};
export type DashboardId = {
  /** Type of the entity. */
  entityType: 'DASHBOARD';
  /** UUID. */
  id: string;
};
export type DashboardInfo = {
  /** Id of the dashboard. */
  id: DashboardId;
  /** When it was created, in milliseconds since 1970. */
  createdTime: number;
  /** Tenant of the dashboard. */
  tenantId: TenantId;
  /** Title. */
  title: string;
  /** Always the title. */
  name: string;
  /** Picture as a data URL or address. */
  image: string | null;
  /** Left out of lists for phones. */
  mobileHide: boolean;
  /** Place in lists for phones. */
  mobileOrder: number | null;
  /** Customers that may see it; null for none. A customer user sees itself only. */
  assignedCustomers:
    | {
        /** Id of the customer. */
        customerId: CustomerId;
        /** Title of the customer. */
        title: string;
        /** True for the customer whose entities anybody may see. */
        public: boolean;
      }[]
    | null;
  /** Counts up with every change. */
  version: number;
};
export type DashboardSave = {
  /** Dashboard to change; absent creates one. */
  id?: IdReference | null;
  /** Title. */
  title?: string | null;
  /** Picture as a data URL or address. */
  image?: string | null;
  /** Leaves it out of lists for phones. */
  mobileHide?: boolean | null;
  /** Place in lists for phones. */
  mobileOrder?: number | null;
  /** Customers that may see it, exactly these: send back what was read. */
  assignedCustomers?:
    | {
        /** Id of the customer. */
        customerId: IdReference;
      }[]
    | null;
  /** Widgets, states, aliases and settings. */
  configuration?: { [name: string]: unknown } | null;
  /** Version that was read; a stale one is refused with 409. */
  version?: number | null;
};
export type Device = {
  /** Id of the device. */
  id: DeviceId;
  /** When it was created, in milliseconds since 1970. */
  createdTime: number;
  /** Tenant of the device. */
  tenantId: TenantId;
  /** Customer it is assigned to; the null UUID for none. */
  customerId: CustomerId;
  /** Name, unique in the tenant. */
  name: string;
  /** Name of the device profile. */
  type: string;
  /** Name for people. */
  label: string | null;
  /** Profile of the device. */
  deviceProfileId: DeviceProfileId;
  /** Transport settings. */
  deviceData: { [name: string]: unknown };
  /** Firmware for this device; null means that of the profile. */
  firmwareId: OtaPackageId | null;
  /** Software for this device; null means that of the profile. */
  softwareId: OtaPackageId | null;
  /** Not used yet. */
  externalId: null;
  /** Counts up with every change. */
  version: number;
  /** Free JSON; `description` by convention. */
  additionalInfo: { [name: string]: unknown } | null;
};
export type DeviceCredentials = {
  /** Id of the credentials. */
  id: { id: string };
  /** When they were created, in milliseconds since 1970. */
  createdTime: number;
  /** Device that uses them. */
  deviceId: DeviceId;
  /** How the device proves who it is. */
  credentialsType: 'ACCESS_TOKEN' | 'MQTT_BASIC' | 'X509_CERTIFICATE' | 'LWM2M_CREDENTIALS';
  /** The access token, or what the server derives from the value. */
  credentialsId: string;
  /** For MQTT_BASIC text with JSON: clientId, userName, password. */
  credentialsValue: string | null;
  /** Counts up with every change. */
  version: number;
};
export type DeviceCredentialsSave = {
  /** Id of the credentials that were read. */
  id?: IdReference | null;
  /** Device that uses them. */
  deviceId?: IdReference | null;
  /** How the device proves who it is. */
  credentialsType?: ('ACCESS_TOKEN' | 'MQTT_BASIC' | 'X509_CERTIFICATE' | 'LWM2M_CREDENTIALS') | null;
  /** The access token. */
  credentialsId?: string | null;
  /** For MQTT_BASIC text with JSON: clientId, userName, password. */
  credentialsValue?: string | null;
  /** Version that was read; a stale one is refused with 409. */
  version?: number | null;
};
export type DeviceId = {
  /** Type of the entity. */
  entityType: 'DEVICE';
  /** UUID. */
  id: string;
};
export type DeviceInfo = {
  /** Id of the device. */
  id: DeviceId;
  /** When it was created, in milliseconds since 1970. */
  createdTime: number;
  /** Tenant of the device. */
  tenantId: TenantId;
  /** Customer it is assigned to; the null UUID for none. */
  customerId: CustomerId;
  /** Name, unique in the tenant. */
  name: string;
  /** Name of the device profile. */
  type: string;
  /** Name for people. */
  label: string | null;
  /** Profile of the device. */
  deviceProfileId: DeviceProfileId;
  /** Transport settings. */
  deviceData: { [name: string]: unknown };
  /** Firmware for this device; null means that of the profile. */
  firmwareId: OtaPackageId | null;
  /** Software for this device; null means that of the profile. */
  softwareId: OtaPackageId | null;
  /** Not used yet. */
  externalId: null;
  /** Counts up with every change. */
  version: number;
  /** Free JSON; `description` by convention. */
  additionalInfo: { [name: string]: unknown } | null;
  /** Title of the customer; null if unassigned. */
  customerTitle: string | null;
  /** Whether anybody may see the device. */
  customerIsPublic: boolean;
  /** Name of the profile. */
  deviceProfileName: string;
  /** Whether it was heard of lately (server attribute `active`). */
  active: boolean;
};
export type DeviceProfile = {
  /** Id of the profile. */
  id: DeviceProfileId;
  /** When it was created, in milliseconds since 1970. */
  createdTime: number;
  /** Tenant of the profile. */
  tenantId: TenantId;
  /** Name, unique in the tenant. */
  name: string;
  /** For people. */
  description: string | null;
  /** Picture as a data URL or address. */
  image: string | null;
  /** Taken by devices that name no profile. */
  default: boolean;
  /** Always DEFAULT. */
  type: 'DEFAULT';
  /** Transport the devices must use; DEFAULT allows any. */
  transportType: 'DEFAULT' | 'MQTT' | 'COAP' | 'LWM2M' | 'SNMP';
  /** How devices may create themselves. */
  provisionType: 'DISABLED' | 'ALLOW_CREATE_NEW_DEVICES' | 'CHECK_PRE_PROVISIONED_DEVICES' | 'X509_CERTIFICATE_CHAIN';
  /** Rule chain for messages of these devices; null means the root chain. */
  defaultRuleChainId: RuleChainId | null;
  /** Dashboard that shows one such device. */
  defaultDashboardId: DashboardId | null;
  /** Queue for messages of these devices. */
  defaultQueueName: string | null;
  /** What devices that create themselves show; unique over all tenants. */
  provisionDeviceKey: string | null;
  /** Firmware for these devices. */
  firmwareId: OtaPackageId | null;
  /** Software for these devices. */
  softwareId: OtaPackageId | null;
  /** Rule chain on an edge; kept as it came. */
  defaultEdgeRuleChainId: RuleChainId | null;
  /** Not used yet. */
  externalId: null;
  /** Counts up with every change. */
  version: number;
  /** Days that points are kept whose message does not say it; absent means as long as the tenant profile says. */
  telemetryTtlDays?: number;
  /** Settings by area: configuration, transportConfiguration, provisionConfiguration, alarms, kaaConfiguration. */
  profileData: { [name: string]: unknown };
};
export type DeviceProfileId = {
  /** Type of the entity. */
  entityType: 'DEVICE_PROFILE';
  /** UUID. */
  id: string;
};
export type DeviceProfileInfo = {
  /** Id of the profile. */
  id: DeviceProfileId;
  /** Name. */
  name: string;
  /** Picture as a data URL or address. */
  image: string | null;
  /** Dashboard that shows one such device. */
  defaultDashboardId: DashboardId | null;
  /** Always DEFAULT. */
  type: 'DEFAULT';
  /** Transport the devices must use. */
  transportType: 'DEFAULT' | 'MQTT' | 'COAP' | 'LWM2M' | 'SNMP';
  /** Tenant of the profile. */
  tenantId: TenantId;
};
export type DeviceProfileSave = {
  /** Profile to change; absent creates one. */
  id?: IdReference | null;
  /** Name, unique in the tenant. */
  name?: string | null;
  /** For people. */
  description?: string | null;
  /** Picture as a data URL or address. */
  image?: string | null;
  /** Only where there is no other default profile; use the route `…/default` to move it. */
  default?: boolean | null;
  /** Always DEFAULT. */
  type: 'DEFAULT';
  /** Transport the devices must use. */
  transportType: 'DEFAULT' | 'MQTT' | 'COAP' | 'LWM2M' | 'SNMP';
  /** How devices may create themselves; absent means what the settings say. */
  provisionType?: ('DISABLED' | 'ALLOW_CREATE_NEW_DEVICES' | 'CHECK_PRE_PROVISIONED_DEVICES' | 'X509_CERTIFICATE_CHAIN') | null;
  /** What devices that create themselves show. */
  provisionDeviceKey?: string | null;
  /** Rule chain for messages of these devices. */
  defaultRuleChainId?: IdReference | null;
  /** Dashboard that shows one such device. */
  defaultDashboardId?: IdReference | null;
  /** Queue for messages of these devices. */
  defaultQueueName?: string | null;
  /** Rule chain on an edge. */
  defaultEdgeRuleChainId?: IdReference | null;
  /** Firmware for these devices. */
  firmwareId?: IdReference | null;
  /** Software for these devices. */
  softwareId?: IdReference | null;
  /** Days that points are kept whose message does not say it; 0 or null means as long as the tenant profile says, absent changes nothing. */
  telemetryTtlDays?: number | null;
  /** Settings by area; alarm rules as the device profile node reads them. */
  profileData?: { [name: string]: unknown } | null;
  /** Version that was read; a stale one is refused with 409. */
  version?: number | null;
};
export type DeviceSave = {
  /** Device to change; absent creates one. */
  id?: IdReference | null;
  /** Name, unique in the tenant. */
  name?: string | null;
  /** Name of a profile, found or created, where no `deviceProfileId` is given. */
  type?: string | null;
  /** Name for people. */
  label?: string | null;
  /** Profile; absent takes the default one. */
  deviceProfileId?: IdReference | null;
  /** Customer to assign it to. */
  customerId?: IdReference | null;
  /** Firmware for this device. */
  firmwareId?: IdReference | null;
  /** Software for this device. */
  softwareId?: IdReference | null;
  /** Transport settings. */
  deviceData?: { [name: string]: unknown } | null;
  /** Free JSON. */
  additionalInfo?: { [name: string]: unknown } | null;
  /** Version that was read; a stale one is refused with 409. */
  version?: number | null;
};
export type DeviceWithCredentials = {
  /** The device. */
  device: DeviceSave;
  /** Its credentials; `id` and `deviceId` need not be given. */
  credentials: DeviceCredentialsSave;
};
export type EntityCountQuery = {
  /** Which entities. */
  entityFilter?: EntityFilter | null;
  /** Conditions on their values. */
  keyFilters?: KeyFilter[] | null;
  /** Whether all conditions must hold or any; AND unless said otherwise. */
  keyFiltersOperation?: ('AND' | 'OR') | null;
};
export type EntityData = {
  /** The entity. */
  entityId: EntityId;
  /** The values asked for, by type of key and key. */
  latest: {
    [name: string]: {
      [name: string]: {
        /** Time of the value. */
        ts: number;
        /** The value as text. */
        value: string;
      };
    };
  };
  /** Always empty. */
  timeseries: { [name: string]: unknown };
  /** Always empty. */
  aggLatest: { [name: string]: unknown };
};
export type EntityDataQuery = {
  /** Which entities. */
  entityFilter?: EntityFilter | null;
  /** Conditions on their values. */
  keyFilters?: KeyFilter[] | null;
  /** Whether all conditions must hold or any; AND unless said otherwise. */
  keyFiltersOperation?: ('AND' | 'OR') | null;
  /** Which part of the answer. */
  pageLink?: {
    /** Rows of a page. */
    pageSize: number;
    /** Page, counted from 0. */
    page?: number | null;
    /** Part of the columns, in any case. */
    textSearch?: string | null;
    /** Kept for the client. */
    dynamic?: boolean | null;
    /** Order of the rows. */
    sortOrder?: {
      /** What to sort by. */
      key: QueryKey;
      /** ASC unless said otherwise. */
      direction?: ('ASC' | 'DESC') | null;
    } | null;
  } | null;
  /** Fields of the entities to answer. */
  entityFields?: QueryKey[] | null;
  /** Attributes and latest telemetry to answer. */
  latestValues?: QueryKey[] | null;
};
export type EntityFilter = {
  /** singleEntity, entityList, entityName, entityType, deviceType, assetType, entityViewType, relationsQuery, … */
  type: string;
  /** Of singleEntity. */
  singleEntity?: {
    /** Type, or a stand-in such as CURRENT_TENANT. */
    entityType:
      | 'TENANT'
      | 'CUSTOMER'
      | 'USER'
      | 'DASHBOARD'
      | 'ASSET'
      | 'DEVICE'
      | 'ALARM'
      | 'RULE_CHAIN'
      | 'RULE_NODE'
      | 'ENTITY_VIEW'
      | 'WIDGETS_BUNDLE'
      | 'WIDGET_TYPE'
      | 'TENANT_PROFILE'
      | 'DEVICE_PROFILE'
      | 'ASSET_PROFILE'
      | 'API_USAGE_STATE'
      | 'TB_RESOURCE'
      | 'OTA_PACKAGE'
      | 'EDGE'
      | 'RPC'
      | 'QUEUE'
      | 'NOTIFICATION_TARGET'
      | 'NOTIFICATION_TEMPLATE'
      | 'NOTIFICATION_REQUEST'
      | 'NOTIFICATION'
      | 'NOTIFICATION_RULE'
      | 'QUEUE_STATS'
      | 'DOMAIN'
      | 'MOBILE_APP'
      | 'MOBILE_APP_BUNDLE'
      | 'CALCULATED_FIELD'
      | 'JOB'
      | 'ADMIN_SETTINGS'
      | 'AI_MODEL'
      | 'API_KEY'
      | 'CURRENT_CUSTOMER'
      | 'CURRENT_TENANT'
      | 'CURRENT_USER'
      | 'CURRENT_USER_OWNER';
    id?: string | null;
  } | null;
  /** Of entityList, entityName and entityType. */
  entityType?: EntityType | null;
  /** Ids of entityList. */
  entityList?: string[] | null;
  /** What names begin with, in any case; a pattern of LIKE where it begins or ends with %. */
  entityNameFilter?: string | null;
  /** Values of `type`; any if empty. */
  deviceTypes?: string[] | null;
  /** The same for a single one. */
  deviceType?: string | null;
  /** What names begin with, in any case; a pattern of LIKE where it begins or ends with %. */
  deviceNameFilter?: string | null;
  /** Values of `type`; any if empty. */
  assetTypes?: string[] | null;
  /** The same for a single one. */
  assetType?: string | null;
  /** What names begin with, in any case; a pattern of LIKE where it begins or ends with %. */
  assetNameFilter?: string | null;
  /** Values of `type`; any if empty. */
  entityViewTypes?: string[] | null;
  /** The same for a single one. */
  entityViewType?: string | null;
  /** What names begin with, in any case; a pattern of LIKE where it begins or ends with %. */
  entityViewNameFilter?: string | null;
  /** Where relations are followed from. */
  rootEntity?: {
    /** Type, or a stand-in such as CURRENT_TENANT. */
    entityType:
      | 'TENANT'
      | 'CUSTOMER'
      | 'USER'
      | 'DASHBOARD'
      | 'ASSET'
      | 'DEVICE'
      | 'ALARM'
      | 'RULE_CHAIN'
      | 'RULE_NODE'
      | 'ENTITY_VIEW'
      | 'WIDGETS_BUNDLE'
      | 'WIDGET_TYPE'
      | 'TENANT_PROFILE'
      | 'DEVICE_PROFILE'
      | 'ASSET_PROFILE'
      | 'API_USAGE_STATE'
      | 'TB_RESOURCE'
      | 'OTA_PACKAGE'
      | 'EDGE'
      | 'RPC'
      | 'QUEUE'
      | 'NOTIFICATION_TARGET'
      | 'NOTIFICATION_TEMPLATE'
      | 'NOTIFICATION_REQUEST'
      | 'NOTIFICATION'
      | 'NOTIFICATION_RULE'
      | 'QUEUE_STATS'
      | 'DOMAIN'
      | 'MOBILE_APP'
      | 'MOBILE_APP_BUNDLE'
      | 'CALCULATED_FIELD'
      | 'JOB'
      | 'ADMIN_SETTINGS'
      | 'AI_MODEL'
      | 'API_KEY'
      | 'CURRENT_CUSTOMER'
      | 'CURRENT_TENANT'
      | 'CURRENT_USER'
      | 'CURRENT_USER_OWNER';
    id?: string | null;
  } | null;
  /** True: from several entities of one type. */
  multiRoot?: boolean | null;
  /** Their type. */
  multiRootEntitiesType?: EntityType | null;
  /** Their ids. */
  multiRootEntityIds?: string[] | null;
  /** FROM follows relations from their start to their end. */
  direction?: ('FROM' | 'TO') | null;
  /** Steps from the root; 0 and below, or above 50: 50. */
  maxLevel?: number | null;
  /** Only what is reached last. */
  fetchLastLevelOnly?: boolean | null;
  /** Turns all the filters of the relations round. */
  negate?: boolean | null;
  /** Of searches: the type of the last relation on the way. */
  relationType?: string | null;
  /** Of relationsQuery; any of them. */
  filters?:
    | {
        /** Type of the last relation on the way. */
        relationType?: string | null;
        /** Types found. */
        entityTypes?: EntityType[] | null;
        /** Any other type of relation. */
        negate?: boolean | null;
      }[]
    | null;
};
export type EntityId = {
  /** Type of the entity. */
  entityType: EntityType;
  /** UUID. */
  id: string;
};
export type EntityKeys = {
  /** Types of the entities found. */
  entityTypes: EntityType[];
  /** Keys of time series. */
  timeseries: string[];
  /** Keys of attributes. */
  attribute: string[];
};
export type EntityKeysV2 = {
  /** Types of the entities found. */
  entityTypes: EntityType[];
  /** Keys of time series. */
  timeseries?: {
    /** The key. */
    key: string;
    /** A value of it. */
    sample?: {
      /** Its time. */
      ts: number;
      /** The value. */
      value: unknown;
    };
  }[];
  /** Keys of attributes, by scope. */
  attributes?: {
    [name: string]: {
      /** The key. */
      key: string;
      /** A value of it. */
      sample?: {
        /** Its time. */
        ts: number;
        /** The value. */
        value: unknown;
      };
    }[];
  };
};
export type EntityType =
  | 'TENANT'
  | 'CUSTOMER'
  | 'USER'
  | 'DASHBOARD'
  | 'ASSET'
  | 'DEVICE'
  | 'ALARM'
  | 'RULE_CHAIN'
  | 'RULE_NODE'
  | 'ENTITY_VIEW'
  | 'WIDGETS_BUNDLE'
  | 'WIDGET_TYPE'
  | 'TENANT_PROFILE'
  | 'DEVICE_PROFILE'
  | 'ASSET_PROFILE'
  | 'API_USAGE_STATE'
  | 'TB_RESOURCE'
  | 'OTA_PACKAGE'
  | 'EDGE'
  | 'RPC'
  | 'QUEUE'
  | 'NOTIFICATION_TARGET'
  | 'NOTIFICATION_TEMPLATE'
  | 'NOTIFICATION_REQUEST'
  | 'NOTIFICATION'
  | 'NOTIFICATION_RULE'
  | 'QUEUE_STATS'
  | 'DOMAIN'
  | 'MOBILE_APP'
  | 'MOBILE_APP_BUNDLE'
  | 'CALCULATED_FIELD'
  | 'JOB'
  | 'ADMIN_SETTINGS'
  | 'AI_MODEL'
  | 'API_KEY';
export type EntityView = {
  /** Id of the view. */
  id: EntityViewId;
  /** When it was created, in milliseconds since 1970. */
  createdTime: number;
  /** Device or asset that is viewed. */
  entityId: EntityId;
  /** Tenant of the view. */
  tenantId: TenantId;
  /** Customer it is assigned to; the null UUID for none. */
  customerId: CustomerId;
  /** Name, unique in the tenant. */
  name: string;
  /** Free word to group views by. */
  type: string;
  /** What the view shows. */
  keys: {
    /** Time series that show through. */
    timeseries: string[];
    /** Attributes that were copied when the view was saved. */
    attributes: {
      /** Attributes of the client scope. */
      cs: string[];
      /** Attributes of the server scope. */
      ss: string[];
      /** Shared attributes. */
      sh: string[];
    };
  };
  /** Start of the time it shows, in milliseconds since 1970; 0 is open. */
  startTimeMs: number;
  /** End of the time it shows, in milliseconds since 1970; 0 is open. */
  endTimeMs: number;
  /** Not used yet. */
  externalId: null;
  /** Counts up with every change. */
  version: number;
  /** Free JSON; `description` by convention. */
  additionalInfo: { [name: string]: unknown } | null;
};
export type EntityViewId = {
  /** Type of the entity. */
  entityType: 'ENTITY_VIEW';
  /** UUID. */
  id: string;
};
export type EntityViewInfo = {
  /** Id of the view. */
  id: EntityViewId;
  /** When it was created, in milliseconds since 1970. */
  createdTime: number;
  /** Device or asset that is viewed. */
  entityId: EntityId;
  /** Tenant of the view. */
  tenantId: TenantId;
  /** Customer it is assigned to; the null UUID for none. */
  customerId: CustomerId;
  /** Name, unique in the tenant. */
  name: string;
  /** Free word to group views by. */
  type: string;
  /** What the view shows. */
  keys: {
    /** Time series that show through. */
    timeseries: string[];
    /** Attributes that were copied when the view was saved. */
    attributes: {
      /** Attributes of the client scope. */
      cs: string[];
      /** Attributes of the server scope. */
      ss: string[];
      /** Shared attributes. */
      sh: string[];
    };
  };
  /** Start of the time it shows, in milliseconds since 1970; 0 is open. */
  startTimeMs: number;
  /** End of the time it shows, in milliseconds since 1970; 0 is open. */
  endTimeMs: number;
  /** Not used yet. */
  externalId: null;
  /** Counts up with every change. */
  version: number;
  /** Free JSON; `description` by convention. */
  additionalInfo: { [name: string]: unknown } | null;
  /** Title of the customer; null if unassigned. */
  customerTitle: string | null;
  /** Whether anybody may see the entity. */
  customerIsPublic: boolean;
};
export type EntityViewSave = {
  /** View to change; absent creates one. */
  id?: IdReference | null;
  /** Device or asset that is viewed. */
  entityId?: {
    /** Type of the entity. */
    entityType: EntityType;
    /** UUID. */
    id: string;
  } | null;
  /** Name, unique in the tenant. */
  name?: string | null;
  /** Free word to group views by. */
  type?: string | null;
  /** What the view shows; nothing if absent. */
  keys?: {
    /** Time series that show through. */
    timeseries?: string[] | null;
    /** Attributes to copy. */
    attributes?: {
      /** Client scope. */
      cs?: string[] | null;
      /** Server scope. */
      ss?: string[] | null;
      /** Shared scope. */
      sh?: string[] | null;
    } | null;
  } | null;
  /** Start of the time it shows; 0 is open. */
  startTimeMs?: number | null;
  /** End of the time it shows; 0 is open. */
  endTimeMs?: number | null;
  /** Customer to assign it to. */
  customerId?: IdReference | null;
  /** Free JSON. */
  additionalInfo?: { [name: string]: unknown } | null;
  /** Version that was read; a stale one is refused with 409. */
  version?: number | null;
};
export type Event = {
  /** Id of the event. */
  id: { id: string };
  /** When it happened, in milliseconds since 1970. */
  createdTime: number;
  /** Tenant of the entity. */
  tenantId: TenantId;
  /** What kind of event. */
  type: 'DEBUG_RULE_NODE' | 'DEBUG_RULE_CHAIN' | 'LC_EVENT' | 'ERROR' | 'STATS' | 'DEBUG_CALCULATED_FIELD';
  /** The id again. */
  uid: string;
  /** What it happened to. */
  entityId: EntityId;
  /** What happened; members depend on the type. */
  body: { [name: string]: unknown };
};
export type EventFilter = {
  /** Type of the events, such as LC_EVENT. */
  eventType: string;
  /** True: only events with an error. */
  isError?: boolean | null;
  /** Contained in that member of the body, in any case. */
  errorStr?: string | null;
  /** Whether the message entered or left the node. */
  msgDirectionType?: ('IN' | 'OUT') | null;
  /** How it ended. */
  status?: ('Success' | 'Failure') | null;
  /** Contained in that member of the body, in any case. */
  server?: string | null;
  /** Contained in that member of the body, in any case. */
  entityId?: string | null;
  /** Contained in that member of the body, in any case. */
  entityType?: string | null;
  /** Contained in that member of the body, in any case. */
  msgId?: string | null;
  /** Contained in that member of the body, in any case. */
  msgType?: string | null;
  /** Contained in that member of the body, in any case. */
  relationType?: string | null;
  /** Contained in that member of the body, in any case. */
  dataSearch?: string | null;
  /** Contained in that member of the body, in any case. */
  metadataSearch?: string | null;
  /** Contained in that member of the body, in any case. */
  message?: string | null;
  /** Contained in that member of the body, in any case. */
  event?: string | null;
  /** Contained in that member of the body, in any case. */
  method?: string | null;
  /** Contained in that member of the body, in any case. */
  arguments?: string | null;
  /** Contained in that member of the body, in any case. */
  result?: string | null;
  /** Bound of that member of the body. */
  minMessagesProcessed?: number | null;
  /** Bound of that member of the body. */
  maxMessagesProcessed?: number | null;
  /** Bound of that member of the body. */
  minErrorsOccurred?: number | null;
  /** Bound of that member of the body. */
  maxErrorsOccurred?: number | null;
};
export type Failure = {
  /** HTTP status, repeated. */
  status: number;
  /** What went wrong, for people. */
  message: string;
  /** What went wrong, for programs: 10 sign-in, 11 token expired, 20 permission, 31 bad request, 32 not found, 35 version conflict. */
  errorCode: number;
  /** When, in milliseconds since 1970. */
  timestamp: number;
  /** Only with 41, too many entities: of which type. */
  entityType?: string;
  /** Only with 41: how many the tenant may have. */
  limit?: number;
  /** Only with 15, password expired: lets the user set a new one. */
  resetToken?: string;
};
export type FullOtaPackage = {
  /** Id of the package. */
  id: OtaPackageId;
  /** When it was created, in milliseconds since 1970. */
  createdTime: number;
  /** Tenant of the package. */
  tenantId: TenantId;
  /** Profile whose devices may install it. */
  deviceProfileId: DeviceProfileId | null;
  /** What it is. */
  type: 'FIRMWARE' | 'SOFTWARE';
  /** Title. */
  title: string;
  /** Version of the package; unique with the title. */
  version: string;
  /** Name of this release. */
  tag: string | null;
  /** Where devices fetch it, if not from us. */
  url: string | null;
  /** Whether there are bytes, here or behind the address. */
  hasData: boolean;
  /** Name of the file. */
  fileName: string | null;
  /** Media type of the file. */
  contentType: string | null;
  /** How the checksum was made. */
  checksumAlgorithm: ('MD5' | 'SHA256' | 'SHA384' | 'SHA512' | 'CRC32' | 'MURMUR3_32' | 'MURMUR3_128') | null;
  /** Checksum of the bytes, in hexadecimal. */
  checksum: string | null;
  /** Bytes. */
  dataSize: number | null;
  /** Not used yet. */
  externalId: null;
  /** Always the title. */
  name: string;
  /** Free JSON. */
  additionalInfo: { [name: string]: unknown } | null;
  /** The bytes in Base64; null for those of a large file, which are to be downloaded. */
  data: string | null;
};
export type Health = {
  /** Whether the server takes readings. */
  status: 'UP' | 'DOWN';
  /** Version of the program. */
  version: string;
  /** What an acknowledged reading survives: "synced" means a power cut. */
  durability?: string;
  /** The queue before the rule chains. Readings are acknowledged when they are through it and stored. */
  queue?: {
    /** Where messages wait for the engine: in the process, or in Redis. */
    kind: 'memory' | 'bullmq';
    /** What is left of waiting messages when the queue ends: nothing (memory), all but the last second (interval: Redis with `appendonly yes`), all (synced: with `appendfsync always`); null while Redis cannot be reached. */
    durability: ('memory' | 'interval' | 'synced') | null;
  };
  /** What keeps the server from working, or will if it lasts; empty while there is nothing. */
  problems: string[];
};
export type HomeDashboard = {
  /** Id of the dashboard. */
  id: DashboardId;
  /** When it was created, in milliseconds since 1970. */
  createdTime: number;
  /** Tenant of the dashboard. */
  tenantId: TenantId;
  /** Title. */
  title: string;
  /** Always the title. */
  name: string;
  /** Picture as a data URL or address. */
  image: string | null;
  /** Left out of lists for phones. */
  mobileHide: boolean;
  /** Place in lists for phones. */
  mobileOrder: number | null;
  /** Customers that may see it; null for none. A customer user sees itself only. */
  assignedCustomers:
    | {
        /** Id of the customer. */
        customerId: CustomerId;
        /** Title of the customer. */
        title: string;
        /** True for the customer whose entities anybody may see. */
        public: boolean;
      }[]
    | null;
  /** Counts up with every change. */
  version: number;
  /** Widgets, states, aliases and settings, as they were saved. */
  configuration: { [name: string]: unknown } | null;
  /** Whether the toolbar above it is hidden. */
  hideDashboardToolbar: boolean;
};
export type HomeDashboardInfo = {
  /** The dashboard; null for none. */
  dashboardId: DashboardId | null;
  /** Whether the toolbar above it is hidden. */
  hideDashboardToolbar: boolean;
};
export type HomeDashboardSave = {
  /** The dashboard; absent for none. */
  dashboardId?: IdReference | null;
  /** Whether the toolbar above it is hidden; true if absent. */
  hideDashboardToolbar?: boolean | null;
};
export type IdReference = {
  /** UUID. */
  id: string;
};
export type ImportResult = {
  /** Entities created. */
  created: number;
  /** Entities that were there, by name. */
  updated: number;
  /** Lines that were not taken over. */
  errors: number;
  /** Why, as `Line 3: …`; the first thousand. */
  errorsList: string[];
};
export type JwtSettings = {
  /** Life of an access token, in seconds. */
  tokenExpirationTime: number;
  /** Life of a refresh token, in seconds. */
  refreshTokenExpTime: number;
  /** What tokens name as their issuer. */
  tokenIssuer: string;
  /** The key itself is never answered. */
  tokenSigningKey: '***';
};
export type KeyFilter = {
  /** Which value of an entity. */
  key: QueryKey;
  /** Kept for the client. */
  valueType?: string | null;
  /** What the value of the key must be. */
  predicate:
    | {
        /** Compares texts. */
        type: 'STRING';
        /** How. */
        operation: 'EQUAL' | 'NOT_EQUAL' | 'STARTS_WITH' | 'ENDS_WITH' | 'CONTAINS' | 'NOT_CONTAINS' | 'IN' | 'NOT_IN';
        /** With what. */
        value: {
          /** Taken where there is no other. */
          defaultValue?: string | null;
          /** Taken before all others. */
          userValue?: string | null;
          /** Read when the query is made. */
          dynamicValue?: {
            /** Whose server attribute. */
            sourceType?: ('CURRENT_TENANT' | 'CURRENT_CUSTOMER' | 'CURRENT_USER') | null;
            /** Its key. */
            sourceAttribute?: string | null;
            /** Ask the owner where it has none. */
            inherit?: boolean | null;
          } | null;
        };
        /** Takes capital for small letters. */
        ignoreCase?: boolean | null;
      }
    | {
        /** Compares numbers and instants. */
        type: 'NUMERIC';
        /** How. */
        operation: 'EQUAL' | 'NOT_EQUAL' | 'GREATER' | 'LESS' | 'GREATER_OR_EQUAL' | 'LESS_OR_EQUAL';
        /** With what. */
        value: {
          /** Taken where there is no other. */
          defaultValue?: number | null;
          /** Taken before all others. */
          userValue?: number | null;
          /** Read when the query is made. */
          dynamicValue?: {
            /** Whose server attribute. */
            sourceType?: ('CURRENT_TENANT' | 'CURRENT_CUSTOMER' | 'CURRENT_USER') | null;
            /** Its key. */
            sourceAttribute?: string | null;
            /** Ask the owner where it has none. */
            inherit?: boolean | null;
          } | null;
        };
      }
    | {
        /** Compares truths. */
        type: 'BOOLEAN';
        /** How. */
        operation: 'EQUAL' | 'NOT_EQUAL';
        /** With what. */
        value: {
          /** Taken where there is no other. */
          defaultValue?: boolean | null;
          /** Taken before all others. */
          userValue?: boolean | null;
          /** Read when the query is made. */
          dynamicValue?: {
            /** Whose server attribute. */
            sourceType?: ('CURRENT_TENANT' | 'CURRENT_CUSTOMER' | 'CURRENT_USER') | null;
            /** Its key. */
            sourceAttribute?: string | null;
            /** Ask the owner where it has none. */
            inherit?: boolean | null;
          } | null;
        };
      }
    | {
        /** Puts predicates together. */
        type: 'COMPLEX';
        /** How. */
        operation: 'AND' | 'OR';
        /** Predicates of the same forms. */
        predicates: unknown[];
      };
};
export type OtaPackage = {
  /** Id of the package. */
  id: OtaPackageId;
  /** When it was created, in milliseconds since 1970. */
  createdTime: number;
  /** Tenant of the package. */
  tenantId: TenantId;
  /** Profile whose devices may install it. */
  deviceProfileId: DeviceProfileId | null;
  /** What it is. */
  type: 'FIRMWARE' | 'SOFTWARE';
  /** Title. */
  title: string;
  /** Version of the package; unique with the title. */
  version: string;
  /** Name of this release. */
  tag: string | null;
  /** Where devices fetch it, if not from us. */
  url: string | null;
  /** Whether there are bytes, here or behind the address. */
  hasData: boolean;
  /** Name of the file. */
  fileName: string | null;
  /** Media type of the file. */
  contentType: string | null;
  /** How the checksum was made. */
  checksumAlgorithm: ('MD5' | 'SHA256' | 'SHA384' | 'SHA512' | 'CRC32' | 'MURMUR3_32' | 'MURMUR3_128') | null;
  /** Checksum of the bytes, in hexadecimal. */
  checksum: string | null;
  /** Bytes. */
  dataSize: number | null;
  /** Not used yet. */
  externalId: null;
  /** Always the title. */
  name: string;
  /** Free JSON. */
  additionalInfo: { [name: string]: unknown } | null;
};
export type OtaPackageId = {
  /** Type of the entity. */
  entityType: 'OTA_PACKAGE';
  /** UUID. */
  id: string;
};
export type OtaPackageSave = {
  /** Package to change; absent creates one. Only `additionalInfo` of a package ever changes. */
  id?: IdReference | null;
  /** Profile whose devices may install it. */
  deviceProfileId?: IdReference | null;
  /** What it is. */
  type?: ('FIRMWARE' | 'SOFTWARE') | null;
  /** Title. */
  title?: string | null;
  /** Version; unique with the title. */
  version?: string | null;
  /** Name of this release. */
  tag?: string | null;
  /** True where devices fetch it from `url`. */
  usesUrl?: boolean | null;
  /** Where devices fetch it, if not from us. */
  url?: string | null;
  /** Of a file behind `url`: its name. */
  fileName?: string | null;
  /** Of a file behind `url`: its media type. */
  contentType?: string | null;
  /** Of a file behind `url`: how its checksum was made. */
  checksumAlgorithm?: ('MD5' | 'SHA256' | 'SHA384' | 'SHA512' | 'CRC32' | 'MURMUR3_32' | 'MURMUR3_128') | null;
  /** Of a file behind `url`: its checksum. */
  checksum?: string | null;
  /** Of a file behind `url`: its bytes. */
  dataSize?: number | null;
  /** Free JSON. */
  additionalInfo?: { [name: string]: unknown } | null;
};
export type PasswordPolicy = {
  /** Least number of characters. */
  minimumLength: number;
  /** Greatest number of characters. */
  maximumLength: number;
  /** Least number of capital letters. */
  minimumUppercaseLetters: number | null;
  /** Least number of small letters. */
  minimumLowercaseLetters: number | null;
  /** Least number of digits. */
  minimumDigits: number | null;
  /** Least number of characters that are neither letter nor digit nor space. */
  minimumSpecialCharacters: number | null;
  /** Whether spaces may be in it. */
  allowWhitespaces: boolean;
  /** Whether a password that breaks the policy keeps its user out. */
  forceUserToResetPasswordIfNotValid: boolean;
  /** Days after which a password must be changed. */
  passwordExpirationPeriodDays: number | null;
  /** Days for which an earlier password may not be used again. */
  passwordReuseFrequencyDays: number | null;
};
export type QueryKey = {
  /** Where the value is. */
  type: 'ENTITY_FIELD' | 'ATTRIBUTE' | 'CLIENT_ATTRIBUTE' | 'SHARED_ATTRIBUTE' | 'SERVER_ATTRIBUTE' | 'TIME_SERIES' | 'ALARM_FIELD';
  /** Its name. */
  key: string;
};
export type QueueId = {
  /** Type of the entity. */
  entityType: 'QUEUE';
  /** UUID. */
  id: string;
};
export type Relation = {
  /** Entity it starts from. */
  from: EntityId;
  /** Entity it leads to. */
  to: EntityId;
  /** What it says, for example "Contains". */
  type: string;
  /** COMMON for those that people make. */
  typeGroup: 'COMMON' | 'DASHBOARD' | 'RULE_CHAIN' | 'RULE_NODE' | 'EDGE' | 'EDGE_AUTO_ASSIGN_RULE_CHAIN';
  /** Counts up with every change. */
  version: number;
  /** Free JSON. */
  additionalInfo: { [name: string]: unknown } | null;
};
export type RelationInfo = {
  /** Entity it starts from. */
  from: EntityId;
  /** Entity it leads to. */
  to: EntityId;
  /** What it says, for example "Contains". */
  type: string;
  /** COMMON for those that people make. */
  typeGroup: 'COMMON' | 'DASHBOARD' | 'RULE_CHAIN' | 'RULE_NODE' | 'EDGE' | 'EDGE_AUTO_ASSIGN_RULE_CHAIN';
  /** Counts up with every change. */
  version: number;
  /** Free JSON. */
  additionalInfo: { [name: string]: unknown } | null;
  /** Name of the entity it starts from. */
  fromName: string;
  /** Name of the entity it leads to. */
  toName: string;
};
export type RelationQuery = {
  /** Where to start and how far to go. */
  parameters?: {
    /** UUID of the entity to start from. */
    rootId: string;
    /** Type of that entity. */
    rootType: EntityType;
    /** FROM (if absent) follows relations from their start, TO the other way. */
    direction?: ('FROM' | 'TO') | null;
    /** COMMON if absent. */
    relationTypeGroup?: ('COMMON' | 'DASHBOARD' | 'RULE_CHAIN' | 'RULE_NODE' | 'EDGE' | 'EDGE_AUTO_ASSIGN_RULE_CHAIN') | null;
    /** Steps from the start; 1 if absent, 0 or less for as many as there are. */
    maxLevel?: number | null;
    /** Leaves out relations from whose end others lead on. */
    fetchLastLevelOnly?: boolean | null;
  } | null;
  /** Relations that are answered: any of these must fit; an empty list answers all. */
  filters?:
    | {
        /** Type of the relation; any if absent or empty. */
        relationType?: string | null;
        /** Types of the entity found; any if absent or empty. */
        entityTypes?: EntityType[] | null;
        /** True: relations of any other type. */
        negate?: boolean | null;
      }[]
    | null;
};
export type RelationSave = {
  /** Entity it starts from. */
  from: {
    /** Type of the entity. */
    entityType: EntityType;
    /** UUID. */
    id: string;
  };
  /** Entity it leads to. */
  to: {
    /** Type of the entity. */
    entityType: EntityType;
    /** UUID. */
    id: string;
  };
  /** What it says, for example "Contains". */
  type: string;
  /** COMMON if absent. */
  typeGroup?: ('COMMON' | 'DASHBOARD' | 'RULE_CHAIN' | 'RULE_NODE' | 'EDGE' | 'EDGE_AUTO_ASSIGN_RULE_CHAIN') | null;
  /** Free JSON. */
  additionalInfo?: { [name: string]: unknown } | null;
};
export type RuleChain = {
  /** Id of the chain. */
  id: RuleChainId;
  /** When it was created, in milliseconds since 1970. */
  createdTime: number;
  /** Tenant of the chain. */
  tenantId: TenantId;
  /** Name; need not be unique. */
  name: string;
  /** EDGE chains are kept, never run. */
  type: 'CORE' | 'EDGE';
  /** Where messages enter. */
  firstRuleNodeId: RuleNodeId | null;
  /** Entered by messages whose profile names no chain. */
  root: boolean;
  /** Whether any node records everything at present. */
  debugMode: boolean;
  /** Not used. */
  configuration: null;
  /** Its id in the file it came from, where that is another. */
  externalId: RuleChainId | null;
  /** Counts up with every change. */
  version: number;
  /** Free JSON; `description` by convention. */
  additionalInfo: { [name: string]: unknown } | null;
};
export type RuleChainId = {
  /** Type of the entity. */
  entityType: 'RULE_CHAIN';
  /** UUID. */
  id: string;
};
export type RuleChainMetadata = {
  /** Chain the graph belongs to. */
  ruleChainId: RuleChainId;
  /** Version of the chain. */
  version: number;
  /** Where messages enter. */
  firstNodeIndex: number | null;
  /** Rule nodes. */
  nodes: RuleNode[];
  /** Connections; null when there are none. */
  connections:
    | {
        /** Place of the first node in `nodes`. */
        fromIndex: number;
        /** Place of the second node in `nodes`. */
        toIndex: number;
        /** Relation type. */
        type: string;
      }[]
    | null;
  /** Always null. */
  ruleChainConnections: null;
  /** Notes on the canvas, where there are any. */
  notes?: { [name: string]: unknown }[];
};
export type RuleChainMetadataSave = {
  /** Version that was read; a stale one is refused with 409. */
  version?: number | null;
  /** Where messages enter. */
  firstNodeIndex?: number | null;
  /** Rule nodes. */
  nodes?:
    | {
        /** Node to keep; absent creates one. */
        id?: IdReference | null;
        /** Class of the node type. */
        type: string;
        /** Label. */
        name: string;
        /** What is recorded at the node. */
        debugSettings?: { failuresEnabled?: boolean | null; allEnabled?: boolean | null; allEnabledUntil?: number | null } | null;
        /** Older form: failures and, for a while, everything. */
        debugMode?: boolean | null;
        /** Runs on one server only. */
        singletonMode?: boolean | null;
        /** For node types with a queue of their own. */
        queueName?: string | null;
        /** Version of `configuration`; absent means 0. */
        configurationVersion?: number | null;
        /** Settings of the node. */
        configuration?: unknown | null;
        /** Place on the canvas, a note, and what clients keep besides. */
        additionalInfo?: { layoutX?: number | null; layoutY?: number | null; description?: string | null } | null;
        /** Its id in the file it came from. */
        externalId?: IdReference | null;
      }[]
    | null;
  /** Connections. */
  connections?: { fromIndex: number; toIndex: number; type: string }[] | null;
  /** Older form of connections to another chain: each becomes a rule chain node. */
  ruleChainConnections?:
    | {
        fromIndex: number;
        targetRuleChainId: IdReference;
        additionalInfo?: { layoutX?: number | null; layoutY?: number | null } | null;
        type: string;
      }[]
    | null;
  /** Notes on the canvas. */
  notes?: { [name: string]: unknown }[] | null;
  /** Chain to change. */
  ruleChainId: IdReference;
};
export type RuleChainSave = {
  /** Chain to change; absent creates one. */
  id?: IdReference | null;
  /** Name. */
  name?: string | null;
  /** CORE unless told otherwise. */
  type?: ('CORE' | 'EDGE') | null;
  /** Only true for the chain that is root already. */
  root?: boolean | null;
  /** Free JSON. */
  additionalInfo?: { [name: string]: unknown } | null;
  /** Its id in the file it came from; absent keeps what is stored. */
  externalId?: IdReference | null;
  /** Version that was read; a stale one is refused with 409. */
  version?: number | null;
};
export type RuleNode = {
  /** Id of the node. */
  id: RuleNodeId;
  /** When the chain was created. */
  createdTime: number;
  /** Chain it belongs to. */
  ruleChainId: RuleChainId;
  /** Class of the node type. */
  type: string;
  /** Label. */
  name: string;
  /** What is recorded at the node, and until when. */
  debugSettings: { failuresEnabled: boolean; allEnabled: boolean; allEnabledUntil: number };
  /** Runs on one server only. */
  singletonMode: boolean;
  /** For node types with a queue of their own. */
  queueName: string | null;
  /** Version of `configuration`. */
  configurationVersion: number;
  /** Settings of the node. */
  configuration: unknown;
  /** Its id in the file it came from, where that is another. */
  externalId: RuleNodeId | null;
  /** Place on the canvas, a note, and what clients keep besides. */
  additionalInfo: { layoutX: number; layoutY: number; description: string };
};
export type RuleNodeId = {
  /** Type of the entity. */
  entityType: 'RULE_NODE';
  /** UUID. */
  id: string;
};
export type SecuritySettings = {
  /** What a password must be like. */
  passwordPolicy: PasswordPolicy;
  /** Wrong passwords in a row that lock a user for five minutes; null is 10. */
  maxFailedLoginAttempts: number | null;
  /** Who gets a mail when a user is locked. */
  userLockoutNotificationEmail: string | null;
};
export type SecuritySettingsSave = {
  /** What a password must be like. */
  passwordPolicy?: {
    /** Least number of characters. */
    minimumLength?: number;
    /** Greatest number of characters. */
    maximumLength?: number | null;
    /** Least number of capital letters. */
    minimumUppercaseLetters?: number | null;
    /** Least number of small letters. */
    minimumLowercaseLetters?: number | null;
    /** Least number of digits. */
    minimumDigits?: number | null;
    /** Least number of characters that are neither letter nor digit nor space. */
    minimumSpecialCharacters?: number | null;
    /** Whether spaces may be in it. */
    allowWhitespaces?: boolean;
    /** Whether a password that breaks the policy keeps its user out. */
    forceUserToResetPasswordIfNotValid?: boolean;
    /** Days after which a password must be changed. */
    passwordExpirationPeriodDays?: number | null;
    /** Days for which an earlier password may not be used again. */
    passwordReuseFrequencyDays?: number | null;
  };
  /** Wrong passwords in a row that lock a user for five minutes; null is 10. */
  maxFailedLoginAttempts?: number | null;
  /** Who gets a mail when a user is locked. */
  userLockoutNotificationEmail?: (string | '') | null;
};
export type Tenant = {
  /** Id of the tenant. */
  id: TenantId;
  /** When it was created, in milliseconds since 1970. */
  createdTime: number;
  /** Title of the organisation. */
  title: string;
  /** Always the title. */
  name: string;
  /** Always "Global". */
  region: string;
  /** Profile with its limits; null means the default one. */
  tenantProfileId: TenantProfileId | null;
  /** Country. */
  country: string | null;
  /** State or region. */
  state: string | null;
  /** City. */
  city: string | null;
  /** Street and number. */
  address: string | null;
  /** Second line of the address. */
  address2: string | null;
  /** Postal code. */
  zip: string | null;
  /** Telephone number. */
  phone: string | null;
  /** Email address. */
  email: string | null;
  /** Counts up with every change. */
  version: number;
  /** Free JSON. */
  additionalInfo: { [name: string]: unknown } | null;
};
export type TenantId = {
  /** Type of the entity. */
  entityType: 'TENANT';
  /** UUID. */
  id: string;
};
export type TenantInfo = {
  /** Id of the tenant. */
  id: TenantId;
  /** When it was created, in milliseconds since 1970. */
  createdTime: number;
  /** Title of the organisation. */
  title: string;
  /** Always the title. */
  name: string;
  /** Always "Global". */
  region: string;
  /** Profile with its limits; null means the default one. */
  tenantProfileId: TenantProfileId | null;
  /** Country. */
  country: string | null;
  /** State or region. */
  state: string | null;
  /** City. */
  city: string | null;
  /** Street and number. */
  address: string | null;
  /** Second line of the address. */
  address2: string | null;
  /** Postal code. */
  zip: string | null;
  /** Telephone number. */
  phone: string | null;
  /** Email address. */
  email: string | null;
  /** Counts up with every change. */
  version: number;
  /** Free JSON. */
  additionalInfo: { [name: string]: unknown } | null;
  /** Name of the profile. */
  tenantProfileName: string | null;
};
export type TenantProfile = {
  /** Id of the profile. */
  id: TenantProfileId;
  /** When it was created, in milliseconds since 1970. */
  createdTime: number;
  /** Name, unique in the system. */
  name: string;
  /** For people. */
  description: string | null;
  /** Taken by tenants that name no profile. */
  default: boolean;
  /** Whether tenants have the queues below besides those they make. */
  isolatedTbRuleEngine: boolean;
  /** Counts up with every change. */
  version: number;
  /** What the profile sets. */
  profileData: {
    /** Limits: 0, null and empty are unlimited. */
    configuration: { [name: string]: unknown };
    /** Queues of isolated tenants, as they came. */
    queueConfiguration: { [name: string]: unknown }[] | null;
  };
};
export type TenantProfileId = {
  /** Type of the entity. */
  entityType: 'TENANT_PROFILE';
  /** UUID. */
  id: string;
};
export type TenantProfileInfo = {
  /** Id of the profile. */
  id: TenantProfileId;
  /** Name. */
  name: string;
};
export type TenantProfileSave = {
  /** Profile to change; absent creates one. */
  id?: IdReference | null;
  /** Name, unique in the system. */
  name?: string | null;
  /** For people. */
  description?: string | null;
  /** Only where there is no other default profile; use the route `…/default` to move it. */
  default?: boolean | null;
  /** Whether tenants have the queues below besides those they make. */
  isolatedTbRuleEngine?: boolean | null;
  /** What the profile sets; absent keeps what is stored. */
  profileData?: {
    /** Limits; members that are absent are unlimited. */
    configuration?: { [name: string]: unknown } | null;
    /** Queues of isolated tenants, in the form of `POST /api/queues`; one that has another form is kept and means nothing. */
    queueConfiguration?: { [name: string]: unknown }[] | null;
  } | null;
  /** Version that was read; a stale one is refused with 409. */
  version?: number | null;
};
export type TenantSave = {
  /** Tenant to change; absent creates one. */
  id?: IdReference | null;
  /** Title of the organisation; need not be unique. */
  title?: string | null;
  /** Profile; absent takes the default one. */
  tenantProfileId?: IdReference | null;
  /** Country. */
  country?: string | null;
  /** State or region. */
  state?: string | null;
  /** City. */
  city?: string | null;
  /** Street and number. */
  address?: string | null;
  /** Second line of the address. */
  address2?: string | null;
  /** Postal code. */
  zip?: string | null;
  /** Telephone number. */
  phone?: string | null;
  /** Email address. */
  email?: string | null;
  /** Free JSON. */
  additionalInfo?: { [name: string]: unknown } | null;
  /** Version that was read; a stale one is refused with 409. */
  version?: number | null;
};
export type TimeSeries = {
  [name: string]: {
    /** When, in milliseconds since 1970. */
    ts: number;
    /** Text, or with `useStrictDataTypes=true` JSON of the stored type. */
    value: unknown;
  }[];
};
export type TokenPair = {
  /** Access token: send it as `X-Authorization: Bearer …`. */
  token: string;
  /** Gets the next pair from `POST /api/auth/token`. */
  refreshToken: string;
};
export type Usage = {
  /** How many devices there are. */
  devices: number;
  /** How many devices there may be; 0 is unlimited. */
  maxDevices: number;
  /** How many assets there are. */
  assets: number;
  /** How many assets there may be; 0 is unlimited. */
  maxAssets: number;
  /** How many customers there are. */
  customers: number;
  /** How many customers there may be; 0 is unlimited. */
  maxCustomers: number;
  /** How many users there are. */
  users: number;
  /** How many users there may be; 0 is unlimited. */
  maxUsers: number;
  /** How many dashboards there are. */
  dashboards: number;
  /** How many dashboards there may be; 0 is unlimited. */
  maxDashboards: number;
  /** How many rule chains there are. */
  ruleChains: number;
  /** How many rule chains there may be; 0 is unlimited. */
  maxRuleChains: number;
};
export type User = {
  /** Id of the user. */
  id: UserId;
  /** When it was created, in milliseconds since 1970. */
  createdTime: number;
  /** Tenant of the user. */
  tenantId: TenantId;
  /** Customer of the user; the null UUID for administrators. */
  customerId: CustomerId;
  /** Name to sign in with. */
  email: string;
  /** Always the email. */
  name: string;
  /** What the user may do. */
  authority: 'SYS_ADMIN' | 'TENANT_ADMIN' | 'CUSTOMER_USER';
  /** Given name. */
  firstName: string | null;
  /** Family name. */
  lastName: string | null;
  /** Telephone number. */
  phone: string | null;
  /** Counts up with every change. */
  version: number;
  /** Free JSON. */
  additionalInfo: { [name: string]: unknown } | null;
};
export type UserEmailInfo = {
  /** Id of the user. */
  id: UserId;
  /** Name to sign in with. */
  email: string;
  /** Given name. */
  firstName: string | null;
  /** Family name. */
  lastName: string | null;
};
export type UserId = {
  /** Type of the entity. */
  entityType: 'USER';
  /** UUID. */
  id: string;
};
export type UserSave = {
  /** User to change; absent creates one. */
  id?: IdReference | null;
  /** Tenant of a user that the system administrator creates. */
  tenantId?: IdReference | null;
  /** Customer of a customer user. */
  customerId?: IdReference | null;
  /** Name to sign in with; unique over the whole system. */
  email?: string | null;
  /** What the user may do. */
  authority?: ('SYS_ADMIN' | 'TENANT_ADMIN' | 'CUSTOMER_USER') | null;
  /** Given name. */
  firstName?: string | null;
  /** Family name. */
  lastName?: string | null;
  /** Telephone number. */
  phone?: string | null;
  /** Free JSON. */
  additionalInfo?: { [name: string]: unknown } | null;
  /** Version that was read; a stale one is refused with 409. */
  version?: number | null;
};
type WrongRequestAnswer = { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
type NotSignedInAnswer = { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
type NotPermittedAnswer = { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
type NotFoundAnswer = { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
type ConflictAnswer = { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
export interface paths {
  '/api/auth/login': {
    /** Signs in with email and password. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** Email of the user. */
            username?: string;
            /** Password. */
            password?: string;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': TokenPair } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
      };
    };
  };
  '/api/auth/login/public': {
    /** Signs in to a public customer, without a user. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** UUID of a public customer. */
            publicId?: string;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': TokenPair } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
      };
    };
  };
  '/api/auth/token': {
    /** Exchanges a refresh token for a new pair of tokens. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** Refresh token of an earlier sign-in. */
            refreshToken: string;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': TokenPair } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
      };
    };
  };
  '/api/auth/user': {
    /** The user that is signed in. */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': User } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/auth/logout': {
    /** Ends this sign-in. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content?: never };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/auth/changePassword': {
    /** Changes the own password; all older tokens become void. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** Password used so far. */
            currentPassword: string;
            /** Password to use from now on; GET /api/noauth/userPasswordPolicy tells what it must be like. */
            newPassword: string;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': TokenPair } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/noauth/userPasswordPolicy': {
    /** What a password must be like. */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': PasswordPolicy } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
      };
    };
  };
  '/api/noauth/activate': {
    /** Opens an activation link: leads to the page that sets the first password. */
    get: {
      parameters: {
        query: {
          /** Token of the link. */
          activateToken: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: { 303: { headers: { [name: string]: unknown }; content?: never }; 400: WrongRequestAnswer; 401: NotSignedInAnswer };
    };
    /** Sets the first password of a user and signs in. */
    post: {
      parameters: {
        query?: {
          /** Whether the user gets a mail that says so. */
          sendActivationMail?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** Token of the activation link. */
            activateToken?: string;
            /** First password. */
            password?: string;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': TokenPair } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
      };
    };
  };
  '/api/noauth/resetPasswordByEmail': {
    /** Sends a user a link to set a new password. Answers the same whether there is such a user or not. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** Email of the user who lost the password. */
            email?: string;
          };
        };
      };
      responses: { 200: { headers: { [name: string]: unknown }; content?: never }; 400: WrongRequestAnswer; 401: NotSignedInAnswer };
    };
  };
  '/api/noauth/resetPassword': {
    /** Opens a link to set a new password: leads to the page for it. */
    get: {
      parameters: {
        query: {
          /** Token of the link. */
          resetToken: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: { 303: { headers: { [name: string]: unknown }; content?: never }; 400: WrongRequestAnswer; 401: NotSignedInAnswer };
    };
    /** Sets a new password; all older tokens of the user become void. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** Token of the link in the mail. */
            resetToken?: string;
            /** New password. */
            password?: string;
          };
        };
      };
      responses: { 200: { headers: { [name: string]: unknown }; content?: never }; 400: WrongRequestAnswer; 401: NotSignedInAnswer };
    };
  };
  '/api/apiKey': {
    /** Creates an API key. Its value is answered this once. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': ApiKeySave } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': ApiKey } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/apiKeys/{userId}': {
    /** A page of the API keys of a user, without their values. */
    get: {
      parameters: {
        query: {
          /** Entities a page. */
          pageSize: number;
          /** Page, counted from 0. */
          page: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
        };
        header?: never;
        path: {
          /** UUID. */
          userId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: ApiKeyInfo[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/apiKey/{apiKeyId}/enabled/{enabled}': {
    /** Lets the holder of an API key in, or keeps it out. */
    put: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          apiKeyId: string;
          /** Whether the key may be used. */
          enabled: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': ApiKeyInfo } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/apiKey/{apiKeyId}/description': {
    /** Changes the description of an API key. */
    put: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          apiKeyId: string;
        };
        cookie?: never;
      };
      requestBody: { content: { 'application/json': string | null } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': ApiKeyInfo } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/apiKey/{apiKeyId}': {
    /** Removes an API key. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          apiKeyId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content?: never };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/admin/settings/{key}': {
    /** Settings of the system, without secrets. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** general or mail. */
          key: 'general' | 'mail';
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': AdminSettings } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
    /** Saves settings of the system, with their key in the path. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** general or mail. */
          key: 'general' | 'mail';
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** Ignored: the key says which. */
            id?: IdReference | null;
            /** Which settings. */
            key?: 'general' | 'mail';
            /** The settings. */
            jsonValue: { [name: string]: unknown };
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': AdminSettings } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/admin/settings': {
    /** Saves settings of the system. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': AdminSettingsSave } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': AdminSettings } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/admin/settings/testMail': {
    /** Sends a mail to the user who is signed in, through the settings of the body, which are not saved. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** Ignored: the key says which. */
            id?: IdReference | null;
            /** Which settings. */
            key?: 'general' | 'mail';
            /** The settings. */
            jsonValue: { [name: string]: unknown };
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content?: never };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/admin/securitySettings': {
    /** Password policy and locking. */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': SecuritySettings } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
    /** Changes password policy and locking. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': SecuritySettingsSave } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': SecuritySettings } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/admin/jwtSettings': {
    /** How tokens are made; the key is never answered. */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': JwtSettings } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
    /** Changes how tokens are made. All tokens become void; the answer holds new ones. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** Life of an access token, in seconds. */
            tokenExpirationTime?: number;
            /** Life of a refresh token, in seconds. */
            refreshTokenExpTime?: number;
            /** What tokens name as their issuer. */
            tokenIssuer?: string;
            /** Key that signs tokens, in Base64; never answered. Absent or masked leaves it as it is. */
            tokenSigningKey?: string | null;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': TokenPair } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/admin/systemInfo': {
    /** Load of the machine. */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Whether one process does everything. */
              monolith: boolean;
              /** One entry a machine. */
              systemData: {
                /** Name of the machine. */
                serviceId: string;
                /** What runs there. */
                serviceType: string;
                /** Load of the processors, in per cent. */
                cpuUsage: number;
                /** Number of processors. */
                cpuCount: number;
                /** Memory in use, in per cent. */
                memoryUsage: number;
                /** Memory there is, in bytes. */
                totalMemory: number;
                /** Disk in use, in per cent. */
                discUsage: number;
                /** Disk there is, in bytes. */
                totalDiscSpace: number;
              }[];
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/admin/featuresInfo': {
    /** What is set up. */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Whether the system administrator set a mail server. */
              emailEnabled: boolean;
              /** Always false. */
              smsEnabled: boolean;
              /** Always false. */
              notificationEnabled: boolean;
              /** Always false. */
              oauthEnabled: boolean;
              /** Always false. */
              twoFaEnabled: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/user': {
    /** Creates a user, or replaces one. A new user sets the first password by the activation link. */
    post: {
      parameters: {
        query?: {
          /** Whether a new user gets the link by mail. */
          sendActivationMail?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: { content: { 'application/json': UserSave } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': User } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/user/{userId}': {
    /** One user. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          userId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': User } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
    /** Removes a user; its alarms are assigned to nobody. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          userId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content?: never };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/user/{userId}/token': {
    /** Tokens to act as a user. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          userId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': TokenPair } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/user/tokenAccessEnabled': {
    /** Whether administrators may act as their users. */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': boolean } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/users': {
    /** A page of users: of the tenant, or of the own customer; with `userIds` those users. */
    get: {
      parameters: {
        query?: {
          /** Entities a page. */
          pageSize?: number;
          /** Page, counted from 0. */
          page?: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
          /** UUIDs, separated by commas. */
          userIds?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json':
              | {
                  /** Entities of this page. */
                  data: User[];
                  /** Pages there are. */
                  totalPages: number;
                  /** Entities there are. */
                  totalElements: number;
                  /** Whether a page follows. */
                  hasNext: boolean;
                }
              | User[];
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/users/list': {
    /** Users by id; those that do not exist or may not be read are left out. */
    get: {
      parameters: {
        query: {
          /** UUIDs, separated by commas. */
          userIds: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': User[] } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/users/info': {
    /** A page of users with their names only. */
    get: {
      parameters: {
        query: {
          /** Entities a page. */
          pageSize: number;
          /** Page, counted from 0. */
          page: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: UserEmailInfo[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/users/assign/{alarmId}': {
    /** A page of users to whom an alarm may be assigned. */
    get: {
      parameters: {
        query: {
          /** Entities a page. */
          pageSize: number;
          /** Page, counted from 0. */
          page: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
        };
        header?: never;
        path: {
          /** UUID. */
          alarmId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: UserEmailInfo[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/tenant/{tenantId}/users': {
    /** A page of the administrators of a tenant. */
    get: {
      parameters: {
        query: {
          /** Entities a page. */
          pageSize: number;
          /** Page, counted from 0. */
          page: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
        };
        header?: never;
        path: {
          /** UUID. */
          tenantId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: User[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/customer/{customerId}/users': {
    /** A page of the users of a customer. */
    get: {
      parameters: {
        query: {
          /** Entities a page. */
          pageSize: number;
          /** Page, counted from 0. */
          page: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
        };
        header?: never;
        path: {
          /** UUID. */
          customerId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: User[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/user/{userId}/activationLink': {
    /** The link by which a user sets the first password. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          userId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': string } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/user/{userId}/activationLinkInfo': {
    /** The link by which a user sets the first password, and how long it works. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          userId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** The link. */
              value: string;
              /** How long it still works, in milliseconds. */
              ttlMs: number;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/user/sendActivationMail': {
    /** Sends a user the activation link by mail. */
    post: {
      parameters: {
        query: {
          /** Email of the user. */
          email: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content?: never };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/user/{userId}/userCredentialsEnabled': {
    /** Lets a user in, or keeps it out. */
    post: {
      parameters: {
        query?: {
          /** Whether the user may sign in. */
          userCredentialsEnabled?: string;
        };
        header?: never;
        path: {
          /** UUID. */
          userId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content?: never };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/user/settings': {
    /** Settings that the client keeps for the user who is signed in. */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': { [name: string]: unknown } } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
    /** Replaces these settings. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { [name: string]: unknown } } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': { [name: string]: unknown } } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
    /** Sets the fields that are sent; a name with dots leads into fields of fields. */
    put: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { [name: string]: unknown } } };
      responses: {
        200: { headers: { [name: string]: unknown }; content?: never };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/user/settings/{paths}': {
    /** Removes fields of these settings. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Fields to remove, separated by commas; dots lead into fields of fields. */
          paths: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content?: never };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/user/settings/{type}': {
    /** Settings of one type. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** What the settings are for, such as GENERAL or QUICK_LINKS. */
          type: 'GENERAL' | 'QUICK_LINKS' | 'DOC_LINKS' | 'DASHBOARDS' | 'GETTING_STARTED' | 'NOTIFICATIONS';
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': { [name: string]: unknown } } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
    /** Sets the fields that are sent, of settings of one type. */
    put: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** What the settings are for, such as GENERAL or QUICK_LINKS. */
          type: 'GENERAL' | 'QUICK_LINKS' | 'DOC_LINKS' | 'DASHBOARDS' | 'GETTING_STARTED' | 'NOTIFICATIONS';
        };
        cookie?: never;
      };
      requestBody: { content: { 'application/json': { [name: string]: unknown } } };
      responses: {
        200: { headers: { [name: string]: unknown }; content?: never };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/user/settings/{paths}/{type}': {
    /** Removes fields of settings of one type. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Fields to remove, separated by commas; dots lead into fields of fields. */
          paths: string;
          /** What the settings are for, such as GENERAL or QUICK_LINKS. */
          type: 'GENERAL' | 'QUICK_LINKS' | 'DOC_LINKS' | 'DASHBOARDS' | 'GETTING_STARTED' | 'NOTIFICATIONS';
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content?: never };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/user/dashboards': {
    /** Dashboards that the user opened last or starred. */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Opened last, newest first. */
              last: {
                /** UUID of the dashboard. */
                id: string;
                /** Title of the dashboard. */
                title: string;
                /** Whether the user starred it. */
                starred: boolean;
                /** When the user opened it last, in milliseconds since 1970. */
                lastVisited: number;
              }[];
              /** Starred, newest first. */
              starred: {
                /** UUID of the dashboard. */
                id: string;
                /** Title of the dashboard. */
                title: string;
                /** When the user starred it, in milliseconds since 1970. */
                starredAt: number;
              }[];
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/user/dashboards/{dashboardId}/{action}': {
    /** Remembers that the user opened, starred or unstarred a dashboard. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          dashboardId: string;
          /** visit, star or unstar. */
          action: 'visit' | 'star' | 'unstar';
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Opened last, newest first. */
              last: {
                /** UUID of the dashboard. */
                id: string;
                /** Title of the dashboard. */
                title: string;
                /** Whether the user starred it. */
                starred: boolean;
                /** When the user opened it last, in milliseconds since 1970. */
                lastVisited: number;
              }[];
              /** Starred, newest first. */
              starred: {
                /** UUID of the dashboard. */
                id: string;
                /** Title of the dashboard. */
                title: string;
                /** When the user starred it, in milliseconds since 1970. */
                starredAt: number;
              }[];
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/tenant': {
    /** Creates a tenant with its default profiles and root rule chain, or replaces one. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': TenantSave } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Tenant } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/tenant/{tenantId}': {
    /** One tenant. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          tenantId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Tenant } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
    /** Removes a tenant and everything it owns. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          tenantId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content?: never };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/tenant/info/{tenantId}': {
    /** One tenant with the name of its profile. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          tenantId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': TenantInfo } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/tenants': {
    /** A page of tenants; with `tenantIds` those tenants. */
    get: {
      parameters: {
        query?: {
          /** Entities a page. */
          pageSize?: number;
          /** Page, counted from 0. */
          page?: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
          /** UUIDs, separated by commas. */
          tenantIds?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json':
              | {
                  /** Entities of this page. */
                  data: Tenant[];
                  /** Pages there are. */
                  totalPages: number;
                  /** Entities there are. */
                  totalElements: number;
                  /** Whether a page follows. */
                  hasNext: boolean;
                }
              | Tenant[];
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/tenants/list': {
    /** Tenants by id; those that do not exist are left out. */
    get: {
      parameters: {
        query: {
          /** UUIDs, separated by commas. */
          tenantIds: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Tenant[] } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/tenantInfos': {
    /** A page of tenants with the names of their profiles. */
    get: {
      parameters: {
        query: {
          /** Entities a page. */
          pageSize: number;
          /** Page, counted from 0. */
          page: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: TenantInfo[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/usage': {
    /** What the tenant has of that which its profile limits. */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Usage } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/tenantProfile': {
    /** Creates a tenant profile, or replaces one; its limits hold at once. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': TenantProfileSave } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': TenantProfile } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/tenantProfile/{tenantProfileId}': {
    /** One tenant profile. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          tenantProfileId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': TenantProfile } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
    /** Removes a tenant profile that no tenant uses. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          tenantProfileId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content?: never };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/tenantProfile/{tenantProfileId}/default': {
    /** Makes this the profile of tenants that name none. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          tenantProfileId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': TenantProfile } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/tenantProfileInfo/default': {
    /** The profile of tenants that name none. */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': TenantProfileInfo } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/tenantProfileInfo/{tenantProfileId}': {
    /** The little that a choice of profiles needs. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          tenantProfileId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': TenantProfileInfo } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/tenantProfiles': {
    /** A page of tenant profiles. */
    get: {
      parameters: {
        query: {
          /** Entities a page. */
          pageSize: number;
          /** Page, counted from 0. */
          page: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: TenantProfile[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/tenantProfileInfos': {
    /** A page of tenant profiles, in short. */
    get: {
      parameters: {
        query: {
          /** Entities a page. */
          pageSize: number;
          /** Page, counted from 0. */
          page: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: TenantProfileInfo[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/customer': {
    /** Creates a customer, or replaces one. */
    post: {
      parameters: {
        query?: {
          /** What to do when the name is taken: refuse it, or append a suffix. */
          nameConflictPolicy?: 'FAIL' | 'UNIQUIFY';
          /** Stands between the name and the suffix. */
          uniquifySeparator?: string;
          /** The suffix: 6 random characters, or the next free number from 1. */
          uniquifyStrategy?: 'RANDOM' | 'INCREMENTAL';
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: { content: { 'application/json': CustomerSave } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Customer } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/customer/{customerId}': {
    /** One customer. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          customerId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Customer } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
    /** Removes a customer and its users; what was assigned to it goes back to the tenant. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          customerId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content?: never };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/customer/{customerId}/shortInfo': {
    /** Title of a customer, and whether it is the public one. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          customerId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': CustomerShortInfo } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/customer/{customerId}/title': {
    /** Title of a customer, as `application/text`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          customerId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': string } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/customers': {
    /** A page of customers, for administrators; with `customerIds` those customers. */
    get: {
      parameters: {
        query?: {
          /** Entities a page. */
          pageSize?: number;
          /** Page, counted from 0. */
          page?: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
          /** UUIDs, separated by commas. */
          customerIds?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json':
              | {
                  /** Entities of this page. */
                  data: Customer[];
                  /** Pages there are. */
                  totalPages: number;
                  /** Entities there are. */
                  totalElements: number;
                  /** Whether a page follows. */
                  hasNext: boolean;
                }
              | Customer[];
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/customers/list': {
    /** Customers by id; those that do not exist or may not be read are left out. */
    get: {
      parameters: {
        query: {
          /** UUIDs, separated by commas. */
          customerIds: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Customer[] } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/tenant/customers': {
    /** The customer of a title. */
    get: {
      parameters: {
        query: {
          /** Title of the customer. */
          customerTitle: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Customer } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/device': {
    /** Creates a device, or replaces one. */
    post: {
      parameters: {
        query?: {
          /** What to do when the name is taken: refuse it, or append a suffix. */
          nameConflictPolicy?: 'FAIL' | 'UNIQUIFY';
          /** Stands between the name and the suffix. */
          uniquifySeparator?: string;
          /** The suffix: 6 random characters, or the next free number from 1. */
          uniquifyStrategy?: 'RANDOM' | 'INCREMENTAL';
          /** Access token of a new device; random if absent. */
          accessToken?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: { content: { 'application/json': DeviceSave } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Device } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/device/types': {
    /** The types that devices of the tenant have. */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Tenant of the entities. */
              tenantId: TenantId;
              /** Their entity type. */
              entityType: 'DEVICE';
              /** The type. */
              type: string;
            }[];
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/device/{deviceId}': {
    /** One device. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          deviceId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Device } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
    /** Removes a device with its credentials, relations, data and alarms; its sessions end. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          deviceId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content?: never };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/device/info/{deviceId}': {
    /** One device with the names of its profile and customer. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          deviceId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': DeviceInfo } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/customer/{customerId}/device/{deviceId}': {
    /** Assigns a device to a customer. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          customerId: string;
          /** UUID. */
          deviceId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Device } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/customer/device/{deviceId}': {
    /** Takes a device back from its customer. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          deviceId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Device } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/customer/public/device/{deviceId}': {
    /** Assigns a device to the public customer, which is made where there is none: anybody may see it. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          deviceId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Device } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/tenant/{tenantId}/device/{deviceId}': {
    /** Moves a device to another tenant. It keeps id, name and credentials; relations, alarms and data stay behind. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          tenantId: string;
          /** UUID. */
          deviceId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Device } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/tenant/device': {
    /** The device of a name. */
    get: {
      parameters: {
        query: {
          /** Name of the device. */
          deviceName: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Device } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/tenant/devices': {
    /** A page of devices; with `deviceName` the one device of that name. */
    get: {
      parameters: {
        query?: {
          /** Entities a page. */
          pageSize?: number;
          /** Page, counted from 0. */
          page?: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
          /** Only devices of this type. */
          type?: string;
          /** Only devices of this profile. */
          deviceProfileId?: string;
          /** Name of one device; needs no page. */
          deviceName?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json':
              | {
                  /** Entities of this page. */
                  data: Device[];
                  /** Pages there are. */
                  totalPages: number;
                  /** Entities there are. */
                  totalElements: number;
                  /** Whether a page follows. */
                  hasNext: boolean;
                }
              | Device;
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/tenant/deviceInfos': {
    /** A page of devices with the names of their profiles and customers. */
    get: {
      parameters: {
        query: {
          /** Entities a page. */
          pageSize: number;
          /** Page, counted from 0. */
          page: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
          /** Only devices of this type. */
          type?: string;
          /** Only devices of this profile. */
          deviceProfileId?: string;
          /** Only devices that were (true) or were not (false) heard of lately. */
          active?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: DeviceInfo[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/customer/{customerId}/devices': {
    /** A page of the devices of a customer. */
    get: {
      parameters: {
        query: {
          /** Entities a page. */
          pageSize: number;
          /** Page, counted from 0. */
          page: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
          /** Only devices of this type. */
          type?: string;
          /** Only devices of this profile. */
          deviceProfileId?: string;
        };
        header?: never;
        path: {
          /** UUID. */
          customerId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: Device[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/customer/{customerId}/deviceInfos': {
    /** A page of the devices of a customer with the names of their profiles. */
    get: {
      parameters: {
        query: {
          /** Entities a page. */
          pageSize: number;
          /** Page, counted from 0. */
          page: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
          /** Only devices of this type. */
          type?: string;
          /** Only devices of this profile. */
          deviceProfileId?: string;
          /** Only devices that were (true) or were not (false) heard of lately. */
          active?: string;
        };
        header?: never;
        path: {
          /** UUID. */
          customerId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: DeviceInfo[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/devices': {
    /** The devices of some ids; those that cannot be read are left out. */
    get: {
      parameters: {
        query: {
          /** UUIDs, separated by commas. */
          deviceIds: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Device[] } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
    /** The devices that relations lead to. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** Where to start and how far to go. */
            parameters: {
              /** Entity to start from. */
              rootId: string;
              /** Entity type of that. */
              rootType: EntityType;
              /** FROM follows relations that start at the root, TO those that lead to it. */
              direction: 'FROM' | 'TO';
              /** Only COMMON relations are followed. */
              relationTypeGroup: 'COMMON' | 'DASHBOARD' | 'RULE_CHAIN' | 'RULE_NODE' | 'EDGE' | 'EDGE_AUTO_ASSIGN_RULE_CHAIN';
              /** How many relations may lie between; 1 if absent, any number if 0 or less. */
              maxLevel?: number | null;
              /** Only those at the end of each path. */
              fetchLastLevelOnly?: boolean | null;
            };
            /** Type of the relations; Contains if absent. */
            relationType?: string | null;
            /** Only those of these types; empty means any. */
            deviceTypes: string[];
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Device[] } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/devices/count/{otaPackageType}/{deviceProfileId}': {
    /** How many devices of a profile have no firmware or software of their own. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          deviceProfileId: string;
          /** Which packages. */
          otaPackageType: 'FIRMWARE' | 'SOFTWARE';
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': number } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/device-with-credentials': {
    /** Creates a device with the given credentials, or replaces both. */
    post: {
      parameters: {
        query?: {
          /** What to do when the name is taken: refuse it, or append a suffix. */
          nameConflictPolicy?: 'FAIL' | 'UNIQUIFY';
          /** Stands between the name and the suffix. */
          uniquifySeparator?: string;
          /** The suffix: 6 random characters, or the next free number from 1. */
          uniquifyStrategy?: 'RANDOM' | 'INCREMENTAL';
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: { content: { 'application/json': DeviceWithCredentials } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Device } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/device/{deviceId}/credentials': {
    /** The credentials of a device. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          deviceId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': DeviceCredentials } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/device/credentials': {
    /** Replaces the credentials of a device; its sessions end. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': DeviceCredentialsSave } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': DeviceCredentials } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/customer/device/{deviceName}/claim': {
    /** Claims a device that sent `{"secretKey", "durationMs"}` to `v1/devices/me/claim` (MQTT) or `/api/v1/{token}/claim` (HTTP, CoAP): it then belongs to the customer of the caller. Status 400 has the body `"FAILURE"` where the device does not wait for that key, `"CLAIMED"` where a customer has it. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Name of the device. */
          deviceName: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** Key that the device sent; absent is an empty one. */
            secretKey?: string | null;
          } | null;
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': ClaimResult } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
    /** Takes a claimed device back from its customer. Users of customers give back their own devices. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Name of the device. */
          deviceName: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content?: never };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/deviceProfile/names': {
    /** Id and name of the device profiles, by name. */
    get: {
      parameters: {
        query?: {
          /** Only profiles that some device has. */
          activeOnly?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Id. */
              id: DeviceProfileId;
              /** Name. */
              name: string;
            }[];
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/deviceProfile/devices/keys/timeseries': {
    /** Names of the time series that devices have. */
    get: {
      parameters: {
        query?: {
          /** Only devices of this profile. */
          deviceProfileId?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': string[] } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/deviceProfile/devices/keys/attributes': {
    /** Names of the attributes, of any scope, that devices have. */
    get: {
      parameters: {
        query?: {
          /** Only devices of this profile. */
          deviceProfileId?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': string[] } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/deviceProfile': {
    /** Creates a device profile, or replaces one. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': DeviceProfileSave } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': DeviceProfile } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/deviceProfile/{deviceProfileId}': {
    /** One device profile. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          deviceProfileId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': DeviceProfile } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
    /** Removes a device profile that no device uses. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          deviceProfileId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content?: never };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/deviceProfile/{deviceProfileId}/default': {
    /** Makes this the profile of devices that name none. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          deviceProfileId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': DeviceProfile } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/deviceProfileInfo/default': {
    /** The profile of devices that name none. */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': DeviceProfileInfo } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/deviceProfileInfo/{deviceProfileId}': {
    /** The little that a choice of profiles needs. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          deviceProfileId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': DeviceProfileInfo } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/deviceProfiles': {
    /** A page of device profiles. */
    get: {
      parameters: {
        query: {
          /** Entities a page. */
          pageSize: number;
          /** Page, counted from 0. */
          page: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: DeviceProfile[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/deviceProfileInfos': {
    /** A page of device profiles, in short; with `deviceProfileIds` those profiles. */
    get: {
      parameters: {
        query?: {
          /** Entities a page. */
          pageSize?: number;
          /** Page, counted from 0. */
          page?: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
          /** Only profiles of this transport. */
          transportType?: 'DEFAULT' | 'MQTT' | 'COAP' | 'LWM2M' | 'SNMP';
          /** UUIDs, separated by commas. */
          deviceProfileIds?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json':
              | {
                  /** Entities of this page. */
                  data: DeviceProfileInfo[];
                  /** Pages there are. */
                  totalPages: number;
                  /** Entities there are. */
                  totalElements: number;
                  /** Whether a page follows. */
                  hasNext: boolean;
                }
              | DeviceProfileInfo[];
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/deviceProfileInfos/list': {
    /** Device profiles by id, in short; those that do not exist are left out. */
    get: {
      parameters: {
        query: {
          /** UUIDs, separated by commas. */
          deviceProfileIds: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': DeviceProfileInfo[] } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/fieldline/deviceProfile/{deviceProfileId}/keys': {
    /** What is known of the telemetry and the attributes of devices of a profile: keys, kinds, ranges, shares and examples. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          deviceProfileId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Keys of telemetry, the most frequent first. */
              telemetry: {
                /** Name. */
                key: string;
                /** Kinds of its values, the commonest first. */
                kinds: {
                  /** Kind. */
                  kind: 'boolean' | 'long' | 'double' | 'string' | 'json';
                  /** Of its values, 0 to 1. */
                  share: number;
                }[];
                /** Smallest number; null where there was none. */
                min: number | null;
                /** Largest number; null where there was none. */
                max: number | null;
                /** When it was last seen, in milliseconds since 1970. */
                lastSeenTs: number;
                /** Messages that have it, 0 to 1; null where only stored values were looked at. */
                messageShare: number | null;
                /** Devices that have it, 0 to 1. */
                deviceShare: number;
                /** Some values, the newest first; texts are cut, of objects the names of members are told. */
                examples: unknown[];
              }[];
              /** Keys of attributes. */
              attributes: {
                /** What devices told. */
                CLIENT_SCOPE: {
                  /** Name. */
                  key: string;
                  /** Kinds of its values, the commonest first. */
                  kinds: {
                    /** Kind. */
                    kind: 'boolean' | 'long' | 'double' | 'string' | 'json';
                    /** Of its values, 0 to 1. */
                    share: number;
                  }[];
                  /** Smallest number; null where there was none. */
                  min: number | null;
                  /** Largest number; null where there was none. */
                  max: number | null;
                  /** When it was last seen, in milliseconds since 1970. */
                  lastSeenTs: number;
                  /** Messages that have it, 0 to 1; null where only stored values were looked at. */
                  messageShare: number | null;
                  /** Devices that have it, 0 to 1. */
                  deviceShare: number;
                  /** Some values, the newest first; texts are cut, of objects the names of members are told. */
                  examples: unknown[];
                }[];
                /** What devices are told. */
                SHARED_SCOPE: {
                  /** Name. */
                  key: string;
                  /** Kinds of its values, the commonest first. */
                  kinds: {
                    /** Kind. */
                    kind: 'boolean' | 'long' | 'double' | 'string' | 'json';
                    /** Of its values, 0 to 1. */
                    share: number;
                  }[];
                  /** Smallest number; null where there was none. */
                  min: number | null;
                  /** Largest number; null where there was none. */
                  max: number | null;
                  /** When it was last seen, in milliseconds since 1970. */
                  lastSeenTs: number;
                  /** Messages that have it, 0 to 1; null where only stored values were looked at. */
                  messageShare: number | null;
                  /** Devices that have it, 0 to 1. */
                  deviceShare: number;
                  /** Some values, the newest first; texts are cut, of objects the names of members are told. */
                  examples: unknown[];
                }[];
                /** What devices do not see. */
                SERVER_SCOPE: {
                  /** Name. */
                  key: string;
                  /** Kinds of its values, the commonest first. */
                  kinds: {
                    /** Kind. */
                    kind: 'boolean' | 'long' | 'double' | 'string' | 'json';
                    /** Of its values, 0 to 1. */
                    share: number;
                  }[];
                  /** Smallest number; null where there was none. */
                  min: number | null;
                  /** Largest number; null where there was none. */
                  max: number | null;
                  /** When it was last seen, in milliseconds since 1970. */
                  lastSeenTs: number;
                  /** Messages that have it, 0 to 1; null where only stored values were looked at. */
                  messageShare: number | null;
                  /** Devices that have it, 0 to 1. */
                  deviceShare: number;
                  /** Some values, the newest first; texts are cut, of objects the names of members are told. */
                  examples: unknown[];
                }[];
              };
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/asset': {
    /** Creates an asset, or replaces one. */
    post: {
      parameters: {
        query?: {
          /** What to do when the name is taken: refuse it, or append a suffix. */
          nameConflictPolicy?: 'FAIL' | 'UNIQUIFY';
          /** Stands between the name and the suffix. */
          uniquifySeparator?: string;
          /** The suffix: 6 random characters, or the next free number from 1. */
          uniquifyStrategy?: 'RANDOM' | 'INCREMENTAL';
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: { content: { 'application/json': AssetSave } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Asset } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/asset/types': {
    /** The types that assets of the tenant have. */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Tenant of the entities. */
              tenantId: TenantId;
              /** Their entity type. */
              entityType: 'ASSET';
              /** The type. */
              type: string;
            }[];
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/asset/{assetId}': {
    /** One asset. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          assetId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Asset } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
    /** Removes an asset with its relations, data and alarms. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          assetId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content?: never };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/asset/info/{assetId}': {
    /** One asset with the names of its profile and customer. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          assetId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': AssetInfo } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/customer/{customerId}/asset/{assetId}': {
    /** Assigns an asset to a customer. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          customerId: string;
          /** UUID. */
          assetId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Asset } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/customer/asset/{assetId}': {
    /** Takes an asset back from its customer. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          assetId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Asset } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/customer/public/asset/{assetId}': {
    /** Assigns an asset to the public customer: anybody may see it. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          assetId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Asset } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/tenant/assets': {
    /** A page of assets; with `assetName` the one asset of that name. */
    get: {
      parameters: {
        query?: {
          /** Entities a page. */
          pageSize?: number;
          /** Page, counted from 0. */
          page?: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
          /** Only assets of this type. */
          type?: string;
          /** Only assets of this profile. */
          assetProfileId?: string;
          /** Name of one asset; needs no page. */
          assetName?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json':
              | {
                  /** Entities of this page. */
                  data: Asset[];
                  /** Pages there are. */
                  totalPages: number;
                  /** Entities there are. */
                  totalElements: number;
                  /** Whether a page follows. */
                  hasNext: boolean;
                }
              | Asset;
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/tenant/assetInfos': {
    /** A page of assets with the names of their profiles and customers. */
    get: {
      parameters: {
        query: {
          /** Entities a page. */
          pageSize: number;
          /** Page, counted from 0. */
          page: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
          /** Only assets of this type. */
          type?: string;
          /** Only assets of this profile. */
          assetProfileId?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: AssetInfo[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/customer/{customerId}/assets': {
    /** A page of the assets of a customer. */
    get: {
      parameters: {
        query: {
          /** Entities a page. */
          pageSize: number;
          /** Page, counted from 0. */
          page: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
          /** Only assets of this type. */
          type?: string;
          /** Only assets of this profile. */
          assetProfileId?: string;
        };
        header?: never;
        path: {
          /** UUID. */
          customerId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: Asset[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/customer/{customerId}/assetInfos': {
    /** A page of the assets of a customer with the names of their profiles. */
    get: {
      parameters: {
        query: {
          /** Entities a page. */
          pageSize: number;
          /** Page, counted from 0. */
          page: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
          /** Only assets of this type. */
          type?: string;
          /** Only assets of this profile. */
          assetProfileId?: string;
        };
        header?: never;
        path: {
          /** UUID. */
          customerId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: AssetInfo[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/assets': {
    /** The assets of some ids; those that cannot be read are left out. */
    get: {
      parameters: {
        query: {
          /** UUIDs, separated by commas. */
          assetIds: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Asset[] } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
    /** The assets that relations lead to. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** Where to start and how far to go. */
            parameters: {
              /** Entity to start from. */
              rootId: string;
              /** Entity type of that. */
              rootType: EntityType;
              /** FROM follows relations that start at the root, TO those that lead to it. */
              direction: 'FROM' | 'TO';
              /** Only COMMON relations are followed. */
              relationTypeGroup: 'COMMON' | 'DASHBOARD' | 'RULE_CHAIN' | 'RULE_NODE' | 'EDGE' | 'EDGE_AUTO_ASSIGN_RULE_CHAIN';
              /** How many relations may lie between; 1 if absent, any number if 0 or less. */
              maxLevel?: number | null;
              /** Only those at the end of each path. */
              fetchLastLevelOnly?: boolean | null;
            };
            /** Type of the relations; Contains if absent. */
            relationType?: string | null;
            /** Only those of these types; empty means any. */
            assetTypes: string[];
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Asset[] } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/assetProfile': {
    /** Creates an asset profile, or replaces one. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': AssetProfileSave } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': AssetProfile } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/assetProfile/names': {
    /** Id and name of the asset profiles, by name. */
    get: {
      parameters: {
        query?: {
          /** Only profiles that some asset has. */
          activeOnly?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Id. */
              id: AssetProfileId;
              /** Name. */
              name: string;
            }[];
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/assetProfile/{assetProfileId}': {
    /** One asset profile. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          assetProfileId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': AssetProfile } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
    /** Removes an asset profile that no asset uses. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          assetProfileId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content?: never };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/assetProfile/{assetProfileId}/default': {
    /** Makes this the profile of assets that name none. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          assetProfileId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': AssetProfile } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/assetProfileInfo/default': {
    /** The profile of assets that name none. */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': AssetProfileInfo } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/assetProfileInfo/{assetProfileId}': {
    /** The little that a choice of profiles needs. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          assetProfileId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': AssetProfileInfo } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/assetProfiles': {
    /** A page of asset profiles. */
    get: {
      parameters: {
        query: {
          /** Entities a page. */
          pageSize: number;
          /** Page, counted from 0. */
          page: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: AssetProfile[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/assetProfileInfos': {
    /** A page of asset profiles, in short; with `assetProfileIds` those of the ids. */
    get: {
      parameters: {
        query?: {
          /** Entities a page. */
          pageSize?: number;
          /** Page, counted from 0. */
          page?: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
          /** UUIDs, separated by commas. */
          assetProfileIds?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json':
              | {
                  /** Entities of this page. */
                  data: AssetProfileInfo[];
                  /** Pages there are. */
                  totalPages: number;
                  /** Entities there are. */
                  totalElements: number;
                  /** Whether a page follows. */
                  hasNext: boolean;
                }
              | AssetProfileInfo[];
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/assetProfileInfos/list': {
    /** The asset profiles of some ids, in short; those that there are not are left out. */
    get: {
      parameters: {
        query: {
          /** UUIDs, separated by commas. */
          assetProfileIds: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': AssetProfileInfo[] } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/entityView': {
    /** Creates an entity view, or replaces one. */
    post: {
      parameters: {
        query?: {
          /** What to do when the name is taken: refuse it, or append a suffix. */
          nameConflictPolicy?: 'FAIL' | 'UNIQUIFY';
          /** Stands between the name and the suffix. */
          uniquifySeparator?: string;
          /** The suffix: 6 random characters, or the next free number from 1. */
          uniquifyStrategy?: 'RANDOM' | 'INCREMENTAL';
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: { content: { 'application/json': EntityViewSave } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': EntityView } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/entityView/types': {
    /** The types that entity views of the tenant have. */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Tenant of the entities. */
              tenantId: TenantId;
              /** Their entity type. */
              entityType: 'ENTITY_VIEW';
              /** The type. */
              type: string;
            }[];
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/entityView/{entityViewId}': {
    /** One entity view. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          entityViewId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': EntityView } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
    /** Removes an entity view with its relations and attributes. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          entityViewId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content?: never };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/entityView/info/{entityViewId}': {
    /** One entity view with the name of its customer. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          entityViewId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': EntityViewInfo } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/customer/{customerId}/entityView/{entityViewId}': {
    /** Assigns an entity view to a customer. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          customerId: string;
          /** UUID. */
          entityViewId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': EntityView } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/customer/entityView/{entityViewId}': {
    /** Takes an entity view back from its customer. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          entityViewId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': EntityView } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/customer/public/entityView/{entityViewId}': {
    /** Assigns an entity view to the public customer: anybody may see it. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          entityViewId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': EntityView } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/tenant/entityViews': {
    /** A page of entity views; with `entityViewName` the one view of that name. */
    get: {
      parameters: {
        query?: {
          /** Entities a page. */
          pageSize?: number;
          /** Page, counted from 0. */
          page?: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
          /** Only views of this type. */
          type?: string;
          /** Name of one view; needs no page. */
          entityViewName?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json':
              | {
                  /** Entities of this page. */
                  data: EntityView[];
                  /** Pages there are. */
                  totalPages: number;
                  /** Entities there are. */
                  totalElements: number;
                  /** Whether a page follows. */
                  hasNext: boolean;
                }
              | EntityView;
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/tenant/entityViewInfos': {
    /** A page of entity views with the titles of their customers. */
    get: {
      parameters: {
        query: {
          /** Entities a page. */
          pageSize: number;
          /** Page, counted from 0. */
          page: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
          /** Only views of this type. */
          type?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: EntityViewInfo[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/customer/{customerId}/entityViews': {
    /** A page of the entity views of a customer. */
    get: {
      parameters: {
        query: {
          /** Entities a page. */
          pageSize: number;
          /** Page, counted from 0. */
          page: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
          /** Only views of this type. */
          type?: string;
        };
        header?: never;
        path: {
          /** UUID. */
          customerId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: EntityView[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/customer/{customerId}/entityViewInfos': {
    /** A page of the entity views of a customer with its title. */
    get: {
      parameters: {
        query: {
          /** Entities a page. */
          pageSize: number;
          /** Page, counted from 0. */
          page: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
          /** Only views of this type. */
          type?: string;
        };
        header?: never;
        path: {
          /** UUID. */
          customerId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: EntityViewInfo[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/entityViews': {
    /** The entity views of some ids; those that cannot be read are left out. */
    get: {
      parameters: {
        query: {
          /** UUIDs, separated by commas. */
          entityViewIds: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': EntityView[] } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
    /** The entity views that relations lead to. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** Where to start and how far to go. */
            parameters: {
              /** Entity to start from. */
              rootId: string;
              /** Entity type of that. */
              rootType: EntityType;
              /** FROM follows relations that start at the root, TO those that lead to it. */
              direction: 'FROM' | 'TO';
              /** Only COMMON relations are followed. */
              relationTypeGroup: 'COMMON' | 'DASHBOARD' | 'RULE_CHAIN' | 'RULE_NODE' | 'EDGE' | 'EDGE_AUTO_ASSIGN_RULE_CHAIN';
              /** How many relations may lie between; 1 if absent, any number if 0 or less. */
              maxLevel?: number | null;
              /** Only those at the end of each path. */
              fetchLastLevelOnly?: boolean | null;
            };
            /** Type of the relations; Contains if absent. */
            relationType?: string | null;
            /** Only those of these types; empty means any. */
            entityViewTypes: string[];
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': EntityView[] } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/entityViews/list': {
    /** The entity views of some ids; those that cannot be read are left out. */
    get: {
      parameters: {
        query: {
          /** UUIDs, separated by commas. */
          entityViewIds: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': EntityView[] } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/device/bulk_import': {
    /** Creates and changes devices from a table of separated values. */
    post: {
      parameters: {
        query?: {
          /** Ours: true checks everything and writes nothing. */
          dryRun?: string;
          /** Ours: line to begin with, to go on with an import that was interrupted. */
          from?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** Text of the table, at most 100000 lines. */
            file: string;
            /** How to read the table. */
            mapping: {
              /** What the columns hold, in their order. */
              columns: {
                /** What the column holds. */
                type:
                  | 'NAME'
                  | 'TYPE'
                  | 'LABEL'
                  | 'DESCRIPTION'
                  | 'SERVER_ATTRIBUTE'
                  | 'TIMESERIES'
                  | 'PROFILE'
                  | 'CUSTOMER'
                  | 'IGNORE'
                  | 'SHARED_ATTRIBUTE'
                  | 'IS_GATEWAY'
                  | 'ACCESS_TOKEN'
                  | 'X509'
                  | 'MQTT_CLIENT_ID'
                  | 'MQTT_USER_NAME'
                  | 'MQTT_PASSWORD';
                /** Key of the attribute or time series. */
                key?: string | null;
              }[];
              /** Character between fields; a comma if absent. */
              delimiter?: string | null;
              /** Whether attributes and time series of what is there already are written too. */
              update?: boolean | null;
              /** Whether the first line holds the titles of the columns. */
              header?: boolean | null;
            };
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': ImportResult } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/asset/bulk_import': {
    /** Creates and changes assets from a table of separated values. */
    post: {
      parameters: {
        query?: {
          /** Ours: true checks everything and writes nothing. */
          dryRun?: string;
          /** Ours: line to begin with, to go on with an import that was interrupted. */
          from?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** Text of the table, at most 100000 lines. */
            file: string;
            /** How to read the table. */
            mapping: {
              /** What the columns hold, in their order. */
              columns: {
                /** What the column holds. */
                type: 'NAME' | 'TYPE' | 'LABEL' | 'DESCRIPTION' | 'SERVER_ATTRIBUTE' | 'TIMESERIES' | 'PROFILE' | 'CUSTOMER' | 'IGNORE';
                /** Key of the attribute or time series. */
                key?: string | null;
              }[];
              /** Character between fields; a comma if absent. */
              delimiter?: string | null;
              /** Whether attributes and time series of what is there already are written too. */
              update?: boolean | null;
              /** Whether the first line holds the titles of the columns. */
              header?: boolean | null;
            };
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': ImportResult } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/dashboard/serverTime': {
    /** The time of the server, in milliseconds since 1970. */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': number } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/dashboard/maxDatapointsLimit': {
    /** Points a key that a widget may ask for. */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': number } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/dashboard': {
    /** Creates a dashboard, or replaces one. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': DashboardSave } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Dashboard } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/dashboard/{dashboardId}': {
    /** One dashboard. */
    get: {
      parameters: {
        query?: {
          /** Without effect: dashboards hold their pictures themselves. */
          includeResources?: string;
        };
        header?: never;
        path: {
          /** UUID. */
          dashboardId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Dashboard } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
    /** Removes a dashboard. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          dashboardId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content?: never };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/dashboard/info/{dashboardId}': {
    /** One dashboard without its configuration. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          dashboardId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': DashboardInfo } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/tenant/dashboards': {
    /** A page of dashboards. */
    get: {
      parameters: {
        query: {
          /** Entities a page. */
          pageSize: number;
          /** Page, counted from 0. */
          page: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
          /** Only those that phones show. */
          mobile?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: DashboardInfo[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/tenant/{tenantId}/dashboards': {
    /** A page of the dashboards of a tenant. */
    get: {
      parameters: {
        query: {
          /** Entities a page. */
          pageSize: number;
          /** Page, counted from 0. */
          page: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
        };
        header?: never;
        path: {
          /** UUID. */
          tenantId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: DashboardInfo[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/customer/{customerId}/dashboards': {
    /** A page of the dashboards a customer may see. */
    get: {
      parameters: {
        query: {
          /** Entities a page. */
          pageSize: number;
          /** Page, counted from 0. */
          page: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
          /** Only those that phones show. */
          mobile?: string;
        };
        header?: never;
        path: {
          /** UUID. */
          customerId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: DashboardInfo[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/dashboards': {
    /** The dashboards of some ids; those that cannot be read are left out. */
    get: {
      parameters: {
        query: {
          /** UUIDs, separated by commas. */
          dashboardIds: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': DashboardInfo[] } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/dashboards/list': {
    /** The dashboards of some ids; those that cannot be read are left out. */
    get: {
      parameters: {
        query: {
          /** UUIDs, separated by commas. */
          dashboardIds: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': DashboardInfo[] } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/customer/{customerId}/dashboard/{dashboardId}': {
    /** Shows a dashboard to a customer. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          customerId: string;
          /** UUID. */
          dashboardId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Dashboard } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
    /** Hides a dashboard from a customer. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          customerId: string;
          /** UUID. */
          dashboardId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Dashboard } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/customer/public/dashboard/{dashboardId}': {
    /** Shows a dashboard to everybody. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          dashboardId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Dashboard } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
    /** Hides a dashboard from everybody else. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          dashboardId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Dashboard } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/dashboard/{dashboardId}/customers': {
    /** Shows a dashboard to these customers and no others. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          dashboardId: string;
        };
        cookie?: never;
      };
      requestBody: { content: { 'application/json': string[] | null } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Dashboard } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/dashboard/{dashboardId}/customers/add': {
    /** Shows a dashboard to some more customers. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          dashboardId: string;
        };
        cookie?: never;
      };
      requestBody: { content: { 'application/json': string[] | null } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Dashboard } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/dashboard/{dashboardId}/customers/remove': {
    /** Hides a dashboard from some customers. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          dashboardId: string;
        };
        cookie?: never;
      };
      requestBody: { content: { 'application/json': string[] | null } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Dashboard } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/dashboard/home': {
    /** The dashboard the caller sees first, as the user, its customer or its tenant says; an empty answer for none. */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': HomeDashboard } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/dashboard/home/info': {
    /** Which dashboard the caller sees first; an empty answer for none. */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': HomeDashboardInfo } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/tenant/dashboard/home/info': {
    /** Which dashboard the users of the tenant see first. */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': HomeDashboardInfo } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
    /** Says which dashboard the users of the tenant see first. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': HomeDashboardSave } };
      responses: {
        200: { headers: { [name: string]: unknown }; content?: never };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/otaPackage': {
    /** Creates an OTA package, whose file is uploaded afterwards; or changes its additional information. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': OtaPackageSave } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': OtaPackage } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/otaPackage/{otaPackageId}': {
    /** Uploads the file of an OTA package. */
    post: {
      parameters: {
        query: {
          /** Checksum of the file, which is then checked; ours is taken if absent. */
          checksum?: string;
          /** How the checksum is made. */
          checksumAlgorithm: 'MD5' | 'SHA256' | 'SHA384' | 'SHA512' | 'CRC32' | 'MURMUR3_32' | 'MURMUR3_128';
        };
        header?: never;
        path: {
          /** UUID. */
          otaPackageId: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'multipart/form-data': {
            /** The file. */
            file: string;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': OtaPackage } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
    /** One OTA package with its bytes, where they are few. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          otaPackageId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': FullOtaPackage } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
    /** Removes an OTA package and its file. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          otaPackageId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content?: never };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/otaPackage/info/{otaPackageId}': {
    /** One OTA package. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          otaPackageId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': OtaPackage } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/otaPackage/{otaPackageId}/download': {
    /** The file of an OTA package, or the part of it that the header Range names. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          otaPackageId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/octet-stream': string } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/otaPackages': {
    /** A page of OTA packages. */
    get: {
      parameters: {
        query: {
          /** Entities a page. */
          pageSize: number;
          /** Page, counted from 0. */
          page: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: OtaPackage[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/otaPackages/{deviceProfileId}/{type}': {
    /** A page of the OTA packages that devices of a profile can install. */
    get: {
      parameters: {
        query: {
          /** Entities a page. */
          pageSize: number;
          /** Page, counted from 0. */
          page: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
        };
        header?: never;
        path: {
          /** UUID of the device profile. */
          deviceProfileId: string;
          /** FIRMWARE or SOFTWARE. */
          type: 'FIRMWARE' | 'SOFTWARE';
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: OtaPackage[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/relation': {
    /** Creates a relation, or replaces its additional information. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': RelationSave } };
      responses: {
        200: { headers: { [name: string]: unknown }; content?: never };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
    /** Removes one relation. */
    delete: {
      parameters: {
        query: {
          /** UUID. */
          fromId: string;
          /** Type of the entity, such as DEVICE. */
          fromType: EntityType;
          /** Type of the relation. */
          relationType?: string;
          /** Group; COMMON if absent or unknown. */
          relationTypeGroup?: string;
          /** UUID. */
          toId: string;
          /** Type of the entity, such as DEVICE. */
          toType: EntityType;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content?: never };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
    /** One relation. */
    get: {
      parameters: {
        query: {
          /** UUID. */
          fromId: string;
          /** Type of the entity, such as DEVICE. */
          fromType: EntityType;
          /** Type of the relation. */
          relationType: string;
          /** Group; COMMON if absent or unknown. */
          relationTypeGroup?: string;
          /** UUID. */
          toId: string;
          /** Type of the entity, such as DEVICE. */
          toType: EntityType;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Relation } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/v2/relation': {
    /** Creates a relation, or replaces its additional information. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': RelationSave } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Relation } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
    /** Removes one relation. */
    delete: {
      parameters: {
        query: {
          /** UUID. */
          fromId: string;
          /** Type of the entity, such as DEVICE. */
          fromType: EntityType;
          /** Type of the relation. */
          relationType?: string;
          /** Group; COMMON if absent or unknown. */
          relationTypeGroup?: string;
          /** UUID. */
          toId: string;
          /** Type of the entity, such as DEVICE. */
          toType: EntityType;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Relation } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/relations': {
    /** Removes all relations of the group COMMON that an entity has, in both directions. */
    delete: {
      parameters: {
        query: {
          /** UUID. */
          entityId: string;
          /** Type of the entity, such as DEVICE. */
          entityType: EntityType;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content?: never };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
    /** The relations that start at an entity, or those that end at it. */
    get: {
      parameters: {
        query?: {
          /** Type of the relation. */
          relationType?: string;
          /** Group; COMMON if absent or unknown. */
          relationTypeGroup?: string;
          /** UUID. */
          fromId?: string;
          /** Type of the entity, such as DEVICE. */
          fromType?: EntityType;
          /** UUID. */
          toId?: string;
          /** Type of the entity, such as DEVICE. */
          toType?: EntityType;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Relation[] } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
    /** The relations met by following them from one entity on. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': RelationQuery } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Relation[] } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/relations/info': {
    /** The relations that start at an entity, or those that end at it, with the names of their ends. */
    get: {
      parameters: {
        query?: {
          /** Type of the relation. */
          relationType?: string;
          /** Group; COMMON if absent or unknown. */
          relationTypeGroup?: string;
          /** UUID. */
          fromId?: string;
          /** Type of the entity, such as DEVICE. */
          fromType?: EntityType;
          /** UUID. */
          toId?: string;
          /** Type of the entity, such as DEVICE. */
          toType?: EntityType;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': RelationInfo[] } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
    /** The relations met by following them from one entity on, with the names of their ends. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': RelationQuery } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': RelationInfo[] } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/entitiesQuery/find': {
    /** Entities with chosen fields, attributes and latest telemetry, filtered, searched and sorted. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': EntityDataQuery } };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: EntityData[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/entitiesQuery/count': {
    /** How many entities a query finds. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': EntityCountQuery } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': number } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/entitiesQuery/find/keys': {
    /** The keys of time series and attributes that the first 100 entities of a query have. */
    post: {
      parameters: {
        query?: {
          /** Whether keys of time series are answered. */
          timeseries?: string;
          /** Whether keys of attributes are answered. */
          attributes?: string;
          /** Scope of the attributes; all if absent. */
          scope?: 'CLIENT_SCOPE' | 'SHARED_SCOPE' | 'SERVER_SCOPE';
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: { content: { 'application/json': EntityDataQuery } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': EntityKeys } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/v2/entitiesQuery/find/keys': {
    /** The same, attributes by scope, on request with a value of each. */
    post: {
      parameters: {
        query?: {
          /** Whether keys of time series are answered. */
          includeTimeseries?: string;
          /** Whether keys of attributes are answered. */
          includeAttributes?: string;
          /** Whether each key comes with a value of it. */
          includeSamples?: string;
          /** Scopes of the attributes, with commas; all if absent. */
          scopes?: string | string[];
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: { content: { 'application/json': EntityDataQuery } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': EntityKeysV2 } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/alarmsQuery/find': {
    /** Alarms of the entities that a query finds, with chosen values of those. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': AlarmDataQuery } };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: AlarmData[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/alarmsQuery/count': {
    /** How many alarms a query finds, of some entities or of all. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': AlarmCountQuery } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': number } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/relations/from/{fromType}/{fromId}': {
    /** The relations that start at an entity. */
    get: {
      parameters: {
        query?: {
          /** Type of the relation. */
          relationType?: string;
          /** Group; COMMON if absent or unknown. */
          relationTypeGroup?: string;
        };
        header?: never;
        path: {
          /** Type of the entity, such as DEVICE. */
          fromType: EntityType;
          /** UUID of the entity. */
          fromId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Relation[] } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/relations/from/{fromType}/{fromId}/{relationType}': {
    /** The relations that start at an entity, of one type. */
    get: {
      parameters: {
        query?: {
          /** Type of the relation. */
          relationType?: string;
          /** Group; COMMON if absent or unknown. */
          relationTypeGroup?: string;
        };
        header?: never;
        path: {
          /** Type of the entity, such as DEVICE. */
          fromType: EntityType;
          /** UUID of the entity. */
          fromId: string;
          /** Type of the relation. */
          relationType: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Relation[] } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/relations/to/{toType}/{toId}': {
    /** The relations that end at an entity. */
    get: {
      parameters: {
        query?: {
          /** Type of the relation. */
          relationType?: string;
          /** Group; COMMON if absent or unknown. */
          relationTypeGroup?: string;
        };
        header?: never;
        path: {
          /** Type of the entity, such as DEVICE. */
          toType: EntityType;
          /** UUID of the entity. */
          toId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Relation[] } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/relations/to/{toType}/{toId}/{relationType}': {
    /** The relations that end at an entity, of one type. */
    get: {
      parameters: {
        query?: {
          /** Type of the relation. */
          relationType?: string;
          /** Group; COMMON if absent or unknown. */
          relationTypeGroup?: string;
        };
        header?: never;
        path: {
          /** Type of the entity, such as DEVICE. */
          toType: EntityType;
          /** UUID of the entity. */
          toId: string;
          /** Type of the relation. */
          relationType: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Relation[] } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/relations/info/from/{fromType}/{fromId}': {
    /** The relations that start at an entity, with the names of their ends. */
    get: {
      parameters: {
        query?: {
          /** Type of the relation. */
          relationType?: string;
          /** Group; COMMON if absent or unknown. */
          relationTypeGroup?: string;
        };
        header?: never;
        path: {
          /** Type of the entity, such as DEVICE. */
          fromType: EntityType;
          /** UUID of the entity. */
          fromId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': RelationInfo[] } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/relations/info/to/{toType}/{toId}': {
    /** The relations that end at an entity, with the names of their ends. */
    get: {
      parameters: {
        query?: {
          /** Type of the relation. */
          relationType?: string;
          /** Group; COMMON if absent or unknown. */
          relationTypeGroup?: string;
        };
        header?: never;
        path: {
          /** Type of the entity, such as DEVICE. */
          toType: EntityType;
          /** UUID of the entity. */
          toId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': RelationInfo[] } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/plugins/telemetry/{entityType}/{entityId}/keys/attributes': {
    /** Attribute keys of all scopes. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Type of the entity, such as DEVICE. */
          entityType: EntityType;
          /** UUID of the entity. */
          entityId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': string[] } };
        400: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        401: NotSignedInAnswer;
        403: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        404: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
      };
    };
  };
  '/api/plugins/telemetry/{entityType}/{entityId}/keys/attributes/{scope}': {
    /** Attribute keys of one scope. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Type of the entity, such as DEVICE. */
          entityType: EntityType;
          /** UUID of the entity. */
          entityId: string;
          /** Scope of the attributes. */
          scope: 'CLIENT_SCOPE' | 'SHARED_SCOPE' | 'SERVER_SCOPE';
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': string[] } };
        400: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        401: NotSignedInAnswer;
        403: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        404: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
      };
    };
  };
  '/api/plugins/telemetry/{entityType}/{entityId}/values/attributes': {
    /** Attributes of all scopes. */
    get: {
      parameters: {
        query?: {
          /** Keys, separated by commas. */
          keys?: string;
          /** One key; may be repeated. Wins over `keys`, and is needed for keys that contain commas. */
          key?: string | string[];
        };
        header?: never;
        path: {
          /** Type of the entity, such as DEVICE. */
          entityType: EntityType;
          /** UUID of the entity. */
          entityId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Attribute[] } };
        400: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        401: NotSignedInAnswer;
        403: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        404: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
      };
    };
  };
  '/api/plugins/telemetry/{entityType}/{entityId}/values/attributes/{scope}': {
    /** Attributes of one scope. */
    get: {
      parameters: {
        query?: {
          /** Keys, separated by commas. */
          keys?: string;
          /** One key; may be repeated. Wins over `keys`, and is needed for keys that contain commas. */
          key?: string | string[];
        };
        header?: never;
        path: {
          /** Type of the entity, such as DEVICE. */
          entityType: EntityType;
          /** UUID of the entity. */
          entityId: string;
          /** Scope of the attributes. */
          scope: 'CLIENT_SCOPE' | 'SHARED_SCOPE' | 'SERVER_SCOPE';
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Attribute[] } };
        400: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        401: NotSignedInAnswer;
        403: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        404: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
      };
    };
  };
  '/api/plugins/telemetry/{entityType}/{entityId}/keys/timeseries': {
    /** Keys that have data. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Type of the entity, such as DEVICE. */
          entityType: EntityType;
          /** UUID of the entity. */
          entityId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': string[] } };
        400: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        401: NotSignedInAnswer;
        403: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        404: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
      };
    };
  };
  '/api/plugins/telemetry/{entityType}/{entityId}/values/timeseries': {
    /** Latest values; with `startTs` and `endTs` the history. */
    get: {
      parameters: {
        query?: {
          /** Keys, separated by commas. */
          keys?: string;
          /** One key; may be repeated. Wins over `keys`, and is needed for keys that contain commas. */
          key?: string | string[];
          /** Values as JSON of their own type instead of text. */
          useStrictDataTypes?: string;
          /** Begin of the history, included. */
          startTs?: number;
          /** End of the history, excluded. */
          endTs?: number;
          /** Points a key; raw data only. */
          limit?: number;
          /** Order by time; raw data only. */
          orderBy?: 'ASC' | 'DESC';
          /** How the points of an interval become one. */
          agg?: 'NONE' | 'MIN' | 'MAX' | 'AVG' | 'SUM' | 'COUNT';
          /** Length of an interval in milliseconds. */
          interval?: number;
          /** Intervals of fixed length or of the calendar. */
          intervalType?: 'MILLISECONDS' | 'WEEK' | 'WEEK_ISO' | 'MONTH' | 'QUARTER';
          /** IANA name of the time zone for calendar intervals. */
          timeZone?: string;
        };
        header?: never;
        path: {
          /** Type of the entity, such as DEVICE. */
          entityType: EntityType;
          /** UUID of the entity. */
          entityId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': TimeSeries } };
        400: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        401: NotSignedInAnswer;
        403: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        404: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
      };
    };
  };
  '/api/plugins/telemetry/{entityType}/{entityId}/values/timeseries/history': {
    /** The history of some keys. */
    get: {
      parameters: {
        query?: {
          /** Keys, separated by commas. */
          keys?: string;
          /** One key; may be repeated. Wins over `keys`, and is needed for keys that contain commas. */
          key?: string | string[];
          /** Values as JSON of their own type instead of text. */
          useStrictDataTypes?: string;
          /** Begin of the history, included. */
          startTs?: number;
          /** End of the history, excluded. */
          endTs?: number;
          /** Points a key; raw data only. */
          limit?: number;
          /** Order by time; raw data only. */
          orderBy?: 'ASC' | 'DESC';
          /** How the points of an interval become one. */
          agg?: 'NONE' | 'MIN' | 'MAX' | 'AVG' | 'SUM' | 'COUNT';
          /** Length of an interval in milliseconds. */
          interval?: number;
          /** Intervals of fixed length or of the calendar. */
          intervalType?: 'MILLISECONDS' | 'WEEK' | 'WEEK_ISO' | 'MONTH' | 'QUARTER';
          /** IANA name of the time zone for calendar intervals. */
          timeZone?: string;
        };
        header?: never;
        path: {
          /** Type of the entity, such as DEVICE. */
          entityType: EntityType;
          /** UUID of the entity. */
          entityId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': TimeSeries } };
        400: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        401: NotSignedInAnswer;
        403: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        404: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
      };
    };
  };
  '/api/plugins/telemetry/{deviceId}/{scope}': {
    /** Saves attributes of a device. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          deviceId: string;
          /** SERVER_SCOPE or SHARED_SCOPE. */
          scope: 'CLIENT_SCOPE' | 'SHARED_SCOPE' | 'SERVER_SCOPE';
        };
        cookie?: never;
      };
      requestBody: { content: { 'application/json': { [name: string]: unknown } } };
      responses: {
        200: { headers: { [name: string]: unknown }; content?: never };
        400: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        401: NotSignedInAnswer;
        403: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        404: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        409: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
      };
    };
    /** Removes attributes of a device. */
    delete: {
      parameters: {
        query?: {
          /** Keys, separated by commas. */
          keys?: string;
          /** One key; may be repeated. Wins over `keys`, and is needed for keys that contain commas. */
          key?: string | string[];
        };
        header?: never;
        path: {
          /** UUID. */
          deviceId: string;
          /** Any scope, that of the client included. */
          scope: 'CLIENT_SCOPE' | 'SHARED_SCOPE' | 'SERVER_SCOPE';
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content?: never };
        400: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        401: NotSignedInAnswer;
        403: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        404: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
      };
    };
  };
  '/api/plugins/telemetry/{entityType}/{entityId}/{scope}': {
    /** Saves attributes of an entity. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Type of the entity, such as DEVICE. */
          entityType: EntityType;
          /** UUID of the entity. */
          entityId: string;
          /** SERVER_SCOPE or SHARED_SCOPE. */
          scope: 'CLIENT_SCOPE' | 'SHARED_SCOPE' | 'SERVER_SCOPE';
        };
        cookie?: never;
      };
      requestBody: { content: { 'application/json': { [name: string]: unknown } } };
      responses: {
        200: { headers: { [name: string]: unknown }; content?: never };
        400: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        401: NotSignedInAnswer;
        403: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        404: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        409: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
      };
    };
    /** Removes attributes of an entity. */
    delete: {
      parameters: {
        query?: {
          /** Keys, separated by commas. */
          keys?: string;
          /** One key; may be repeated. Wins over `keys`, and is needed for keys that contain commas. */
          key?: string | string[];
        };
        header?: never;
        path: {
          /** Type of the entity, such as DEVICE. */
          entityType: EntityType;
          /** UUID of the entity. */
          entityId: string;
          /** Any scope, that of the client included. */
          scope: 'CLIENT_SCOPE' | 'SHARED_SCOPE' | 'SERVER_SCOPE';
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content?: never };
        400: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        401: NotSignedInAnswer;
        403: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        404: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
      };
    };
  };
  '/api/plugins/telemetry/{entityType}/{entityId}/attributes/{scope}': {
    /** Saves attributes of an entity. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Type of the entity, such as DEVICE. */
          entityType: EntityType;
          /** UUID of the entity. */
          entityId: string;
          /** SERVER_SCOPE or SHARED_SCOPE. */
          scope: 'CLIENT_SCOPE' | 'SHARED_SCOPE' | 'SERVER_SCOPE';
        };
        cookie?: never;
      };
      requestBody: { content: { 'application/json': { [name: string]: unknown } } };
      responses: {
        200: { headers: { [name: string]: unknown }; content?: never };
        400: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        401: NotSignedInAnswer;
        403: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        404: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        409: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
      };
    };
  };
  '/api/plugins/telemetry/{entityType}/{entityId}/timeseries/{any}': {
    /** Saves time series of an entity. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Type of the entity, such as DEVICE. */
          entityType: EntityType;
          /** UUID of the entity. */
          entityId: string;
          /** Any word; it is ignored. */
          any: string;
        };
        cookie?: never;
      };
      requestBody: { content: { 'application/json': { [name: string]: unknown } | unknown[] } };
      responses: {
        200: { headers: { [name: string]: unknown }; content?: never };
        400: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        401: NotSignedInAnswer;
        403: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        404: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        409: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
      };
    };
  };
  '/api/plugins/telemetry/{entityType}/{entityId}/timeseries/{any}/{ttl}': {
    /** Saves time series of an entity, to be kept for some seconds. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Type of the entity, such as DEVICE. */
          entityType: EntityType;
          /** UUID of the entity. */
          entityId: string;
          /** Any word; it is ignored. */
          any: string;
          /** Seconds; 0: as the tenant says. */
          ttl: number;
        };
        cookie?: never;
      };
      requestBody: { content: { 'application/json': { [name: string]: unknown } | unknown[] } };
      responses: {
        200: { headers: { [name: string]: unknown }; content?: never };
        400: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        401: NotSignedInAnswer;
        403: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        404: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        409: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
      };
    };
  };
  '/api/plugins/telemetry/{entityType}/{entityId}/timeseries/delete': {
    /** Removes time series of an entity: all of some keys, or what lies in a range. */
    delete: {
      parameters: {
        query?: {
          /** Keys, separated by commas. */
          keys?: string;
          /** One key; may be repeated. Wins over `keys`, and is needed for keys that contain commas. */
          key?: string | string[];
          /** Everything until now; `startTs` and `endTs` are then not looked at. */
          deleteAllDataForKeys?: string;
          /** Begin of what is removed, included. */
          startTs?: number;
          /** End of what is removed, excluded. */
          endTs?: number;
          /** Removes the latest value as well, where its time is in the range. */
          deleteLatest?: string;
          /** Makes the newest point before the range the latest value, where that is removed. */
          rewriteLatestIfDeleted?: string;
        };
        header?: never;
        path: {
          /** Type of the entity, such as DEVICE. */
          entityType: EntityType;
          /** UUID of the entity. */
          entityId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content?: never };
        400: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        401: NotSignedInAnswer;
        403: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        404: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
      };
    };
  };
  '/api/alarm/types': {
    /** A page of the types of the alarms there are. */
    get: {
      parameters: {
        query: {
          /** Entities a page. */
          pageSize: number;
          /** Page, counted from 0. */
          page: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: {
                /** Tenant of the alarms. */
                tenantId: TenantId;
                /** Always ALARM. */
                entityType: 'ALARM';
                /** Type of alarms. */
                type: string;
              }[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/alarm/{alarmId}': {
    /** One alarm. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          alarmId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Alarm } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
    /** Removes an alarm and its comments. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          alarmId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': boolean } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/alarm/info/{alarmId}': {
    /** One alarm with the names of its originator and assignee. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          alarmId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': AlarmInfo } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/alarm/{entityType}/{entityId}': {
    /** A page of the alarms shown at one entity, newest first. */
    get: {
      parameters: {
        query: {
          /** Entities a page. */
          pageSize: number;
          /** Page, counted from 0. */
          page: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
          /** Part of the status. */
          searchStatus?: 'ANY' | 'ACTIVE' | 'CLEARED' | 'ACK' | 'UNACK';
          /** Exact status. */
          status?: 'ACTIVE_UNACK' | 'ACTIVE_ACK' | 'CLEARED_UNACK' | 'CLEARED_ACK';
          /** Created at or after this instant. */
          startTime?: number;
          /** Created at or before this instant. */
          endTime?: number;
          /** Only those this user takes care of. */
          assigneeId?: string;
          /** Ignored: names are always filled. */
          fetchOriginator?: string;
        };
        header?: never;
        path: {
          /** Type of the entity, such as DEVICE. */
          entityType: EntityType;
          /** UUID of the entity. */
          entityId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: AlarmInfo[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/v2/alarm/{entityType}/{entityId}': {
    /** A page of the alarms shown at one entity, newest first. */
    get: {
      parameters: {
        query: {
          /** Entities a page. */
          pageSize: number;
          /** Page, counted from 0. */
          page: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
          /** Created at or after this instant. */
          startTime?: number;
          /** Created at or before this instant. */
          endTime?: number;
          /** Only those this user takes care of. */
          assigneeId?: string;
          /** Ignored: names are always filled. */
          fetchOriginator?: string;
          /** Parts of the status; see the reference for how they combine. */
          statusList?: string | string[];
          /** Any of these severities. */
          severityList?: string | string[];
          /** Any of these types, separated by commas; where the parameter is repeated, each is one type, commas included. */
          typeList?: string | string[];
        };
        header?: never;
        path: {
          /** Type of the entity, such as DEVICE. */
          entityType: EntityType;
          /** UUID of the entity. */
          entityId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: AlarmInfo[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/alarms': {
    /** A page of the alarms of the tenant or customer, newest first. */
    get: {
      parameters: {
        query: {
          /** Entities a page. */
          pageSize: number;
          /** Page, counted from 0. */
          page: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
          /** Part of the status. */
          searchStatus?: 'ANY' | 'ACTIVE' | 'CLEARED' | 'ACK' | 'UNACK';
          /** Exact status. */
          status?: 'ACTIVE_UNACK' | 'ACTIVE_ACK' | 'CLEARED_UNACK' | 'CLEARED_ACK';
          /** Created at or after this instant. */
          startTime?: number;
          /** Created at or before this instant. */
          endTime?: number;
          /** Only those this user takes care of. */
          assigneeId?: string;
          /** Ignored: names are always filled. */
          fetchOriginator?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: AlarmInfo[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/v2/alarms': {
    /** A page of the alarms of the tenant or customer, newest first. */
    get: {
      parameters: {
        query: {
          /** Entities a page. */
          pageSize: number;
          /** Page, counted from 0. */
          page: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
          /** Created at or after this instant. */
          startTime?: number;
          /** Created at or before this instant. */
          endTime?: number;
          /** Only those this user takes care of. */
          assigneeId?: string;
          /** Ignored: names are always filled. */
          fetchOriginator?: string;
          /** Parts of the status; see the reference for how they combine. */
          statusList?: string | string[];
          /** Any of these severities. */
          severityList?: string | string[];
          /** Any of these types, separated by commas; where the parameter is repeated, each is one type, commas included. */
          typeList?: string | string[];
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: AlarmInfo[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/alarm/highestSeverity/{entityType}/{entityId}': {
    /** The severest of the alarms shown at one entity; nothing where there are none. */
    get: {
      parameters: {
        query?: {
          /** Part of the status. */
          searchStatus?: 'ANY' | 'ACTIVE' | 'CLEARED' | 'ACK' | 'UNACK';
          /** Exact status. */
          status?: 'ACTIVE_UNACK' | 'ACTIVE_ACK' | 'CLEARED_UNACK' | 'CLEARED_ACK';
          /** Only those this user takes care of. */
          assigneeId?: string;
        };
        header?: never;
        path: {
          /** Type of the entity, such as DEVICE. */
          entityType: EntityType;
          /** UUID of the entity. */
          entityId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': 'CRITICAL' | 'MAJOR' | 'MINOR' | 'WARNING' | 'INDETERMINATE' } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/alarm': {
    /** Creates an alarm, or updates the active one of the same originator and type. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': AlarmSave } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Alarm } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/alarm/{alarmId}/ack': {
    /** Acknowledges an alarm. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          alarmId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': AlarmInfo } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/alarm/{alarmId}/clear': {
    /** Clears an alarm. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          alarmId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': AlarmInfo } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/alarm/{alarmId}/assign/{userId}': {
    /** Gives an alarm to a user. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          alarmId: string;
          /** UUID. */
          userId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Alarm } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/alarm/{alarmId}/assign': {
    /** Takes an alarm from its user. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          alarmId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Alarm } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/alarm/{alarmId}/shelve': {
    /** Takes an alarm out of sight for a while; kept in its details as `shelved`. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          alarmId: string;
        };
        cookie?: never;
      };
      requestBody: { content: { 'application/json': AlarmShelve } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': AlarmInfo } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
    /** Brings a shelved alarm back. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          alarmId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': AlarmInfo } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/alarm/{alarmId}/comment': {
    /** Adds a comment to an alarm, or edits one of your own. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          alarmId: string;
        };
        cookie?: never;
      };
      requestBody: { content: { 'application/json': AlarmCommentSave } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': AlarmComment } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
    /** A page of the comments of an alarm. */
    get: {
      parameters: {
        query: {
          /** Entities a page. */
          pageSize: number;
          /** Page, counted from 0. */
          page: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
        };
        header?: never;
        path: {
          /** UUID. */
          alarmId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: AlarmCommentInfo[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/alarm/{alarmId}/comment/{commentId}': {
    /** Takes back a comment; a note stays in its place. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          alarmId: string;
          /** UUID. */
          commentId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content?: never };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/ruleChain': {
    /** Creates an empty rule chain, or changes the name and description of one. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': RuleChainSave } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': RuleChain } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/ruleChain/{ruleChainId}': {
    /** One rule chain, without its nodes. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          ruleChainId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': RuleChain } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
    /** Removes a rule chain that is neither root nor used by a profile. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          ruleChainId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content?: never };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/ruleChains': {
    /** A page of rule chains; with `ruleChainIds` those chains. */
    get: {
      parameters: {
        query?: {
          /** Entities a page. */
          pageSize?: number;
          /** Page, counted from 0. */
          page?: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
          /** Only chains of this type. */
          type?: 'CORE' | 'EDGE';
          /** UUIDs, separated by commas. */
          ruleChainIds?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json':
              | {
                  /** Entities of this page. */
                  data: RuleChain[];
                  /** Pages there are. */
                  totalPages: number;
                  /** Entities there are. */
                  totalElements: number;
                  /** Whether a page follows. */
                  hasNext: boolean;
                }
              | RuleChain[];
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/ruleChains/list': {
    /** Rule chains by id; those that do not exist are left out. */
    get: {
      parameters: {
        query: {
          /** UUIDs, separated by commas. */
          ruleChainIds: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': RuleChain[] } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/ruleChain/{ruleChainId}/root': {
    /** Makes this the chain that messages enter by default. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          ruleChainId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': RuleChain } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/ruleChain/{ruleChainId}/metadata': {
    /** Nodes and connections of a rule chain. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          ruleChainId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': RuleChainMetadata } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/ruleChain/metadata': {
    /** Replaces nodes and connections of a rule chain and deploys it: the next batch of messages runs through the new version. */
    post: {
      parameters: {
        query?: {
          /** Whether renamed output nodes rename connections of chains that call this one. */
          updateRelated?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: { content: { 'application/json': RuleChainMetadataSave } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': RuleChainMetadata } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/ruleChains/export': {
    /** All rule chains of the tenant in one document, under ids of that document alone. */
    get: {
      parameters: {
        query: {
          /** Chains at most. */
          limit: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Rule chains. */
              ruleChains: { [name: string]: unknown }[];
              /** Their nodes and connections. */
              metadata: { [name: string]: unknown }[];
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/ruleChains/import': {
    /** Creates the rule chains of such a document; with `overwrite` in place of those of the same name and type. */
    post: {
      parameters: {
        query?: {
          /** Whether chains of the same name and type are replaced. */
          overwrite?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** Rule chains. */
            ruleChains: {
              /** Names the chain in this request; it gets a new one. */
              id: IdReference;
              /** Name. */
              name?: string | null;
              /** CORE unless told otherwise. */
              type?: ('CORE' | 'EDGE') | null;
              /** Only true for the chain that is root already. */
              root?: boolean | null;
              /** Free JSON. */
              additionalInfo?: { [name: string]: unknown } | null;
              /** Its id in the file it came from; absent keeps what is stored. */
              externalId?: IdReference | null;
              /** Version that was read; a stale one is refused with 409. */
              version?: number | null;
            }[];
            /** Their nodes and connections. */
            metadata?: RuleChainMetadataSave[] | null;
          };
        };
      };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Tenant of the chain. */
              tenantId: TenantId;
              /** Chain that was made or replaced; null where saving it failed. */
              ruleChainId: RuleChainId | null;
              /** Its name. */
              ruleChainName: string;
              /** True where a chain of the same name was replaced. */
              updated?: boolean;
              /** Why it could not be saved. */
              error?: string;
            }[];
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/ruleChain/device/default': {
    /** Creates a rule chain with the nodes that every tenant starts with. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** Name. */
            name: string;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': RuleChain } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/ruleChain/{ruleChainId}/output/labels': {
    /** Names of the output nodes of a rule chain. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          ruleChainId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': string[] } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/ruleChain/{ruleChainId}/output/labels/usage': {
    /** Nodes that call a rule chain, and the relation types by which messages go on there. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          ruleChainId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Chain of the node. */
              ruleChainId: RuleChainId;
              /** The node. */
              ruleNodeId: RuleNodeId;
              /** Name of the chain. */
              ruleChainName: string;
              /** Name of the node. */
              ruleNodeName: string;
              /** Its relation types. */
              labels: string[];
            }[];
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/ruleChain/{ruleChainId}/ledger': {
    /** The account of a rule chain since the server started: where every message that came in went, node by node. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          ruleChainId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Id of the rule chain. */
              ruleChainId: string;
              /** Its name. */
              name: string;
              /** The version that runs. */
              version: number;
              /** Since when it counts, in milliseconds since 1970. */
              sinceTime: number;
              /** Messages that came to the first node, from outside or from another chain. */
              entered: number;
              /** Branches that began inside: a copy for each further connection, what nodes make, what nested chains give back. */
              made: number;
              /** Branches that ended on purpose. */
              ended: number;
              /** Branches that left by a relation type that leads nowhere. */
              unconnected: number;
              /** Branches that failed for good. */
              failed: number;
              /** Branches that went back to the chain that called this one. */
              returned: number;
              /** Branches that went into a nested chain. */
              called: number;
              /** Branches that were handed over and are not done. */
              waiting: number;
              /** What happened at its nodes. */
              nodes: {
                /** Id of the rule node. */
                nodeId: string;
                /** Its name. */
                name: string;
                /** Its type. */
                type: string;
                /** False where it could not start: its messages fail. */
                isActive: boolean;
                /** Messages that came to it. */
                received: number;
                /** Messages that failed here for good: each is a dead letter. */
                failed: number;
                /** Branches that were handed over, to go on after the commit: for an external node, a delay, a checkpoint, a queue. */
                handedOver: number;
                /** Branches of those that went on since. */
                resumed: number;
                /** Branches that ended here on purpose, by reason. */
                ended: { [name: string]: number };
                /** What left it. */
                relations: {
                  /** The relation type. */
                  relationType: string;
                  /** Messages that left by it. */
                  left: number;
                  /** Of those, messages for which it leads nowhere. */
                  unconnected: number;
                  /** How long calls of the node took; of a batch, every message counts with the time of the whole call. */
                  time: {
                    /** Messages counted. */
                    count: number;
                    /** Half of them took no longer, in microseconds; null where nothing was counted. */
                    p50Us: number | null;
                    /** 19 of 20 took no longer, in microseconds. */
                    p95Us: number | null;
                  };
                }[];
                /** How long calls of the node took; of a batch, every message counts with the time of the whole call. */
                time: {
                  /** Messages counted. */
                  count: number;
                  /** Half of them took no longer, in microseconds; null where nothing was counted. */
                  p50Us: number | null;
                  /** 19 of 20 took no longer, in microseconds. */
                  p95Us: number | null;
                };
              }[];
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/ruleChains/ledger': {
    /** The accounts of all rule chains that run, without their nodes. */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Id of the rule chain. */
              ruleChainId: string;
              /** Its name. */
              name: string;
              /** The version that runs. */
              version: number;
              /** Since when it counts, in milliseconds since 1970. */
              sinceTime: number;
              /** Messages that came to the first node, from outside or from another chain. */
              entered: number;
              /** Branches that began inside: a copy for each further connection, what nodes make, what nested chains give back. */
              made: number;
              /** Branches that ended on purpose. */
              ended: number;
              /** Branches that left by a relation type that leads nowhere. */
              unconnected: number;
              /** Branches that failed for good. */
              failed: number;
              /** Branches that went back to the chain that called this one. */
              returned: number;
              /** Branches that went into a nested chain. */
              called: number;
              /** Branches that were handed over and are not done. */
              waiting: number;
            }[];
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/ruleChain/testScript': {
    /** Runs the script of a rule node with a message. Answers 200 also where the script is wrong. */
    post: {
      parameters: {
        query?: {
          /** Language of the script. */
          scriptLang?: 'JS' | 'TBEL';
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** The inside of a function. */
            script: string;
            /** What the script is for. */
            scriptType: 'update' | 'generate' | 'filter' | 'switch' | 'json' | 'string';
            /** Not needed: the names follow from `scriptType`. */
            argNames?: string[] | null;
            /** Body of the message, as a text with JSON. */
            msg: string;
            /** Metadata of the message. */
            metadata?: { [name: string]: string } | null;
            /** Type of the message. */
            msgType?: string | null;
          };
        };
      };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** What the script gave, as a text; empty where it failed. */
              output: string;
              /** Why it failed; empty where it did not. */
              error: string;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/ruleChain/tbelEnabled': {
    /** Whether scripts in TBEL run: they always do. */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': boolean } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/rule-engine': {
    /** Sends a message about the calling user into the rule chain, and answers what that replies. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': unknown } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': unknown } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/rule-engine/{entityType}/{entityId}': {
    /** Sends a message about an entity into its rule chain, and answers what that replies. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Type of the entity, such as DEVICE. */
          entityType: EntityType;
          /** UUID of the entity. */
          entityId: string;
        };
        cookie?: never;
      };
      requestBody: { content: { 'application/json': unknown } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': unknown } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/rule-engine/{entityType}/{entityId}/{timeout}': {
    /** Sends a message about an entity into its rule chain, and answers what that replies in time. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Type of the entity, such as DEVICE. */
          entityType: EntityType;
          /** UUID of the entity. */
          entityId: string;
          /** Longest wait in milliseconds; 300000 at most. */
          timeout: number;
        };
        cookie?: never;
      };
      requestBody: { content: { 'application/json': unknown } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': unknown } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/rule-engine/{entityType}/{entityId}/{queueName}/{timeout}': {
    /** Sends a message about an entity through a queue into its rule chain, and answers what that replies in time. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Type of the entity, such as DEVICE. */
          entityType: EntityType;
          /** UUID of the entity. */
          entityId: string;
          /** Queue of the message; one that is not there is Main. */
          queueName: string;
          /** Longest wait in milliseconds; 300000 at most. */
          timeout: number;
        };
        cookie?: never;
      };
      requestBody: { content: { 'application/json': unknown } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': unknown } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/components': {
    /** Node types of some families, or all. */
    get: {
      parameters: {
        query?: {
          /** Families, separated by commas. */
          componentTypes?: string;
          /** Ignored: all node types fit both. */
          ruleChainType?: 'CORE' | 'EDGE';
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Component[] } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/components/{componentType}': {
    /** Node types of one family. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Family. */
          componentType: 'FILTER' | 'ENRICHMENT' | 'TRANSFORMATION' | 'ACTION' | 'EXTERNAL' | 'FLOW';
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Component[] } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/component/{clazz}': {
    /** One node type, by its class or our own name. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Class or type. */
          clazz: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Component } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/fieldline/plugins': {
    /** The plugins of the plugins folder: what they have, whether they run, and what keeps one from being used. */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Name of its package. */
              name: string;
              /** Version of its package; empty where its package.json is of no use. */
              version: string;
              /** What it says of itself. */
              description: string;
              /** The node types it has; none where it is refused. */
              nodes: {
                /** Node type. */
                type: string;
                /** Its name in the palette. */
                title: string;
              }[];
              /** idle: its process starts with its first node. running. waiting: the process ended and starts again by itself. quarantined: it ended too often and is left alone for ten minutes. refused: it cannot be used. */
              status: 'idle' | 'running' | 'waiting' | 'quarantined' | 'refused';
              /** How often its process was started again since the server started. */
              restarts: number;
              /** Why it is not used, or why its process ended the last time; null where all is well. */
              problem: {
                /** Code of the error. */
                code: string;
                /** The error in words. */
                message: string;
                /** What to do about it. */
                remedy: string;
              } | null;
            }[];
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/queues': {
    /** A page of the queues that rule chains and profiles may name. */
    get: {
      parameters: {
        query: {
          /** Entities a page. */
          pageSize: number;
          /** Page, counted from 0. */
          page: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
          /** TB-RULE-ENGINE: the only service with queues; others have none. */
          serviceType: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: {
                /** Id of the queue. */
                id: QueueId;
                /** When it was created, in milliseconds since 1970. */
                createdTime: number;
                /** Tenant that made it, or the system. */
                tenantId: TenantId;
                /** Name, unique among the queues of its owner. */
                name: string;
                /** Kept for the client. */
                topic: string;
                /** Kept for the client. */
                pollInterval: number;
                /** Messages of one partition keep their order. */
                partitions: number;
                /** False: all partitions are one. */
                consumerPerPartition: boolean;
                /** Milliseconds that a pack of messages may run. */
                packProcessingTimeout: number;
                /** How messages are handed to rule chains. */
                submitStrategy: {
                  /** Which messages wait for which. */
                  type: 'BURST' | 'BATCH' | 'SEQUENTIAL_BY_ORIGINATOR' | 'SEQUENTIAL_BY_TENANT' | 'SEQUENTIAL';
                  /** Messages at once; of BATCH. */
                  batchSize: number;
                };
                /** What is retried. */
                processingStrategy: {
                  /** What becomes of messages that failed or timed out. */
                  type:
                    | 'SKIP_ALL_FAILURES'
                    | 'SKIP_ALL_FAILURES_AND_TIMED_OUT'
                    | 'RETRY_ALL'
                    | 'RETRY_FAILED'
                    | 'RETRY_TIMED_OUT'
                    | 'RETRY_FAILED_AND_TIMED_OUT';
                  /** Retries of a pack; 0 is without end. */
                  retries: number;
                  /** Above this share of a pack it is not retried; 0 is no bound. */
                  failurePercentage: number;
                  /** Seconds before the first retry. */
                  pauseBetweenRetries: number;
                  /** Longest pause: it doubles up to this. */
                  maxPauseBetweenRetries: number;
                };
                /** Kept for the client. */
                additionalInfo: { [name: string]: unknown } | null;
              }[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
    /** Creates a queue of the system, or replaces one; it holds from the next batch of messages on. */
    post: {
      parameters: {
        query?: {
          /** TB-RULE-ENGINE: the only service with queues; others have none. */
          serviceType?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** Queue to change; absent creates one. */
            id?: IdReference | null;
            /** Name, unique among the queues of its owner; never changes. */
            name: string;
            /** Kept for the client. */
            topic?: string | null;
            /** Kept for the client. */
            pollInterval?: number | null;
            /** Messages of one partition keep their order. */
            partitions?: number | null;
            /** False: all partitions are one. */
            consumerPerPartition?: boolean | null;
            /** Milliseconds that a pack of messages may run. */
            packProcessingTimeout?: number | null;
            /** How messages are handed to rule chains. */
            submitStrategy: {
              /** Which messages wait for which. */
              type: 'BURST' | 'BATCH' | 'SEQUENTIAL_BY_ORIGINATOR' | 'SEQUENTIAL_BY_TENANT' | 'SEQUENTIAL';
              /** Messages at once; of BATCH, where it is at least 1. */
              batchSize?: number | null;
            };
            /** What is retried. */
            processingStrategy: {
              /** What becomes of messages that failed or timed out. */
              type:
                | 'SKIP_ALL_FAILURES'
                | 'SKIP_ALL_FAILURES_AND_TIMED_OUT'
                | 'RETRY_ALL'
                | 'RETRY_FAILED'
                | 'RETRY_TIMED_OUT'
                | 'RETRY_FAILED_AND_TIMED_OUT';
              /** Retries of a pack; 0 is without end. */
              retries?: number | null;
              /** Above this share of a pack it is not retried; 0 is no bound. */
              failurePercentage?: number | null;
              /** Seconds before the first retry. */
              pauseBetweenRetries?: number | null;
              /** Longest pause in seconds. */
              maxPauseBetweenRetries?: number | null;
            };
            /** Kept for the client. */
            additionalInfo?: { [name: string]: unknown } | null;
          };
        };
      };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Id of the queue. */
              id: QueueId;
              /** When it was created, in milliseconds since 1970. */
              createdTime: number;
              /** Tenant that made it, or the system. */
              tenantId: TenantId;
              /** Name, unique among the queues of its owner. */
              name: string;
              /** Kept for the client. */
              topic: string;
              /** Kept for the client. */
              pollInterval: number;
              /** Messages of one partition keep their order. */
              partitions: number;
              /** False: all partitions are one. */
              consumerPerPartition: boolean;
              /** Milliseconds that a pack of messages may run. */
              packProcessingTimeout: number;
              /** How messages are handed to rule chains. */
              submitStrategy: {
                /** Which messages wait for which. */
                type: 'BURST' | 'BATCH' | 'SEQUENTIAL_BY_ORIGINATOR' | 'SEQUENTIAL_BY_TENANT' | 'SEQUENTIAL';
                /** Messages at once; of BATCH. */
                batchSize: number;
              };
              /** What is retried. */
              processingStrategy: {
                /** What becomes of messages that failed or timed out. */
                type:
                  | 'SKIP_ALL_FAILURES'
                  | 'SKIP_ALL_FAILURES_AND_TIMED_OUT'
                  | 'RETRY_ALL'
                  | 'RETRY_FAILED'
                  | 'RETRY_TIMED_OUT'
                  | 'RETRY_FAILED_AND_TIMED_OUT';
                /** Retries of a pack; 0 is without end. */
                retries: number;
                /** Above this share of a pack it is not retried; 0 is no bound. */
                failurePercentage: number;
                /** Seconds before the first retry. */
                pauseBetweenRetries: number;
                /** Longest pause: it doubles up to this. */
                maxPauseBetweenRetries: number;
              };
              /** Kept for the client. */
              additionalInfo: { [name: string]: unknown } | null;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/queues/name/{queueName}': {
    /** The queue that a name means. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Name, compared with case. */
          queueName: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Id of the queue. */
              id: QueueId;
              /** When it was created, in milliseconds since 1970. */
              createdTime: number;
              /** Tenant that made it, or the system. */
              tenantId: TenantId;
              /** Name, unique among the queues of its owner. */
              name: string;
              /** Kept for the client. */
              topic: string;
              /** Kept for the client. */
              pollInterval: number;
              /** Messages of one partition keep their order. */
              partitions: number;
              /** False: all partitions are one. */
              consumerPerPartition: boolean;
              /** Milliseconds that a pack of messages may run. */
              packProcessingTimeout: number;
              /** How messages are handed to rule chains. */
              submitStrategy: {
                /** Which messages wait for which. */
                type: 'BURST' | 'BATCH' | 'SEQUENTIAL_BY_ORIGINATOR' | 'SEQUENTIAL_BY_TENANT' | 'SEQUENTIAL';
                /** Messages at once; of BATCH. */
                batchSize: number;
              };
              /** What is retried. */
              processingStrategy: {
                /** What becomes of messages that failed or timed out. */
                type:
                  | 'SKIP_ALL_FAILURES'
                  | 'SKIP_ALL_FAILURES_AND_TIMED_OUT'
                  | 'RETRY_ALL'
                  | 'RETRY_FAILED'
                  | 'RETRY_TIMED_OUT'
                  | 'RETRY_FAILED_AND_TIMED_OUT';
                /** Retries of a pack; 0 is without end. */
                retries: number;
                /** Above this share of a pack it is not retried; 0 is no bound. */
                failurePercentage: number;
                /** Seconds before the first retry. */
                pauseBetweenRetries: number;
                /** Longest pause: it doubles up to this. */
                maxPauseBetweenRetries: number;
              };
              /** Kept for the client. */
              additionalInfo: { [name: string]: unknown } | null;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/queues/{queueId}': {
    /** One queue. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          queueId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Id of the queue. */
              id: QueueId;
              /** When it was created, in milliseconds since 1970. */
              createdTime: number;
              /** Tenant that made it, or the system. */
              tenantId: TenantId;
              /** Name, unique among the queues of its owner. */
              name: string;
              /** Kept for the client. */
              topic: string;
              /** Kept for the client. */
              pollInterval: number;
              /** Messages of one partition keep their order. */
              partitions: number;
              /** False: all partitions are one. */
              consumerPerPartition: boolean;
              /** Milliseconds that a pack of messages may run. */
              packProcessingTimeout: number;
              /** How messages are handed to rule chains. */
              submitStrategy: {
                /** Which messages wait for which. */
                type: 'BURST' | 'BATCH' | 'SEQUENTIAL_BY_ORIGINATOR' | 'SEQUENTIAL_BY_TENANT' | 'SEQUENTIAL';
                /** Messages at once; of BATCH. */
                batchSize: number;
              };
              /** What is retried. */
              processingStrategy: {
                /** What becomes of messages that failed or timed out. */
                type:
                  | 'SKIP_ALL_FAILURES'
                  | 'SKIP_ALL_FAILURES_AND_TIMED_OUT'
                  | 'RETRY_ALL'
                  | 'RETRY_FAILED'
                  | 'RETRY_TIMED_OUT'
                  | 'RETRY_FAILED_AND_TIMED_OUT';
                /** Retries of a pack; 0 is without end. */
                retries: number;
                /** Above this share of a pack it is not retried; 0 is no bound. */
                failurePercentage: number;
                /** Seconds before the first retry. */
                pauseBetweenRetries: number;
                /** Longest pause: it doubles up to this. */
                maxPauseBetweenRetries: number;
              };
              /** Kept for the client. */
              additionalInfo: { [name: string]: unknown } | null;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
    /** Removes a queue of the system; messages that name it go through Main. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          queueId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content?: never };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/tenant/queues': {
    /** Creates or replaces a queue of the tenant; it comes before one of the system with the same name. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** Queue to change; absent creates one. */
            id?: IdReference | null;
            /** Name, unique among the queues of its owner; never changes. */
            name: string;
            /** Kept for the client. */
            topic?: string | null;
            /** Kept for the client. */
            pollInterval?: number | null;
            /** Messages of one partition keep their order. */
            partitions?: number | null;
            /** False: all partitions are one. */
            consumerPerPartition?: boolean | null;
            /** Milliseconds that a pack of messages may run. */
            packProcessingTimeout?: number | null;
            /** How messages are handed to rule chains. */
            submitStrategy: {
              /** Which messages wait for which. */
              type: 'BURST' | 'BATCH' | 'SEQUENTIAL_BY_ORIGINATOR' | 'SEQUENTIAL_BY_TENANT' | 'SEQUENTIAL';
              /** Messages at once; of BATCH, where it is at least 1. */
              batchSize?: number | null;
            };
            /** What is retried. */
            processingStrategy: {
              /** What becomes of messages that failed or timed out. */
              type:
                | 'SKIP_ALL_FAILURES'
                | 'SKIP_ALL_FAILURES_AND_TIMED_OUT'
                | 'RETRY_ALL'
                | 'RETRY_FAILED'
                | 'RETRY_TIMED_OUT'
                | 'RETRY_FAILED_AND_TIMED_OUT';
              /** Retries of a pack; 0 is without end. */
              retries?: number | null;
              /** Above this share of a pack it is not retried; 0 is no bound. */
              failurePercentage?: number | null;
              /** Seconds before the first retry. */
              pauseBetweenRetries?: number | null;
              /** Longest pause in seconds. */
              maxPauseBetweenRetries?: number | null;
            };
            /** Kept for the client. */
            additionalInfo?: { [name: string]: unknown } | null;
          };
        };
      };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Id of the queue. */
              id: QueueId;
              /** When it was created, in milliseconds since 1970. */
              createdTime: number;
              /** Tenant that made it, or the system. */
              tenantId: TenantId;
              /** Name, unique among the queues of its owner. */
              name: string;
              /** Kept for the client. */
              topic: string;
              /** Kept for the client. */
              pollInterval: number;
              /** Messages of one partition keep their order. */
              partitions: number;
              /** False: all partitions are one. */
              consumerPerPartition: boolean;
              /** Milliseconds that a pack of messages may run. */
              packProcessingTimeout: number;
              /** How messages are handed to rule chains. */
              submitStrategy: {
                /** Which messages wait for which. */
                type: 'BURST' | 'BATCH' | 'SEQUENTIAL_BY_ORIGINATOR' | 'SEQUENTIAL_BY_TENANT' | 'SEQUENTIAL';
                /** Messages at once; of BATCH. */
                batchSize: number;
              };
              /** What is retried. */
              processingStrategy: {
                /** What becomes of messages that failed or timed out. */
                type:
                  | 'SKIP_ALL_FAILURES'
                  | 'SKIP_ALL_FAILURES_AND_TIMED_OUT'
                  | 'RETRY_ALL'
                  | 'RETRY_FAILED'
                  | 'RETRY_TIMED_OUT'
                  | 'RETRY_FAILED_AND_TIMED_OUT';
                /** Retries of a pack; 0 is without end. */
                retries: number;
                /** Above this share of a pack it is not retried; 0 is no bound. */
                failurePercentage: number;
                /** Seconds before the first retry. */
                pauseBetweenRetries: number;
                /** Longest pause: it doubles up to this. */
                maxPauseBetweenRetries: number;
              };
              /** Kept for the client. */
              additionalInfo: { [name: string]: unknown } | null;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/tenant/queues/{queueId}': {
    /** Removes a queue of the tenant. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          queueId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content?: never };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/deadLetters': {
    /** A page of the messages that failed for good, newest first. */
    get: {
      parameters: {
        query: {
          /** Entities a page. */
          pageSize: number;
          /** Page, counted from 0. */
          page: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Only what happened at or after this instant, in milliseconds since 1970. */
          startTime?: number;
          /** Only what happened at or before this instant. */
          endTime?: number;
          /** Only those of this rule chain. */
          ruleChainId?: string;
          /** Only those of this rule node. */
          ruleNodeId?: string;
          /** Only those with this code. */
          code?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: {
                /** Id of the dead letter. */
                id: string;
                /** When it failed, in milliseconds since 1970. */
                failedTime: number;
                /** Rule chain it failed in; null where it came to none. */
                ruleChainId: string | null;
                /** Rule node it failed in; null where it came to none. */
                ruleNodeId: string | null;
                /** Code of the error. */
                code: string;
                /** The error in words. */
                error: string;
                /** What can be done about it; null in letters of earlier versions. */
                remedy: string | null;
                /** Id of the trace that shows its path, where one was recorded. */
                traceId: string;
                /** The message as it came to the node. */
                message: {
                  /** Id of the message; it keeps it when it is replayed. */
                  id: string;
                  /** Type of the message. */
                  type: string;
                  /** Entity the message is about. */
                  originator: EntityId;
                  /** When it was created. */
                  ts: number;
                  /** Its metadata. */
                  metadata: { [name: string]: string };
                  /** Its body, as text. */
                  data: string;
                };
              }[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
    /** Removes dead letters. */
    delete: {
      parameters: {
        query: {
          /** UUIDs, separated by commas. */
          deadLetterIds: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content?: never };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/deadLetters/counts': {
    /** How many dead letters each rule chain has. */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** The rule chain; null for messages that came to none. */
              ruleChainId: string | null;
              /** Its dead letters. */
              count: number;
            }[];
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/deadLetters/replay': {
    /** Sends messages through their rule chain once more; what fails again is a dead letter again. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** Dead letters to replay. */
            ids: string[];
            /** CHAIN: at the start of the chain the message came to. NODE: at the node it failed in. */
            from?: 'CHAIN' | 'NODE';
          };
        };
      };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Those that are on their way; they are no dead letters any more. */
              replayed: string[];
              /** Those that are gone already, or whose chain or node is no more. */
              left: string[];
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/traces': {
    /** A page of the recorded paths of messages, newest first: one entry for each part. */
    get: {
      parameters: {
        query: {
          /** Entities a page. */
          pageSize: number;
          /** Page, counted from 0. */
          page: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Only what happened at or after this instant, in milliseconds since 1970. */
          startTime?: number;
          /** Only what happened at or before this instant. */
          endTime?: number;
          /** With entityId: only traces of messages about this entity. */
          entityType?: EntityType;
          /** UUID of that entity. */
          entityId?: string;
          /** Only parts with a hop in this rule chain. */
          ruleChainId?: string;
          /** Only those recorded for this reason. */
          reason?: 'SAMPLED' | 'FIRST' | 'FAILED';
          /** Only parts in which a message failed for good, or only the others. */
          hasFailed?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: {
                /** Id of the part. */
                id: string;
                /** Id of the message that came from outside; all parts of a trace have it. */
                traceId: string;
                /** Entity the message is about. */
                originator: EntityId;
                /** Type of the message. */
                messageType: string;
                /** Rule chain the part begins in. */
                ruleChainId: string;
                /** Its name; null where it is gone. */
                ruleChainName: string | null;
                /** When the part began, in milliseconds since 1970. */
                startTime: number;
                /** SAMPLED: one of many. FIRST: the first of its entity in an hour. FAILED: recorded because it failed. */
                reason: 'SAMPLED' | 'FIRST' | 'FAILED';
                /** Whether a message failed in it for good. */
                hasFailed: boolean;
                /** True where the message came from outside; false where it goes on after a hand-over. */
                isStart: boolean;
                /** Whether hops were left out because there were too many. */
                isCut: boolean;
                /** Hops the part has. */
                hopCount: number;
              }[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/traces/usage': {
    /** How much is recorded, and how much was left out. */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Bytes of the traces of the tenant. */
              bytes: number;
              /** Parts of traces there are. */
              parts: number;
              /** What was not recorded since the server started, because too much came at once. */
              leftOut: {
                /** Parts of traces that would have been a sample, or the first of their entity in an hour. */
                traces: number;
                /** Parts of traces of messages that failed. */
                failures: number;
                /** Events of rule nodes that somebody debugs. */
                debugEvents: number;
              };
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/traces/{traceId}': {
    /** The path of one message, node by node, through all rule chains it came to. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          traceId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Id of the message that came from outside. */
              traceId: string;
              /** Whether a message failed in it for good. */
              hasFailed: boolean;
              /** Whether hops were left out because there were too many. */
              isCut: boolean;
              /** Its parts, oldest first: one for each time it was taken up. */
              parts: {
                /** Id of the part. */
                id: string;
                /** Id of the message that came from outside; all parts of a trace have it. */
                traceId: string;
                /** Entity the message is about. */
                originator: EntityId;
                /** Type of the message. */
                messageType: string;
                /** Rule chain the part begins in. */
                ruleChainId: string;
                /** Its name; null where it is gone. */
                ruleChainName: string | null;
                /** When the part began, in milliseconds since 1970. */
                startTime: number;
                /** SAMPLED: one of many. FIRST: the first of its entity in an hour. FAILED: recorded because it failed. */
                reason: 'SAMPLED' | 'FIRST' | 'FAILED';
                /** Whether a message failed in it for good. */
                hasFailed: boolean;
                /** True where the message came from outside; false where it goes on after a hand-over. */
                isStart: boolean;
                /** Whether hops were left out because there were too many. */
                isCut: boolean;
                /** Hops the part has. */
                hopCount: number;
              }[];
              /** The rule chains that hops are in. */
              ruleChains: {
                /** Id of the chain. */
                id: string;
                /** Its name; null where it is gone. */
                name: string | null;
              }[];
              /** Messages that hops name by their place. */
              messages: {
                /** Id of the message. */
                id: string;
                /** Type of the message. */
                type: string;
                /** Entity the message is about. */
                originator: EntityId;
                /** Its metadata, as the text of a JSON object. */
                metadata: string;
                /** Its body, as text. */
                data: string;
                /** Whether a text was too long and has lost its end. */
                isCut: boolean;
              }[];
              /** Visits of messages to nodes, in the order of the parts and as they happened. */
              hops: {
                /** The rule chain. */
                ruleChainId: string;
                /** The rule node in it. */
                ruleNodeId: string;
                /** Place in `parts` of the part it belongs to. */
                part: number;
                /** Version of the rule chain that ran. */
                chainVersion: number;
                /** Name of the node then. */
                nodeName: string;
                /** Type of the node. */
                nodeType: string;
                /** The nodes that called the chain, outermost first. */
                callers: {
                  /** The rule chain. */
                  ruleChainId: string;
                  /** The rule node in it. */
                  ruleNodeId: string;
                }[];
                /** When the call of the node began, in milliseconds since 1970. */
                startTime: number;
                /** How long the call took, in microseconds. */
                durationUs: number;
                /** How many messages the call took. */
                calledWith: number;
                /** Place in `messages` of the message that came. */
                in: number;
                /** What became of it. HANDED_OVER and HELD go on in a later part; RETURNED left a nested chain. */
                outcome: 'ROUTED' | 'EMITTED' | 'FAILED' | 'ENDED' | 'RETURNED' | 'HANDED_OVER' | 'HELD' | 'DEFERRED' | 'CALLED';
                /** What left the node. */
                out: {
                  /** By which relation type. */
                  relationType: string;
                  /** Place in `messages` of the message that left. */
                  message: number;
                  /** True where the relation type leads nowhere. */
                  isUnconnected: boolean;
                }[];
                /** Of ENDED: why. */
                reason: string | null;
                /** What went wrong. */
                error: {
                  /** Code of the error. */
                  code: string;
                  /** The error in words. */
                  message: string;
                } | null;
              }[];
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/system/info': {
    /** Name and version of the server. */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Version of the server. */
              version: string;
              /** Short name. */
              artifact: string;
              /** Name. */
              name: string;
              /** Edition whose API this is: CE. */
              type: string;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/system/params': {
    /** What a client needs to know about the server and the user. */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Whether the caller may act as other users. */
              userTokenAccessEnabled: boolean;
              /** Always empty. */
              allowedDashboardIds: string[];
              /** Always false. */
              edgesSupportEnabled: boolean;
              /** Always false. */
              hasRepository: boolean;
              /** Whether scripts may be written in TBEL. */
              tbelEnabled: boolean;
              /** Always false: the state of devices is kept in attributes. */
              persistDeviceStateToTelemetry: boolean;
              /** Settings that the client keeps for the user. */
              userSettings: { [name: string]: unknown };
              /** Points that a client should ask for at most. */
              maxDatapointsLimit: number;
              /** Greatest file, in bytes; 0 is no limit. */
              maxResourceSize: number;
              /** Always false. */
              mobileQrEnabled: boolean;
              /** How long "debug everything" stays on at a rule node. */
              maxDebugModeDurationMinutes: number;
              /** How absent values are sorted. */
              nullsOrderStrategy: string;
              /** Always false. */
              edqsEnabled: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/audit/logs': {
    /** A page of what was done in the tenant. */
    get: {
      parameters: {
        query: {
          /** Entities a page. */
          pageSize: number;
          /** Page, counted from 0. */
          page: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
          /** Only what happened at or after this instant, in milliseconds since 1970. */
          startTime?: number;
          /** Only what happened at or before this instant. */
          endTime?: number;
          /** Only these actions, separated by commas. */
          actionTypes?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: AuditLog[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/audit/logs/customer/{customerId}': {
    /** A page of what was done with the entities of a customer. */
    get: {
      parameters: {
        query: {
          /** Entities a page. */
          pageSize: number;
          /** Page, counted from 0. */
          page: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
          /** Only what happened at or after this instant, in milliseconds since 1970. */
          startTime?: number;
          /** Only what happened at or before this instant. */
          endTime?: number;
          /** Only these actions, separated by commas. */
          actionTypes?: string;
        };
        header?: never;
        path: {
          /** UUID. */
          customerId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: AuditLog[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/audit/logs/user/{userId}': {
    /** A page of what a user did. */
    get: {
      parameters: {
        query: {
          /** Entities a page. */
          pageSize: number;
          /** Page, counted from 0. */
          page: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
          /** Only what happened at or after this instant, in milliseconds since 1970. */
          startTime?: number;
          /** Only what happened at or before this instant. */
          endTime?: number;
          /** Only these actions, separated by commas. */
          actionTypes?: string;
        };
        header?: never;
        path: {
          /** UUID. */
          userId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: AuditLog[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/audit/logs/entity/{entityType}/{entityId}': {
    /** A page of what was done with an entity, which may be gone. */
    get: {
      parameters: {
        query: {
          /** Entities a page. */
          pageSize: number;
          /** Page, counted from 0. */
          page: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
          /** Only what happened at or after this instant, in milliseconds since 1970. */
          startTime?: number;
          /** Only what happened at or before this instant. */
          endTime?: number;
          /** Only these actions, separated by commas. */
          actionTypes?: string;
        };
        header?: never;
        path: {
          /** Type of the entity, such as DEVICE. */
          entityType: EntityType;
          /** UUID of the entity. */
          entityId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: AuditLog[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/events/{entityType}/{entityId}/{eventType}': {
    /** A page of the events of one type of an entity. */
    get: {
      parameters: {
        query: {
          /** Entities a page. */
          pageSize: number;
          /** Page, counted from 0. */
          page: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
          /** Only what happened at or after this instant, in milliseconds since 1970. */
          startTime?: number;
          /** Only what happened at or before this instant. */
          endTime?: number;
          /** Tenant of the entity. */
          tenantId: string;
        };
        header?: never;
        path: {
          /** Type of the entity, such as DEVICE. */
          entityType: EntityType;
          /** UUID of the entity. */
          entityId: string;
          /** Type of the events, such as LC_EVENT. */
          eventType: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: Event[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/events/{entityType}/{entityId}': {
    /** A page of the life cycle events of an entity. */
    get: {
      parameters: {
        query: {
          /** Entities a page. */
          pageSize: number;
          /** Page, counted from 0. */
          page: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
          /** Only what happened at or after this instant, in milliseconds since 1970. */
          startTime?: number;
          /** Only what happened at or before this instant. */
          endTime?: number;
          /** Tenant of the entity. */
          tenantId: string;
        };
        header?: never;
        path: {
          /** Type of the entity, such as DEVICE. */
          entityType: EntityType;
          /** UUID of the entity. */
          entityId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: Event[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
    /** A page of the events of an entity that fit a filter. Of more than 2,500 events not all may be counted. */
    post: {
      parameters: {
        query: {
          /** Entities a page. */
          pageSize: number;
          /** Page, counted from 0. */
          page: number;
          /** Part of the name, in any case. */
          textSearch?: string;
          /** Field to sort by. */
          sortProperty?: string;
          /** ASC or DESC. */
          sortOrder?: string;
          /** Only what happened at or after this instant, in milliseconds since 1970. */
          startTime?: number;
          /** Only what happened at or before this instant. */
          endTime?: number;
          /** Tenant of the entity. */
          tenantId: string;
        };
        header?: never;
        path: {
          /** Type of the entity, such as DEVICE. */
          entityType: EntityType;
          /** UUID of the entity. */
          entityId: string;
        };
        cookie?: never;
      };
      requestBody: { content: { 'application/json': EventFilter } };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Entities of this page. */
              data: Event[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/events/{entityType}/{entityId}/clear': {
    /** Removes the events of an entity that fit a filter. */
    post: {
      parameters: {
        query?: {
          /** Only what happened at or after this instant, in milliseconds since 1970. */
          startTime?: number;
          /** Only what happened at or before this instant. */
          endTime?: number;
        };
        header?: never;
        path: {
          /** Type of the entity, such as DEVICE. */
          entityType: EntityType;
          /** UUID of the entity. */
          entityId: string;
        };
        cookie?: never;
      };
      requestBody: { content: { 'application/json': EventFilter } };
      responses: {
        200: { headers: { [name: string]: unknown }; content?: never };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/ruleNode/{ruleNodeId}/debugIn': {
    /** The last message that came to a rule node while people debugged it; empty where there is none. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** UUID. */
          ruleNodeId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': { [name: string]: unknown } } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/broker/topicMappings': {
    /** How topics of the MQTT broker become devices and their readings. */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Counts up with every change; 0 where none were ever saved. */
              version: number;
              /** In the order in which they are tried: the first whose filter takes a topic is the one. */
              mappings: {
                /** Messages on topics that this MQTT filter takes; the first mapping that takes a topic is the one. */
                topicFilter: string;
                /** Name of the device. */
                device:
                  | {
                      from: 'level';
                      /** Level of the topic, counted from 1: in `plant/7/t` level 2 is `7`. */
                      level: number;
                    }
                  | {
                      from: 'payload';
                      /** Member of the JSON payload; points lead into objects: `meta.device`. */
                      path: string;
                    }
                  | {
                      from: 'fixed';
                      /** Always this name. */
                      name: string;
                    };
                /** Whether a device is created that does not exist; otherwise its messages are only brokered. */
                createsDevice: boolean;
                /** Profile of created devices; absent is the default one. */
                deviceProfile?: string;
                /** What the values become. */
                target: 'telemetry' | 'attributes';
                /** `object`: the payload, or the object at `path` in it, gives a value for each member. `raw`: the whole payload is the value of one key. */
                value:
                  | {
                      form: 'object';
                      /** Member of the JSON payload; points lead into objects: `meta.device`. */
                      path?: string;
                    }
                  | {
                      form: 'raw';
                      key:
                        | {
                            from: 'level';
                            /** Level of the topic, counted from 1: in `plant/7/t` level 2 is `7`. */
                            level: number;
                          }
                        | {
                            from: 'fixed';
                            /** Always this name. */
                            name: string;
                          };
                    };
                /** Member of the JSON payload; points lead into objects: `meta.device`. */
                timestampPath?: string;
              }[];
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
    /** Replaces the topic mappings of the tenant; they hold from the next message on. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** The version that was read; absent replaces whatever is stored. */
            version?: number;
            /** In the order in which they are tried: the first whose filter takes a topic is the one. */
            mappings: {
              /** Messages on topics that this MQTT filter takes; the first mapping that takes a topic is the one. */
              topicFilter: string;
              /** Name of the device. */
              device:
                | {
                    from: 'level';
                    /** Level of the topic, counted from 1: in `plant/7/t` level 2 is `7`. */
                    level: number;
                  }
                | {
                    from: 'payload';
                    /** Member of the JSON payload; points lead into objects: `meta.device`. */
                    path: string;
                  }
                | {
                    from: 'fixed';
                    /** Always this name. */
                    name: string;
                  };
              /** Whether a device is created that does not exist; otherwise its messages are only brokered. */
              createsDevice?: boolean;
              /** Profile of created devices; absent is the default one. */
              deviceProfile?: string;
              /** What the values become. */
              target?: 'telemetry' | 'attributes';
              /** `object`: the payload, or the object at `path` in it, gives a value for each member. `raw`: the whole payload is the value of one key. */
              value?:
                | {
                    form: 'object';
                    /** Member of the JSON payload; points lead into objects: `meta.device`. */
                    path?: string;
                  }
                | {
                    form: 'raw';
                    key:
                      | {
                          from: 'level';
                          /** Level of the topic, counted from 1: in `plant/7/t` level 2 is `7`. */
                          level: number;
                        }
                      | {
                          from: 'fixed';
                          /** Always this name. */
                          name: string;
                        };
                  };
              /** Member of the JSON payload; points lead into objects: `meta.device`. */
              timestampPath?: string;
            }[];
          };
        };
      };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Counts up with every change; 0 where none were ever saved. */
              version: number;
              /** In the order in which they are tried: the first whose filter takes a topic is the one. */
              mappings: {
                /** Messages on topics that this MQTT filter takes; the first mapping that takes a topic is the one. */
                topicFilter: string;
                /** Name of the device. */
                device:
                  | {
                      from: 'level';
                      /** Level of the topic, counted from 1: in `plant/7/t` level 2 is `7`. */
                      level: number;
                    }
                  | {
                      from: 'payload';
                      /** Member of the JSON payload; points lead into objects: `meta.device`. */
                      path: string;
                    }
                  | {
                      from: 'fixed';
                      /** Always this name. */
                      name: string;
                    };
                /** Whether a device is created that does not exist; otherwise its messages are only brokered. */
                createsDevice: boolean;
                /** Profile of created devices; absent is the default one. */
                deviceProfile?: string;
                /** What the values become. */
                target: 'telemetry' | 'attributes';
                /** `object`: the payload, or the object at `path` in it, gives a value for each member. `raw`: the whole payload is the value of one key. */
                value:
                  | {
                      form: 'object';
                      /** Member of the JSON payload; points lead into objects: `meta.device`. */
                      path?: string;
                    }
                  | {
                      form: 'raw';
                      key:
                        | {
                            from: 'level';
                            /** Level of the topic, counted from 1: in `plant/7/t` level 2 is `7`. */
                            level: number;
                          }
                        | {
                            from: 'fixed';
                            /** Always this name. */
                            name: string;
                          };
                    };
                /** Member of the JSON payload; points lead into objects: `meta.device`. */
                timestampPath?: string;
              }[];
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/api/broker/topicMappings/try': {
    /** What topic mappings would make of a message. Nothing is stored or sent. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** Mappings to try, saved or not. */
            mappings: {
              /** Messages on topics that this MQTT filter takes; the first mapping that takes a topic is the one. */
              topicFilter: string;
              /** Name of the device. */
              device:
                | {
                    from: 'level';
                    /** Level of the topic, counted from 1: in `plant/7/t` level 2 is `7`. */
                    level: number;
                  }
                | {
                    from: 'payload';
                    /** Member of the JSON payload; points lead into objects: `meta.device`. */
                    path: string;
                  }
                | {
                    from: 'fixed';
                    /** Always this name. */
                    name: string;
                  };
              /** Whether a device is created that does not exist; otherwise its messages are only brokered. */
              createsDevice?: boolean;
              /** Profile of created devices; absent is the default one. */
              deviceProfile?: string;
              /** What the values become. */
              target?: 'telemetry' | 'attributes';
              /** `object`: the payload, or the object at `path` in it, gives a value for each member. `raw`: the whole payload is the value of one key. */
              value?:
                | {
                    form: 'object';
                    /** Member of the JSON payload; points lead into objects: `meta.device`. */
                    path?: string;
                  }
                | {
                    form: 'raw';
                    key:
                      | {
                          from: 'level';
                          /** Level of the topic, counted from 1: in `plant/7/t` level 2 is `7`. */
                          level: number;
                        }
                      | {
                          from: 'fixed';
                          /** Always this name. */
                          name: string;
                        };
                  };
              /** Member of the JSON payload; points lead into objects: `meta.device`. */
              timestampPath?: string;
            }[];
            /** Topic of the message. */
            topic: string;
            /** The message, as text. */
            payload: string;
          };
        };
      };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Place in the list of the mapping that takes the topic, counted from 0; null where none does. */
              mapping: number | null;
              /** Name of the device; null where there is none. */
              device: string | null;
              /** JSON text of what the device would send, as on the device API; null where there is nothing. */
              values: string | null;
              /** Why the mapping cannot read the message; null where it can. */
              fault: string | null;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
        409: ConflictAnswer;
      };
    };
  };
  '/epts/api/v1/time-series/config': {
    /** The time series of applications. */
    get: {
      parameters: {
        query?: {
          /** Applications, separated by commas or repeated; absent: all. */
          applicationNames?: string | string[];
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              [name: string]: {
                /** Name. */
                name: string;
                /** Names of its values. */
                values: string[];
              }[];
            };
          };
        };
        400: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** What is wrong. */
              message: string;
            };
          };
        };
        401: NotSignedInAnswer;
        403: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** What is wrong. */
              message: string;
            };
          };
        };
        404: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** What is wrong. */
              message: string;
            };
          };
        };
      };
    };
  };
  '/epts/api/v1/applications/{application}/time-series/last': {
    /** The last point of each time series and endpoint. */
    get: {
      parameters: {
        query?: {
          /** Names of time series, separated by commas or repeated; absent: all. */
          timeSeriesName?: string | string[];
          /** Ids of endpoints, separated by commas or repeated; absent: all. */
          endpointId?: string | string[];
          /** Only points before this time. */
          beforeDate?: string;
        };
        header?: never;
        path: {
          /** Name of the application. */
          application: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              [name: string]: {
                [name: string]: {
                  /** When, in ISO 8601 and UTC. */
                  timestamp: string;
                  /** Values by name. */
                  values: { [name: string]: unknown };
                }[];
              };
            };
          };
        };
        400: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** What is wrong. */
              message: string;
            };
          };
        };
        401: NotSignedInAnswer;
        403: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** What is wrong. */
              message: string;
            };
          };
        };
        404: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** What is wrong. */
              message: string;
            };
          };
        };
      };
    };
    /** The last point of each time series, for a page of endpoints. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Name of the application. */
          application: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** Names of time series; absent: all. */
            timeSeriesNames?: string[] | null;
            /** Only points before this time. */
            beforeDate?: string | null;
            /** Endpoints that are left out at the beginning. */
            offset?: number | null;
            /** Endpoints that are answered about. */
            limit?: number | null;
            /** Ids of endpoints; absent: all. */
            endpointIDs?: string[] | null;
          };
        };
      };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              [name: string]: {
                [name: string]: {
                  /** When, in ISO 8601 and UTC. */
                  timestamp: string;
                  /** Values by name. */
                  values: { [name: string]: unknown };
                }[];
              };
            };
          };
        };
        400: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** What is wrong. */
              message: string;
            };
          };
        };
        401: NotSignedInAnswer;
        403: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** What is wrong. */
              message: string;
            };
          };
        };
        404: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** What is wrong. */
              message: string;
            };
          };
        };
        409: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** What is wrong. */
              message: string;
            };
          };
        };
      };
    };
  };
  '/epts/api/v1/applications/{application}/time-series/data': {
    /** The points of a time. */
    get: {
      parameters: {
        query: {
          /** Names of time series, separated by commas or repeated. */
          timeSeriesName: string | string[];
          /** Begin of the time; now-7d is seven days ago. */
          fromDate: string;
          /** End of the time. */
          toDate: string;
          /** Ids of endpoints, separated by commas or repeated; absent: all. */
          endpointId?: string | string[];
          /** Which of the two bounds belong to the time. */
          includeTime?: 'from' | 'to' | 'both' | 'none';
          /** Order by time. */
          sort?: 'ASC' | 'DESC';
        };
        header?: never;
        path: {
          /** Name of the application. */
          application: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              [name: string]: {
                [name: string]: {
                  /** When, in ISO 8601 and UTC. */
                  timestamp: string;
                  /** Values by name. */
                  values: { [name: string]: unknown };
                }[];
              };
            }[];
          };
        };
        400: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** What is wrong. */
              message: string;
            };
          };
        };
        401: NotSignedInAnswer;
        403: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** What is wrong. */
              message: string;
            };
          };
        };
        404: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** What is wrong. */
              message: string;
            };
          };
        };
      };
    };
  };
  '/epts/api/v1/app-versions/{appVersion}/time-series/data': {
    /** Stores points of endpoints. */
    put: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Name of the application version. */
          appVersion: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            [name: string]: {
              [name: string]: {
                /** When, in ISO 8601; without a zone it is UTC. */
                timestamp: string;
                /** Values by name. */
                values: { [name: string]: number | string | boolean | null };
              }[];
            };
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content?: never };
        400: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** What is wrong. */
              message: string;
            };
          };
        };
        401: NotSignedInAnswer;
        403: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** What is wrong. */
              message: string;
            };
          };
        };
        404: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** What is wrong. */
              message: string;
            };
          };
        };
      };
    };
  };
  '/tekton/api/v1/app-configs/applications/{application}': {
    /** Which time series are taken from the samples of an application. */
    get: {
      parameters: {
        query?: {
          /** Always epts: other services have none. */
          serviceInstanceName?: 'epts';
        };
        header?: never;
        path: {
          /** Name of the application. */
          application: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              epts: {
                kaa: {
                  /** By the name of the application. */
                  applications: {
                    [name: string]: {
                      /** Time series; absent: none of its own. */
                      'time-series'?: {
                        /** Series by name. */
                        names: {
                          [name: string]: {
                            /** Values of a point. */
                            values: {
                              /** Where the value is in a sample. */
                              path: string;
                              /** Name of the value. */
                              name: string;
                              /** Type the value must have; one of another type is left out. */
                              type: 'number' | 'string' | 'boolean';
                            }[];
                          };
                        };
                        /** Where points get their time from. */
                        timestamp: {
                          /** Where the time of a sample is; empty is the time of receipt. */
                          path: '' | string;
                          /** How the time is written. */
                          format: 'iso8601' | 'millis-unix-epoch';
                          /** A sample without a readable time gets that of receipt, or is refused. */
                          'fallback-strategy': 'server-timestamp' | 'fail';
                        };
                        /** Store each numeric field of a sample as `auto~<name>`. */
                        'auto-extract': boolean;
                      };
                    };
                  };
                };
              };
            };
          };
        };
        400: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** What is wrong. */
              message: string;
            };
          };
        };
        401: NotSignedInAnswer;
        403: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** What is wrong. */
              message: string;
            };
          };
        };
        404: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** What is wrong. */
              message: string;
            };
          };
        };
      };
    };
    /** Replaces the time series of an application; they hold for its versions that have none of their own. */
    put: {
      parameters: {
        query?: {
          /** Always epts: other services have none. */
          serviceInstanceName?: 'epts';
        };
        header?: never;
        path: {
          /** Name of the application. */
          application: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            epts: {
              kaa: {
                /** By the name of the application. */
                applications: {
                  [name: string]: {
                    /** Time series; absent: none of its own. */
                    'time-series'?: {
                      /** Series by name. */
                      names?: {
                        [name: string]: {
                          /** Values of a point. */
                          values: {
                            /** Where the value is in a sample. */
                            path: string;
                            /** Name of the value. */
                            name?: string;
                            /** Type the value must have; one of another type is left out. */
                            type: string;
                          }[];
                        };
                      };
                      /** Where points get their time from. */
                      timestamp?: {
                        /** Where the time of a sample is; empty is the time of receipt. */
                        path?: '' | string;
                        /** How the time is written. */
                        format?: 'iso8601' | 'millis-unix-epoch';
                        /** A sample without a readable time gets that of receipt, or is refused. */
                        'fallback-strategy'?: 'server-timestamp' | 'fail';
                      };
                      /** Store each numeric field of a sample as `auto~<name>`. */
                      'auto-extract'?: boolean;
                    };
                  };
                };
              };
            };
          };
        };
      };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              epts: {
                kaa: {
                  /** By the name of the application. */
                  applications: {
                    [name: string]: {
                      /** Time series; absent: none of its own. */
                      'time-series'?: {
                        /** Series by name. */
                        names: {
                          [name: string]: {
                            /** Values of a point. */
                            values: {
                              /** Where the value is in a sample. */
                              path: string;
                              /** Name of the value. */
                              name: string;
                              /** Type the value must have; one of another type is left out. */
                              type: 'number' | 'string' | 'boolean';
                            }[];
                          };
                        };
                        /** Where points get their time from. */
                        timestamp: {
                          /** Where the time of a sample is; empty is the time of receipt. */
                          path: '' | string;
                          /** How the time is written. */
                          format: 'iso8601' | 'millis-unix-epoch';
                          /** A sample without a readable time gets that of receipt, or is refused. */
                          'fallback-strategy': 'server-timestamp' | 'fail';
                        };
                        /** Store each numeric field of a sample as `auto~<name>`. */
                        'auto-extract': boolean;
                      };
                    };
                  };
                };
              };
            };
          };
        };
        400: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** What is wrong. */
              message: string;
            };
          };
        };
        401: NotSignedInAnswer;
        403: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** What is wrong. */
              message: string;
            };
          };
        };
        404: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** What is wrong. */
              message: string;
            };
          };
        };
      };
    };
    /** Changes the time series of an application in part. */
    patch: {
      parameters: {
        query?: {
          /** Always epts: other services have none. */
          serviceInstanceName?: 'epts';
        };
        header?: never;
        path: {
          /** Name of the application. */
          application: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            epts: {
              kaa: {
                /** By the name of the application. */
                applications: {
                  [name: string]: {
                    /** Merge patch (RFC 7396) of the time series; null takes them away. */
                    'time-series': { [name: string]: unknown } | null;
                  };
                };
              };
            };
          };
        };
      };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              epts: {
                kaa: {
                  /** By the name of the application. */
                  applications: {
                    [name: string]: {
                      /** Time series; absent: none of its own. */
                      'time-series'?: {
                        /** Series by name. */
                        names: {
                          [name: string]: {
                            /** Values of a point. */
                            values: {
                              /** Where the value is in a sample. */
                              path: string;
                              /** Name of the value. */
                              name: string;
                              /** Type the value must have; one of another type is left out. */
                              type: 'number' | 'string' | 'boolean';
                            }[];
                          };
                        };
                        /** Where points get their time from. */
                        timestamp: {
                          /** Where the time of a sample is; empty is the time of receipt. */
                          path: '' | string;
                          /** How the time is written. */
                          format: 'iso8601' | 'millis-unix-epoch';
                          /** A sample without a readable time gets that of receipt, or is refused. */
                          'fallback-strategy': 'server-timestamp' | 'fail';
                        };
                        /** Store each numeric field of a sample as `auto~<name>`. */
                        'auto-extract': boolean;
                      };
                    };
                  };
                };
              };
            };
          };
        };
        400: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** What is wrong. */
              message: string;
            };
          };
        };
        401: NotSignedInAnswer;
        403: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** What is wrong. */
              message: string;
            };
          };
        };
        404: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** What is wrong. */
              message: string;
            };
          };
        };
      };
    };
  };
  '/tekton/api/v1/app-configs/applications/{application}/app-versions/{appVersion}': {
    /** Which time series an application version has of its own. */
    get: {
      parameters: {
        query?: {
          /** Always epts: other services have none. */
          serviceInstanceName?: 'epts';
        };
        header?: never;
        path: {
          /** Name of the application. */
          application: string;
          /** Name of the application version. */
          appVersion: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              epts: {
                kaa: {
                  /** By the name of the application. */
                  applications: {
                    [name: string]: {
                      /** By the name of the version. */
                      versions: {
                        [name: string]: {
                          /** Time series; absent: none of its own. */
                          'time-series'?: {
                            /** Series by name. */
                            names: {
                              [name: string]: {
                                /** Values of a point. */
                                values: {
                                  /** Where the value is in a sample. */
                                  path: string;
                                  /** Name of the value. */
                                  name: string;
                                  /** Type the value must have; one of another type is left out. */
                                  type: 'number' | 'string' | 'boolean';
                                }[];
                              };
                            };
                            /** Where points get their time from. */
                            timestamp: {
                              /** Where the time of a sample is; empty is the time of receipt. */
                              path: '' | string;
                              /** How the time is written. */
                              format: 'iso8601' | 'millis-unix-epoch';
                              /** A sample without a readable time gets that of receipt, or is refused. */
                              'fallback-strategy': 'server-timestamp' | 'fail';
                            };
                            /** Store each numeric field of a sample as `auto~<name>`. */
                            'auto-extract': boolean;
                          };
                        };
                      };
                    };
                  };
                };
              };
            };
          };
        };
        400: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** What is wrong. */
              message: string;
            };
          };
        };
        401: NotSignedInAnswer;
        403: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** What is wrong. */
              message: string;
            };
          };
        };
        404: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** What is wrong. */
              message: string;
            };
          };
        };
      };
    };
    /** Replaces the time series of an application version; without any, those of its application hold. */
    put: {
      parameters: {
        query?: {
          /** Always epts: other services have none. */
          serviceInstanceName?: 'epts';
        };
        header?: never;
        path: {
          /** Name of the application. */
          application: string;
          /** Name of the application version. */
          appVersion: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            epts: {
              kaa: {
                /** By the name of the application. */
                applications: {
                  [name: string]: {
                    /** By the name of the version. */
                    versions: {
                      [name: string]: {
                        /** Time series; absent: none of its own. */
                        'time-series'?: {
                          /** Series by name. */
                          names?: {
                            [name: string]: {
                              /** Values of a point. */
                              values: {
                                /** Where the value is in a sample. */
                                path: string;
                                /** Name of the value. */
                                name?: string;
                                /** Type the value must have; one of another type is left out. */
                                type: string;
                              }[];
                            };
                          };
                          /** Where points get their time from. */
                          timestamp?: {
                            /** Where the time of a sample is; empty is the time of receipt. */
                            path?: '' | string;
                            /** How the time is written. */
                            format?: 'iso8601' | 'millis-unix-epoch';
                            /** A sample without a readable time gets that of receipt, or is refused. */
                            'fallback-strategy'?: 'server-timestamp' | 'fail';
                          };
                          /** Store each numeric field of a sample as `auto~<name>`. */
                          'auto-extract'?: boolean;
                        };
                      };
                    };
                  };
                };
              };
            };
          };
        };
      };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              epts: {
                kaa: {
                  /** By the name of the application. */
                  applications: {
                    [name: string]: {
                      /** By the name of the version. */
                      versions: {
                        [name: string]: {
                          /** Time series; absent: none of its own. */
                          'time-series'?: {
                            /** Series by name. */
                            names: {
                              [name: string]: {
                                /** Values of a point. */
                                values: {
                                  /** Where the value is in a sample. */
                                  path: string;
                                  /** Name of the value. */
                                  name: string;
                                  /** Type the value must have; one of another type is left out. */
                                  type: 'number' | 'string' | 'boolean';
                                }[];
                              };
                            };
                            /** Where points get their time from. */
                            timestamp: {
                              /** Where the time of a sample is; empty is the time of receipt. */
                              path: '' | string;
                              /** How the time is written. */
                              format: 'iso8601' | 'millis-unix-epoch';
                              /** A sample without a readable time gets that of receipt, or is refused. */
                              'fallback-strategy': 'server-timestamp' | 'fail';
                            };
                            /** Store each numeric field of a sample as `auto~<name>`. */
                            'auto-extract': boolean;
                          };
                        };
                      };
                    };
                  };
                };
              };
            };
          };
        };
        400: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** What is wrong. */
              message: string;
            };
          };
        };
        401: NotSignedInAnswer;
        403: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** What is wrong. */
              message: string;
            };
          };
        };
        404: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** What is wrong. */
              message: string;
            };
          };
        };
      };
    };
    /** Changes the time series that an application version has of its own in part. */
    patch: {
      parameters: {
        query?: {
          /** Always epts: other services have none. */
          serviceInstanceName?: 'epts';
        };
        header?: never;
        path: {
          /** Name of the application. */
          application: string;
          /** Name of the application version. */
          appVersion: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            epts: {
              kaa: {
                /** By the name of the application. */
                applications: {
                  [name: string]: {
                    /** By the name of the version. */
                    versions: {
                      [name: string]: {
                        /** Merge patch (RFC 7396) of the time series; null takes them away. */
                        'time-series': { [name: string]: unknown } | null;
                      };
                    };
                  };
                };
              };
            };
          };
        };
      };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              epts: {
                kaa: {
                  /** By the name of the application. */
                  applications: {
                    [name: string]: {
                      /** By the name of the version. */
                      versions: {
                        [name: string]: {
                          /** Time series; absent: none of its own. */
                          'time-series'?: {
                            /** Series by name. */
                            names: {
                              [name: string]: {
                                /** Values of a point. */
                                values: {
                                  /** Where the value is in a sample. */
                                  path: string;
                                  /** Name of the value. */
                                  name: string;
                                  /** Type the value must have; one of another type is left out. */
                                  type: 'number' | 'string' | 'boolean';
                                }[];
                              };
                            };
                            /** Where points get their time from. */
                            timestamp: {
                              /** Where the time of a sample is; empty is the time of receipt. */
                              path: '' | string;
                              /** How the time is written. */
                              format: 'iso8601' | 'millis-unix-epoch';
                              /** A sample without a readable time gets that of receipt, or is refused. */
                              'fallback-strategy': 'server-timestamp' | 'fail';
                            };
                            /** Store each numeric field of a sample as `auto~<name>`. */
                            'auto-extract': boolean;
                          };
                        };
                      };
                    };
                  };
                };
              };
            };
          };
        };
        400: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** What is wrong. */
              message: string;
            };
          };
        };
        401: NotSignedInAnswer;
        403: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** What is wrong. */
              message: string;
            };
          };
        };
        404: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** What is wrong. */
              message: string;
            };
          };
        };
      };
    };
  };
  '/api/fieldline/endpoints': {
    /** Host and ports that devices connect to. */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Host name, as the caller reached the server. */
              host: string;
              /** Port of the HTTP device API. */
              http: number;
              /** Port of the MQTT device endpoint; null where it is off. */
              mqtt: number | null;
              /** Port of the CoAP device endpoint; null where it is off. */
              coap: number | null;
              /** Port of the MQTT broker; null where it is off. */
              broker: number | null;
              /** Whether devices may speak Kaa 1/KP. */
              kaa: boolean;
            };
          };
        };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
        403: NotPermittedAnswer;
        404: NotFoundAnswer;
      };
    };
  };
  '/api/health': {
    /** Whether the server takes readings: 200 while it does, else 503. */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Health } };
        400: WrongRequestAnswer;
        401: NotSignedInAnswer;
      };
    };
  };
}
