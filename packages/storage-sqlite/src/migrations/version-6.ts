import type { DatabaseSync } from 'node:sqlite';

/** Version 6 finds hand-overs by their node and by their time. */
export function toVersion6(database: DatabaseSync): void {
  database.exec(handOverColumns);
}

const handOverColumns = `
ALTER TABLE hand_over ADD COLUMN rule_node_id TEXT;
ALTER TABLE hand_over ADD COLUMN due_ms INTEGER;
UPDATE hand_over SET rule_node_id = document ->> '$.at.ruleNodeId', due_ms = document ->> '$.dueMs';
CREATE INDEX hand_over_ready ON hand_over (rule_node_id, seq) WHERE due_ms IS NULL;
CREATE INDEX hand_over_held ON hand_over (due_ms, seq) WHERE due_ms IS NOT NULL;
`;
