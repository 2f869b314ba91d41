import type { AnyRuleNodeDefinition, NodeExample } from '@fieldline/plugin-sdk';
import { settingsSchema } from '@fieldline/plugin-sdk/host';
import type { DeclaredError } from '../errors-doc/collect.js';
import { cell, codeBlock, codeSpan } from './markdown.js';
import { settingsSection } from './settings-table.js';

/** Beyond it JSON gets a block of its own, line by line. */
const CHARACTERS_IN_LINE_MAX = 90;

/** What `needs` stands for, in words. */
const services: Readonly<Record<string, string>> = {
  timeSeries: 'time series',
  attributes: 'attributes',
  alarms: 'alarms',
  entities: 'entities',
  relations: 'relations',
  scripts: 'scripts',
  http: 'calls of HTTP services',
  network: 'connections to other servers',
  mail: 'mail',
  broker: 'the MQTT broker of the server',
  rpc: 'commands to devices',
  restReplies: 'answers to REST calls',
  deviceState: 'the connection state of devices',
  log: 'the server log',
};

/** The page of a node type, from its declaration. */
export function nodePage(node: AnyRuleNodeDefinition, errors: readonly DeclaredError[]): string {
  const parts = [
    `# ${node.title}`,
    node.summary,
    ...notices(node),
    factsTable(node),
    ...(node.docs === undefined ? [] : [node.docs.trim()]),
    `## Settings\n\n${settingsSection(settingsSchema(node), node.defaults).trimEnd()}`,
    ...examplesSection(node),
    ...errorsSection(errors),
    '---\n\n[All nodes](README.md) · This page is generated from the declaration of the node by `npm run docs`.',
  ];
  return `${parts.join('\n\n')}\n`;
}

function notices({ deprecated, needsPlugin }: AnyRuleNodeDefinition): readonly string[] {
  return [
    ...(deprecated === undefined ? [] : [`> **Not offered any more.** ${deprecated} Rule chains that have the node run on.`]),
    ...(needsPlugin === undefined
      ? []
      : [
          `> **Needs the plugin \`${needsPlugin}\`.** Without it the node can be imported, drawn, set and exported, and fails its messages with ` +
            '[`ENGINE_NODE_NEEDS_PLUGIN`](../errors.md#engine).',
        ]),
  ];
}

function factsTable(node: AnyRuleNodeDefinition): string {
  const rows: (readonly [string, string])[] = [
    ['type', `\`${node.type}\`, version ${node.version} of its settings`],
    ['family', node.category],
    ['ways out', waysOut(node)],
  ];
  if (node.hasInput === false) rows.push(['way in', 'none: the node makes messages by itself']);
  if (node.thingsboard !== undefined) {
    const { className, configurationVersion } = node.thingsboard;
    rows.push(['ThingsBoard', `\`${className}\`, configuration version ${configurationVersion}${olderVersions(node)}`]);
  }
  const used = ((node.needs ?? []) as readonly string[]).map((need) => services[need] ?? need);
  if (used.length > 0) rows.push(['uses', used.join(', ')]);
  if (node.state !== undefined) {
    const owner =
      node.state.keyedBy === 'node' ? 'one for the node' : `one for each originator, at most ${node.state.maxEntries.toLocaleString('en-GB')}`;
    rows.push(['state', `${owner}; kept over restarts`]);
  }
  if (node.isExternal === true) rows.push(['runs', 'after everything else that the message caused is stored; again after a crash, so at least once']);
  if (node.hasQueue === true) rows.push(['queue', 'may send by a queue of its own']);
  return ['| | |', '|---|---|', ...rows.map(([name, text]) => `| ${name} | ${cell(text)} |`)].join('\n');
}

function waysOut({ relationTypes, suggestedRelationTypes = [] }: AnyRuleNodeDefinition): string {
  const quoted = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');
  if (relationTypes !== 'custom') return quoted([...(relationTypes as readonly string[]), 'Failure']);
  const proposed = suggestedRelationTypes.length === 0 ? '' : `, such as ${quoted(suggestedRelationTypes)}`;
  return `as the engineer names them${proposed}; and \`Failure\``;
}

function olderVersions({ migrate }: AnyRuleNodeDefinition): string {
  const known = Object.keys(migrate ?? {});
  return known.length === 0 ? '' : `; settings of version ${known.join(' and ')} are brought up to it`;
}

function examplesSection({ examples = [] }: AnyRuleNodeDefinition): readonly string[] {
  return examples.length === 0 ? [] : [`## ${examples.length === 1 ? 'Example' : 'Examples'}\n\n${examples.map(exampleText).join('\n\n')}`];
}

function exampleText({ title, config, message, to, result, emits, afterMs }: NodeExample<Readonly<Record<string, unknown>>, string>): string {
  const steps = Object.entries(config ?? {}).map(([key, value]) => `set \`${key}\` to ${json(value)}`);
  const ways = typeof to === 'string' ? [to] : to;
  const staying =
    emits === undefined ? 'nothing leaves now: it ends here, or waits' : afterMs === undefined ? 'the message itself ends here' : 'nothing yet';
  const left = ways.length === 0 ? staying : `leaves by ${ways.map((way) => `**${way}**`).join(' and ')}`;
  const changes = partsOf(result ?? {});
  const metadata = message.metadata === undefined ? [] : [`metadata ${json(message.metadata)}`];
  const lines = [
    `**${title.charAt(0).toUpperCase()}${title.slice(1).replace(/\.$/, '')}**`,
    '',
    ...steps.map((step) => item(step)),
    item([`in: \`${message.type}\``, ...metadata, `body ${json(message.data)}`].join(', ')),
    item(`out: ${left}${changes.length === 0 ? '' : `, with ${changes.join(', ')}`}`),
    ...(emits ?? []).map((one) =>
      item(`${afterMs === undefined ? 'new' : `after ${afterMs / 1_000} s`}: leaves by **${one.to}**, with ${partsOf(one).join(', ')}`),
    ),
  ];
  return lines.join('\n');
}

function partsOf({ type, metadata, data }: NonNullable<NodeExample<unknown, string>['result']>): readonly string[] {
  return [
    ...(type === undefined ? [] : [`type \`${type}\``]),
    ...(metadata === undefined ? [] : [`metadata ${json(metadata)}`]),
    ...(data === undefined ? [] : [`body ${json(data)}`]),
  ];
}

/** An item of a list; blocks of code in it are indented, so that they belong to it. */
const item = (text: string): string => `- ${text.trimEnd().replaceAll('\n', '\n  ').replace(/[ ]+$/gm, '')}`;

/** A value as code: in the line where it is short, else as a block. */
function json(value: unknown): string {
  const isScript = typeof value === 'string' && value.includes('\n');
  const line = isScript ? '' : JSON.stringify(value);
  if (!isScript && line.length <= CHARACTERS_IN_LINE_MAX) return codeSpan(line);
  return `\n\n${isScript ? codeBlock(value, '') : codeBlock(JSON.stringify(value, null, 2), 'json')}`;
}

function errorsSection(errors: readonly DeclaredError[]): readonly string[] {
  if (errors.length === 0) return [];
  const rows = errors.map(({ code, message }) => `| [\`${code}\`](../errors.md#${(code.split('_')[0] ?? '').toLowerCase()}) | ${cell(message)} |`);
  return [
    `## Errors\n\nMessages that leave by \`Failure\` carry one of these, or one of [every node](README.md#errors-of-every-node).\n\n| code | message |\n|---|---|\n${rows.join('\n')}`,
  ];
}
