import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { AuditFilter } from '../api/record-api.js';
import type { EntityRef } from '../api/wire.js';
import { boundsOf, spans } from '../ui/time-span.js';

/** The filter of the audit log, kept in the address so that a view can be sent as a link. */
export function useAuditFilter() {
  const [params, setParams] = useSearchParams();
  const read = (name: string) => params.get(name) ?? '';
  const [span, action, userId, entity, from, to] = ['span', 'action', 'user', 'entity', 'from', 'to'].map(read) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const filter = useMemo((): AuditFilter => {
    const of = entityOf(entity);
    return {
      ...boundsOf(span, from, to),
      ...(action === '' ? {} : { actionTypes: action }),
      ...(userId === '' ? {} : { userId }),
      ...(of === undefined ? {} : { entity: of }),
    };
  }, [span, action, userId, entity, from, to]);
  const change = (changes: Record<string, string | null>) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        after.delete('page');
        for (const [name, value] of Object.entries(changes)) {
          if (value === null || value === '') after.delete(name);
          else after.set(name, value);
        }
        return after;
      },
      { replace: true },
    );
  return { filter, span: spans.find(({ value }) => value === span)?.value ?? '168', action, userId, entity, from, to, change };
}

/** An entity as the address writes it: `DEVICE:<id>`. */
function entityOf(text: string): EntityRef | undefined {
  const [entityType, id] = text.split(':');
  return entityType === undefined || id === undefined || id === '' ? undefined : { entityType: entityType as EntityRef['entityType'], id };
}
