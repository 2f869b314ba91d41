type Old = Readonly<Record<string, unknown>>;

/** Earlier versions of the settings of originator telemetry (rule-nodes.md §8). */
export const telemetryMigrations = {
  0: (old: unknown) => withOrder(old as Old),
  1: (old: unknown) => withLimit(old as Old),
};

/** Version 0 kept order and aggregation of the mode that was chosen before. */
function withOrder(old: Old): Old {
  const { fetchMode } = old;
  if (fetchMode === undefined || fetchMode === null) return old;
  if (fetchMode === 'FIRST') return { ...old, orderBy: 'ASC', aggregation: 'NONE' };
  if (fetchMode !== 'ALL') return { ...old, fetchMode: 'LAST', orderBy: 'DESC', aggregation: 'NONE' };
  const isEmpty = (name: string): boolean => name in old && (old[name] === null || old[name] === '');
  return { ...old, ...(isEmpty('orderBy') ? { orderBy: 'ASC' } : {}), ...(isEmpty('aggregation') ? { aggregation: 'NONE' } : {}) };
}

function withLimit(old: Old): Old {
  const limited = { ...old, limit: old['limit'] ?? 1_000 };
  if (old['fetchMode'] !== 'ALL') return limited;
  return { ...limited, aggregation: old['aggregation'] ?? 'NONE', orderBy: old['orderBy'] ?? 'ASC' };
}
