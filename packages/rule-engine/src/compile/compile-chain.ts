import { assert } from '@fieldline/kernel';
import type { RuleChain, RuleNode, TenantId } from '@fieldline/model';
import { topologicalOrder } from '@fieldline/model';
import type { ChainCounters } from '../account/chain-tally.js';
import { REMEMBERED_SPELLINGS_MAX } from '../limits.js';
import type { PlatformServices } from '../engine-parts.js';
import type { RelationCount } from './node-counters.js';
import type { NodeRuntime } from './node-runtime.js';

/** How the engine treats a node. */
export type NodeRole = 'inactive' | 'rule-chain' | 'output' | 'acknowledge' | 'checkpoint' | 'external' | 'inner';

/** Where a relation type leads from one node. */
export interface Way {
  readonly targets: readonly CompiledNode[];
  readonly count: RelationCount;
  readonly isFailure: boolean;
}

/** A node in one version of a rule chain. */
export class CompiledNode {
  readonly id: string;
  readonly name: string;
  readonly ruleChainId: string;
  /** Queue by which a node with a queue of its own sends. */
  readonly queueName: string | undefined;
  /** Place in the order in which nodes run. */
  readonly place: number;
  readonly role: NodeRole;
  readonly runtime: NodeRuntime;
  /** What people see of it: its failures, and until when all. */
  readonly debug: RuleNode['debug'];
  /** What the node reaches besides the data of its batch; made when it is first called. */
  platform: PlatformServices | undefined;
  readonly #targets = new Map<string, CompiledNode[]>();
  readonly #ways = new Map<string, Way>();

  constructor(drawn: Pick<CompiledNode, 'id' | 'name' | 'ruleChainId' | 'queueName' | 'debug'>, place: number, runtime: NodeRuntime) {
    this.id = drawn.id;
    this.name = drawn.name;
    this.ruleChainId = drawn.ruleChainId;
    this.queueName = drawn.queueName;
    this.debug = drawn.debug;
    this.place = place;
    this.runtime = runtime;
    this.role = roleOf(runtime);
  }

  connect(relationType: string, target: CompiledNode): void {
    const key = relationType.toLowerCase();
    const known = this.#targets.get(key);
    if (known === undefined) this.#targets.set(key, [target]);
    else known.push(target);
  }

  /** The way out for a label, compared without case. */
  way(relationType: string): Way {
    return this.#ways.get(relationType) ?? this.#find(relationType);
  }

  #find(relationType: string): Way {
    const key = relationType.toLowerCase();
    const way = { targets: this.#targets.get(key) ?? [], count: this.runtime.counters.relation(relationType), isFailure: key === 'failure' };
    if (this.#ways.size < REMEMBERED_SPELLINGS_MAX) this.#ways.set(relationType, way);
    return way;
  }
}

function roleOf({ problem, definition }: NodeRuntime): NodeRole {
  if (problem !== undefined || definition === undefined) return 'inactive';
  if (definition.engine !== undefined) return definition.engine;
  return definition.isExternal === true ? 'external' : 'inner';
}

/** One version of a rule chain, ready to run. Never changes. */
export interface CompiledChain {
  readonly id: string;
  readonly tenantId: TenantId;
  readonly version: number;
  readonly name: string;
  /** In an order in which every connection leads onward. */
  readonly nodes: readonly CompiledNode[];
  readonly first: CompiledNode | undefined;
  /** What happened in it, in all its versions. */
  readonly counters: ChainCounters;
  node(id: string): CompiledNode | undefined;
}

/**
 * Compiles a rule chain document. Connections from or to nodes that do not exist are left out; `checkChain`
 * complains about them before a chain gets here from the editor.
 *
 * @param runtimes one for each node of the document
 * @param counters those of its earlier version, or new ones
 */
export function compileChain(chain: RuleChain, runtimes: ReadonlyMap<string, NodeRuntime>, counters: ChainCounters): CompiledChain {
  const drawn = new Map(chain.nodes.map((node) => [node.id, node]));
  const nodes = new Map<string, CompiledNode>();
  topologicalOrder([...drawn.keys()], chain.connections).forEach((id, place) => {
    const runtime = runtimes.get(id);
    const node = drawn.get(id);
    assert(runtime !== undefined && node !== undefined, 'every node has a runtime');
    const { name, queueName, debug } = node;
    nodes.set(id, new CompiledNode({ id, name, ruleChainId: chain.id, queueName, debug }, place, runtime));
  });
  for (const { fromId, toId, relationType } of chain.connections) {
    const target = nodes.get(toId);
    if (target !== undefined) nodes.get(fromId)?.connect(relationType, target);
  }
  return {
    id: chain.id,
    tenantId: chain.tenantId as TenantId,
    version: chain.version,
    name: chain.name,
    nodes: [...nodes.values()],
    first: chain.firstNodeId === undefined ? undefined : nodes.get(chain.firstNodeId),
    counters,
    node: (id) => nodes.get(id),
  };
}
