import * as z from 'zod';

/** Asks for the account of a rule chain as it changes: ours, in the general envelope only (docs/api.md). */
export const ledgerCommandSchema = z.object({
  cmdId: z.number().int().describe('Chosen by the client; comes back as cmdId.'),
  ruleChainId: z.string().describe('Bare UUID of the rule chain.'),
});
export type LedgerCommand = z.infer<typeof ledgerCommandSchema>;

/** Ends the command of version 2 that has this id. */
export const unsubscribeCommandSchema = z.object({ cmdId: z.number().int().describe('That of the command to end.') });

/** @param ledger JSON text of a `WireLedger`; `null` where the chain does not run */
export function ledgerFrame(cmdId: number, ledger: string): string {
  return `{"cmdId":${cmdId},"cmdUpdateType":"RULE_CHAIN_LEDGER","data":${ledger}}`;
}
