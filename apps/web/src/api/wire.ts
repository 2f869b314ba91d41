// Shapes of the REST API that the pages use (ThingsBoard's wire format). Fields that no page reads travel along untouched.

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };
export type JsonObject = { [key: string]: JsonValue };

export interface EntityRef {
  entityType: string;
  id: string;
}

export interface PageData<T> {
  data: T[];
  totalPages: number;
  totalElements: number;
  hasNext: boolean;
}

export interface JwtPair {
  token: string;
  refreshToken: string;
}

export interface CurrentUser {
  id: EntityRef;
  email: string;
  authority: 'SYS_ADMIN' | 'TENANT_ADMIN' | 'CUSTOMER_USER';
  firstName: string | null;
  lastName: string | null;
}

export interface Device {
  id: EntityRef;
  createdTime: number;
  name: string;
  type: string;
  label: string | null;
  deviceProfileId: EntityRef;
  version?: number;
}

export interface DeviceInfo extends Device {
  deviceProfileName: string;
  active: boolean;
}

export interface DeviceProfileInfo {
  id: EntityRef;
  name: string;
}

export interface DeviceCredentials {
  deviceId: EntityRef;
  credentialsType: 'ACCESS_TOKEN' | 'MQTT_BASIC' | 'X509_CERTIFICATE' | 'LWM2M_CREDENTIALS';
  credentialsId: string;
  credentialsValue: string | null;
}

/** Latest values or history: per key, points in the order the server gave. */
export type SeriesByKey = Record<string, { ts: number; value: JsonValue }[]>;

export interface AttributeEntry {
  key: string;
  value: JsonValue;
  lastUpdateTs: number;
}

export type AttributeScope = 'CLIENT_SCOPE' | 'SERVER_SCOPE' | 'SHARED_SCOPE';

export type AlarmSeverity = 'CRITICAL' | 'MAJOR' | 'MINOR' | 'WARNING' | 'INDETERMINATE';
export type AlarmStatus = 'ACTIVE_UNACK' | 'ACTIVE_ACK' | 'CLEARED_UNACK' | 'CLEARED_ACK';

export interface AlarmInfo {
  id: EntityRef;
  createdTime: number;
  type: string;
  originator: EntityRef;
  originatorName?: string | null;
  severity: AlarmSeverity;
  status: AlarmStatus;
  startTs: number;
  endTs: number;
  ackTs: number;
  clearTs: number;
  details: JsonValue;
}

export interface RuleChainInfo {
  id: EntityRef;
  createdTime: number;
  name: string;
  type: 'CORE' | 'EDGE';
  firstRuleNodeId: EntityRef | null;
  root: boolean;
  debugMode: boolean;
  version?: number;
  additionalInfo: JsonObject | null;
}

export interface RuleNodeWire {
  id?: EntityRef | null;
  ruleChainId?: EntityRef;
  createdTime?: number;
  type: string;
  name: string;
  debugSettings?: JsonObject | null;
  singletonMode?: boolean;
  queueName?: string | null;
  configurationVersion?: number;
  configuration: JsonValue;
  additionalInfo?: JsonObject | null;
}

export interface ConnectionWire {
  fromIndex: number;
  toIndex: number;
  type: string;
}

export interface RuleChainMetadata {
  ruleChainId: EntityRef;
  version?: number | null;
  firstNodeIndex?: number | null;
  nodes: RuleNodeWire[];
  connections: ConnectionWire[] | null;
  ruleChainConnections?: JsonValue;
  notes?: JsonValue[];
}

export const componentTypes = ['FILTER', 'ENRICHMENT', 'TRANSFORMATION', 'ACTION', 'EXTERNAL', 'FLOW'] as const;
export type ComponentType = (typeof componentTypes)[number];

export interface ComponentDescriptor {
  type: ComponentType;
  name: string;
  clazz: string;
  configurationVersion: number;
  configurationDescriptor: {
    nodeDefinition: {
      details?: string;
      description?: string;
      inEnabled?: boolean;
      outEnabled?: boolean;
      relationTypes?: string[];
      customRelations?: boolean;
      ruleChainNode?: boolean;
      defaultConfiguration?: JsonValue;
      icon?: string;
      /** JSON Schema of the configuration; only Fieldline sends it. */
      configSchema?: JsonObject;
      /** Node type in Fieldline's own terms, such as "filter.script". */
      nodeType?: string;
    };
  };
}

/** Where devices reach this server. A transport that is off is null. */
export interface Endpoints {
  host: string;
  http: number;
  mqtt: number | null;
  coap: number | null;
  kaa?: boolean;
}
