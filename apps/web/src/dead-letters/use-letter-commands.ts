import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReplayFrom, deadLetterApi } from '../api/engine-api.js';
import { messageOf } from '../api/failures.js';
import { confirmDone } from '../ui/notify.js';
import { letterCount, replayText } from './letter-text.js';

interface Order {
  readonly ids: readonly string[];
  readonly from: ReplayFrom;
}

/** Replays and removes dead letters, and says what became of it. @param onGone told the ids that are no dead letters any more */
export function useLetterCommands(onGone: (ids: readonly string[]) => void) {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: ['deadLetters'] });
  const replaying = useMutation({
    mutationFn: ({ ids, from }: Order) => deadLetterApi.replay(ids, from),
    onSuccess: (outcome) => {
      const { done } = replayText(outcome);
      if (done !== undefined) confirmDone(done);
      onGone(outcome.replayed);
      return refresh();
    },
  });
  const { data, error, reset } = replaying;
  return {
    replay: (ids: readonly string[], from: ReplayFrom) => replaying.mutate({ ids, from }),
    remove: async (ids: readonly string[]) => {
      await deadLetterApi.remove(ids);
      confirmDone(`${letterCount(ids.length)} removed.`);
      onGone(ids);
      await refresh();
    },
    isRunning: replaying.isPending,
    /** Stays until it is read, unlike the confirmation. */
    failure: error !== null ? messageOf(error) : data && replayText(data).refused,
    forgetFailure: reset,
  };
}
export type LetterCommands = ReturnType<typeof useLetterCommands>;
