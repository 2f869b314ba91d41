import { Page } from '../ui/page.js';
import { PageHeader } from '../ui/page-header.js';
import { UserList } from './user-list.js';

const scope = { of: 'tenant' } as const;

/** Everybody who signs in for the tenant or one of its customers. */
export function UsersPage() {
  return (
    <Page>
      <PageHeader title="Users" summary="Administrators, and the people of your customers." />
      <UserList scope={scope} />
    </Page>
  );
}
