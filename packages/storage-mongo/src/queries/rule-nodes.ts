import { queriedNodes, type TenantId } from '@fieldline/model';
import { entityOf } from '../entities/entity-documents.js';
import type { QueryRun } from './query-run.js';
import type { QueryRow } from './selected-rows.js';

/**
 * The rule nodes of a tenant, which their chains keep, with all their fields. There are few enough to look at all.
 *
 * @throws QUERY_TOO_MANY_ENTITIES, QUERY_TOO_SLOW
 */
export async function ruleNodeRows(run: QueryRun, tenantId: TenantId): Promise<readonly QueryRow[]> {
  const chains = await run.all(run.collections.entities.ruleChain, { tenantId }, run.limits.entitiesMax);
  const nodes = chains.flatMap((document) => queriedNodes(entityOf('ruleChain', document)));
  return nodes.map((fields) => ({ entity: { entityType: 'RULE_NODE', id: fields.id }, tenantId, fields: { ...fields } }));
}
