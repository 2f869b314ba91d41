/** A name for the file: what it is about and the day it was made, without what file systems refuse. */
export function exportName(entityName: string, keys: readonly string[], nowMs: number): string {
  const what = keys.length === 1 ? `${entityName} ${keys[0] ?? ''}` : `${entityName} ${keys.length} keys`;
  const safe = [...what.replaceAll(/[\\/:*?"<>|\p{Cc}]+/gu, '-')].slice(0, 120).join('');
  return `${safe} ${new Date(nowMs).toISOString().slice(0, 10)}.csv`;
}
