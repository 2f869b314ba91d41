// Ids and lists
export type { WireId } from './wire-id.js';
export {
  customerOf,
  customerWireId,
  entityTypeSchema,
  idReferenceSchema,
  optionalWireId,
  plainEntityId,
  uuidSchema,
  wireEntityIdSchema,
  wireId,
  wireIdSchema,
} from './wire-id.js';
export { queryFlag } from './query-flag.js';
export type { PageParameters, WirePage } from './page.js';
export {
  pageDataSchema,
  pageParametersSchema,
  pageQueryOf,
  pageToWire,
  timeBoundsOf,
  timePageParametersSchema,
  timeParametersSchema,
} from './page.js';
export { idListSchema } from './id-list.js';
export { entityToWire } from './entity-wire.js';
export { nameConflictOf, nameConflictParametersSchema } from './name-conflict.js';
// Errors
export type { ErrorBody, WireErrorCode } from './error-body.js';
export { errorBodySchema, problemCodeHeader, wireErrorCodes } from './error-body.js';
export { contractErrors } from './errors.js';
// Sign-in, users, tenants
export type { TokenPair, WireUser } from './auth.js';
export {
  activateRequestSchema,
  changePasswordRequestSchema,
  loginRequestSchema,
  publicLoginRequestSchema,
  refreshRequestSchema,
  resetByEmailRequestSchema,
  resetPasswordRequestSchema,
  tokenPairSchema,
  userToWire,
  wireUserSchema,
} from './auth.js';
export type { UserSave } from './user.js';
export {
  activationLinkInfoSchema,
  dashboardActions,
  sortableUserFields,
  userDashboardsSchema,
  userDraftOf,
  userEmailInfoToWire,
  userSaveSchema,
  userSettingsBodySchema,
  wireUserEmailInfoSchema,
} from './user.js';
export type { WireApiKeyInfo } from './api-key.js';
export { apiKeyDescriptionSchema, apiKeyInfoToWire, apiKeySaveSchema, wireApiKeyInfoSchema, wireApiKeySchema } from './api-key.js';
// System administration
export { buildInfoSchema, featuresInfoSchema, systemInfoSchema, systemParametersSchema } from './system.js';
export type { JwtSettings, PasswordPolicy, SecuritySettings } from './security-settings.js';
export {
  jwtSettingsSchema,
  maskedSecret,
  passwordPolicySchema,
  securitySettingsSchema,
  wireJwtSettingsSchema,
  wirePasswordPolicySchema,
  wireSecuritySettingsSchema,
} from './security-settings.js';
export type { AdminSettingsKey, GeneralSettings, MailSettings, WireAdminSettings } from './admin-settings.js';
export {
  adminSettingsKeys,
  adminSettingsSaveSchema,
  adminSettingsToWire,
  generalSettingsSchema,
  mailSettingsSchema,
  wireAdminSettingsSchema,
} from './admin-settings.js';
export type { TenantSave, WireTenant, WireTenantInfo } from './tenant.js';
export { tenantDraftOf, tenantInfoToWire, tenantSaveSchema, tenantToWire, wireTenantInfoSchema, wireTenantSchema } from './tenant.js';
export type { WirePlugin } from './plugin.js';
export { pluginToWire, wirePluginSchema } from './plugin.js';
export type { WireDeadLetter } from './dead-letter.js';
export {
  deadLetterParametersSchema,
  deadLetterReplayedSchema,
  deadLetterReplaySchema,
  deadLetterToWire,
  wireDeadLetterCountSchema,
  wireDeadLetterSchema,
} from './dead-letter.js';
export type { WireTrace, WireTraceHead } from './trace.js';
export { traceParametersSchema, wireTraceHeadSchema, wireTraceSchema, wireTraceUsageSchema } from './trace.js';
export type { ChainNames, RecordedPart } from './trace-wire.js';
export { chainsOfTrace, traceHeadToWire, traceToWire } from './trace-wire.js';
export type { WireLedger, WireLedgerSums } from './ledger.js';
export { ledgerSumsToWire, ledgerToWire, wireLedgerSchema, wireLedgerSumsSchema } from './ledger.js';
export type { QueueSave, WireQueue } from './queue.js';
export { queueDraftOf, queueSaveSchema, queueToWire, wireQueueSchema } from './queue.js';
export type { TenantProfileSave, WireTenantProfile } from './tenant-profile.js';
export {
  tenantProfileDraftOf,
  tenantProfileInfoToWire,
  tenantProfileSaveSchema,
  tenantProfileToWire,
  wireTenantProfileInfoSchema,
  wireTenantProfileSchema,
} from './tenant-profile.js';
export { usageToWire, wireUsageSchema } from './usage.js';
export type { CustomerSave, WireCustomer } from './customer.js';
export { customerDraftOf, customerSaveSchema, customerToWire, wireCustomerSchema, wireCustomerShortInfoSchema } from './customer.js';
// Assets and entity views
export type { AssetSave, WireAsset, WireAssetInfo } from './asset.js';
export {
  assetDraftOf,
  assetInfoToWire,
  assetSaveSchema,
  assetToWire,
  customerInfoShape,
  customerInfoToWire,
  wireAssetInfoSchema,
  wireAssetSchema,
} from './asset.js';
export type { AssetProfileSave, WireAssetProfile, WireAssetProfileInfo } from './asset-profile.js';
export {
  assetProfileDraftOf,
  assetProfileInfoToWire,
  assetProfileSaveSchema,
  assetProfileToWire,
  wireAssetProfileInfoSchema,
  wireAssetProfileSchema,
} from './asset-profile.js';
export type { EntityViewSave, WireEntityView, WireEntityViewInfo } from './entity-view.js';
export {
  entityViewDraftOf,
  entityViewInfoToWire,
  entityViewSaveSchema,
  entityViewToWire,
  wireEntityViewInfoSchema,
  wireEntityViewSchema,
} from './entity-view.js';
export { entitySubtypeSchema, entitySubtypeToWire, namedIdSchema } from './entity-subtype.js';
export { relatedSearchOf, relatedSearchSchema, relationParametersSchema } from './related-search.js';
export type { CsvLimits, CsvRecord } from './csv.js';
export { parseCsv } from './csv.js';
export type { ImportColumnType, ImportRequest, ImportResult } from './bulk-import.js';
export { assetImportSchema, deviceImportSchema, importParametersSchema, importResultSchema } from './bulk-import.js';
// Devices
export type { DeviceSave, WireDevice, WireDeviceInfo } from './device.js';
export { deviceInfoToWire, deviceSaveSchema, deviceToWire, idOf, wireDeviceInfoSchema, wireDeviceSchema } from './device.js';
export { claimRequestSchema, claimResultSchema } from './device-claim.js';
export type { DeviceCredentialsSave, WireDeviceCredentials } from './device-credentials.js';
export {
  deviceCredentialsSaveSchema,
  deviceCredentialsToWire,
  deviceWithCredentialsSchema,
  wireDeviceCredentialsSchema,
} from './device-credentials.js';
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
// Dashboards
export type { WireDashboard, WireDashboardInfo } from './dashboard.js';
export {
  customerIdsSchema,
  dashboardDraftOf,
  dashboardInfoToWire,
  dashboardSaveSchema,
  dashboardToWire,
  homeDashboardDraftOf,
  homeDashboardInfoToWire,
  homeDashboardSaveSchema,
  wireDashboardInfoSchema,
  wireDashboardSchema,
  wireHomeDashboardInfoSchema,
  wireHomeDashboardSchema,
} from './dashboard.js';
// OTA packages
export type { WireOtaPackageInfo } from './ota-package.js';
export {
  otaPackageDraftOf,
  otaPackageInfoToWire,
  otaPackageSaveSchema,
  otaTypeSchema,
  otaUploadParametersSchema,
  wireOtaPackageInfoSchema,
  wireOtaPackageSchema,
} from './ota-package.js';
// Relations
export type { WireRelation, WireRelationInfo } from './relation.js';
export {
  relatedEntityParametersSchema,
  relationDraftOf,
  relationEndsOf,
  relationFilterParametersSchema,
  relationInfoToWire,
  relationListParametersSchema,
  oneRelationParametersSchema,
  relationQueryOf,
  relationQuerySchema,
  relationRemovalParametersSchema,
  relationSaveSchema,
  relationToWire,
  wireRelationInfoSchema,
  wireRelationSchema,
} from './relation.js';
// Keys of device profiles
export type { WireProfileKey, WireProfileKeys } from './profile-keys.js';
export { profileKeysToWire, wireProfileKeySchema, wireProfileKeysSchema } from './profile-keys.js';
// Kaa time series
export type { KaaHistoryParameters, KaaPoints } from './kaa.js';
export { kaaTimeMs } from './kaa-times.js';
export {
  kaaApplicationParametersSchema,
  kaaApplicationPatchSchema,
  kaaApplicationSettingsSchema,
  kaaDefinitionParametersSchema,
  kaaDefinitionsSchema,
  kaaHistoryParametersSchema,
  kaaHistorySchema,
  kaaLastBodySchema,
  kaaLastParametersSchema,
  kaaPointsSchema,
  kaaPublishSchema,
  kaaServiceParametersSchema,
  kaaSettingsSchema,
  kaaVersionParametersSchema,
  kaaVersionPatchSchema,
  kaaVersionSettingsSchema,
} from './kaa.js';
// Telemetry and attributes
export type { SeriesRemovalParameters, TimeSeriesParameters, WireAttribute, WireTimeSeries } from './telemetry.js';
export {
  attributeParametersSchema,
  attributeScopeSchema,
  attributeToWire,
  keyListSchema,
  latestToWire,
  pointToWire,
  requestedKeys,
  seriesRemovalParametersSchema,
  timeSeriesParametersSchema,
  wireAttributeSchema,
  wireTimeSeriesSchema,
} from './telemetry.js';
export { doubleText, valueText } from '@fieldline/model';
export { valueJson } from './value-json.js';
// Alarms
export type { AlarmAssignee, AlarmParameters, WireAlarm, WireAlarmInfo } from './alarm.js';
export { alarmInfoToWire, alarmParametersSchema, alarmToWire, wireAlarmInfoSchema, wireAlarmSchema } from './alarm.js';
export type { AlarmListParameters, AlarmSave } from './alarm-save.js';
export { alarmDraftOf, alarmListParametersSchema, alarmSaveSchema, alarmShelveSchema } from './alarm-save.js';
export type { WireAlarmComment, WireAlarmCommentInfo } from './alarm-comment.js';
export {
  alarmCommentDraftOf,
  alarmCommentInfoToWire,
  alarmCommentSaveSchema,
  alarmCommentToWire,
  wireAlarmCommentInfoSchema,
  wireAlarmCommentSchema,
} from './alarm-comment.js';
// Rule chains and the node catalogue
export type {
  RuleChainGraphSave,
  RuleChainMetadataSave,
  RuleChainSave,
  RuleNodeSave,
  WireRuleChain,
  WireRuleChainMetadata,
  WireRuleNode,
} from './rule-chain.js';
export {
  ruleChainGraphSchema,
  ruleChainMetadataSaveSchema,
  ruleChainSaveSchema,
  ruleChainToWire,
  wireRuleChainMetadataSchema,
  wireRuleChainSchema,
  wireRuleNodeSchema,
} from './rule-chain.js';
export type { RuleChainSource, SourceNames } from './rule-chain-source.js';
export { chainToSource, lastingId, ruleChainSourceSchema, sourceToGraph } from './rule-chain-source.js';
export type { ScriptTestRequest, WireScriptTest } from './script-test.js';
export { scriptTestSchema, wireScriptTestSchema } from './script-test.js';
export type { RuleChainGraph } from './rule-chain-metadata.js';
export { chainCallClassName, metadataToRuleChain, ruleChainToMetadata } from './rule-chain-metadata.js';
export type { GraphReading } from './rule-node-wire.js';
export type { NodeSettings } from './node-settings.js';
export { currentSettings } from './node-settings.js';
export type { RuleChainFile, WrittenRuleChainFile } from './rule-chain-file.js';
export { fileNode, ruleChainFileSchema, ruleChainToFile } from './rule-chain-file.js';
export type { RuleChainData, WireChainImport, WireRuleChainData } from './rule-chain-data.js';
export { ruleChainDataSchema, wireChainImportSchema, wireRuleChainDataSchema, withChain, withNewIds } from './rule-chain-data.js';
export type { NodeCatalogue, TranslatedNodeType } from './node-catalogue.js';
export { nodeCatalogue, toClassName, toNodeType } from './node-catalogue.js';
export type { ComponentType, WireComponent } from './component.js';
export { componentParametersSchema, componentTypes, wireComponentSchema } from './component.js';
// Entity and alarm queries
export type { EntityCountDraft, EntityDataDraft, PageDraft } from './entity-query.js';
export {
  entityCountDraftOf,
  entityCountQuerySchema,
  entityDataDraftOf,
  entityDataQuerySchema,
  keyFilterSchema,
  queryKeySchema,
} from './entity-query.js';
export type { QueryRoot, RootAlias, SelectorDraft } from './entity-query-filter.js';
export { entityFilterSchema } from './entity-query-filter.js';
export type { DynamicValue, FilterDraft, PredicateDraft } from './entity-query-predicate.js';
export type { WireEntityData } from './entity-query-result.js';
export { entityDataToWire, queriedText, wireEntityDataSchema } from './entity-query-result.js';
export type { AlarmCountDraft, AlarmDataDraft, WireAlarmData } from './alarm-data-query.js';
export {
  alarmCountDraftOf,
  alarmCountQuerySchema,
  alarmDataDraftOf,
  alarmDataQuerySchema,
  alarmDataToWire,
  wireAlarmDataSchema,
} from './alarm-data-query.js';
export { entityKeysParametersSchema, entityKeysV2ParametersSchema, wireEntityKeysSchema, wireEntityKeysV2Schema } from './entity-keys.js';
// Records
export type { WireAuditLog } from './audit-log.js';
export { actionTypesSchema, auditLogToWire, wireAuditLogSchema } from './audit-log.js';
export type { WireEvent } from './event.js';
export { eventFilterOf, eventFilterSchema, eventToWire, eventTypeSchema, wireEventSchema } from './event.js';
// Server
export type { Endpoints } from './endpoints.js';
export { endpointsSchema } from './endpoints.js';
export type { Health } from './health.js';
export { healthSchema } from './health.js';
export {
  API_CHAINS_AT_ONCE_MAX,
  API_HISTORY_LIMIT_MAX,
  API_IMPORT_COLUMNS_MAX,
  API_IMPORT_ERRORS_TOLD_MAX,
  API_IMPORT_LINES_MAX,
  API_HISTORY_POINTS_MAX,
  API_INTERVALS_MAX,
  API_KEYS_MAX,
  API_PAGE_SIZE_MAX,
  API_QUERY_PATTERN_MAX,
  API_RULE_NODES_MAX,
} from './limits.js';

export type { AggregateKey, EntityCountCommand, EntityDataCommand, SeriesPart } from './live/entity-commands.js';
export { entityCountCommandSchema, entityDataCommandSchema } from './live/entity-commands.js';
export type { LiveColumn, LiveComparison, LiveEntity, LiveValue } from './live/entity-frames.js';
export {
  entityCountFrame,
  entityErrorFrame,
  entityFrame,
  entityPageFrame,
  entityUpdateTail,
  liveEntity,
  liveLatest,
  livePoints,
  liveValueOf,
  noLiveValue,
} from './live/entity-frames.js';
export type { AlarmCountCommand, AlarmDataCommand, AlarmStatusCommand } from './live/alarm-commands.js';
export { alarmCountCommandSchema, alarmDataCommandSchema, alarmStatusCommandSchema } from './live/alarm-commands.js';
export type { AlarmEntityCounts } from './live/alarm-frames.js';
export { alarmCountFrame, alarmPageFrame, alarmStatusFrame, alarmUpdateFrame } from './live/alarm-frames.js';
export type { LiveEnvelope, WireCommand } from './live/envelope.js';
export { parseLiveEnvelope } from './live/envelope.js';
export type { LiveData } from './live/frames.js';
export { liveDataOf, liveErrorCodes, liveErrorFrame, liveFrame, liveTail, tailedFrame } from './live/frames.js';
export type { LedgerCommand } from './live/ledger-command.js';
export { ledgerCommandSchema, ledgerFrame, unsubscribeCommandSchema } from './live/ledger-command.js';
export type { LiveCredential } from './live/live-auth.js';
export { parseLiveAuth } from './live/live-auth.js';
export {
  markAllReadCommandSchema,
  markReadCommandSchema,
  noNotificationsCountFrame,
  noNotificationsFrame,
  notificationCountCommandSchema,
  notificationsCommandSchema,
} from './live/notification-commands.js';
export type { AttributesCommand, HistoryCommand, SeriesCommand } from './live/values-commands.js';
export { attributesCommandSchema, historyCommandSchema, seriesCommandSchema } from './live/values-commands.js';
export { topicMappingListSchema, topicMappingSaveSchema, topicMappingTriedSchema, topicMappingTrySchema } from './topic-mapping.js';
