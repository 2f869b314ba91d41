import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { engineQueries } from '../../api/engine-queries.js';

interface Props {
  readonly value: string | null;
  readonly onChange: (queueName: string | null) => void;
}

/** More queues than there may be, of the system and of an organisation. */
const allQueues = { page: 0, pageSize: 100, sortProperty: 'name', sortOrder: 'ASC' } as const;

/** The queue that a node sends by, chosen by name. One that no longer exists stays visible. */
export function QueueField({ value, onChange }: Props) {
  const queues = useQuery(engineQueries.queues(allQueues));
  const names = queues.data?.data.map(({ name }) => name) ?? [];
  const isGone = value !== null && queues.data !== undefined && !names.includes(value);
  return (
    <Select
      mt="sm"
      size="xs"
      label="Queue"
      description="Messages go on by it, by its order and retries."
      placeholder="Main"
      searchable
      clearable
      clearButtonProps={{ 'aria-label': 'Main queue' }}
      data={value !== null && !names.includes(value) ? [...names, value] : names}
      error={isGone ? 'This queue does not exist: messages go by Main.' : queues.isError ? 'Queues could not be loaded.' : undefined}
      value={value}
      onChange={onChange}
    />
  );
}
