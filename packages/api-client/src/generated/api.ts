// Generated from the OpenAPI document of the server by dev/generate-api-client.ts. Do not edit.
export type Alarm = {
  /** Id of the alarm. */
  id: {
    /** Type of the entity. */
    entityType: 'ALARM';
    /** UUID. */
    id: string;
  };
  /** When it was first raised, by our clock. */
  createdTime: number;
  /** Tenant of the alarm. */
  tenantId: {
    /** Type of the entity. */
    entityType: 'TENANT';
    /** UUID. */
    id: string;
  };
  /** Customer of the originator when it was created. */
  customerId: {
    /** Type of the entity. */
    entityType: 'CUSTOMER';
    /** UUID. */
    id: string;
  } | null;
  /** What is wrong. */
  type: string;
  /** Entity the alarm is about. */
  originator: {
    /** Type of the entity. */
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
      | 'QUEUE';
    /** UUID. */
    id: string;
  };
  /** How bad it is. */
  severity: 'CRITICAL' | 'MAJOR' | 'MINOR' | 'WARNING' | 'INDETERMINATE';
  /** Whether somebody acknowledged it. */
  acknowledged: boolean;
  /** Whether it is over. */
  cleared: boolean;
  /** User who takes care of it. */
  assigneeId: {
    /** Type of the entity. */
    entityType: 'USER';
    /** UUID. */
    id: string;
  } | null;
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
export type AlarmInfo = {
  /** Id of the alarm. */
  id: {
    /** Type of the entity. */
    entityType: 'ALARM';
    /** UUID. */
    id: string;
  };
  /** When it was first raised, by our clock. */
  createdTime: number;
  /** Tenant of the alarm. */
  tenantId: {
    /** Type of the entity. */
    entityType: 'TENANT';
    /** UUID. */
    id: string;
  };
  /** Customer of the originator when it was created. */
  customerId: {
    /** Type of the entity. */
    entityType: 'CUSTOMER';
    /** UUID. */
    id: string;
  } | null;
  /** What is wrong. */
  type: string;
  /** Entity the alarm is about. */
  originator: {
    /** Type of the entity. */
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
      | 'QUEUE';
    /** UUID. */
    id: string;
  };
  /** How bad it is. */
  severity: 'CRITICAL' | 'MAJOR' | 'MINOR' | 'WARNING' | 'INDETERMINATE';
  /** Whether somebody acknowledged it. */
  acknowledged: boolean;
  /** Whether it is over. */
  cleared: boolean;
  /** User who takes care of it. */
  assigneeId: {
    /** Type of the entity. */
    entityType: 'USER';
    /** UUID. */
    id: string;
  } | null;
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
  assignee: {
    id: {
      /** Type of the entity. */
      entityType: 'USER';
      /** UUID. */
      id: string;
    };
    firstName: string | null;
    lastName: string | null;
    email: string;
  } | null;
};
export type Attribute = {
  /** When it was last written, in milliseconds since 1970. */
  lastUpdateTs: number;
  /** Name. */
  key: string;
  /** Value. */
  value: unknown;
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
      /** JSON Schema of the settings, for the generated form. */
      configSchema: { [name: string]: unknown };
    };
  };
};
export type Device = {
  /** Id of the device. */
  id: {
    /** Type of the entity. */
    entityType: 'DEVICE';
    /** UUID. */
    id: string;
  };
  /** When it was created, in milliseconds since 1970. */
  createdTime: number;
  /** Tenant of the device. */
  tenantId: {
    /** Type of the entity. */
    entityType: 'TENANT';
    /** UUID. */
    id: string;
  };
  /** Customer it is assigned to; the null UUID for none. */
  customerId: {
    /** Type of the entity. */
    entityType: 'CUSTOMER';
    /** UUID. */
    id: string;
  };
  /** Name, unique in the tenant. */
  name: string;
  /** Name of the device profile. */
  type: string;
  /** Name for people. */
  label: string | null;
  /** Profile of the device. */
  deviceProfileId: {
    /** Type of the entity. */
    entityType: 'DEVICE_PROFILE';
    /** UUID. */
    id: string;
  };
  /** Transport settings. */
  deviceData: { [name: string]: unknown };
  /** Not used yet. */
  firmwareId: null;
  /** Not used yet. */
  softwareId: null;
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
  deviceId: {
    /** Type of the entity. */
    entityType: 'DEVICE';
    /** UUID. */
    id: string;
  };
  /** How the device proves who it is. */
  credentialsType: 'ACCESS_TOKEN' | 'MQTT_BASIC' | 'X509_CERTIFICATE' | 'LWM2M_CREDENTIALS';
  /** The access token, or what the server derives from the value. */
  credentialsId: string;
  /** For MQTT_BASIC text with JSON: clientId, userName, password. */
  credentialsValue: string | null;
  /** Counts up with every change. */
  version: number;
};
export type DeviceInfo = {
  /** Id of the device. */
  id: {
    /** Type of the entity. */
    entityType: 'DEVICE';
    /** UUID. */
    id: string;
  };
  /** When it was created, in milliseconds since 1970. */
  createdTime: number;
  /** Tenant of the device. */
  tenantId: {
    /** Type of the entity. */
    entityType: 'TENANT';
    /** UUID. */
    id: string;
  };
  /** Customer it is assigned to; the null UUID for none. */
  customerId: {
    /** Type of the entity. */
    entityType: 'CUSTOMER';
    /** UUID. */
    id: string;
  };
  /** Name, unique in the tenant. */
  name: string;
  /** Name of the device profile. */
  type: string;
  /** Name for people. */
  label: string | null;
  /** Profile of the device. */
  deviceProfileId: {
    /** Type of the entity. */
    entityType: 'DEVICE_PROFILE';
    /** UUID. */
    id: string;
  };
  /** Transport settings. */
  deviceData: { [name: string]: unknown };
  /** Not used yet. */
  firmwareId: null;
  /** Not used yet. */
  softwareId: null;
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
  id: {
    /** Type of the entity. */
    entityType: 'DEVICE_PROFILE';
    /** UUID. */
    id: string;
  };
  /** When it was created, in milliseconds since 1970. */
  createdTime: number;
  /** Tenant of the profile. */
  tenantId: {
    /** Type of the entity. */
    entityType: 'TENANT';
    /** UUID. */
    id: string;
  };
  /** Name, unique in the tenant. */
  name: string;
  /** For people. */
  description: string | null;
  /** Not used yet. */
  image: string | null;
  /** Taken by devices that name no profile. */
  default: boolean;
  /** Always DEFAULT. */
  type: 'DEFAULT';
  /** Transport the devices must use; DEFAULT allows any. */
  transportType: 'DEFAULT' | 'MQTT' | 'COAP' | 'LWM2M' | 'SNMP';
  /** How devices may create themselves. */
  provisionType: string;
  /** Rule chain for messages of these devices; null means the root chain. */
  defaultRuleChainId: {
    /** Type of the entity. */
    entityType: 'RULE_CHAIN';
    /** UUID. */
    id: string;
  } | null;
  /** Not used yet. */
  defaultDashboardId: null;
  /** Queue for messages of these devices. */
  defaultQueueName: string | null;
  /** Not used yet. */
  provisionDeviceKey: null;
  /** Not used yet. */
  firmwareId: null;
  /** Not used yet. */
  softwareId: null;
  /** Not used yet. */
  defaultEdgeRuleChainId: null;
  /** Not used yet. */
  externalId: null;
  /** Counts up with every change. */
  version: number;
  /** Settings by area: configuration, transportConfiguration, provisionConfiguration, alarms, kaaConfiguration. */
  profileData: { [name: string]: unknown };
};
export type DeviceProfileInfo = {
  /** Id of the profile. */
  id: {
    /** Type of the entity. */
    entityType: 'DEVICE_PROFILE';
    /** UUID. */
    id: string;
  };
  /** Name. */
  name: string;
  /** Not used yet. */
  image: string | null;
  /** Not used yet. */
  defaultDashboardId: null;
  /** Always DEFAULT. */
  type: 'DEFAULT';
  /** Transport the devices must use. */
  transportType: 'DEFAULT' | 'MQTT' | 'COAP' | 'LWM2M' | 'SNMP';
  /** Tenant of the profile. */
  tenantId: {
    /** Type of the entity. */
    entityType: 'TENANT';
    /** UUID. */
    id: string;
  };
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
};
export type Health = {
  /** Whether the server takes readings. */
  status: 'UP' | 'DOWN';
  /** Version of the program. */
  version: string;
  /** What an acknowledged reading survives: "synced" means a power cut. */
  durability?: string;
  /** What keeps the server from working, empty while it does. */
  problems: string[];
};
export type RuleChain = {
  /** Id of the chain. */
  id: {
    /** Type of the entity. */
    entityType: 'RULE_CHAIN';
    /** UUID. */
    id: string;
  };
  /** When it was created, in milliseconds since 1970. */
  createdTime: number;
  /** Tenant of the chain. */
  tenantId: {
    /** Type of the entity. */
    entityType: 'TENANT';
    /** UUID. */
    id: string;
  };
  /** Name; need not be unique. */
  name: string;
  /** EDGE chains are kept, never run. */
  type: 'CORE' | 'EDGE';
  /** Where messages enter. */
  firstRuleNodeId: {
    /** Type of the entity. */
    entityType: 'RULE_NODE';
    /** UUID. */
    id: string;
  } | null;
  /** Entered by messages whose profile names no chain. */
  root: boolean;
  /** Whether any node records everything at present. */
  debugMode: boolean;
  /** Not used. */
  configuration: null;
  /** Not used yet. */
  externalId: null;
  /** Counts up with every change. */
  version: number;
  /** Free JSON; `description` by convention. */
  additionalInfo: { [name: string]: unknown } | null;
};
export type RuleChainMetadata = {
  /** Chain the graph belongs to. */
  ruleChainId: {
    /** Type of the entity. */
    entityType: 'RULE_CHAIN';
    /** UUID. */
    id: string;
  };
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
export type RuleNode = {
  /** Id of the node. */
  id: {
    /** Type of the entity. */
    entityType: 'RULE_NODE';
    /** UUID. */
    id: string;
  };
  /** When the chain was created. */
  createdTime: number;
  /** Chain it belongs to. */
  ruleChainId: {
    /** Type of the entity. */
    entityType: 'RULE_CHAIN';
    /** UUID. */
    id: string;
  };
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
  /** Not used yet. */
  externalId: null;
  /** Place on the canvas and a note. */
  additionalInfo: { layoutX: number; layoutY: number; description: string };
};
export type Tenant = {
  /** Id of the tenant. */
  id: {
    /** Type of the entity. */
    entityType: 'TENANT';
    /** UUID. */
    id: string;
  };
  /** When it was created, in milliseconds since 1970. */
  createdTime: number;
  /** Title of the organisation. */
  title: string;
  /** Always the title. */
  name: string;
  /** Always "Global". */
  region: string;
  /** Part of the address. */
  country: string | null;
  /** Part of the address. */
  state: string | null;
  /** Part of the address. */
  city: string | null;
  /** Part of the address. */
  address: string | null;
  /** Part of the address. */
  address2: string | null;
  /** Part of the address. */
  zip: string | null;
  /** Part of the address. */
  phone: string | null;
  /** Part of the address. */
  email: string | null;
  /** Counts up with every change. */
  version: number;
  /** Free JSON. */
  additionalInfo: { [name: string]: unknown } | null;
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
export type User = {
  /** Id of the user. */
  id: {
    /** Type of the entity. */
    entityType: 'USER';
    /** UUID. */
    id: string;
  };
  /** When it was created, in milliseconds since 1970. */
  createdTime: number;
  /** Tenant of the user. */
  tenantId: {
    /** Type of the entity. */
    entityType: 'TENANT';
    /** UUID. */
    id: string;
  };
  /** Customer of the user; the null UUID for administrators. */
  customerId: {
    /** Type of the entity. */
    entityType: 'CUSTOMER';
    /** UUID. */
    id: string;
  };
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
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
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
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
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
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        403: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        404: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
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
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        403: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        404: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        409: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
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
            /** Password to use from now on, 6 to 72 characters. */
            newPassword: string;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': TokenPair } };
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        403: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        404: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        409: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
      };
    };
  };
  '/api/device': {
    /** Creates a device, or replaces one. */
    post: {
      parameters: {
        query?: {
          /** Access token of a new device; random if absent. */
          accessToken?: string;
          /** What to do when the name is taken. */
          nameConflictPolicy?: 'FAIL';
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** Device to change; absent creates one. */
            id?: {
              /** UUID. */
              id: string;
            } | null;
            /** Name, unique in the tenant. */
            name?: string | null;
            /** Name of a profile, found or created, where no `deviceProfileId` is given. */
            type?: string | null;
            /** Name for people. */
            label?: string | null;
            /** Profile; absent takes the default one. */
            deviceProfileId?: {
              /** UUID. */
              id: string;
            } | null;
            /** Customer to assign it to. */
            customerId?: {
              /** UUID. */
              id: string;
            } | null;
            /** Transport settings. */
            deviceData?: { [name: string]: unknown } | null;
            /** Free JSON. */
            additionalInfo?: { [name: string]: unknown } | null;
            /** Version that was read; a stale one is refused with 409. */
            version?: number | null;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Device } };
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        403: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        404: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        409: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
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
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        403: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        404: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
      };
    };
    /** Removes a device and its credentials; its sessions end. */
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
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        403: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        404: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
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
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        403: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        404: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
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
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        403: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        404: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
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
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        403: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        404: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
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
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        403: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        404: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
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
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        403: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        404: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
      };
    };
  };
  '/api/device/credentials': {
    /** Replaces the credentials of a device; its sessions end. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** Id of the credentials that were read. */
            id?: {
              /** UUID. */
              id: string;
            } | null;
            /** Device that uses them. */
            deviceId?: {
              /** UUID. */
              id: string;
            } | null;
            /** How the device proves who it is. */
            credentialsType?: ('ACCESS_TOKEN' | 'MQTT_BASIC' | 'X509_CERTIFICATE' | 'LWM2M_CREDENTIALS') | null;
            /** The access token. */
            credentialsId?: string | null;
            /** For MQTT_BASIC text with JSON: clientId, userName, password. */
            credentialsValue?: string | null;
            /** Version that was read; a stale one is refused with 409. */
            version?: number | null;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': DeviceCredentials } };
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        403: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        404: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        409: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
      };
    };
  };
  '/api/deviceProfile': {
    /** Creates a device profile, or replaces one. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** Profile to change; absent creates one. */
            id?: {
              /** UUID. */
              id: string;
            } | null;
            /** Name, unique in the tenant. */
            name?: string | null;
            /** For people. */
            description?: string | null;
            /** Taken over from the stored profile on change; use the route `…/default` to move it. */
            default?: boolean | null;
            /** Always DEFAULT. */
            type?: 'DEFAULT' | null;
            /** Transport the devices must use. */
            transportType?: ('DEFAULT' | 'MQTT' | 'COAP' | 'LWM2M' | 'SNMP') | null;
            /** Rule chain for messages of these devices. */
            defaultRuleChainId?: {
              /** UUID. */
              id: string;
            } | null;
            /** Queue for messages of these devices. */
            defaultQueueName?: string | null;
            /** Settings by area. */
            profileData?: { [name: string]: unknown } | null;
            /** Version that was read; a stale one is refused with 409. */
            version?: number | null;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': DeviceProfile } };
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        403: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        404: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        409: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
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
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        403: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        404: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
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
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        403: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        404: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
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
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        403: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        404: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        409: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
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
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        403: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        404: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
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
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        403: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        404: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
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
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        403: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        404: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
      };
    };
  };
  '/api/deviceProfileInfos': {
    /** A page of device profiles, in short. */
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
          /** Only profiles of this transport. */
          transportType?: 'DEFAULT' | 'MQTT' | 'COAP' | 'LWM2M' | 'SNMP';
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
              data: DeviceProfileInfo[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        403: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        404: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
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
            | 'QUEUE';
          /** UUID of the entity. */
          entityId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': string[] } };
        400: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
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
            | 'QUEUE';
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
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
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
            | 'QUEUE';
          /** UUID of the entity. */
          entityId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Attribute[] } };
        400: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
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
            | 'QUEUE';
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
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
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
            | 'QUEUE';
          /** UUID of the entity. */
          entityId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': string[] } };
        400: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
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
          useStrictDataTypes?: 'true' | 'false';
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
            | 'QUEUE';
          /** UUID of the entity. */
          entityId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': TimeSeries } };
        400: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
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
          useStrictDataTypes?: 'true' | 'false';
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
            | 'QUEUE';
          /** UUID of the entity. */
          entityId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': TimeSeries } };
        400: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        403: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
        404: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
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
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        403: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        404: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
      };
    };
  };
  '/api/alarm/info/{alarmId}': {
    /** One alarm with the name of its originator. */
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
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        403: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        404: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
      };
    };
  };
  '/api/alarm/{entityType}/{entityId}': {
    /** A page of the alarms of one entity, newest first. */
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
          /** Not used yet. */
          assigneeId?: string;
          /** Ignored: names are always filled. */
          fetchOriginator?: string;
        };
        header?: never;
        path: {
          /** Type of the entity, such as DEVICE. */
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
            | 'QUEUE';
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
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        403: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        404: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
      };
    };
  };
  '/api/alarms': {
    /** A page of the alarms of the tenant, newest first. */
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
          /** Not used yet. */
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
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        403: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        404: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
      };
    };
  };
  '/api/ruleChain': {
    /** Creates an empty rule chain, or changes the name and description of one. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** Chain to change; absent creates one. */
            id?: {
              /** UUID. */
              id: string;
            } | null;
            /** Name. */
            name?: string | null;
            /** CORE unless told otherwise. */
            type?: ('CORE' | 'EDGE') | null;
            /** Only true for the chain that is root already. */
            root?: boolean | null;
            /** Free JSON. */
            additionalInfo?: { [name: string]: unknown } | null;
            /** Version that was read; a stale one is refused with 409. */
            version?: number | null;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': RuleChain } };
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        403: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        404: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        409: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
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
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        403: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        404: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
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
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        403: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        404: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
      };
    };
  };
  '/api/ruleChains': {
    /** A page of rule chains. */
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
          /** Only chains of this type. */
          type?: 'CORE' | 'EDGE';
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
              data: RuleChain[];
              /** Pages there are. */
              totalPages: number;
              /** Entities there are. */
              totalElements: number;
              /** Whether a page follows. */
              hasNext: boolean;
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        403: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        404: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
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
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        403: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        404: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        409: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
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
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        403: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        404: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
      };
    };
  };
  '/api/ruleChain/metadata': {
    /** Replaces nodes and connections of a rule chain and deploys it: the next batch of messages runs through the new version. */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** Chain to change. */
            ruleChainId: {
              /** UUID. */
              id: string;
            };
            /** Version that was read; a stale one is refused with 409. */
            version?: number | null;
            /** Where messages enter. */
            firstNodeIndex?: number | null;
            /** Rule nodes. */
            nodes?:
              | {
                  /** Node to keep; absent creates one. */
                  id?: {
                    /** UUID. */
                    id: string;
                  } | null;
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
                  /** Place on the canvas and a note. */
                  additionalInfo?: { layoutX?: number | null; layoutY?: number | null; description?: string | null } | null;
                }[]
              | null;
            /** Connections. */
            connections?: { fromIndex: number; toIndex: number; type: string }[] | null;
            /** Older form of connections to another chain: each becomes a rule chain node. */
            ruleChainConnections?:
              | {
                  fromIndex: number;
                  targetRuleChainId: {
                    /** UUID. */
                    id: string;
                  };
                  additionalInfo?: { layoutX?: number | null; layoutY?: number | null } | null;
                  type: string;
                }[]
              | null;
            /** Notes on the canvas. */
            notes?: { [name: string]: unknown }[] | null;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': RuleChainMetadata } };
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        403: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        404: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        409: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
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
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        403: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        404: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
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
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        403: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        404: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
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
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        403: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        404: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
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
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        403: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        404: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
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
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        403: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        404: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
      };
    };
  };
  '/api/tenant/info/{tenantId}': {
    /** One tenant, under the other path of the compatible API. */
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
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        403: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        404: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
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
              /** Whether devices may speak Kaa 1/KP. */
              kaa: boolean;
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        403: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        404: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
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
        400: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
        401: { headers: { [name: string]: unknown }; content: { 'application/json': Failure } };
      };
    };
  };
}
