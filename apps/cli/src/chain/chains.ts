import {
  chainToSource,
  lastingId,
  type RuleChainSource,
  type SourceNames,
  sourceToGraph,
  type WireComponent,
  type WireRuleChain,
  type WireRuleChainMetadata,
} from '@fieldline/api-contract';
import { cliErrors } from '../errors.js';
import { CHAINS_PER_PAGE } from '../limits.js';
import type { Rest } from './rest.js';

/** Rule chains of a server as sources for version control, and back. */
export class Chains {
  readonly #rest: Rest;

  constructor(rest: Rest) {
    this.#rest = rest;
  }

  /**
   * @param wanted id of a chain, here or in its file, or its name
   * @throws CLI_CHAIN_UNKNOWN, CLI_CHAIN_NAME_TWICE
   */
  async export(wanted: string): Promise<RuleChainSource> {
    const all = await this.#all();
    const found = all.filter((chain) => [chain.id.id, lastingId(chain), chain.name].includes(wanted));
    const [chain] = found;
    if (chain === undefined) throw cliErrors.CHAIN_UNKNOWN({ wanted });
    if (found.length > 1) throw cliErrors.CHAIN_NAME_TWICE({ wanted, ids: found.map(({ id }) => id.id) });
    return chainToSource(chain, await this.#metadata(chain.id.id), await this.#names(all));
  }

  /** Saves a source in place of the chain it came from, or as a new chain; it runs from the next batch of messages on. */
  async import(source: RuleChainSource): Promise<'replaced' | 'created'> {
    const all = await this.#all();
    const stored = all.find((chain) => lastingId(chain) === source.id);
    const chain = (await this.#rest.call('POST', '/api/ruleChain', {
      ...(stored === undefined ? { externalId: { entityType: 'RULE_CHAIN', id: source.id } } : { id: stored.id, root: stored.root }),
      name: source.name,
      type: source.type,
      additionalInfo: source.additionalInfo ?? null,
    })) as WireRuleChain;
    const metadata = await this.#metadata(chain.id.id);
    const graph = sourceToGraph(source, metadata, await this.#names([...all, chain]));
    await this.#rest.call('POST', '/api/ruleChain/metadata', { ...graph, ruleChainId: chain.id, version: metadata.version });
    return stored === undefined ? 'created' : 'replaced';
  }

  async #all(): Promise<readonly WireRuleChain[]> {
    const chains: WireRuleChain[] = [];
    for (const type of ['CORE', 'EDGE']) {
      for (let page = 0, hasNext = true; hasNext; page += 1) {
        const path = `/api/ruleChains?type=${type}&pageSize=${CHAINS_PER_PAGE}&page=${page}`;
        const answer = (await this.#rest.call('GET', path)) as { data: WireRuleChain[]; hasNext: boolean };
        chains.push(...answer.data);
        hasNext = answer.hasNext;
      }
    }
    return chains;
  }

  async #metadata(id: string): Promise<WireRuleChainMetadata> {
    return (await this.#rest.call('GET', `/api/ruleChain/${id}/metadata`)) as WireRuleChainMetadata;
  }

  async #names(chains: readonly WireRuleChain[]): Promise<SourceNames> {
    const components = (await this.#rest.call('GET', '/api/components')) as readonly WireComponent[];
    const types = new Map(components.map(({ clazz, configurationDescriptor }) => [clazz, configurationDescriptor.nodeDefinition.nodeType]));
    const classes = new Map([...types].map(([clazz, type]) => [type, clazz]));
    const lasting = new Map(chains.map((chain) => [chain.id.id, lastingId(chain)]));
    const here = new Map(chains.map((chain) => [lastingId(chain), chain.id.id]));
    return {
      typeOf: (className) => types.get(className) ?? className,
      classOf: (type) => classes.get(type) ?? type,
      lastingChainId: (id) => lasting.get(id) ?? id,
      chainIdHere: (id) => here.get(id) ?? id,
    };
  }
}
