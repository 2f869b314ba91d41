// Goal: a chain survives the way into a file of ThingsBoard's form and back, and nothing in the file would make ThingsBoard
// refuse it. Method: chains with node types of every sort are written, read and written again; rule-engine.md §5.1, §5.5.
import type { RuleChain } from '@fieldline/model';
import { describe, expect, it } from 'vitest';
import {
  currentSettings,
  metadataToRuleChain,
  nodeCatalogue,
  ruleChainDataSchema,
  ruleChainFileSchema,
  ruleChainToFile,
  withNewIds,
  type TranslatedNodeType,
} from './index.js';

const fits = (value: unknown) => ({ success: typeof (value as { limit?: unknown }).limit === 'number' });
const grown: TranslatedNodeType = {
  type: 'action.grown',
  version: 2,
  migrate: {
    0: (old) => ({ limit: Number((old as { text: string }).text.trim()), text: 'old' }),
    1: (old) => ({ limit: (old as { limit: number }).limit }),
  },
  config: { safeParse: fits },
  defaults: { limit: 1 },
  hasQueue: true,
  thingsboard: { className: 'org.example.Grown', configurationVersion: 2, ownSettings: ['colour'] },
};
const call: TranslatedNodeType = {
  type: 'flow.rule-chain',
  version: 1,
  thingsboard: { className: 'org.thingsboard.rule.engine.flow.TbRuleChainInputNode', configurationVersion: 1 },
};
const catalogue = nodeCatalogue([grown, call]);
const uuid = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const reading = { newId: () => uuid(7), nowMs: 5 };
const node = (more: object) => ({ type: 'org.example.Grown', name: 'A', configurationVersion: 2, configuration: { limit: 3 }, ...more });
const read = (nodes: readonly object[]) =>
  metadataToRuleChain(ruleChainFileSchema.parse({ ruleChain: { name: 'C' }, metadata: { nodes } }).metadata, catalogue, reading);
const chainWith = (nodes: readonly object[]): RuleChain => {
  const { firstNodeId: _, ...graph } = read(nodes);
  return { id: uuid(1), tenantId: uuid(2), createdAtMs: 1, version: 4, name: 'C', type: 'CORE', isRoot: true, ...graph };
};
const written = (nodes: readonly object[]) => ruleChainToFile(chainWith(nodes), catalogue);

describe('a file', () => {
  it('holds neither ids nor times nor the root flag', () => {
    const file = written([node({ id: { id: uuid(9) }, externalId: { id: uuid(8) }, createdTime: 3, ruleChainId: { id: uuid(1) }, tenantId: null })]);
    expect(file.ruleChain).toEqual({
      ...{ additionalInfo: null, name: 'C', type: 'CORE', firstRuleNodeId: null },
      ...{ root: false, debugMode: false, configuration: null },
    });
    expect(JSON.stringify(file)).not.toMatch(/"(id|createdTime|tenantId|externalId|ruleChainId)":/);
  });

  it('keeps an unknown node as it came: class, settings, version, additional info and members of later versions', () => {
    const unknown = {
      ...{
        type: 'com.example.Later',
        name: 'L',
        configurationVersion: 7,
        configuration: { deep: [null, { a: '1' }] },
        singletonMode: true,
        queueName: 'Q',
      },
      ...{ additionalInfo: { layoutX: 1, layoutY: 2, description: 'd', fieldline: { settings: { a: 1 } }, icon: 'x' }, retries: { n: 3 } },
      debugSettings: { failuresEnabled: true, allEnabled: false, allEnabledUntil: 0 },
    };
    expect(written([unknown]).metadata['nodes']).toEqual([unknown]);
    expect(written([{ ...unknown, configuration: null }]).metadata['nodes']).toEqual([{ ...unknown, configuration: null }]);
  });

  it('carries settings that ThingsBoard does not know apart, and gives them back', () => {
    const ours = node({ configuration: { limit: 3, colour: 'red' } });
    const file = written([ours]).metadata['nodes'];
    expect(file).toMatchObject([{ configuration: { limit: 3 }, additionalInfo: { fieldline: { settings: { colour: 'red' } } } }]);
    const back = read(file as readonly object[]).nodes[0];
    expect(back).toMatchObject({ config: { limit: 3, colour: 'red' } });
    expect(back?.additionalInfo).toBeUndefined();
  });
});

describe('settings of older versions', () => {
  const config = (more: object) => {
    const { config: settings, configVersion, queueName } = read([node(more)]).nodes[0] ?? {};
    return { settings, configVersion, queueName };
  };
  it('are upgraded step by step', () => {
    expect(config({ configurationVersion: 0, configuration: { text: ' 4' } })).toMatchObject({ settings: { limit: 4 }, configVersion: 2 });
  });
  it('stay as they are where the upgrade fails and they fit', () => {
    expect(config({ configurationVersion: 0, configuration: { limit: 9 } })).toMatchObject({ settings: { limit: 9 }, configVersion: 2 });
  });
  it('become the defaults where the upgrade fails and they do not fit', () => {
    expect(config({ configurationVersion: 0, configuration: {} })).toMatchObject({ settings: { limit: 1 }, configVersion: 2 });
  });
  it('that are null or absent are the defaults', () => {
    expect(config({ configurationVersion: 0, configuration: null })).toMatchObject({ settings: { limit: 1 }, configVersion: 2 });
  });
  it('of a later version are left alone', () => {
    expect(currentSettings(grown, { version: 5, config: { any: 1 } })).toEqual({ version: 5, config: { any: 1 } });
  });
  it('give up their queue to the node, which may name another', () => {
    const old = { configurationVersion: 2, configuration: { limit: 3, queueName: 'HighPriority' } };
    expect(config(old)).toEqual({ settings: { limit: 3 }, configVersion: 2, queueName: 'HighPriority' });
    expect(config({ ...old, queueName: 'Main' }).queueName).toBe('Main');
  });
});

describe('many chains at once', () => {
  it('get new ids, also where nodes name them, and the tenant that imports', () => {
    const { metadata } = ruleChainDataSchema.parse({
      ruleChains: [{ id: { id: uuid(20) }, name: 'A' }],
      metadata: [
        {
          ruleChainId: { id: uuid(20) },
          nodes: [
            { id: { id: uuid(30) }, type: call.thingsboard?.className, name: 'To A', configuration: { ruleChainId: uuid(20) } },
            { type: call.thingsboard?.className, name: 'Elsewhere', configuration: { ruleChainId: uuid(21) } },
            {
              type: 'x',
              name: 'X',
              configuration: { list: [{ entityType: 'TENANT', id: uuid(40) }], other: { entityType: 'DEVICE', id: uuid(40) } },
            },
          ],
          ruleChainConnections: [{ fromIndex: 2, targetRuleChainId: { id: uuid(20) }, type: 'Success' }],
        },
      ],
    });
    const [graph] = (metadata ?? []).map((one) => withNewIds(one, new Map([[uuid(20), uuid(50)]]), uuid(2)));
    expect(graph).toMatchObject({
      ruleChainId: { id: uuid(50) },
      nodes: [
        { configuration: { ruleChainId: uuid(50) } },
        { configuration: { ruleChainId: uuid(21) } },
        { configuration: { list: [{ entityType: 'TENANT', id: uuid(2) }], other: { entityType: 'DEVICE', id: uuid(40) } } },
      ],
      ruleChainConnections: [{ targetRuleChainId: { id: uuid(50) } }],
    });
    expect(graph?.nodes?.[0]?.id).toBeUndefined();
  });
});
