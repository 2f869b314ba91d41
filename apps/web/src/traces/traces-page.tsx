import { Page } from '../ui/page.js';
import { PageHeader } from '../ui/page-header.js';
import { TraceList } from './trace-list.js';

/** Recorded paths of messages: all that failed, the first of each device in an hour, and samples of the others. */
export function TracesPage() {
  return (
    <Page>
      <PageHeader
        title="Traces"
        summary="Where messages went, node by node: all that failed, the first of each device in an hour, and samples of the others."
      />
      <TraceList />
    </Page>
  );
}
