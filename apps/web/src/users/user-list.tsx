import type { User } from '@fieldline/api-client';
import { Button } from '@mantine/core';
import { IconPlus, IconUsers } from '@tabler/icons-react';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { administration } from '../api/administration-queries.js';
import type { UserScope } from '../api/customer-api.js';
import { nullId, useSignedIn } from '../api/signed-in.js';
import { Listing } from '../ui/listing.js';
import { confirmDone } from '../ui/notify.js';
import { StateMessage } from '../ui/state-message.js';
import { useListState } from '../ui/use-list-state.js';
import { ActivationDialog } from './activation-dialog.js';
import { userColumns } from './user-columns.js';
import { UserDialog } from './user-dialog.js';
import { UserQuestions, type UserQuestion } from './user-questions.js';

/** Users of a tenant or customer, with everything that can be done about them. */
export function UserList({ scope }: { scope: UserScope }) {
  const list = useListState({ property: 'email', order: 'ASC' });
  const users = useQuery({ ...administration.users(scope, list.query), placeholderData: keepPreviousData });
  const client = useQueryClient();
  const ownId = useSignedIn()?.userId;
  const [editing, setEditing] = useState<User | 'new'>();
  const [activating, setActivating] = useState<User>();
  const [question, setQuestion] = useState<UserQuestion>();
  const customerNames = useCustomerNames(scope, users.data?.data);
  const columns = useMemo(
    () => userColumns({ scope: scope.of, ownId, customerNames, onEdit: setEditing, onActivate: setActivating, onAsk: setQuestion }),
    [scope.of, ownId, customerNames],
  );
  const refresh = () => client.invalidateQueries({ queryKey: ['users'] });
  const isOfAdministrators = scope.of === 'administrators';
  const addButton = (
    <Button variant={scope.of === 'tenant' ? 'filled' : 'default'} leftSection={<IconPlus size={16} />} onClick={() => setEditing('new')}>
      {isOfAdministrators ? 'Add administrator' : 'Add user'}
    </Button>
  );
  return (
    <>
      <Listing
        label={isOfAdministrators ? 'Administrators' : 'Users'}
        list={list}
        found={users}
        columns={columns}
        rowId={({ id }) => id.id}
        searchHint="Search by email or name"
        actions={addButton}
        empty={
          <StateMessage icon={IconUsers} title={isOfAdministrators ? 'No administrators yet' : 'No users yet'}>
            {isOfAdministrators
              ? 'Without one nobody can sign in to this tenant.'
              : 'Add somebody, and pass on the link that lets them set a password.'}
          </StateMessage>
        }
      />
      <UserDialog
        user={editing}
        scope={scope}
        onClose={() => setEditing(undefined)}
        onSaved={(user, { isNew, isMailed }) => {
          setEditing(undefined);
          confirmDone(isMailed ? `The activation link is on its way to ${user.email}.` : `${user.email} was saved.`);
          if (isNew && !isMailed) setActivating(user);
          void refresh();
        }}
      />
      <ActivationDialog user={activating} onClose={() => setActivating(undefined)} />
      <UserQuestions question={question} onClose={() => setQuestion(undefined)} onDone={refresh} />
    </>
  );
}

/** Titles of the customers on a page of users, by id: the API names only their ids there. */
function useCustomerNames(scope: UserScope, users: readonly User[] | undefined): ReadonlyMap<string, string> {
  const ids = [...new Set((users ?? []).map(({ customerId }) => customerId.id))].filter((id) => id !== nullId).sort();
  const customers = useQuery({
    ...administration.customersById(ids),
    enabled: scope.of === 'tenant' && ids.length > 0,
    placeholderData: keepPreviousData,
  });
  const { data } = customers;
  return useMemo(() => new Map((data ?? []).map(({ id, title }) => [id.id, title])), [data]);
}
