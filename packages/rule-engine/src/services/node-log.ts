import type { Log } from '@fieldline/kernel';
import type { TenantId } from '@fieldline/model';
import type { LogService } from '@fieldline/plugin-sdk';

/** The log of a node: what it writes appears under its name. */
export function nodeLog(log: Log, node: { readonly id: string; readonly name: string }, tenantId: TenantId): LogService {
  return { info: (text) => log.info('rule-node-log', { tenantId, nodeId: node.id, nodeName: node.name, text }) };
}
