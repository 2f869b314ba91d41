import { nodeHarness, ruleNodeConformance } from '@fieldline/plugin-sdk/testing';
import { describe, expect, test } from 'vitest';
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

test('the engine supplies both', () => expect(plugin.nodes.map(({ engine }) => engine)).toEqual(['rule-chain', 'output']));
