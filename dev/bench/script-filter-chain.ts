// The default root chain with a script filter put before "Save Timeseries".
import type { TenantClient } from '@fieldline/e2e';

interface Metadata {
  readonly nodes: { readonly type: string; readonly name: string }[];
  readonly connections: { fromIndex: number; toIndex: number; type: string }[];
}

/** Reads the root chain of the tenant and gives its metadata with the filter inserted. */
export async function scriptFilterChain(client: TenantClient): Promise<unknown> {
  const chains = await client.request<{ data: { id: { id: string }; root: boolean }[] }>('GET', '/api/ruleChains?pageSize=100&page=0');
  const root = chains.data.find((chain) => chain.root);
  if (root === undefined) throw new Error('the tenant has no root rule chain');
  const metadata = await client.request<Metadata>('GET', `/api/ruleChain/${root.id.id}/metadata`);
  const save = metadata.nodes.findIndex((node) => node.type.endsWith('TbMsgTimeseriesNode'));
  const into = metadata.connections.find((connection) => connection.toIndex === save);
  if (into === undefined) throw new Error('nothing leads to the save node');
  const filter = {
    type: 'org.thingsboard.rule.engine.filter.TbJsFilterNode',
    name: 'Plausible',
    configurationVersion: 0,
    configuration: { scriptLang: 'JS', jsScript: 'return msg.temperature > -50 && msg.temperature < 150;', tbelScript: '' },
    additionalInfo: { layoutX: 500, layoutY: 50 },
  };
  const at = metadata.nodes.length;
  const rest = metadata.connections.filter((connection) => connection !== into);
  return {
    ...metadata,
    nodes: [...metadata.nodes, filter],
    connections: [...rest, { ...into, toIndex: at }, { fromIndex: at, toIndex: save, type: 'True' }],
  };
}
