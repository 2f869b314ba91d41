import { assert } from '@fieldline/kernel';
import type { Message } from '@fieldline/model';
import * as z from 'zod';
import type { AnyRuleNodeDefinition, RuleNodeDefinition } from '../definition.js';
import type { ScriptCompiler } from '../host/script-binding.js';
import { loadSettings } from '../host/settings.js';
import type { Need } from '../services.js';
import { attributes, message, telemetry } from './messages.js';
import { nodeHarness, relationOf } from './node-harness.js';

export interface ConformanceOptions<Config> {
  /** Settings the node runs with, where its defaults alone cannot run. */
  readonly config?: Partial<NoInfer<Config>>;
  readonly scripts?: ScriptCompiler;
  /** Messages besides the usual ones that the node should meet. */
  readonly messages?: readonly Message[];
}

/** One promise every node type keeps: a sentence, and a function that throws where it is broken. */
export interface ConformanceCheck {
  readonly name: string;
  run(): Promise<void>;
}

/**
 * What every node type must keep, as checks for any test runner:
 * `test.each(ruleNodeConformance(node, { config }))('$name', ({ run }) => run())`.
 */
export function ruleNodeConformance<Config, State, Relation extends string, Needs extends Need>(
  definition: RuleNodeDefinition<Config, State, Relation, Needs>,
  options: ConformanceOptions<Config> = {},
): readonly ConformanceCheck[] {
  const checks: ConformanceCheck[] = [
    { name: 'says what it is', run: () => attempt(() => saysWhatItIs(definition)) },
    { name: 'has defaults that are valid settings', run: () => attempt(() => hasValidDefaults(definition, options)) },
    { name: 'describes every setting', run: () => attempt(() => describesSettings(definition.config)) },
    { name: 'has a migration from every earlier version', run: () => attempt(() => hasMigrations(definition)) },
  ];
  if (definition.engine !== undefined) return checks;
  checks.push({ name: 'starts and stops twice', run: () => startsTwice(definition, options) });
  if (definition.hasInput === false) return checks;
  checks.push({ name: 'answers every message as declared, with codes and without changing it', run: () => answersAll(definition, options) });
  if (definition.onBatch !== undefined) {
    checks.push({ name: 'answers a batch as it answers one by one', run: () => answersAlike(definition, options) });
  }
  return checks;
}

const attempt = (check: () => void): Promise<void> => Promise.resolve().then(check);

type AnyNode<C, S, R extends string, N extends Need> = RuleNodeDefinition<C, S, R, N>;

function saysWhatItIs({ type, title, summary, relationTypes }: Pick<AnyRuleNodeDefinition, 'type' | 'title' | 'summary' | 'relationTypes'>): void {
  assert(/^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/.test(type), `the type "${type}" reads like "filter.deadband"`);
  assert(title !== '' && title.length <= 40, `${type} has a title of at most 40 characters`);
  assert(summary.endsWith('.'), `the summary of ${type} is a sentence`);
  if (relationTypes !== 'custom') assert(!relationTypes.includes('Failure'), `${type} does not declare Failure: every node has it`);
}

function hasValidDefaults<C, S, R extends string, N extends Need>(definition: AnyNode<C, S, R, N>, options: ConformanceOptions<C>): void {
  const config = { ...(definition.defaults as object), ...options.config };
  const settings = loadSettings(definition, { version: definition.version, config });
  assert('config' in settings, 'problem' in settings ? settings.problem.message : '');
}

function describesSettings(schema: z.ZodType): void {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as { properties?: Record<string, { description?: string }> };
  const silent = Object.entries(json.properties ?? {}).filter(([, { description }]) => description === undefined || description === '');
  assert(silent.length === 0, `settings without .describe(): ${silent.map(([name]) => name).join(', ')}`);
}

function hasMigrations({ type, version, migrate }: Pick<AnyRuleNodeDefinition, 'type' | 'version' | 'migrate'>): void {
  assert(Number.isSafeInteger(version) && version >= 0, `${type} has a whole version`);
  const first = Math.min(...Object.keys(migrate ?? {}).map(Number), version);
  for (let from = Math.min(first, 1); from < version; from += 1)
    assert(migrate?.[from] !== undefined, `${type} migrates settings of version ${from}`);
}

async function startsTwice<C, S, R extends string, N extends Need>(definition: AnyNode<C, S, R, N>, options: ConformanceOptions<C>): Promise<void> {
  const node = nodeHarness(definition, options);
  for (let round = 0; round < 2; round += 1) {
    await node.start();
    node.stop();
  }
}

async function answersAll<C, S, R extends string, N extends Need>(definition: AnyNode<C, S, R, N>, options: ConformanceOptions<C>): Promise<void> {
  const node = nodeHarness(definition, options);
  for (const sample of samples(options)) {
    const relation = relationOf(await node.send(sample));
    assert(relation !== 'Failure NODE_THREW', `${definition.type} threw an error without a code at ${sample.type} ${sample.text}`);
  }
}

async function answersAlike<C, S, R extends string, N extends Need>(definition: AnyNode<C, S, R, N>, options: ConformanceOptions<C>): Promise<void> {
  const { onBatch: _onBatch, ...single } = definition;
  // One device each: within a batch a node may know the state of an originator only as the batch found it.
  const input = samples(options).map((sample, place) => sample.with({ originator: { entityType: 'DEVICE', id: `device-${place}` } }));
  const batch = (await nodeHarness(definition, options).sendAll(input)).map(relationOf);
  const alone = (await nodeHarness(single as typeof definition, options).sendAll(input)).map(relationOf);
  batch.forEach((relation, place) => assert(relation === alone[place], `${definition.type}: ${relation} in a batch, ${alone[place]} alone`));
}

function samples(options: { readonly messages?: readonly Message[] }): readonly Message[] {
  const device = { entityType: 'DEVICE', id: 'device-a' } as const;
  return [
    telemetry('device-a', { temperature: 21.5, ok: true, name: 'x' }),
    telemetry('device-a', {}),
    telemetry('device-a', [{ ts: 1, values: { temperature: 1 } }]),
    telemetry('device-a', { temperature: null }),
    attributes('device-a', { firmware: '1.2', count: 3 }),
    message('CUSTOM', device, 'just text'),
    message('CUSTOM', device, null),
    message('ALARM', { entityType: 'ALARM', id: '00000000-0000-7000-8000-0000000000cc' }, { severity: 'CRITICAL' }),
    ...(options.messages ?? []),
  ];
}
