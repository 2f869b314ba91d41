import { type Complaint, checkChain } from '@fieldline/model';
import type { Catalogue } from './catalogue.js';
import type { ChainDocument } from './document/chain-document.js';
import { issuesOf, labelOf } from './form/schema.js';

export type { Complaint } from '@fieldline/model';

/** Everything that is wrong with a draft, in the words the server would use, since both call the same check. */
export function problemsOf(document: ChainDocument, catalogue: Catalogue): readonly Complaint[] {
  const nodes = [...document.nodes.values()];
  const chain = {
    ...(document.firstNode === undefined ? {} : { firstNodeId: document.firstNode }),
    nodes: nodes.map((node) => ({
      id: node.key,
      type: node.type,
      name: node.name,
      configVersion: node.configurationVersion,
      config: node.configuration,
      isSingleton: node.singletonMode,
      debug: { failures: false, allUntilMs: 0 },
      layout: { x: node.x, y: node.y },
    })),
    connections: [...document.connections.values()].map(({ from, to, type }) => ({ fromId: from, toId: to, relationType: type })),
  };
  const places = new Map(nodes.map((node, place) => [place + 1, node.number]));
  const complaints = checkChain(chain, {
    facts: (type) => {
      const kind = catalogue.byType.get(type);
      if (kind === undefined) return undefined;
      const { schema, deprecated, needsPlugin } = kind;
      return {
        deprecated,
        needsPlugin,
        relationTypes: kind.hasCustomRelations ? 'custom' : kind.relationTypes,
        hasInput: kind.hasInput,
        configIssues: (config) =>
          schema === undefined
            ? []
            : issuesOf(config as Parameters<typeof issuesOf>[0], schema).map(
                ({ path, message }) => `${labelOf(String(path[0] ?? 'settings'), {})} ${message}`,
              ),
      };
    },
  });
  // The check numbers nodes by their place in the list; the canvas shows numbers that stay with a node.
  const renumber = (text: string) => text.replace(/#(\d+) (?=")/g, (whole, place: string) => `#${places.get(Number(place)) ?? whole.slice(1, -1)} `);
  return complaints.map((complaint) => ({ ...complaint, message: renumber(complaint.message) }));
}
