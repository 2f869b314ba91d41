import type { SeriesEntity } from '../head/series-entity.js';
import type { WriteStatement } from '../writer/writer-link.js';

/** Removes what the tables hold about entities for good, and leaves their names marked for the next rebuild. */
export function entityRemoval(entities: readonly SeriesEntity[]): WriteStatement[] {
  if (entities.length === 0) return [];
  const rows = entities.map(({ tenantId, entity }) => [tenantId, entity.entityType, entity.id]);
  return [
    { sql: 'UPDATE entity SET is_removed = 1 WHERE number = ?', rows: entities.map(({ number }) => [number]) },
    { sql: `DELETE FROM attribute WHERE entity_number = (SELECT number FROM numbered_entity WHERE ${ofEntity})`, rows },
    // What the directory still knows keeps its number.
    { sql: `DELETE FROM numbered_entity WHERE ${ofEntity} AND created_at_ms IS NULL`, rows },
    {
      sql: `DELETE FROM alarm_comment WHERE tenant_id = ?1
        AND alarm_id IN (SELECT id FROM alarm WHERE tenant_id = ?1 AND originator_type = ?2 AND originator_id = ?3)`,
      rows,
    },
    { sql: 'DELETE FROM alarm WHERE tenant_id = ? AND originator_type = ? AND originator_id = ?', rows },
    { sql: 'DELETE FROM trace WHERE tenant_id = ? AND originator_type = ? AND originator_id = ?', rows },
  ];
}

const ofEntity = 'tenant_id = ? AND entity_type = ? AND entity_id = ?';
