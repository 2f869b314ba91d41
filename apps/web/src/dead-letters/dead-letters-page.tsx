import { useLocation, useNavigate, useParams } from 'react-router';
import { Page } from '../ui/page.js';
import { PageHeader } from '../ui/page-header.js';
import { LetterDrawer } from './letter-drawer.js';
import { LetterList } from './letter-list.js';
import { letterCount } from './letter-text.js';
import { totalOf, useLetterList } from './use-letter-list.js';

/** Messages that failed for good; one of them is open where the address names it. */
export function DeadLettersPage() {
  const { deadLetterId } = useParams();
  const { search } = useLocation();
  const navigate = useNavigate();
  const letters = useLetterList();
  const total = totalOf(letters.counts);
  return (
    <Page>
      <PageHeader
        title="Dead letters"
        summary={
          total === undefined || total === 0
            ? 'Messages that failed for good, kept until they are replayed or removed.'
            : `${letterCount(total)} failed for good`
        }
      />
      <LetterList letters={letters} addressOf={(id) => `/dead-letters/${id}${search}`} />
      <LetterDrawer deadLetterId={deadLetterId} letters={letters} onClose={() => void navigate(`/dead-letters${search}`)} />
    </Page>
  );
}
