import type { EntitiesService, RelationsService } from '@fieldline/plugin-sdk';
import type { ControlEvent, EntityStore } from '@fieldline/ports';
import { KnownEntities, type KnownEntitiesDeps } from './known-entities.js';
import { KnownRelations } from './known-relations.js';
import type { ActingNode, NodeChanges } from './node-changes.js';
import { nodeEntities } from './node-entities.js';
import { nodeRelations } from './node-relations.js';

export interface NodeDirectoryDeps extends KnownEntitiesDeps {
  readonly entities: Pick<EntityStore, 'find' | 'findAll' | 'userByEmail'>;
  readonly changes: NodeChanges;
}

/** What rule nodes see and change of the directory. One serves the nodes of all tenants, each within its own. */
export class NodeDirectory {
  readonly #deps: NodeDirectoryDeps;
  readonly #known: KnownEntities;
  readonly #knownRelations: KnownRelations;

  constructor(deps: NodeDirectoryDeps) {
    this.#deps = deps;
    this.#known = new KnownEntities(deps);
    this.#knownRelations = new KnownRelations(deps);
  }

  entities(node: ActingNode): EntitiesService {
    return nodeEntities({ ...this.#deps, known: this.#known }, node);
  }

  relations(node: ActingNode): RelationsService {
    return nodeRelations({ ...this.#deps, known: this.#knownRelations }, node);
  }

  /** To be called with every event of the control plane: what it names is read anew. */
  changed(event: ControlEvent): void {
    this.#known.changed(event);
    this.#knownRelations.changed(event);
  }
}
