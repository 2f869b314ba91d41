import type { NodeCatalogue } from '@fieldline/api-contract';
import {
  metadataToRuleChain,
  idListSchema,
  pageDataSchema,
  pageQueryOf,
  pageToWire,
  queryFlag,
  ruleChainDraftOf,
  ruleChainMetadataSaveSchema,
  ruleChainSaveSchema,
  ruleChainToMetadata,
  ruleChainToWire,
  wireRuleChainMetadataSchema,
  wireRuleChainSchema,
} from '@fieldline/api-contract';
import type { RuleChains } from '@fieldline/directory';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import * as z from 'zod';
import { idParams } from './id-params.js';
import { optionalPageShape, requirePage } from './page-or-ids.js';
import type { RestDeps } from './rest-deps.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { calledChains } from './rule-chain-import.js';
import { NODE_CATALOGUE, REST_DEPS, RULE_CHAINS } from './tokens.js';

const area = 'Rule chains';
const params = idParams('ruleChainId');
const sortable = { createdTime: 'createdAtMs', name: 'name', root: 'isRoot' };

const saveChain = defineRoute({
  method: 'POST',
  path: '/api/ruleChain',
  area,
  summary: 'Creates an empty rule chain, or changes the name and description of one.',
  permission: 'rule-chain.write',
  body: ruleChainSaveSchema,
  response: wireRuleChainSchema,
});
const readChain = defineRoute({
  method: 'GET',
  path: '/api/ruleChain/:ruleChainId',
  area,
  summary: 'One rule chain, without its nodes.',
  permission: 'rule-chain.read',
  params,
  response: wireRuleChainSchema,
});
const removeChain = defineRoute({
  method: 'DELETE',
  path: '/api/ruleChain/:ruleChainId',
  area,
  summary: 'Removes a rule chain that is neither root nor used by a profile.',
  permission: 'rule-chain.write',
  params,
});
const listChains = defineRoute({
  method: 'GET',
  path: '/api/ruleChains',
  area,
  summary: 'A page of rule chains; with `ruleChainIds` those chains.',
  permission: 'rule-chain.read',
  query: z.object({
    ...optionalPageShape,
    type: z.enum(['CORE', 'EDGE']).default('CORE').describe('Only chains of this type.'),
    ruleChainIds: idListSchema.optional(),
  }),
  response: z.union([pageDataSchema(wireRuleChainSchema), z.array(wireRuleChainSchema)]),
});
const listChainsByIds = defineRoute({
  method: 'GET',
  path: '/api/ruleChains/list',
  area,
  summary: 'Rule chains by id; those that do not exist are left out.',
  permission: 'rule-chain.read',
  query: z.object({ ruleChainIds: idListSchema }),
  response: z.array(wireRuleChainSchema),
});
const makeRoot = defineRoute({
  method: 'POST',
  path: '/api/ruleChain/:ruleChainId/root',
  area,
  summary: 'Makes this the chain that messages enter by default.',
  permission: 'rule-chain.write',
  params,
  response: wireRuleChainSchema,
});
const readMetadata = defineRoute({
  method: 'GET',
  path: '/api/ruleChain/:ruleChainId/metadata',
  area,
  summary: 'Nodes and connections of a rule chain.',
  permission: 'rule-chain.read',
  params,
  response: wireRuleChainMetadataSchema,
});
const saveMetadata = defineRoute({
  method: 'POST',
  path: '/api/ruleChain/metadata',
  area,
  summary: 'Replaces nodes and connections of a rule chain and deploys it: the next batch of messages runs through the new version.',
  permission: 'rule-chain.write',
  query: z.object({
    updateRelated: queryFlag().default(true).describe('Whether renamed output nodes rename connections of chains that call this one.'),
  }),
  body: ruleChainMetadataSaveSchema,
  response: wireRuleChainMetadataSchema,
});

/** Rule chains and their graphs. */
@Controller()
export class RuleChainController {
  readonly #chains: RuleChains;
  readonly #catalogue: NodeCatalogue;
  readonly #deps: RestDeps;

  constructor(@Inject(RULE_CHAINS) chains: RuleChains, @Inject(NODE_CATALOGUE) catalogue: NodeCatalogue, @Inject(REST_DEPS) deps: RestDeps) {
    this.#chains = chains;
    this.#catalogue = catalogue;
    this.#deps = deps;
  }

  @Handles(saveChain)
  async save(@CallerOf() caller: Caller, @Input() { body }: InputOf<typeof saveChain>): Promise<AnswerOf<typeof saveChain>> {
    return ruleChainToWire(await this.#chains.save(caller, ruleChainDraftOf(body)), this.#deps.clock.nowMs());
  }

  @Handles(readChain)
  async read(@CallerOf() caller: Caller, @Input() input: InputOf<typeof readChain>): Promise<AnswerOf<typeof readChain>> {
    return ruleChainToWire(await this.#chains.get(caller, input.params.ruleChainId), this.#deps.clock.nowMs());
  }

  @Handles(removeChain)
  async remove(@CallerOf() caller: Caller, @Input() input: InputOf<typeof removeChain>): Promise<void> {
    await this.#chains.remove(caller, input.params.ruleChainId);
  }

  @Handles(listChains)
  async list(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof listChains>): Promise<AnswerOf<typeof listChains>> {
    if (query.ruleChainIds !== undefined) return this.#byIds(caller, query.ruleChainIds);
    const nowMs = this.#deps.clock.nowMs();
    const page = await this.#chains.page(caller, pageQueryOf(requirePage(query), sortable), query.type);
    return pageToWire(page, (chain) => ruleChainToWire(chain, nowMs));
  }

  @Handles(listChainsByIds)
  listByIds(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof listChainsByIds>): Promise<AnswerOf<typeof listChainsByIds>> {
    return this.#byIds(caller, query.ruleChainIds);
  }

  @Handles(makeRoot)
  async makeRoot(@CallerOf() caller: Caller, @Input() input: InputOf<typeof makeRoot>): Promise<AnswerOf<typeof makeRoot>> {
    return ruleChainToWire(await this.#chains.makeRoot(caller, input.params.ruleChainId), this.#deps.clock.nowMs());
  }

  @Handles(readMetadata)
  async metadata(@CallerOf() caller: Caller, @Input() input: InputOf<typeof readMetadata>): Promise<AnswerOf<typeof readMetadata>> {
    return ruleChainToMetadata(await this.#chains.get(caller, input.params.ruleChainId), this.#catalogue);
  }

  @Handles(saveMetadata)
  async saveMetadata(@CallerOf() caller: Caller, @Input() { query, body }: InputOf<typeof saveMetadata>): Promise<AnswerOf<typeof saveMetadata>> {
    const { ids, clock } = this.#deps;
    const chainNames = await calledChains(this.#chains, caller, body);
    const debugAllMs = await this.#chains.debugAllMs(caller);
    const graph = metadataToRuleChain(body, this.#catalogue, { newId: () => ids.next(), nowMs: clock.nowMs(), chainNames, debugAllMs });
    const options = { readVersion: body.version ?? undefined, updatesUsers: query.updateRelated };
    return ruleChainToMetadata(await this.#chains.saveGraph(caller, body.ruleChainId.id, graph, options), this.#catalogue);
  }

  async #byIds(caller: Caller, ids: readonly string[]): Promise<AnswerOf<typeof listChainsByIds>> {
    const nowMs = this.#deps.clock.nowMs();
    return (await this.#chains.byIds(caller, ids)).map((chain) => ruleChainToWire(chain, nowMs));
  }
}
