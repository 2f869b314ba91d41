import { ledgerSumsToWire, ledgerToWire, wireLedgerSchema, wireLedgerSumsSchema } from '@fieldline/api-contract';
import type { Caller, EntityAccess } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import * as z from 'zod';
import { restErrors } from './errors.js';
import { idParams } from './id-params.js';
import type { RestDeps } from './rest-deps.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { ACCESS, REST_DEPS } from './tokens.js';

const area = 'Rule chains';

const ofChain = defineRoute({
  method: 'GET',
  path: '/api/ruleChain/:ruleChainId/ledger',
  area,
  summary: 'The account of a rule chain since the server started: where every message that came in went, node by node.',
  permission: 'rule-chain.read',
  params: idParams('ruleChainId'),
  response: wireLedgerSchema,
});
const ofAll = defineRoute({
  method: 'GET',
  path: '/api/ruleChains/ledger',
  area,
  summary: 'The accounts of all rule chains that run, without their nodes.',
  permission: 'rule-chain.read',
  response: z.array(wireLedgerSumsSchema),
});

/** Where messages went that came to rule chains, in figures. */
@Controller()
export class LedgerController {
  readonly #ledgers: RestDeps['ledgers'];
  readonly #access: EntityAccess;

  constructor(@Inject(REST_DEPS) { ledgers }: RestDeps, @Inject(ACCESS) access: EntityAccess) {
    this.#ledgers = ledgers;
    this.#access = access;
  }

  @Handles(ofChain)
  async ofChain(@CallerOf() caller: Caller, @Input() { params: { ruleChainId } }: InputOf<typeof ofChain>): Promise<AnswerOf<typeof ofChain>> {
    const { tenantId } = await this.#access.require(caller, { entityType: 'RULE_CHAIN', id: ruleChainId }, 'read');
    const ledger = await this.#ledgers.ledger(tenantId, ruleChainId);
    if (ledger === undefined) throw restErrors.CHAIN_NOT_RUNNING();
    return ledgerToWire(ledger);
  }

  @Handles(ofAll)
  async ofAll(@CallerOf() { tenantId }: Caller): Promise<AnswerOf<typeof ofAll>> {
    return (await this.#ledgers.ledgers(tenantId)).map(ledgerSumsToWire);
  }
}
