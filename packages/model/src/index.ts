export type { AlarmId, CustomerId, DeviceId, DeviceProfileId, EntityId, EntityType, RuleChainId, RuleNodeId, TenantId, UserId } from './entity-id.js';
export { entityTypes, nullUuid, systemTenantId } from './entity-id.js';
export type { DataPoint, JsonObject, JsonValue, StoredValue, TypedValue } from './value.js';
export { ValueKind } from './value.js';
export type { MessageChanges, MessageFields, Metadata } from './message.js';
export { Message, readingTsMs } from './message.js';
export type { Reading } from './reading.js';
export { compactJson, forEachElement, forEachMember, skipSpace, stringAt } from './json-scan.js';
export { isNumericText, numberValue } from './number-value.js';
export { forEachTypedValue, isExactJson, parseLosslessObject, typedSpan, typedValue } from './typed-values.js';
export { messageTypeRelations } from './message-type.js';
export type { Attribute, AttributeScope } from './attribute.js';
export { attributeScopes } from './attribute.js';
export type { Alarm, AlarmSeverity, AlarmStatus } from './alarm.js';
export { alarmSchema, alarmSeverities, alarmStatus } from './alarm.js';
export type { Authority, Device, DeviceCredentials, DeviceProfile, EntityKind, EntityOf, Tenant, User, UserCredentials } from './entities.js';
export {
  authorities,
  deviceCredentialsSchema,
  deviceCredentialsTypes,
  deviceProfileSchema,
  deviceSchema,
  entitySchemas,
  tenantSchema,
  userCredentialsSchema,
  userSchema,
} from './entities.js';
export type { Connection, RuleChain, RuleNode } from './rule-chain.js';
export { connectionSchema, ruleChainSchema, ruleNodeSchema } from './rule-chain.js';
export type { Complaint, ComplaintCode, NodeCatalogue, NodeTypeFacts } from './check-chain.js';
export { checkChain } from './check-chain.js';
export { topologicalOrder } from './chain-graph.js';
export { defaultLogScript, rootRuleChain } from './default-chains.js';
export type { Page, PageQuery } from './page.js';
export { pageOf } from './page.js';
export type { Aggregation } from './aggregation.js';
export { aggregations } from './aggregation.js';
export { BucketAggregate } from './bucket-aggregate.js';
export type { EntityRules, UniqueRule } from './entity-rules.js';
export { entityRules } from './entity-rules.js';
