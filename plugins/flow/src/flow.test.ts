import { nodeHarness, ruleNodeConformance } from '@fieldline/plugin-sdk/testing';
import { describe, expect, test } from 'vitest';
import { acknowledgeNode } from './acknowledge-node.js';
import { checkpointNode } from './checkpoint-node.js';
import { plugin } from './index.js';
import { outputNode } from './output-node.js';
import { ruleChainNode } from './rule-chain-node.js';

const ruleChainId = '01890a5d-ac96-774b-bcce-b302099a8057';

describe('rule chain', () => {
  test.each(ruleNodeConformance(ruleChainNode, { config: { ruleChainId } }))('$name', ({ run }) => run());

  test.each([{}, { ruleChainId: null }, { ruleChainId: '' }, { ruleChainId: 'main' }])('settings %j keep the node from starting', async (stored) => {
    await expect(nodeHarness(ruleChainNode, { stored }).start()).rejects.toMatchObject({ code: 'NODE_SETTINGS_INVALID' });
  });

  test('ThingsBoard ids of any UUID version are taken', async () => {
    await nodeHarness(ruleChainNode, { stored: { ruleChainId: '13814000-1dd2-11b2-8080-808080808080' } }).start();
  });

  test('version 0 knew no default rule chains', () => {
    expect(ruleChainNode.migrate?.[0]?.({ ruleChainId })).toEqual({ ruleChainId, forwardMsgToDefaultRuleChain: false });
  });
});

describe('output', () => {
  test.each(ruleNodeConformance(outputNode))('$name', ({ run }) => run());
});

describe('acknowledge', () => {
  test.each(ruleNodeConformance(acknowledgeNode))('$name', ({ run }) => run());
});

describe('checkpoint', () => {
  test.each(ruleNodeConformance(checkpointNode))('$name', ({ run }) => run());

  test('version 0 named its queue in the settings', () => expect(checkpointNode.migrate?.[0]?.({ queueName: 'HighPriority' })).toEqual({}));

  test('it has a queue of its own', () => expect(checkpointNode.hasQueue).toBe(true));
});

test('the engine supplies what they do', () => {
  expect(plugin.nodes.map(({ engine }) => engine)).toEqual(['acknowledge', 'checkpoint', 'rule-chain', 'output']);
});
