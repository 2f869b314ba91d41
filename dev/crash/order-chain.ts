import type { TenantClient } from '@fieldline/e2e';

/** Key under which the chain stores what is wrong: a reading that came before its forerunner. */
export const GAP_KEY = 'gap';

const script = (body: string) => ({ scriptLang: 'JS', jsScript: body, tbelScript: '' });
const save = { defaultTTL: 0, useServerTs: false, processingSettings: { type: 'ON_EVERY_MESSAGE' } };

const nodes = [
  { type: 'org.thingsboard.rule.engine.filter.TbMsgTypeSwitchNode', name: 'kind', configuration: { version: 0 } },
  {
    type: 'org.thingsboard.rule.engine.metadata.CalculateDeltaNode',
    name: 'step',
    configurationVersion: 1,
    configuration: {
      ...{ inputValueKey: 'n', outputValueKey: 'step', useCache: true, addPeriodBetweenMsgs: false, periodValueKey: 'period' },
      ...{ round: null, tellFailureIfDeltaIsNegative: false, excludeZeroDeltas: false },
    },
  },
  { type: 'org.thingsboard.rule.engine.telemetry.TbMsgTimeseriesNode', name: 'save', configurationVersion: 1, configuration: save },
  { type: 'org.thingsboard.rule.engine.filter.TbJsFilterNode', name: 'ahead', configuration: script('return msg.step > 1;') },
  {
    type: 'org.thingsboard.rule.engine.transform.TbTransformMsgNode',
    name: 'name it',
    configuration: script(`return { msg: { ${GAP_KEY}: msg.n }, metadata, msgType };`),
  },
  { type: 'org.thingsboard.rule.engine.telemetry.TbMsgTimeseriesNode', name: 'save gap', configurationVersion: 1, configuration: save },
];
const connections = [
  { fromIndex: 0, toIndex: 1, type: 'Post telemetry' },
  { fromIndex: 1, toIndex: 2, type: 'Success' },
  { fromIndex: 2, toIndex: 3, type: 'Success' },
  { fromIndex: 3, toIndex: 4, type: 'True' },
  { fromIndex: 4, toIndex: 5, type: 'Success' },
];

/**
 * Makes a root chain that saves readings and watches their order. A device counts by one in `n`; what is delivered again
 * begins at an earlier number and goes on by one, so a step of more than one is a reading that overtook another. The step
 * is kept as node state, which is committed with the readings.
 */
export async function watchOrder(client: TenantClient): Promise<void> {
  const { id } = await client.request<{ id: { id: string } }>('POST', '/api/ruleChain', { name: 'Order', type: 'CORE' });
  const drawn = nodes.map((node) => ({ ...node, additionalInfo: { layoutX: 0, layoutY: 0 } }));
  await client.request('POST', '/api/ruleChain/metadata', { ruleChainId: id, firstNodeIndex: 0, nodes: drawn, connections });
  await client.request('POST', `/api/ruleChain/${id.id}/root`);
}
