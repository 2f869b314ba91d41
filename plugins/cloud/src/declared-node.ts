import type { RuleNodeDefinition } from '@fieldline/plugin-sdk';
import { defineRuleNode, failOutside } from '@fieldline/plugin-sdk';
import { cloudErrors } from './errors.js';

type Definition<Config> = RuleNodeDefinition<Config, never, 'Success', never>;

/** What a node of ThingsBoard says about itself; what it does comes with a plugin. */
export type NodeDeclaration<Config> = Pick<
  Definition<Config>,
  'type' | 'version' | 'migrate' | 'category' | 'title' | 'summary' | 'icon' | 'config' | 'defaults'
> & {
  readonly thingsboard: NonNullable<Definition<Config>['thingsboard']>;
  /** Name of the plugin that makes it work. */
  readonly needsPlugin: string;
  /** What it will do with a message. */
  readonly docs: string;
};

/** A node that can be imported, drawn and set, and fails its messages until its plugin is installed. */
export function declaredNode<Config>({ docs, ...declaration }: NodeDeclaration<Config>): Definition<Config> {
  const { title, needsPlugin: plugin } = declaration;
  const needs = `It needs the plugin \`${plugin}\`. Without it the node keeps its settings, also through export and import, and its messages leave by \`Failure\`.`;
  return defineRuleNode<Config, never, 'Success'>({
    ...declaration,
    docs: `${docs}\n\n${needs}`,
    relationTypes: ['Success'],
    isExternal: true,
    examples: [{ title: 'without the plugin', message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21.5 } }, to: 'Failure' }],
    onMessage: (message) => failOutside(cloudErrors.PLUGIN_MISSING({ title, plugin }), message),
  });
}
