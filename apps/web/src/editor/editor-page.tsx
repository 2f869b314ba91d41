import { useQuery } from '@tanstack/react-query';
import { ReactFlowProvider } from '@xyflow/react';
import { useMemo, useState } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { hasStatus } from '../api/failures.js';
import { queries } from '../api/queries.js';
import type { ComponentDescriptor, RuleChainInfo, RuleChainMetadata } from '../api/wire.js';
import { NotFoundPage } from '../shell/not-found-page.js';
import { LoadFailure } from '../ui/load-failure.js';
import { PageLoading } from '../ui/page-loading.js';
import { readCatalogue } from './catalogue.js';
import { Editor } from './editor.js';
import { EditorContext } from './editor-context.js';
import { createEditorStore } from './editor-store.js';

/** The rule chain editor: loads the chain and the catalogue, then hands them to the editor. */
export function EditorPage() {
  const { ruleChainId = '' } = useParams();
  const chain = useQuery(queries.ruleChain(ruleChainId));
  const metadata = useQuery({ ...queries.ruleChainMetadata(ruleChainId), refetchOnReconnect: false });
  const components = useQuery(queries.components());
  const error = chain.error ?? metadata.error ?? components.error;
  if (hasStatus(error, 400, 404)) return <NotFoundPage />;
  if (chain.data !== undefined && metadata.data !== undefined && components.data !== undefined) {
    return <OpenedChain key={ruleChainId} chain={chain.data} metadata={metadata.data} components={components.data} />;
  }
  const retry = () => void Promise.all([chain.refetch(), metadata.refetch(), components.refetch()]);
  return error === null ? <PageLoading /> : <LoadFailure error={error} what="The rule chain" onRetry={retry} />;
}

interface OpenedProps {
  readonly chain: RuleChainInfo;
  readonly metadata: RuleChainMetadata;
  readonly components: readonly ComponentDescriptor[];
}

function OpenedChain({ chain, metadata, components }: OpenedProps) {
  const catalogue = useMemo(() => readCatalogue(components), [components]);
  const [params] = useSearchParams();
  // The store is made once: what the server says later reaches the draft only when the person asks for it.
  const [store] = useState(() => {
    const created = createEditorStore(catalogue, () => performance.now());
    created.getState().load(metadata);
    // A link to a node opens the chain with that node selected; of one that is gone it only opens the chain.
    created.getState().select({ nodes: new Set(params.getAll('node').slice(0, 1)) });
    return created;
  });
  return (
    <EditorContext value={store}>
      <ReactFlowProvider>
        <Editor ruleChainId={chain.id.id} name={chain.name} isRoot={chain.root} />
      </ReactFlowProvider>
    </EditorContext>
  );
}
