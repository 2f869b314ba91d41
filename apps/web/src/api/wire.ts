import type * as wire from '@fieldline/api-client';
import type { ImportColumnType } from '@fieldline/api-contract';

// The API's own types, generated from its OpenAPI document. Where that says "any JSON", the pages say JsonValue.

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };
export type JsonObject = { [key: string]: JsonValue };
export type { DeviceCredentials, User as CurrentUser } from '@fieldline/api-client';

// What the pages read of each entity; members that are always null are left to the server.
export type Device = Pick<wire.Device, 'id' | 'createdTime' | 'name' | 'type' | 'label' | 'deviceProfileId'>;
/** What the pages read of a device profile. `saved` is what to send back with a change. */
export interface DeviceProfile {
  id: wire.DeviceProfile['id'];
  name: string;
  /** Name under which Kaa endpoints of this profile send. */
  kaaAppVersion: string;
  kaaExtraction: boolean;
  /** How many days readings are kept; 0 is as long as the tenant says. */
  telemetryTtlDays: number;
  saved: wire.DeviceProfile;
}
export type DeviceInfo = Pick<
  wire.DeviceInfo,
  | keyof Device
  | ('deviceProfileName' | 'active' | 'customerId' | 'customerTitle' | 'customerIsPublic')
  | ('version' | 'additionalInfo' | 'deviceData' | 'firmwareId' | 'softwareId')
>;
export type DeviceProfileInfo = Pick<wire.DeviceProfileInfo, 'id' | 'name'>;
export type AssetInfo = Pick<
  wire.AssetInfo,
  'id' | 'createdTime' | 'name' | 'type' | 'label' | 'assetProfileId' | 'customerId' | 'customerTitle' | 'version' | 'additionalInfo'
>;
/** What a column of a table that is imported holds; the key is for attributes and time series. */
export interface ImportColumn {
  type: ImportColumnType;
  key: string;
}
export interface ImportRequest {
  file: string;
  mapping: { columns: (Pick<ImportColumn, 'type'> & Partial<ImportColumn>)[]; delimiter?: string; update?: boolean; header?: boolean };
}
export type { ImportResult } from '@fieldline/api-contract';
export type AlarmInfo = Omit<wire.AlarmInfo, 'customerId' | 'tenantId' | 'name' | `propagate${string}`>;
export type EntityRef = wire.AlarmInfo['originator'];
/** Somebody to whom an alarm may be given. */
export interface UserEmailInfo {
  id: { id: string };
  email: string;
  firstName: string | null;
  lastName: string | null;
}
export interface AlarmComment {
  id: { id: string };
  createdTime: number;
  /** Author; null where the system wrote it. */
  userId: { id: string } | null;
  type: 'OTHER' | 'SYSTEM';
  comment: JsonObject;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
}
export type RuleChainInfo = Pick<wire.RuleChain, 'id' | 'createdTime' | 'name' | 'root' | 'version'>;

export interface PageData<T> {
  data: T[];
  totalPages: number;
  totalElements: number;
  hasNext: boolean;
}

/** Latest values or history: per key, points in the order the server gave. */
export type SeriesByKey = Record<string, (Omit<wire.TimeSeries[string][number], 'value'> & { value: JsonValue })[]>;

export type AttributeEntry = Omit<wire.Attribute, 'value'> & { value: JsonValue };
export type AttributeScope = 'CLIENT_SCOPE' | 'SERVER_SCOPE' | 'SHARED_SCOPE';

/** Worst first. */
export const alarmSeverities = ['CRITICAL', 'MAJOR', 'MINOR', 'WARNING', 'INDETERMINATE'] as const satisfies readonly wire.Alarm['severity'][];
export type AlarmSeverity = wire.Alarm['severity'];
export type AlarmStatus = wire.Alarm['status'];

/** A rule node as it is sent or received; one that is new, or comes from another system, has fewer members. */
export type RuleNodeWire = Pick<wire.RuleNode, 'type' | 'name'> &
  Partial<Pick<wire.RuleNode, 'singletonMode' | 'queueName' | 'configurationVersion'>> & {
    id?: { id: string } | null;
    debugSettings?: wire.RuleNode['debugSettings'] | null;
    configuration: JsonValue;
    additionalInfo?: JsonObject | null;
  };

export interface ConnectionWire {
  fromIndex: number;
  toIndex: number;
  type: string;
}

export type RuleChainMetadata = Omit<Partial<wire.RuleChainMetadata>, 'nodes' | 'notes' | 'ruleChainId' | 'version'> & {
  ruleChainId: { id: string };
  version?: number | null;
  nodes: RuleNodeWire[];
  notes?: JsonObject[];
};

export const componentTypes = ['FILTER', 'ENRICHMENT', 'TRANSFORMATION', 'ACTION', 'EXTERNAL', 'FLOW'] as const;
export type ComponentType = (typeof componentTypes)[number];

type NodeDefinition = wire.Component['configurationDescriptor']['nodeDefinition'];

/** What the editor reads of an entry of the node catalogue. */
export type ComponentDescriptor = Pick<wire.Component, 'type' | 'name' | 'clazz' | 'configurationVersion'> &
  Partial<Pick<wire.Component, 'hasQueueName'>> & {
    configurationDescriptor: {
      nodeDefinition: Partial<Omit<NodeDefinition, 'defaultConfiguration' | 'configSchema'>> & {
        defaultConfiguration?: JsonValue;
        configSchema?: JsonObject;
      };
    };
  };

/** Where devices reach this server. A transport that is off is null. */
export interface Endpoints {
  host: string;
  http: number;
  mqtt: number | null;
  coap: number | null;
  broker: number | null;
  kaa: boolean;
}

/** What a password must be like; null asks for nothing. */
export interface PasswordPolicy {
  minimumLength: number;
  maximumLength: number;
  minimumUppercaseLetters: number | null;
  minimumLowercaseLetters: number | null;
  minimumDigits: number | null;
  minimumSpecialCharacters: number | null;
  allowWhitespaces: boolean;
}
