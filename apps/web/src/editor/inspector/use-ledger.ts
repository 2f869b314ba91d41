import type { WireLedger } from '@fieldline/api-contract';
import { useState } from 'react';
import { useLiveFrames, useLiveState } from '../../live/live.js';

/**
 * The account of a rule chain as it changes, for as long as the component is there. Undefined until it has come, null
 * where the chain does not run.
 */
export function useLedger(ruleChainId: string): {
  readonly ledger: WireLedger | null | undefined;
  readonly isLost: boolean;
  readonly error: string | undefined;
} {
  const [ledger, setLedger] = useState<WireLedger | null>();
  const [error, setError] = useState<string>();
  const isLost = useLiveState() === 'lost';
  useLiveFrames({ type: 'RULE_CHAIN_LEDGER', ruleChainId }, (frame) => {
    if (frame.ledger !== undefined) setLedger(frame.ledger);
    setError(frame.errorCode === 0 ? undefined : (frame.errorMessage ?? 'The server has refused the figures.'));
  });
  return { ledger, isLost, error };
}
