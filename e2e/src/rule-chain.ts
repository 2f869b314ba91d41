// Rule chains as tests draw them: by the names that ThingsBoard gives to nodes.
import type { TenantClient } from './server-under-test.js';

export interface DrawnNode {
  readonly type: string;
  readonly name: string;
  readonly configuration: object;
  readonly configurationVersion: number;
}

/** @param type what stands behind `org.thingsboard.rule.engine.` */
export const drawnNode = (type: string, name: string, configuration: object, configurationVersion = 0): DrawnNode => ({
  ...{ type: `org.thingsboard.rule.engine.${type}`, name, configuration, configurationVersion },
});

/** The node that all telemetry leaves by `Post telemetry`. */
export const kindSwitch = drawnNode('filter.TbMsgTypeSwitchNode', 'kind', { version: 0 });

export const scriptFilter = (name: string, jsScript: string): DrawnNode =>
  drawnNode('filter.TbJsFilterNode', name, { scriptLang: 'JS', jsScript, tbelScript: '' });

/** A transformation that gives the message another body and leaves the rest. @param body a JavaScript expression */
export const newBody = (name: string, body: string): DrawnNode =>
  drawnNode('transform.TbTransformMsgNode', name, { scriptLang: 'JS', jsScript: `return { msg: ${body}, metadata, msgType };`, tbelScript: '' });

export const saveNode = (name: string): DrawnNode =>
  drawnNode('telemetry.TbMsgTimeseriesNode', name, { defaultTTL: 0, useServerTs: false, processingSettings: { type: 'ON_EVERY_MESSAGE' } }, 1);

/**
 * Makes a rule chain that begins with the first node.
 *
 * @param wires such as `save -Success-> forward`, by the names of the nodes
 * @returns its id
 */
export async function drawChain(client: TenantClient, name: string, nodes: readonly DrawnNode[], wires: readonly string[]): Promise<string> {
  const { id } = await client.request<{ id: { id: string } }>('POST', '/api/ruleChain', { name });
  await deployChain(client, id.id, nodes, wires);
  return id.id;
}

/** Puts other nodes and connections in the place of those of a rule chain, as `drawChain` takes them. */
export async function deployChain(client: TenantClient, chainId: string, nodes: readonly DrawnNode[], wires: readonly string[]): Promise<void> {
  const indexOf = (node: string | undefined): number => nodes.findIndex((one) => one.name === node);
  await client.request('POST', '/api/ruleChain/metadata', {
    ruleChainId: { entityType: 'RULE_CHAIN', id: chainId },
    firstNodeIndex: 0,
    nodes: nodes.map((node) => ({ ...node, singletonMode: false, additionalInfo: { layoutX: 0, layoutY: 0 } })),
    connections: wires.map((wire) => {
      const [, from, type, to] = /^(.+) -(.+)-> (.+)$/.exec(wire) ?? [];
      return { fromIndex: indexOf(from), toIndex: indexOf(to), type };
    }),
  });
}

/** Makes a rule chain the one that messages of the tenant go to. */
export async function makeRoot(client: TenantClient, chainId: string): Promise<void> {
  await client.request('POST', `/api/ruleChain/${chainId}/root`);
}

/** Creates devices whose messages go to a rule chain of their own. Their access tokens are their names. */
export async function devicesOfChain(client: TenantClient, chainId: string, name: string, count: number): Promise<{ id: string; token: string }[]> {
  const profile = await client.request<{ id: object }>('POST', '/api/deviceProfile', {
    ...{ name, type: 'DEFAULT', transportType: 'DEFAULT', profileData: { configuration: { type: 'DEFAULT' } } },
    defaultRuleChainId: { entityType: 'RULE_CHAIN', id: chainId },
  });
  const made: { id: string; token: string }[] = [];
  for (let n = 0; n < count; n += 1) {
    const token = `${name}-${n}`;
    const { id } = await client.request<{ id: { id: string } }>('POST', `/api/device?accessToken=${token}`, {
      name: token,
      deviceProfileId: profile.id,
    });
    made.push({ id: id.id, token });
  }
  return made;
}
