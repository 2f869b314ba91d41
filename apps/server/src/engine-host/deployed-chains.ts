import type { Clock, IdSource, Log } from '@fieldline/kernel';
import type { EntityType, Event, RuleChain, RuleNode, TenantId } from '@fieldline/model';
import type { ControlEvent, DataStore, EntityStore } from '@fieldline/ports';
import type { InactiveNode, RuleEngine } from '@fieldline/rule-engine';

/** What becomes of a rule chain or node, as life cycle events name it. */
type LifeCycle = 'STARTED' | 'UPDATED' | 'STOPPED';

interface Deployed {
  readonly tenantId: TenantId;
  /** The nodes by id, each with the text of what it runs with: two are the same node where that is the same. */
  readonly nodes: ReadonlyMap<string, string>;
}

export interface DeployedChainsDeps {
  readonly engine: Pick<RuleEngine, 'deploy' | 'remove'>;
  readonly entities: Pick<EntityStore, 'find' | 'findAll'>;
  readonly store: Pick<DataStore, 'begin' | 'commit'>;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  /** Name of this server, for people who read events. */
  readonly server: string;
}

/** Rule chains loaded for a tenant. More than people draw; a bound so that a broken store cannot fill memory. */
const RULE_CHAINS_MAX = 10_000;

/** Keeps the chains of the engine the same as those of the store, and records what became of each chain and node. */
export class DeployedChains {
  readonly #deps: DeployedChainsDeps;
  readonly #deployed = new Map<string, Deployed>();

  constructor(deps: DeployedChainsDeps) {
    this.#deps = deps;
  }

  /** Puts every chain of a tenant into service. */
  async deployAll(tenantId: TenantId): Promise<void> {
    for (const chain of await this.#deps.entities.findAll('ruleChain', tenantId, {}, RULE_CHAINS_MAX)) await this.#deploy(chain);
  }

  /** Follows a change of a rule chain or a tenant; anything else concerns nobody here. */
  async changed({ kind, tenantId, id, version }: ControlEvent): Promise<void> {
    if (kind === 'tenant') return version === undefined ? this.#removeAll(tenantId) : this.deployAll(tenantId);
    if (kind !== 'ruleChain') return;
    const chain = await this.#deps.entities.find('ruleChain', tenantId, id);
    if (chain !== undefined) return this.#deploy(chain);
    await this.#deps.engine.remove(id);
    const former = this.#deployed.get(id);
    if (!this.#deployed.delete(id) || former === undefined) return;
    await this.#record(tenantId, [
      lifeOf('RULE_CHAIN', id, 'STOPPED'),
      ...[...former.nodes.keys()].map((node) => lifeOf('RULE_NODE', node, 'STOPPED')),
    ]);
  }

  async #deploy(chain: RuleChain): Promise<void> {
    const inactive = await this.#deps.engine.deploy(chain);
    // Chains for edge devices are kept, never run.
    if (chain.type === 'EDGE') return;
    const former = this.#deployed.get(chain.id);
    const tenantId = chain.tenantId as TenantId;
    const nodes = new Map(chain.nodes.map((node) => [node.id, textOf(node)]));
    this.#deployed.set(chain.id, { tenantId, nodes });
    await this.#record(tenantId, [
      lifeOf('RULE_CHAIN', chain.id, former === undefined ? 'STARTED' : 'UPDATED'),
      ...nodeLives(former?.nodes, nodes, inactive),
    ]);
  }

  /** The tenant and its records are gone: there is nobody left to tell. */
  async #removeAll(tenantId: TenantId): Promise<void> {
    for (const [id, chain] of this.#deployed) {
      if (chain.tenantId !== tenantId) continue;
      await this.#deps.engine.remove(id);
      this.#deployed.delete(id);
    }
  }

  async #record(tenantId: TenantId, lives: readonly Life[]): Promise<void> {
    const { store, clock, ids, log, server } = this.#deps;
    const unit = store.begin();
    for (const { entityType, entityId, event, error } of lives) {
      const head = { id: ids.next(), tenantId, createdAtMs: clock.nowMs(), version: 1 };
      const body: Event['body'] = {
        server,
        event,
        success: error === undefined,
        ...(error === undefined ? {} : { error: error.slice(0, ERROR_CHARACTERS_MAX) }),
      };
      unit.record({ change: 'insert', kind: 'event', entity: { ...head, entityType, entityId, type: 'LC_EVENT', body } });
    }
    try {
      await store.commit(unit);
    } catch (error) {
      // The chain runs all the same.
      log.warn('life-cycle-not-recorded', { tenantId, count: lives.length, error });
    }
  }
}

interface Life {
  readonly entityType: Extract<EntityType, 'RULE_CHAIN' | 'RULE_NODE'>;
  readonly entityId: string;
  readonly event: LifeCycle;
  readonly error: string | undefined;
}

/** Longest text of an error in an event (rest-api.md §22). */
const ERROR_CHARACTERS_MAX = 4_096;

function lifeOf(entityType: Life['entityType'], entityId: string, event: LifeCycle, error?: string): Life {
  return { entityType, entityId, event, error };
}

/** What a deployment does to nodes: those that stay as they are keep running, and nothing is said about them. */
function nodeLives(former: Deployed['nodes'] | undefined, nodes: Deployed['nodes'], inactive: readonly InactiveNode[]): readonly Life[] {
  const problems = new Map(inactive.map(({ nodeId, problem }) => [nodeId, problem.message]));
  const begun = [...nodes].flatMap(([id, text]) => {
    const before = former?.get(id);
    return before === text ? [] : [lifeOf('RULE_NODE', id, before === undefined ? 'STARTED' : 'UPDATED', problems.get(id))];
  });
  const ended = [...(former?.keys() ?? [])].filter((id) => !nodes.has(id)).map((id) => lifeOf('RULE_NODE', id, 'STOPPED'));
  return [...begun, ...ended];
}

function textOf({ type, configVersion, config }: RuleNode): string {
  return JSON.stringify([type, configVersion, config]);
}
