import type { NodeCatalogue, Page, PageQuery, RuleChain } from '@fieldline/model';
import { checkChain } from '@fieldline/model';
import type { Caller } from '@fieldline/ports';
import { storageErrors } from '@fieldline/ports';
import type { DirectoryDeps } from './directory-deps.js';
import { afterUpdate, checkVersion, EntityWriter, savedOnce } from './entity-writer.js';
import { directoryErrors } from './errors.js';
import { COMPLAINTS_TOLD_MAX, FORMER_DEFAULTS_MAX } from './limits.js';
import { storedEntity } from './stored-entity.js';
import { TenantLimits } from './tenant-limits.js';
import { fewerMatch, noneMatches } from './write-conditions.js';

/** What a client says about a rule chain it saves; its nodes are saved apart. */
export interface RuleChainDraft {
  readonly id?: string | undefined;
  readonly name: string;
  readonly type?: RuleChain['type'] | undefined;
  readonly isRoot?: boolean | undefined;
  readonly additionalInfo?: RuleChain['additionalInfo'];
  readonly version?: number | undefined;
}

/** The part of a chain that the editor draws. */
export type RuleChainGraph = Pick<RuleChain, 'nodes' | 'connections' | 'notes'> & { readonly firstNodeId: string | undefined };

/** Rule chain documents of a tenant: exactly one CORE chain is the root. The engine is told of each change and reads it again. */
export class RuleChains {
  readonly #deps: DirectoryDeps & { readonly catalogue: NodeCatalogue };
  readonly #writer: EntityWriter;

  constructor(deps: DirectoryDeps & { readonly catalogue: NodeCatalogue }) {
    this.#deps = deps;
    this.#writer = new EntityWriter(deps);
  }

  /** @throws DIRECTORY_ENTITY_NOT_FOUND, DIRECTORY_ACCESS_DENIED */
  async get(caller: Caller, id: string): Promise<RuleChain> {
    await this.#deps.access.require(caller, { entityType: 'RULE_CHAIN', id }, 'read');
    return storedEntity(this.#deps.entities, 'ruleChain', caller.tenantId, id);
  }

  /** Those of the ids that the tenant has, in the order of the ids. */
  byIds(caller: Caller, ids: readonly string[]): Promise<readonly RuleChain[]> {
    return this.#deps.entities.findMany('ruleChain', caller.tenantId, ids);
  }

  page(caller: Caller, query: PageQuery, type: RuleChain['type']): Promise<Page<RuleChain>> {
    return this.#deps.entities.page('ruleChain', caller.tenantId, query, { type });
  }

  /**
   * Creates an empty chain, or changes name, type and additional info of one; nodes are never touched.
   *
   * @throws DIRECTORY_CHAIN_NAME_MISSING, DIRECTORY_CHAIN_SECOND_ROOT, STORAGE_VERSION_CONFLICT
   */
  async save(caller: Caller, draft: RuleChainDraft): Promise<RuleChain> {
    if (draft.name.trim() === '') throw directoryErrors.CHAIN_NAME_MISSING();
    const { id } = draft;
    return id === undefined ? this.#create(caller, draft) : savedOnce(draft.version, () => this.#update(caller, id, draft));
  }

  /**
   * Replaces the whole graph of a chain; the engine swaps it in between two batches.
   *
   * @param readVersion version the client read; undefined skips the check
   * @throws STORAGE_VERSION_CONFLICT, DIRECTORY_CHAIN_SELF_CONNECTION, DIRECTORY_CHAIN_LOOP, DIRECTORY_CHAIN_NODE_TWICE, DIRECTORY_CHAIN_NODE_SETTINGS
   */
  async saveGraph(caller: Caller, id: string, graph: RuleChainGraph, readVersion: number | undefined): Promise<RuleChain> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'RULE_CHAIN', id }, 'write');
    this.#check(graph);
    return savedOnce(readVersion, async () => {
      const before = await storedEntity(this.#deps.entities, 'ruleChain', tenantId, id);
      const { firstNodeId: _, ...stored } = before;
      checkVersion('ruleChain', stored, readVersion);
      const { firstNodeId, nodes, connections, notes } = this.#withOwnIds(graph, stored);
      const entity: RuleChain = { ...stored, nodes, connections, notes, ...(firstNodeId === undefined ? {} : { firstNodeId }) };
      return this.#writer.update(caller, 'ruleChain', { before, entity });
    });
  }

  /** Makes this chain the one that messages enter by default; the former root loses the flag. */
  async makeRoot(caller: Caller, id: string): Promise<RuleChain> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'RULE_CHAIN', id }, 'write');
    return savedOnce(undefined, async () => {
      const chain = await storedEntity(this.#deps.entities, 'ruleChain', tenantId, id);
      if (chain.isRoot) return chain;
      if (chain.type !== 'CORE') throw directoryErrors.CHAIN_TYPE_NOT_RUN();
      const former = await this.#deps.entities.findAll('ruleChain', tenantId, { isRoot: true }, FORMER_DEFAULTS_MAX);
      const entity = { ...chain, isRoot: true };
      const released = former.map((before) => ({ before, entity: { ...before, isRoot: false } }));
      // Where there is one more by now it has to be released as well.
      const again = () => storageErrors.VERSION_CONFLICT({ kind: 'ruleChain', id });
      const conditions = [fewerMatch({ kind: 'ruleChain', tenantId, filter: { isRoot: true } }, former.length + 1, again)];
      await this.#writer.updateAll(caller, 'ruleChain', [...released, { before: chain, entity }], { conditions });
      return afterUpdate(entity);
    });
  }

  /** @throws DIRECTORY_CHAIN_IS_ROOT, DIRECTORY_CHAIN_IN_USE */
  async remove(caller: Caller, id: string): Promise<void> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'RULE_CHAIN', id }, 'delete');
    const before = await storedEntity(this.#deps.entities, 'ruleChain', tenantId, id);
    if (before.isRoot) throw directoryErrors.CHAIN_IS_ROOT();
    const conditions = [noneMatches({ kind: 'ruleChain', tenantId, filter: { id, isRoot: true } }, directoryErrors.CHAIN_IS_ROOT)];
    for (const kind of ['deviceProfile', 'assetProfile'] as const) {
      const users = await this.#deps.entities.findAllInfos(kind, tenantId, { defaultRuleChainId: id }, 1);
      if (users.length > 0) throw directoryErrors.CHAIN_IN_USE();
      conditions.push(noneMatches({ kind, tenantId, filter: { defaultRuleChainId: id } }, directoryErrors.CHAIN_IN_USE));
    }
    await this.#writer.remove(caller, 'ruleChain', before, { conditions });
  }

  async #create(caller: Caller, draft: RuleChainDraft): Promise<RuleChain> {
    if (draft.isRoot === true) throw directoryErrors.CHAIN_SECOND_ROOT();
    const { ids, clock, entities } = this.#deps;
    const conditions = await new TenantLimits(entities).requireRoom(caller.tenantId, 'ruleChain');
    const entity: RuleChain = {
      id: ids.next(),
      tenantId: caller.tenantId,
      createdAtMs: clock.nowMs(),
      version: 1,
      name: draft.name.trim(),
      type: draft.type ?? 'CORE',
      isRoot: false,
      nodes: [],
      connections: [],
      notes: [],
      ...(draft.additionalInfo === undefined ? {} : { additionalInfo: draft.additionalInfo }),
    };
    return this.#writer.insert(caller, 'ruleChain', entity, { conditions });
  }

  async #update(caller: Caller, id: string, draft: RuleChainDraft): Promise<RuleChain> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'RULE_CHAIN', id }, 'write');
    const before = await storedEntity(this.#deps.entities, 'ruleChain', tenantId, id);
    const { additionalInfo: _, ...stored } = before;
    checkVersion('ruleChain', stored, draft.version);
    if (draft.isRoot === true && !stored.isRoot) throw directoryErrors.CHAIN_SECOND_ROOT();
    const type = draft.type ?? stored.type;
    if (stored.isRoot && type !== 'CORE') throw directoryErrors.CHAIN_TYPE_NOT_RUN();
    const { additionalInfo } = draft;
    const entity: RuleChain = { ...stored, name: draft.name.trim(), type, ...(additionalInfo === undefined ? {} : { additionalInfo }) };
    return this.#writer.update(caller, 'ruleChain', { before, entity });
  }

  /** Refuses what the compatible API refuses; an unknown node type or an unreachable node is stored (rest-api.md §20.3). */
  #check(graph: RuleChainGraph): void {
    const { firstNodeId, nodes, connections } = graph;
    const complaints = checkChain({ nodes, connections, ...(firstNodeId === undefined ? {} : { firstNodeId }) }, this.#deps.catalogue);
    const of = (code: string) => complaints.filter((complaint) => complaint.code === code);
    const [twice] = of('E207');
    if (twice?.nodeId !== undefined) throw directoryErrors.CHAIN_NODE_TWICE({ id: twice.nodeId });
    if (of('E203').length > 0) throw directoryErrors.CHAIN_SELF_CONNECTION();
    const loops = of('E202').map((complaint) => complaint.message);
    if (loops.length > 0) throw directoryErrors.CHAIN_LOOP({ loops: loops.slice(0, COMPLAINTS_TOLD_MAX) });
    this.#checkSettings(graph);
  }

  #checkSettings({ nodes }: RuleChainGraph): void {
    for (const node of nodes) {
      const issues = this.#deps.catalogue.facts(node.type)?.configIssues(node.config, node.configVersion) ?? [];
      if (issues.length > 0) throw directoryErrors.CHAIN_NODE_SETTINGS({ name: node.name, issues: issues.slice(0, COMPLAINTS_TOLD_MAX).join('; ') });
    }
  }

  /** Keeps the ids of nodes the chain had; any other node gets a new one, so that a copied graph shares no node state. */
  #withOwnIds(graph: RuleChainGraph, stored: Pick<RuleChain, 'nodes'>): RuleChainGraph {
    const own = new Set(stored.nodes.map((node) => node.id));
    const ids = new Map(graph.nodes.map((node) => [node.id, own.has(node.id) ? node.id : this.#deps.ids.next()]));
    const idOf = (id: string): string => ids.get(id) ?? id;
    return {
      nodes: graph.nodes.map((node) => ({ ...node, id: idOf(node.id) })),
      connections: graph.connections.map((connection) => ({ ...connection, fromId: idOf(connection.fromId), toId: idOf(connection.toId) })),
      firstNodeId: graph.firstNodeId === undefined ? undefined : idOf(graph.firstNodeId),
      notes: graph.notes,
    };
  }
}
