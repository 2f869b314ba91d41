import { allAtOnce, defineRuleNode, z, type TenantId } from '@fieldline/plugin-sdk';
import { ownerDataDefaults, ownerDataFields, withDataMapping, withEntityData } from './entity-data.js';

/** Adds server attributes or latest telemetry of the tenant. */
export const tenantAttributesNode = defineRuleNode({
  type: 'enrichment.tenant-attributes',
  version: 1,
  migrate: { 0: withDataMapping },
  category: 'enrichment',
  title: 'Tenant attributes',
  summary: 'Adds attributes or latest telemetry of the tenant.',
  docs: 'The mapping says which value of the tenant gets which key in the message. Values that the tenant does not have are passed over.',
  icon: 'building-community',
  thingsboard: { className: 'org.thingsboard.rule.engine.metadata.TbGetTenantAttributeNode', configurationVersion: 1 },
  relationTypes: ['Success'],
  config: z.strictObject(ownerDataFields),
  defaults: ownerDataDefaults,
  examples: [
    {
      title: 'Adds the threshold of the tenant under a key that the message names.',
      config: { dataMapping: { alarmThreshold: '${deviceType}Threshold' } },
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21 } },
      to: 'Success',
      result: { metadata: { defaultThreshold: '40' } },
    },
  ],
  needs: ['attributes', 'timeSeries', 'entities'],
  onMessage: (message, { config, tenantId, ...reads }) => withEntityData(message, config, reads, () => tenant(tenantId)),
  onBatch: (messages, { config, tenantId, ...reads }) =>
    allAtOnce(messages, (message) => withEntityData(message, config, reads, () => tenant(tenantId))),
});

const tenant = (id: TenantId) => ({ entityType: 'TENANT', id }) as const;
