import type { User } from '@fieldline/api-client';
import { Text } from '@mantine/core';
import { IconLink, IconLogin2, IconPencil, IconTrash, IconUserCheck, IconUserOff } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import type { UserScope } from '../api/customer-api.js';
import { type RowAction, RowMenu } from '../ui/row-menu.js';
import { TimeAgo } from '../ui/time-ago.js';
import { authorityNames, personName } from './user-names.js';
import type { UserQuestion } from './user-questions.js';

interface Wishes {
  readonly scope: UserScope['of'];
  readonly ownId: string | undefined;
  readonly customerNames: ReadonlyMap<string, string>;
  readonly onEdit: (user: User) => void;
  readonly onActivate: (user: User) => void;
  readonly onAsk: (question: UserQuestion) => void;
}

export function userColumns(wishes: Wishes): ColumnDef<User>[] {
  const role: ColumnDef<User> = {
    id: 'authority',
    header: 'Role',
    meta: { isWideOnly: true },
    cell: ({ row: { original } }) => authorityNames[original.authority],
  };
  const customer: ColumnDef<User> = {
    id: 'customer',
    header: 'Customer',
    meta: { isWideOnly: true },
    cell: ({ row: { original } }) => wishes.customerNames.get(original.customerId.id) ?? '',
  };
  return [
    {
      id: 'email',
      header: 'User',
      enableSorting: true,
      cell: ({ row: { original } }) => (
        <>
          <Text size="sm" fw={550} style={{ overflowWrap: 'anywhere' }}>
            {personName(original)}
            {original.id.id === wishes.ownId && (
              <Text span size="sm" c="dimmed">
                {' '}
                (you)
              </Text>
            )}
          </Text>
          {personName(original) !== original.email && (
            <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {original.email}
            </Text>
          )}
        </>
      ),
    },
    ...(wishes.scope === 'tenant' ? [role, customer] : []),
    {
      id: 'createdTime',
      header: 'Created',
      enableSorting: true,
      meta: { isWideOnly: true },
      cell: ({ row: { original } }) => <TimeAgo tsMs={original.createdTime} />,
    },
    {
      id: 'actions',
      header: () => <span className="fl-visually-hidden">Actions</span>,
      meta: { align: 'end', width: 56 },
      cell: ({ row: { original } }) => <RowMenu of={original.email} actions={actionsFor(original, wishes)} />,
    },
  ];
}

/** Nobody can lock out or delete the account in use. */
function actionsFor(user: User, { ownId, onEdit, onActivate, onAsk }: Wishes): RowAction[] {
  const edit: RowAction = { label: 'Edit…', icon: IconPencil, onClick: () => onEdit(user) };
  if (user.id.id === ownId) return [edit];
  return [
    edit,
    { label: 'Activation link…', icon: IconLink, onClick: () => onActivate(user) },
    { label: 'Sign in as…', icon: IconLogin2, onClick: () => onAsk({ about: 'actAs', user }) },
    { label: 'Allow sign-in…', icon: IconUserCheck, onClick: () => onAsk({ about: 'enable', user }) },
    { label: 'Block sign-in…', icon: IconUserOff, isDangerous: true, onClick: () => onAsk({ about: 'disable', user }) },
    { label: 'Delete…', icon: IconTrash, isDangerous: true, onClick: () => onAsk({ about: 'delete', user }) },
  ];
}
