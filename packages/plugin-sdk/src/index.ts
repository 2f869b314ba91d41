export * as z from 'zod';
export type { EpochMs, Problem } from '@fieldline/kernel';
export { defineErrors, epochMs } from '@fieldline/kernel';
export type {
  Aggregation,
  Alarm,
  Attribute,
  DataPoint,
  TypedValue,
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
export {
  aggregations,
  alarmSeverities,
  alarmStatus,
  attributeScopes,
  compactJson,
  entityTypes,
  forEachElement,
  forEachMember,
  forEachTypedValue,
  isNumericText,
  Message,
  messageTypeRelations,
  readingTsMs,
  skipSpace,
  typedValue,
  ValueKind,
  valueJsonText,
  valueText,
} from '@fieldline/model';
export type { Answer, Emission, Extras, Failure, NewMessage, Outcome } from './outcome.js';
export { defer, emit, end, fail, hold, route } from './outcome.js';
export type {
  AnyRuleNodeDefinition,
  BaseContext,
  BatchContext,
  Category,
  ConnectionDeclaration,
  Context,
  ExampleEmission,
  NodeExample,
  OpenContext,
  Plugin,
  RelationOf,
  RuleNodeDefinition,
  StartContext,
  ThingsboardNode,
} from './definition.js';
export { defineRuleNode } from './definition.js';
export type * from './services/index.js';
export { relationsQuery, relationsQueryDefault } from './relations-query.js';
export { fillJsonTemplate, fillTemplate } from './template.js';
export type { Credentials } from './outside/credentials.js';
export { credentials, tlsOf } from './outside/credentials.js';
export type { Delivery } from './outside/delivery.js';
export { deliveryOutcome, failOutside, waitOrFail, whenUnavailable } from './outside/delivery.js';
export { payloadOf } from './outside/payload.js';
export { within } from './outside/time-limit.js';
export type { ScriptDefaults } from './script-fields.js';
export { detailsScript, scriptFields } from './script-fields.js';
export { scriptOutcome, scriptOutcomes } from './script-outcomes.js';
export { allAtOnce } from './batch-outcomes.js';
export { elementsOf } from './elements.js';
export { bodyObject, membersOf, textOfMembers } from './members.js';
export { parseDecimal } from './parse-decimal.js';
export type { TimeUnit } from './time-unit.js';
export { millisecondsOf, timeUnits } from './time-unit.js';
export type { PerimeterSettings } from './geo/perimeter-fields.js';
export { perimeterDefaults, perimeterFields } from './geo/perimeter-fields.js';
export { checkPerimeter, isWithinPerimeter } from './geo/perimeter.js';
export { perimeterErrors, templateErrors } from './errors.js';
