import type { ProblemError } from '@fieldline/kernel';
import { isProblem } from '@fieldline/kernel';
import type { EntityKind, TenantId } from '@fieldline/model';
import type { EntityCondition, EntityFilter } from '@fieldline/ports';

/** What has to hold when changes are written, and what it means for the caller where it does not. */
export interface WriteCondition {
  readonly condition: EntityCondition;
  readonly otherwise: () => ProblemError;
}

/** What is referred to is there; nothing to hold where nothing is. */
export function refersTo(
  kind: EntityKind,
  tenantId: TenantId,
  id: string | undefined,
  otherwise: WriteCondition['otherwise'],
): readonly WriteCondition[] {
  return id === undefined ? [] : [{ condition: { change: 'require', kind, tenantId, id }, otherwise }];
}

/** Which entities are counted: of one tenant, or of all where none is named. */
export interface Counted {
  readonly kind: EntityKind;
  readonly tenantId: TenantId | undefined;
  readonly filter: EntityFilter;
}

/** No entity matches. */
export function noneMatches(counted: Counted, otherwise: WriteCondition['otherwise']): WriteCondition {
  return fewerMatch(counted, 1, otherwise);
}

export function fewerMatch(counted: Counted, limit: number, otherwise: WriteCondition['otherwise']): WriteCondition {
  return { condition: { change: 'require-fewer', ...counted, limit }, otherwise };
}

/** What the failure of a write means for the caller; undefined where none of its conditions was the reason. */
export function conditionError(error: unknown, conditions: readonly WriteCondition[]): ProblemError | undefined {
  if (!isProblem(error)) return undefined;
  const { kind, id } = error.details ?? {};
  const broken = conditions.find(({ condition }) => {
    if (condition.kind !== kind) return false;
    return condition.change === 'require' ? error.code === 'STORAGE_REFERENCE_GONE' && condition.id === id : error.code === 'STORAGE_LIMIT_REACHED';
  });
  return broken?.otherwise();
}
