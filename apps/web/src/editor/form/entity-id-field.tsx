import { useQuery } from '@tanstack/react-query';
import { hasStatus } from '../../api/failures.js';
import { type ChosenKind, chosenKinds } from '../../entities/chosen-kinds.js';
import { nameOf } from '../../entities/entity-kinds.js';
import { EntitySelect } from '../../entities/entity-select.js';
import { frameOf } from './field.js';
import type { FieldProps } from './settings-form.js';

/** An entity, chosen by name. One that no longer exists stays visible by its id. */
export function EntityIdField({ kind, ...props }: FieldProps & { readonly kind: ChosenKind }) {
  const { value, onChange } = props;
  const id = typeof value === 'string' && value !== '' ? value : null;
  const name = useQuery({
    queryKey: ['entityName', kind, id],
    queryFn: ({ signal }) => nameOf(kind, id ?? '', signal),
    enabled: id !== null,
  });
  const { description, error } = frameOf(props);
  const isGone = hasStatus(name.error, 400, 404);
  return (
    <EntitySelect
      kind={kind}
      size="xs"
      label={chosenKinds[kind]}
      {...(description === undefined ? {} : { description })}
      error={isGone ? 'It does not exist any more, or is of another kind. Choose another.' : error}
      isClearable
      value={id}
      {...(id === null ? {} : { known: { value: id, label: name.data ?? id } })}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}
