import { Button, Select, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { alarmApi } from '../api/alarm-api.js';
import { alarmQueries } from '../api/alarm-queries.js';
import { messageOf } from '../api/failures.js';
import { queries } from '../api/queries.js';
import type { AlarmInfo, UserEmailInfo } from '../api/wire.js';
import { personName } from './alarm-state.js';

/** Who takes care of the alarm; emptied, nobody does. */
export function AssigneeSelect({ alarm }: { alarm: AlarmInfo }) {
  const client = useQueryClient();
  const alarmId = alarm.id.id;
  const [search, setSearch] = useState('');
  const [settledSearch] = useDebouncedValue(search, 250);
  const { assignee } = alarm;
  // The field holds the name of who is chosen, which is no search.
  const isSearching = assignee === null || settledSearch !== labelOf(assignee);
  const users = useQuery({ ...alarmQueries.assignable(alarmId, isSearching ? settledSearch : ''), placeholderData: keepPreviousData });
  const me = useQuery(queries.currentUser());
  const assign = useMutation({
    mutationFn: (userId: string | null) => (userId === null ? alarmApi.unassign(alarmId) : alarmApi.assign(alarmId, userId)),
    onSuccess: () => client.invalidateQueries({ queryKey: alarmQueries.all }),
  });
  const myId = me.data?.id.id;
  return (
    <>
      <Select
        aria-label="Assignee"
        placeholder="Nobody"
        size="sm"
        style={{ flex: 1, minWidth: 180 }}
        data={optionsOf(users.data ?? [], assignee)}
        // The server has searched, in names as well as in emails.
        filter={({ options }) => options}
        value={assignee?.id.id ?? null}
        onChange={(userId) => assign.mutate(userId)}
        searchable
        clearable
        allowDeselect={false}
        clearButtonProps={{ 'aria-label': 'Unassign' }}
        onSearchChange={setSearch}
        disabled={assign.isPending}
        nothingFoundMessage={users.isError ? 'Users could not be loaded.' : 'Nobody of this name.'}
      />
      {myId !== undefined && assignee?.id.id !== myId && (
        <Button variant="subtle" size="compact-sm" disabled={assign.isPending} onClick={() => assign.mutate(myId)}>
          Assign to me
        </Button>
      )}
      {assign.isError && (
        <Text size="sm" c="red" role="alert">
          {messageOf(assign.error)}
        </Text>
      )}
    </>
  );
}

function labelOf(user: Pick<UserEmailInfo, 'email' | 'firstName' | 'lastName'>): string {
  const name = personName(user);
  return name === user.email ? name : `${name} (${user.email})`;
}

/** Users to choose from; with the assignee, whom a search may not find. */
function optionsOf(users: readonly UserEmailInfo[], assignee: AlarmInfo['assignee']): { value: string; label: string }[] {
  const isListed = assignee === null || users.some(({ id }) => id.id === assignee.id.id);
  return [...users, ...(isListed ? [] : [assignee])].map((user) => ({ value: user.id.id, label: labelOf(user) }));
}
