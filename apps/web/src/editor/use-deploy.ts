import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/api.js';
import { hasStatus } from '../api/failures.js';
import { confirmDone } from '../ui/notify.js';
import { useEditorStore } from './editor-context.js';

/** Makes the draft the version that runs. A version that somebody else deployed meanwhile is reported as a conflict, never overwritten unasked. */
export function useDeploy(ruleChainId: string) {
  const store = useEditorStore();
  const client = useQueryClient();
  const [conflict, setConflict] = useState(false);
  const deploy = useMutation({
    mutationFn: async ({ isOverwriting }: { isOverwriting: boolean }) => {
      const newest = isOverwriting ? ((await api.ruleChainMetadata(ruleChainId)).version ?? undefined) : undefined;
      const sent = store.getState().draft;
      const answer = await api.saveRuleChainMetadata(store.getState().forSaving(ruleChainId, newest));
      return { answer, sent };
    },
    onSuccess: ({ answer, sent }) => {
      setConflict(false);
      store.getState().saved(answer, sent);
      store.getState().announce(`Version ${answer.version ?? ''} is deployed`);
      confirmDone(`Version ${answer.version ?? ''} is deployed and runs.`);
      void client.invalidateQueries({ queryKey: ['ruleChains'] });
      void client.invalidateQueries({ queryKey: ['ruleChain', ruleChainId], exact: true });
    },
    onError: (error) => setConflict(hasStatus(error, 409)),
  });
  const reload = useMutation({
    mutationFn: () => api.ruleChainMetadata(ruleChainId),
    onSuccess: (metadata) => {
      store.getState().load(metadata);
      deploy.reset();
      setConflict(false);
    },
  });
  return {
    deploy: () => deploy.mutate({ isOverwriting: false }),
    overwrite: () => deploy.mutate({ isOverwriting: true }),
    reload: () => reload.mutate(),
    isDeploying: deploy.isPending,
    error: deploy.error ?? reload.error,
    dismiss: () => {
      deploy.reset();
      reload.reset();
    },
    hasConflict: conflict,
    closeConflict: () => setConflict(false),
    isReloading: reload.isPending,
  };
}

export type Deploy = ReturnType<typeof useDeploy>;
