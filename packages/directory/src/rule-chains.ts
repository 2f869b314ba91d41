import type { NodeCatalogue, Page, PageQuery, RuleChain } from '@fieldline/model';
import { rootRuleChain } from '@fieldline/model';
import type { Caller } from '@fieldline/ports';
import { storageErrors } from '@fieldline/ports';
import type { LabelUsage } from './chain-labels.js';
import { labelUsage, outputLabels, renamedLabels, renameUsers } from './chain-labels.js';
import type { RuleChainGraph } from './chain-graph.js';
import { checkGraph, shownChain, withOwnIds, withStoredSecrets } from './chain-graph.js';
import type { DirectoryDeps } from './directory-deps.js';
import { afterUpdate, checkVersion, EntityWriter, savedOnce } from './entity-writer.js';
import { directoryErrors } from './errors.js';
import { FORMER_DEFAULTS_MAX } from './limits.js';
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
  readonly externalId?: string | undefined;
  readonly version?: number | undefined;
}

/** How a graph is saved. */
export interface SaveGraphOptions {
  readonly readVersion?: number | undefined;
  readonly updatesUsers?: boolean | undefined;
  readonly isImport?: boolean | undefined;
}

/** Rule chain documents of a tenant: exactly one CORE chain is the root. The engine is told of each change and reads it again. */
export class RuleChains {
  readonly #deps: DirectoryDeps & { readonly catalogue: NodeCatalogue };
  readonly #writer: EntityWriter;

  constructor(deps: DirectoryDeps & { readonly catalogue: NodeCatalogue }) {
    this.#deps = deps;
    this.#writer = new EntityWriter(deps, { ruleChain: (chain) => shownChain(chain, deps.catalogue) });
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

  /** The oldest chains of the tenant, with their nodes. */
  oldest(caller: Caller, limit: number): Promise<readonly RuleChain[]> {
    return this.#deps.entities.findAll('ruleChain', caller.tenantId, {}, limit);
  }

  /** A chain of that name and type, if there is one: the oldest, as names need not be unique. */
  async named(caller: Caller, name: string, type: RuleChain['type']): Promise<RuleChain | undefined> {
    const [chain] = await this.#deps.entities.findAll('ruleChain', caller.tenantId, { name, type }, 1);
    return chain;
  }

  /** How long a node may record everything, in milliseconds, where the tenant's profile says so. */
  async debugAllMs(caller: Caller): Promise<number | undefined> {
    const minutes = await new TenantLimits(this.#deps.entities).limit(caller.tenantId, 'maxDebugModeDurationMinutes');
    return minutes === 0 ? undefined : minutes * 60_000;
  }

  /** Names of the output nodes of a chain, sorted. */
  async outputLabels(caller: Caller, id: string): Promise<readonly string[]> {
    return outputLabels(await this.get(caller, id));
  }

  /** Where a chain is called, and by which relation types messages go on there. */
  async labelUsage(caller: Caller, id: string): Promise<readonly LabelUsage[]> {
    await this.#deps.access.require(caller, { entityType: 'RULE_CHAIN', id }, 'read');
    return labelUsage(this.#deps.entities, caller.tenantId, id);
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
   * Replaces the whole graph of a chain; the engine swaps it in between two batches. Secrets that are sent as set keep their value.
   *
   * @param options.readVersion version the client read; undefined skips the check
   * @param options.updatesUsers renames connections of nodes that call this chain where an output node was renamed
   * @param options.isImport the graph comes from a file, as every first one of a chain does: secrets that are not in it are missing
   * @throws STORAGE_VERSION_CONFLICT, DIRECTORY_CHAIN_SELF_CONNECTION, DIRECTORY_CHAIN_LOOP, DIRECTORY_CHAIN_NODE_TWICE,
   *   DIRECTORY_CHAIN_NODE_SETTINGS, DIRECTORY_CHAIN_SECRET_UNKNOWN
   */
  async saveGraph(
    caller: Caller,
    id: string,
    graph: RuleChainGraph,
    { readVersion, updatesUsers = false, isImport = false }: SaveGraphOptions = {},
  ): Promise<RuleChain> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'RULE_CHAIN', id }, 'write');
    const { before, saved } = await savedOnce(readVersion, async () => {
      const before = await storedEntity(this.#deps.entities, 'ruleChain', tenantId, id);
      const { firstNodeId: _, ...stored } = before;
      checkVersion('ruleChain', stored, readVersion);
      const complete = withStoredSecrets(graph, stored, isImport || stored.nodes.length === 0);
      checkGraph(complete, this.#deps.catalogue);
      const { firstNodeId, nodes, connections, notes } = withOwnIds(complete, stored, this.#deps.ids);
      const entity: RuleChain = { ...stored, nodes, connections, notes, ...(firstNodeId === undefined ? {} : { firstNodeId }) };
      return { before, saved: await this.#writer.update(caller, 'ruleChain', { before, entity }) };
    });
    if (updatesUsers) await renameUsers({ ...this.#deps, writer: this.#writer }, caller, id, renamedLabels(before, saved));
    return saved;
  }

  /** Creates a chain as every tenant has one at first; it is not the root. @throws DIRECTORY_CHAIN_NAME_MISSING */
  async createDefault(caller: Caller, name: string): Promise<RuleChain> {
    if (name.trim() === '') throw directoryErrors.CHAIN_NAME_MISSING();
    const { ids, clock, entities } = this.#deps;
    const conditions = await new TenantLimits(entities).requireRoom(caller.tenantId, 'ruleChain');
    const made = rootRuleChain({ ids, tenantId: caller.tenantId, nowMs: clock.nowMs(), name: name.trim() });
    return this.#writer.insert(caller, 'ruleChain', { ...made, isRoot: false }, { conditions });
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
      ...(draft.externalId === undefined ? {} : { externalId: draft.externalId }),
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
    const { additionalInfo, externalId } = draft;
    const free = { ...(additionalInfo === undefined ? {} : { additionalInfo }), ...(externalId === undefined ? {} : { externalId }) };
    const entity: RuleChain = { ...stored, name: draft.name.trim(), type, ...free };
    return this.#writer.update(caller, 'ruleChain', { before, entity });
  }
}
