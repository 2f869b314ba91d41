export * as z from 'zod';
export type { EpochMs, Problem } from '@fieldline/kernel';
export { defineErrors } from '@fieldline/kernel';
export type {
  Alarm,
  AlarmSeverity,
  AttributeScope,
  CustomerId,
  EntityId,
  EntityType,
  JsonObject,
  JsonValue,
  Metadata,
  TenantId,
} from '@fieldline/model';
export { alarmSeverities, attributeScopes, Message, messageTypeRelations, readingTsMs } from '@fieldline/model';
export type { Answer, Emission, Failure, NewMessage, Outcome } from './outcome.js';
export { emit, end, fail, hold, route } from './outcome.js';
export type {
  AnyRuleNodeDefinition,
  BaseContext,
  BatchContext,
  Category,
  Context,
  Plugin,
  RelationOf,
  RuleNodeDefinition,
  StartContext,
} from './definition.js';
export { defineRuleNode } from './definition.js';
export type {
  AlarmsService,
  AlarmSpecification,
  AttributesService,
  LogService,
  Need,
  RpcService,
  ScriptedMessage,
  ScriptReply,
  ScriptSettings,
  ScriptsService,
  Services,
  TimeSeriesService,
} from './services.js';
export { fillTemplate } from './template.js';
export type { ScriptDefaults } from './script-fields.js';
export { detailsScript, scriptFields } from './script-fields.js';
export { scriptOutcome, scriptOutcomes } from './script-outcomes.js';
export { membersOf, textOfMembers } from './members.js';
export { templateErrors } from './errors.js';
