import type { CancelTimer, Problem } from '@fieldline/kernel';
import type { RuleNode, TenantId } from '@fieldline/model';
import type { AnyRuleNodeDefinition, Need, ScriptsService } from '@fieldline/plugin-sdk';
import type { BoundScripts, NodeStates } from '@fieldline/plugin-sdk/host';
import { platformNeeds, unitNeeds } from '../engine-parts.js';
import type { NodeConnection } from './node-connection.js';
import { NodeCounters } from './node-counters.js';

/**
 * The part of a node that outlives a version of its rule chain: settings, state, scripts and counts. Versions in
 * which type and settings of the node are the same share one.
 */
export class NodeRuntime {
  readonly id: string;
  readonly tenantId: TenantId;
  readonly type: string;
  /** Absent where the node cannot run; `problem` then says why. */
  readonly definition: AnyRuleNodeDefinition | undefined;
  readonly config: unknown;
  readonly problem: Problem | undefined;
  readonly states: NodeStates | undefined;
  readonly isKeyedByNode: boolean;
  readonly needs: ReadonlySet<Need>;
  /** Whether any of them belongs to the unit of a batch, or to the platform. */
  readonly needsUnit: boolean;
  readonly needsPlatform: boolean;
  readonly counters: NodeCounters;
  /** Versions of the chain that hold this runtime; at zero it is let go. */
  holders = 0;
  stopTicks: CancelTimer | undefined;
  readonly connection: NodeConnection | undefined;
  readonly #scripts: BoundScripts | undefined;
  readonly #configText: string;
  readonly #configVersion: number;

  constructor(node: RuleNode, tenantId: TenantId, parts: RuntimeParts) {
    this.id = node.id;
    this.tenantId = tenantId;
    this.type = node.type;
    this.definition = parts.definition;
    this.config = parts.config;
    this.problem = parts.problem;
    this.states = parts.states;
    this.isKeyedByNode = parts.definition?.state?.keyedBy === 'node';
    this.needs = new Set<Need>((parts.definition?.needs ?? []) as readonly Need[]);
    this.needsUnit = unitNeeds.some((need) => this.needs.has(need));
    this.needsPlatform = platformNeeds.some((need) => this.needs.has(need));
    this.counters = parts.counters ?? new NodeCounters();
    this.#scripts = parts.scripts;
    this.connection = parts.connection;
    this.#configText = JSON.stringify(node.config);
    this.#configVersion = node.configVersion;
  }

  get scripts(): ScriptsService | undefined {
    return this.#scripts?.service;
  }

  /** True where the node as drawn can go on with this runtime. An inactive node is started anew. */
  serves(node: RuleNode): boolean {
    return (
      this.problem === undefined &&
      this.type === node.type &&
      this.#configVersion === node.configVersion &&
      this.#configText === JSON.stringify(node.config)
    );
  }

  /** Resolves when the connection is closed; nobody has to wait for it. */
  async dispose(): Promise<void> {
    this.stopTicks?.();
    this.#scripts?.dispose();
    await this.connection?.close();
  }
}

export interface RuntimeParts {
  readonly definition?: AnyRuleNodeDefinition | undefined;
  readonly config?: unknown;
  readonly problem?: Problem | undefined;
  readonly states?: NodeStates | undefined;
  readonly scripts?: BoundScripts | undefined;
  readonly connection?: NodeConnection | undefined;
  readonly counters?: NodeCounters | undefined;
}
