import type { NodeCatalogue } from '@fieldline/api-contract';
import {
  API_CHAINS_AT_ONCE_MAX,
  chainCallClassName,
  fileNode,
  queryFlag,
  ruleChainDataSchema,
  ruleChainToMetadata,
  ruleChainToWire,
  wireChainImportSchema,
  wireId,
  wireIdSchema,
  wireRuleChainDataSchema,
  wireRuleChainSchema,
  withChain,
} from '@fieldline/api-contract';
import type { RuleChains } from '@fieldline/directory';
import type { JsonObject, JsonValue } from '@fieldline/model';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import * as z from 'zod';
import { idParams } from './id-params.js';
import type { RestDeps } from './rest-deps.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { importChains } from './rule-chain-import.js';
import { NODE_CATALOGUE, REST_DEPS, RULE_CHAINS } from './tokens.js';

const area = 'Rule chains';
const params = idParams('ruleChainId');

const exportChains = defineRoute({
  method: 'GET',
  path: '/api/ruleChains/export',
  area,
  summary: 'All rule chains of the tenant in one document, under ids of that document alone.',
  permission: 'rule-chain.read',
  query: z.object({
    limit: z.coerce
      .number<string>('must be a number')
      .int('must be a whole number')
      .min(1, 'must be greater than zero')
      .max(API_CHAINS_AT_ONCE_MAX, `must be at most ${API_CHAINS_AT_ONCE_MAX}`)
      .describe('Chains at most.'),
  }),
  response: wireRuleChainDataSchema,
});
const importAll = defineRoute({
  method: 'POST',
  path: '/api/ruleChains/import',
  area,
  summary: 'Creates the rule chains of such a document; with `overwrite` in place of those of the same name and type.',
  permission: 'rule-chain.write',
  query: z.object({ overwrite: queryFlag().default(false).describe('Whether chains of the same name and type are replaced.') }),
  body: ruleChainDataSchema,
  response: z.array(wireChainImportSchema),
});
const createDefault = defineRoute({
  method: 'POST',
  path: '/api/ruleChain/device/default',
  area,
  summary: 'Creates a rule chain with the nodes that every tenant starts with.',
  permission: 'rule-chain.write',
  body: z.object({ name: z.string().max(255, 'length must be equal or less than 255').describe('Name.') }),
  response: wireRuleChainSchema,
});
const readLabels = defineRoute({
  method: 'GET',
  path: '/api/ruleChain/:ruleChainId/output/labels',
  area,
  summary: 'Names of the output nodes of a rule chain.',
  permission: 'rule-chain.read',
  params,
  response: z.array(z.string()),
});
const readUsage = defineRoute({
  method: 'GET',
  path: '/api/ruleChain/:ruleChainId/output/labels/usage',
  area,
  summary: 'Nodes that call a rule chain, and the relation types by which messages go on there.',
  permission: 'rule-chain.read',
  params,
  response: z.array(
    z.strictObject({
      ruleChainId: wireIdSchema('RULE_CHAIN').describe('Chain of the node.'),
      ruleNodeId: wireIdSchema('RULE_NODE').describe('The node.'),
      ruleChainName: z.string().describe('Name of the chain.'),
      ruleNodeName: z.string().describe('Name of the node.'),
      labels: z.array(z.string()).describe('Its relation types.'),
    }),
  ),
});

/** Rule chains on their way between installations, and what ties them to each other. */
@Controller()
export class RuleChainTransferController {
  readonly #chains: RuleChains;
  readonly #catalogue: NodeCatalogue;
  readonly #deps: RestDeps;

  constructor(@Inject(RULE_CHAINS) chains: RuleChains, @Inject(NODE_CATALOGUE) catalogue: NodeCatalogue, @Inject(REST_DEPS) deps: RestDeps) {
    this.#chains = chains;
    this.#catalogue = catalogue;
    this.#deps = deps;
  }

  @Handles(exportChains)
  async export(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof exportChains>): Promise<AnswerOf<typeof exportChains>> {
    const { ids, clock } = this.#deps;
    const chains = await this.#chains.oldest(caller, query.limit);
    const exported = new Map(chains.map(({ id }) => [id, ids.next()]));
    const idOf = (id: string): string => exported.get(id) ?? id;
    return {
      ruleChains: chains.map((chain) => ({
        ...ruleChainToWire(chain, clock.nowMs()),
        ...{ id: wireId('RULE_CHAIN', idOf(chain.id)), tenantId: null, firstRuleNodeId: null, externalId: null },
      })),
      metadata: chains.map((chain) => {
        const { nodes, ...graph } = ruleChainToMetadata(chain, this.#catalogue);
        const nodesOfFile = nodes.map((node) => withCall(fileNode(node, this.#catalogue), idOf));
        return { ...graph, ruleChainId: wireId('RULE_CHAIN', idOf(chain.id)), nodes: nodesOfFile };
      }) as AnswerOf<typeof exportChains>['metadata'],
    };
  }

  @Handles(importAll)
  import(@CallerOf() caller: Caller, @Input() { query, body }: InputOf<typeof importAll>): Promise<AnswerOf<typeof importAll>> {
    const { ids, clock } = this.#deps;
    const tools = { chains: this.#chains, catalogue: this.#catalogue, newId: () => ids.next(), nowMs: clock.nowMs() };
    return importChains(tools, caller, body, query.overwrite);
  }

  @Handles(createDefault)
  async createDefault(@CallerOf() caller: Caller, @Input() { body }: InputOf<typeof createDefault>): Promise<AnswerOf<typeof createDefault>> {
    return ruleChainToWire(await this.#chains.createDefault(caller, body.name), this.#deps.clock.nowMs());
  }

  @Handles(readLabels)
  async labels(@CallerOf() caller: Caller, @Input() input: InputOf<typeof readLabels>): Promise<AnswerOf<typeof readLabels>> {
    return [...(await this.#chains.outputLabels(caller, input.params.ruleChainId))];
  }

  @Handles(readUsage)
  async usage(@CallerOf() caller: Caller, @Input() input: InputOf<typeof readUsage>): Promise<AnswerOf<typeof readUsage>> {
    const usages = await this.#chains.labelUsage(caller, input.params.ruleChainId);
    return usages.map(({ ruleChainId, ruleNodeId, labels, ...names }) => ({
      ruleChainId: wireId('RULE_CHAIN', ruleChainId),
      ruleNodeId: wireId('RULE_NODE', ruleNodeId),
      ...names,
      labels: [...labels],
    }));
  }
}

function withCall(node: JsonObject, idOf: (id: string) => string): JsonObject {
  const isCall = node['type'] === chainCallClassName;
  return { ...node, id: null, ruleChainId: null, ...(isCall ? { configuration: withChain(node['configuration'] as JsonValue, idOf) } : {}) };
}
