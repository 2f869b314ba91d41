import type { NodeCatalogue } from '@fieldline/model';
import type { AnyRuleNodeDefinition } from '../definition.js';
import { loadSettings } from './settings.js';

/** What `checkChain` needs to know, from the declarations of the installed node types. */
export function nodeCatalogue(definitions: readonly AnyRuleNodeDefinition[]): NodeCatalogue {
  const types = new Map(definitions.map((definition) => [definition.type, definition]));
  return {
    facts(type) {
      const definition = types.get(type);
      if (definition === undefined) return undefined;
      return {
        relationTypes: definition.relationTypes,
        hasInput: definition.hasInput !== false,
        configIssues(config, version) {
          const settings = loadSettings(definition, { version, config });
          return 'problem' in settings ? [settings.problem.message] : [];
        },
      };
    },
  };
}
