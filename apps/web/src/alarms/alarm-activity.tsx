import { Alert, Button, Skeleton, Text, Textarea } from '@mantine/core';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { alarmApi } from '../api/alarm-api.js';
import { ALARM_REFRESH_MS, alarmQueries } from '../api/alarm-queries.js';
import { messageOf } from '../api/failures.js';
import { queries } from '../api/queries.js';
import { LoadFailure } from '../ui/load-failure.js';
import { ActivityEntry } from './activity-entry.js';
import { activityOf } from './activity.js';
import styles from './alarm-activity.module.css';
import drawer from './alarm-drawer.module.css';
import { COMMENT_CHARACTERS_MAX } from './limits.js';

const ENTRIES_STEP = 50;

interface Props {
  readonly alarmId: string;
  readonly onDialog: (isOpen: boolean) => void;
}

/** What happened to the alarm and what people said about it, the latest first. */
export function AlarmActivity({ alarmId, onDialog }: Props) {
  const [count, setCount] = useState(ENTRIES_STEP);
  const comments = useQuery({ ...alarmQueries.comments(alarmId, count), refetchInterval: ALARM_REFRESH_MS, placeholderData: keepPreviousData });
  const user = useQuery(queries.currentUser());
  const total = comments.data?.totalElements ?? 0;
  return (
    <section aria-labelledby="alarm-activity">
      <h3 id="alarm-activity" className={drawer.heading}>
        Activity
      </h3>
      <CommentForm alarmId={alarmId} />
      {comments.isError && comments.data === undefined ? (
        <LoadFailure error={comments.error} what="The activity" onRetry={() => void comments.refetch()} />
      ) : comments.data === undefined ? (
        <Skeleton height={56} mt="md" />
      ) : (
        <ol className={styles.list}>
          {comments.data.data.map((comment) => (
            <ActivityEntry
              key={comment.id.id}
              alarmId={alarmId}
              entry={activityOf(comment, user.data?.id.id)}
              isAdministrator={user.data?.authority === 'TENANT_ADMIN'}
              onDialog={onDialog}
            />
          ))}
        </ol>
      )}
      {total === 0 && comments.data !== undefined && (
        <Text size="sm" c="dimmed" mt="sm">
          Nobody has done or said anything yet.
        </Text>
      )}
      {total > count && (
        <Button variant="subtle" size="compact-sm" loading={comments.isPlaceholderData} onClick={() => setCount(count + ENTRIES_STEP)}>
          Show earlier ({total - count})
        </Button>
      )}
    </section>
  );
}

function CommentForm({ alarmId }: { alarmId: string }) {
  const client = useQueryClient();
  const [text, setText] = useState('');
  const add = useMutation({
    mutationFn: () => alarmApi.saveComment(alarmId, text.trim()),
    onSuccess: () => {
      setText('');
      return client.invalidateQueries({ queryKey: ['alarms', 'comments', alarmId] });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== '' && !add.isPending) add.mutate();
  };
  const sendByKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event);
  };
  return (
    <form onSubmit={submit}>
      <Textarea
        aria-label="Comment"
        placeholder="Say what you found or did"
        autosize
        minRows={2}
        maxRows={8}
        maxLength={COMMENT_CHARACTERS_MAX}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={sendByKey}
      />
      {add.isError && (
        <Alert color="red" role="alert" mt="xs">
          {messageOf(add.error)}
        </Alert>
      )}
      <div className={styles.send}>
        <Button type="submit" size="compact-md" fz="sm" variant="default" loading={add.isPending} disabled={text.trim() === ''}>
          Comment
        </Button>
      </div>
    </form>
  );
}
