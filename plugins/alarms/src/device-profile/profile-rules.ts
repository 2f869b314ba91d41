import { type AlarmSeverity, alarmSeverities, type FoundEntity, type JsonObject } from '@fieldline/plugin-sdk';
import { alarmNodeErrors } from '../errors.js';
import { type AlarmRule, type DynamicValue, type Predicate, type ProfileAlarm, profileWithAlarms, type Spec } from './alarm-rules.js';

/** Name of a value in the snapshot of a device: telemetry, attribute or field. */
export type ValueName = `${'t' | 'a' | 'f'}:${string}`;

/** A rule, and the values whose change makes it worth a look. */
export interface Rule {
  readonly rule: AlarmRule;
  readonly spec: Spec;
  readonly names: ReadonlySet<string>;
}

/** One alarm of a profile. */
export interface AlarmDefinition {
  readonly id: string;
  readonly profile: ProfileAlarm;
  /** The most severe first. */
  readonly create: readonly (readonly [AlarmSeverity, Rule])[];
  readonly clear: Rule | undefined;
}

/** What the alarm rules of a profile look at. */
export interface ProfileRules {
  readonly alarms: readonly AlarmDefinition[];
  /** Values of the device. */
  readonly names: ReadonlySet<ValueName>;
  /** Attributes of its customer and tenant. */
  readonly ownerKeys: readonly string[];
}

// Reading rules takes longer than running them, and the platform hands out the same object until a profile changes.
const known = new WeakMap<JsonObject, ProfileRules>();

/**
 * The alarm rules of a device profile.
 *
 * @throws ALARM_NODE_RULES_INVALID
 */
export function profileRules({ json }: FoundEntity): ProfileRules {
  const found = known.get(json);
  if (found !== undefined) return found;
  const parsed = profileWithAlarms.safeParse(json);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
    throw alarmNodeErrors.RULES_INVALID({ issues: issues.slice(0, 500) });
  }
  const alarms = (parsed.data.profileData?.alarms ?? []).map(definitionOf);
  const all = alarms.flatMap(({ create, clear }) => [...create.map(([, rule]) => rule), ...(clear === undefined ? [] : [clear])]);
  const dynamic = all.flatMap(({ rule }) => dynamicValuesOf(rule));
  const rules: ProfileRules = {
    alarms,
    names: new Set([...all.flatMap(({ rule }) => namesOf(rule)), ...dynamic.flatMap(ownName)]),
    ownerKeys: [...new Set(dynamic.flatMap(ownerKey))],
  };
  known.set(json, rules);
  return rules;
}

function definitionOf(profile: ProfileAlarm): AlarmDefinition {
  const { id, alarmType, createRules, clearRule } = profile;
  const create = alarmSeverities.flatMap((severity) => {
    const rule = createRules?.[severity];
    return rule === undefined ? [] : [[severity, ruleOf(rule)] as const];
  });
  return { id: id ?? alarmType, profile, create, clear: clearRule ? ruleOf(clearRule) : undefined };
}

function ruleOf(rule: AlarmRule): Rule {
  const inPredicates = rule.condition.condition.flatMap(({ predicate }) => dynamicOf(predicate));
  return { rule, spec: rule.condition.spec ?? { type: 'SIMPLE' }, names: new Set([...namesOf(rule), ...inPredicates.flatMap(ownName)]) };
}

const prefixes = { TIME_SERIES: 't', ATTRIBUTE: 'a', ENTITY_FIELD: 'f' } as const;

/** The name under which a filter finds its value; a constant has none. */
export function nameOf({ type, key }: AlarmRule['condition']['condition'][number]['key']): ValueName | undefined {
  return type === 'CONSTANT' ? undefined : `${prefixes[type]}:${key}`;
}

function namesOf(rule: AlarmRule): ValueName[] {
  return rule.condition.condition.flatMap(({ key }) => nameOf(key) ?? []);
}

/** Dynamic values of predicates, of the required amount and of the schedule. */
function dynamicValuesOf({ condition, schedule }: AlarmRule): DynamicValue[] {
  const amount = condition.spec !== null && condition.spec !== undefined && condition.spec.type !== 'SIMPLE' ? condition.spec.predicate : undefined;
  const others = [amount?.dynamicValue, schedule?.dynamicValue].flatMap((value) => value ?? []);
  return [...condition.condition.flatMap(({ predicate }) => dynamicOf(predicate)), ...others];
}

function dynamicOf(predicate: Predicate): DynamicValue[] {
  if (predicate.type === 'COMPLEX') return predicate.predicates.flatMap(dynamicOf);
  return predicate.value.dynamicValue ? [predicate.value.dynamicValue] : [];
}

function ownName({ sourceType, sourceAttribute }: DynamicValue): ValueName[] {
  return sourceType === 'CURRENT_DEVICE' && sourceAttribute ? [`a:${sourceAttribute}`] : [];
}

function ownerKey({ sourceType, sourceAttribute, inherit }: DynamicValue): string[] {
  const asksOwners = sourceType === 'CURRENT_CUSTOMER' || sourceType === 'CURRENT_TENANT' || inherit === true;
  return asksOwners && sourceAttribute ? [sourceAttribute] : [];
}
