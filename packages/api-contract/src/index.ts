// Ids and lists
export type { WireId } from './wire-id.js';
export {
  customerOf,
  customerWireId,
  idReferenceSchema,
  optionalWireId,
  plainEntityId,
  uuidSchema,
  wireEntityIdSchema,
  wireId,
  wireIdSchema,
} from './wire-id.js';
export type { PageParameters, WirePage } from './page.js';
export { pageDataSchema, pageParametersSchema, pageQueryOf, pageToWire } from './page.js';
export { entityToWire } from './entity-wire.js';
export { nameConflictOf, nameConflictParametersSchema } from './name-conflict.js';
// Errors
export type { ErrorBody, WireErrorCode } from './error-body.js';
export { errorBodySchema, problemCodeHeader, wireErrorCodes } from './error-body.js';
export { contractErrors } from './errors.js';
// Sign-in, users, tenants
export type { TokenPair, WireUser } from './auth.js';
export { changePasswordRequestSchema, loginRequestSchema, refreshRequestSchema, tokenPairSchema, userToWire, wireUserSchema } from './auth.js';
export type { WireTenant } from './tenant.js';
export { tenantToWire, wireTenantSchema } from './tenant.js';
// Devices
export type { DeviceSave, WireDevice, WireDeviceInfo } from './device.js';
export { deviceInfoToWire, deviceSaveSchema, deviceToWire, idOf, wireDeviceInfoSchema, wireDeviceSchema } from './device.js';
export type { DeviceCredentialsSave, WireDeviceCredentials } from './device-credentials.js';
export { deviceCredentialsSaveSchema, deviceCredentialsToWire, wireDeviceCredentialsSchema } from './device-credentials.js';
export type { DeviceProfileSave, WireDeviceProfile, WireDeviceProfileInfo } from './device-profile.js';
export {
  deviceProfileInfoToWire,
  deviceProfileSaveSchema,
  deviceProfileToWire,
  splitProfileData,
  wireDeviceProfileInfoSchema,
  wireDeviceProfileSchema,
} from './device-profile.js';
export { credentialsDraftOf, deviceDraftOf, deviceProfileDraftOf, ruleChainDraftOf } from './drafts.js';
// Telemetry and attributes
export type { TimeSeriesParameters, WireAttribute, WireTimeSeries } from './telemetry.js';
export {
  attributeParametersSchema,
  attributeScopeSchema,
  attributeToWire,
  keyListSchema,
  latestToWire,
  pointToWire,
  requestedKeys,
  timeSeriesParametersSchema,
  wireAttributeSchema,
  wireTimeSeriesSchema,
} from './telemetry.js';
export { doubleText, valueJson, valueText } from './value-text.js';
// Alarms
export type { AlarmParameters, WireAlarm, WireAlarmInfo } from './alarm.js';
export { alarmInfoToWire, alarmParametersSchema, alarmToWire, wireAlarmInfoSchema, wireAlarmSchema } from './alarm.js';
// Rule chains and the node catalogue
export type { RuleChainMetadataSave, RuleChainSave, RuleNodeSave, WireRuleChain, WireRuleChainMetadata, WireRuleNode } from './rule-chain.js';
export {
  ruleChainMetadataSaveSchema,
  ruleChainSaveSchema,
  ruleChainToWire,
  wireRuleChainMetadataSchema,
  wireRuleChainSchema,
  wireRuleNodeSchema,
} from './rule-chain.js';
export type { RuleChainGraph } from './rule-chain-metadata.js';
export { metadataToRuleChain, ruleChainToMetadata } from './rule-chain-metadata.js';
export type { NodeCatalogue, TranslatedNodeType } from './node-catalogue.js';
export { nodeCatalogue, toClassName, toNodeType } from './node-catalogue.js';
export type { ComponentType, WireComponent } from './component.js';
export { componentParametersSchema, componentTypes, wireComponentSchema } from './component.js';
// Server
export type { Endpoints } from './endpoints.js';
export { endpointsSchema } from './endpoints.js';
export type { Health } from './health.js';
export { healthSchema } from './health.js';
export { API_HISTORY_LIMIT_MAX, API_INTERVALS_MAX, API_KEYS_MAX, API_PAGE_SIZE_MAX, API_RULE_NODES_MAX } from './limits.js';

export type { AttributesCommand, HistoryCommand, LiveCommand, LiveData, SeriesCommand } from './live.js';
export { liveDataOf, liveErrorCodes, liveErrorFrame, liveFrame, parseLiveAuth, parseLiveCommands } from './live.js';
