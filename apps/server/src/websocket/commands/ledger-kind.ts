import { ledgerCommandSchema, type LedgerCommand } from '@fieldline/api-contract';
import { liveErrors } from '../errors.js';
import { LedgerSubscription } from '../ledger-subscription.js';
import { LEDGERS_PER_SOCKET_MAX } from '../limits.js';
import type { CommandContext } from './command-context.js';
import type { CommandKind, OpenedCommand } from './command-kind.js';
import { valuesFailure } from './values-target.js';

/** The account of a rule chain as it changes: ours (docs/api.md). */
export const ledgerKind: CommandKind<LedgerCommand> = {
  type: 'RULE_CHAIN_LEDGER',
  schema: ledgerCommandSchema,
  version: 2,
  faultOf: ({ ruleChainId }) => (ruleChainId === '' ? 'Rule chain id is empty!' : undefined),
  open: watch,
  failureFrame: (command, error) => valuesFailure(command, error, 'Failed to fetch data!'),
};

async function watch({ cmdId, ruleChainId }: LedgerCommand, context: CommandContext): Promise<OpenedCommand<LedgerCommand> | undefined> {
  const { tenantId, entity } = await context.require({ entityType: 'RULE_CHAIN', id: ruleChainId.toLowerCase() }, 'read');
  if (context.isEnded) return undefined;
  if (context.openOfType > LEDGERS_PER_SOCKET_MAX) throw liveErrors.TOO_MANY_CHAINS({ chainsMax: LEDGERS_PER_SOCKET_MAX, of: 'socket' });
  const subscription = new LedgerSubscription(cmdId, context.queue);
  context.onEnd(() => subscription.end());
  const changed = (ledger: string): void => subscription.changed(ledger);
  context.onEnd(context.deps.ledgers.watch(tenantId, entity.id, { changed, failed: (error) => context.fail(error) }));
  return {};
}
