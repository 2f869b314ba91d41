import { allAtOnce, defineRuleNode, z, type EntitiesService, type FoundEntity, type TenantId } from '@fieldline/plugin-sdk';
import { detailsDefaults, detailsFields, migrateDetails, withDetails } from './details.js';
import { enrichmentErrors } from './errors.js';

/** Adds contact details of the tenant. */
export const tenantDetailsNode = defineRuleNode({
  type: 'enrichment.tenant-details',
  version: 1,
  migrate: migrateDetails,
  category: 'enrichment',
  title: 'Tenant details',
  summary: 'Adds title, address and other details of the tenant.',
  docs: 'Details are added as texts under `tenant_id`, `tenant_title`, `tenant_country`, `tenant_additionalInfo` and so on.',
  icon: 'building-skyscraper',
  thingsboard: { className: 'org.thingsboard.rule.engine.metadata.TbGetTenantDetailsNode', configurationVersion: 1 },
  relationTypes: ['Success'],
  config: z.strictObject(detailsFields),
  defaults: detailsDefaults,
  examples: [
    {
      title: 'Adds title and description to the metadata.',
      config: { detailsList: ['TITLE', 'ADDITIONAL_INFO'], fetchTo: 'METADATA' },
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21 } },
      to: 'Success',
      result: { metadata: { tenant_title: 'Works', tenant_additionalInfo: 'Makes everything.' } },
    },
  ],
  needs: ['entities'],
  onMessage: (message, { config, entities, tenantId }) => withDetails(message, config, 'tenant_', () => findTenant(tenantId, entities)),
  onBatch: (messages, { config, entities, tenantId }) =>
    allAtOnce(messages, (message) => withDetails(message, config, 'tenant_', () => findTenant(tenantId, entities))),
});

async function findTenant(id: TenantId, entities: EntitiesService): Promise<FoundEntity> {
  const tenant = await entities.find({ entityType: 'TENANT', id });
  if (tenant === undefined) throw enrichmentErrors.ENTITY_NOT_FOUND({ entityType: 'TENANT', id });
  return tenant;
}
