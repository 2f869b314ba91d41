import { assert } from '@fieldline/kernel';
import type { Message } from '@fieldline/model';
import type { AnyRuleNodeDefinition, NodeExample, RuleNodeDefinition } from '../definition.js';
import type { ScriptCompiler } from '../host/script-binding.js';
import { loadSettings } from '../host/settings.js';
import { settingsSchema } from '../host/settings-schema.js';
import type { Need } from '../services/index.js';
import { followsExample } from './follows-example.js';
import { marksSecrets } from './marks-secrets.js';
import { attributes, message, telemetry } from './messages.js';
import { nodeHarness, relationOf, type HarnessOptions, type NodeHarness } from './node-harness.js';
import type { Recorded } from './recorded.js';

export interface ConformanceOptions<Config, Connection = never> {
  /** Settings the node runs with, where its defaults alone cannot run. */
  readonly config?: Partial<NoInfer<Config>>;
  readonly scripts?: ScriptCompiler;
  readonly http?: NonNullable<HarnessOptions<Config>['http']>;
  /** Stands for the node's connection. */
  readonly connection?: NoInfer<Connection>;
  /** Fills the world the node finds: entities, relations, stored values. */
  readonly prepare?: (recorded: Recorded) => void;
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
export function ruleNodeConformance<Config, State, Relation extends string, Needs extends Need, Connection = never>(
  definition: RuleNodeDefinition<Config, State, Relation, Needs, Connection>,
  options: ConformanceOptions<Config, Connection> = {},
): readonly ConformanceCheck[] {
  const checks: ConformanceCheck[] = [
    { name: 'says what it is', run: () => attempt(() => saysWhatItIs(definition)) },
    { name: 'has defaults that are valid settings', run: () => attempt(() => hasValidDefaults(definition, options)) },
    { name: 'describes every setting', run: () => attempt(() => describesSettings(definition)) },
    { name: 'marks its secrets', run: () => attempt(() => marksSecrets(definition)) },
    { name: 'has a migration from every earlier version', run: () => attempt(() => hasMigrations(definition)) },
  ];
  if (definition.engine !== undefined) return checks;
  checks.push({ name: 'starts and stops twice', run: () => startsTwice(definition, options) });
  if (definition.hasInput === false) return checks;
  checks.push({ name: 'answers every message as declared, with codes and without changing it', run: () => answersAll(definition, options) });
  for (const example of definition.examples ?? []) {
    checks.push({
      name: `does as its example says: ${example.title}`,
      run: () => followsExample(preparedFor(definition, options, example), example),
    });
  }
  if (definition.onBatch !== undefined) {
    checks.push({ name: 'answers a batch as it answers one by one', run: () => answersAlike(definition, options) });
  }
  return checks;
}

const attempt = (check: () => void): Promise<void> => Promise.resolve().then(check);

type AnyNode<C, S, R extends string, N extends Need, O> = RuleNodeDefinition<C, S, R, N, O>;

function saysWhatItIs({ type, title, summary, relationTypes }: Pick<AnyRuleNodeDefinition, 'type' | 'title' | 'summary' | 'relationTypes'>): void {
  assert(/^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/.test(type), `the type "${type}" reads like "filter.deadband"`);
  assert(title !== '' && title.length <= 40, `${type} has a title of at most 40 characters`);
  assert(summary.endsWith('.'), `the summary of ${type} is a sentence`);
  if (relationTypes !== 'custom') assert(!relationTypes.includes('Failure'), `${type} does not declare Failure: every node has it`);
}

function hasValidDefaults<C, S, R extends string, N extends Need, O>(definition: AnyNode<C, S, R, N, O>, options: ConformanceOptions<C, O>): void {
  const config = { ...(definition.defaults as object), ...options.config };
  const settings = loadSettings(definition, { version: definition.version, config });
  assert('config' in settings, 'problem' in settings ? settings.problem.message : '');
}

function describesSettings(definition: AnyRuleNodeDefinition): void {
  const json = settingsSchema(definition) as { properties?: Record<string, { description?: string }> };
  const silent = Object.entries(json.properties ?? {}).filter(([, { description }]) => description === undefined || description === '');
  assert(silent.length === 0, `settings without .describe(): ${silent.map(([name]) => name).join(', ')}`);
}

function hasMigrations({ type, version, migrate }: Pick<AnyRuleNodeDefinition, 'type' | 'version' | 'migrate'>): void {
  assert(Number.isSafeInteger(version) && version >= 0, `${type} has a whole version`);
  const first = Math.min(...Object.keys(migrate ?? {}).map(Number), version);
  for (let from = Math.min(first, 1); from < version; from += 1)
    assert(migrate?.[from] !== undefined, `${type} migrates settings of version ${from}`);
}

function prepared<C, S, R extends string, N extends Need, O>(
  definition: AnyNode<C, S, R, N, O>,
  options: ConformanceOptions<C, O>,
): NodeHarness<C, S, R, N, O> {
  const node = nodeHarness(definition, options);
  options.prepare?.(node.recorded);
  return node;
}

/** A node with the settings of an example. */
function preparedFor<C, S, R extends string, N extends Need, O>(
  definition: AnyNode<C, S, R, N, O>,
  options: ConformanceOptions<C, O>,
  { config }: NodeExample<C, R>,
): NodeHarness<C, S, R, N, O> {
  return prepared(definition, { ...options, config: { ...options.config, ...config } as Partial<C> });
}

async function startsTwice<C, S, R extends string, N extends Need, O>(
  definition: AnyNode<C, S, R, N, O>,
  options: ConformanceOptions<C, O>,
): Promise<void> {
  const node = prepared(definition, options);
  for (let round = 0; round < 2; round += 1) {
    await node.start();
    await node.stop();
  }
}

async function answersAll<C, S, R extends string, N extends Need, O>(
  definition: AnyNode<C, S, R, N, O>,
  options: ConformanceOptions<C, O>,
): Promise<void> {
  const node = prepared(definition, options);
  for (const sample of samples(options)) {
    const relation = relationOf(await node.send(sample));
    assert(relation !== 'Failure NODE_THREW', `${definition.type} threw an error without a code at ${sample.type} ${sample.text}`);
  }
}

async function answersAlike<C, S, R extends string, N extends Need, O>(
  definition: AnyNode<C, S, R, N, O>,
  options: ConformanceOptions<C, O>,
): Promise<void> {
  const { onBatch: _onBatch, ...single } = definition;
  // One device each: within a batch a node may know the state of an originator only as the batch found it.
  const input = samples(options).map((sample, place) => sample.with({ originator: { entityType: 'DEVICE', id: `device-${place}` } }));
  const batch = (await prepared(definition, options).sendAll(input)).map(relationOf);
  const alone = (await prepared(single as typeof definition, options).sendAll(input)).map(relationOf);
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
