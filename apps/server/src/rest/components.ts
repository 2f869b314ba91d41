import type { WireComponent } from '@fieldline/api-contract';
import type { NodeCatalogue as NodeChecks } from '@fieldline/model';
import type { AnyRuleNodeDefinition, Category } from '@fieldline/plugin-sdk';
import { loadSettings, settingsSchema } from '@fieldline/plugin-sdk/host';
import { createHash } from 'node:crypto';

const families: Record<Category, WireComponent['type']> = {
  filter: 'FILTER',
  enrichment: 'ENRICHMENT',
  transformation: 'TRANSFORMATION',
  action: 'ACTION',
  external: 'EXTERNAL',
  flow: 'FLOW',
};

/**
 * The catalogue entry of a node type: palette, form and documentation of the editor come from it.
 *
 * @param plugin package of the plugins folder that it comes with; empty for those of the server
 */
export function componentOf(definition: AnyRuleNodeDefinition, plugin = ''): WireComponent {
  const isEnd = definition.engine === 'output';
  const ways = definition.relationTypes as readonly string[] | 'custom';
  const named = ways === 'custom' ? (definition.suggestedRelationTypes ?? []) : ways;
  return {
    id: { id: stableId(definition.type) },
    createdTime: 0,
    type: families[definition.category],
    scope: 'TENANT',
    clusteringMode: 'ENABLED',
    name: definition.title,
    clazz: definition.thingsboard?.className ?? definition.type,
    configurationVersion: definition.thingsboard?.configurationVersion ?? definition.version,
    actions: null,
    hasQueueName: definition.hasQueue ?? false,
    configurationDescriptor: {
      nodeDefinition: {
        details: definition.docs ?? '',
        description: definition.summary,
        inEnabled: definition.hasInput !== false,
        outEnabled: !isEnd,
        relationTypes: isEnd ? [] : [...new Set([...named, 'Failure'])],
        customRelations: definition.relationTypes === 'custom',
        ruleChainNode: definition.engine === 'rule-chain',
        defaultConfiguration: definition.defaults as WireComponent['configurationDescriptor']['nodeDefinition']['defaultConfiguration'],
        uiResources: [],
        configDirective: '',
        icon: definition.icon ?? '',
        iconUrl: '',
        docUrl: '',
        nodeType: definition.type,
        deprecated: definition.deprecated ?? '',
        needsPlugin: definition.needsPlugin ?? '',
        plugin,
        configSchema: settingsSchema(definition) as WireComponent['configurationDescriptor']['nodeDefinition']['configSchema'],
      },
    },
  };
}

/** What the checks of a chain ask about node types. */
export function nodeChecks(definitions: readonly AnyRuleNodeDefinition[]): NodeChecks {
  const byType = new Map(definitions.map((definition) => [definition.type, definition]));
  return {
    facts(type) {
      const definition = byType.get(type);
      if (definition === undefined) return undefined;
      return {
        relationTypes: definition.relationTypes as readonly string[] | 'custom',
        hasInput: definition.hasInput !== false,
        deprecated: definition.deprecated,
        needsPlugin: definition.needsPlugin,
        configIssues(config, version) {
          const loaded = loadSettings(definition, { config, version });
          return 'problem' in loaded ? [loaded.problem.message] : [];
        },
        settingsSchema: settingsSchema(definition),
      };
    },
  };
}

/** An id that is the same in every process and after every start: UUID version 8 from a hash of the name. */
function stableId(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
