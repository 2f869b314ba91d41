import type { HandOverCount } from '@fieldline/ports';
import type { Deployments } from '../deploy/deployments.js';

/** Counts what an earlier process left in the log as branches that wait at their nodes. */
export function countOpen(deployments: Deployments, counts: readonly HandOverCount[]): void {
  const open = new Map(counts.map(({ ruleNodeId, ready, held }) => [ruleNodeId, ready + held]));
  for (const { chain } of deployments.all()) {
    for (const { id, runtime } of chain.nodes) {
      const { handedOver, resumed } = runtime.counters;
      // What this process has handed over already is counted.
      const found = Math.max(0, (open.get(id) ?? 0) - (handedOver - resumed));
      runtime.counters.handedOver += found;
      chain.counters.made += found;
      chain.counters.waiting += found;
    }
  }
}
