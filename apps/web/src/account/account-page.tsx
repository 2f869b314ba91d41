import { Tabs } from '@mantine/core';
import { useSearchParams } from 'react-router';
import { useSignedIn } from '../api/signed-in.js';
import { ForbiddenPage } from '../shell/forbidden-page.js';
import { Page } from '../ui/page.js';
import { PageHeader } from '../ui/page-header.js';
import { ApiKeysSection } from './api-keys-section.js';
import { PasswordSection } from './password-section.js';
import { ProfileSection } from './profile-section.js';

/** What people set for themselves. */
export function AccountPage() {
  const [params, setParams] = useSearchParams();
  const signedIn = useSignedIn();
  const tab = params.get('tab') ?? 'profile';
  // Whoever came by a public link has no account.
  if (signedIn === undefined || signedIn.isPublic) return <ForbiddenPage />;
  return (
    <Page>
      <PageHeader title="Your account" />
      <Tabs value={tab} onChange={(next) => setParams(next === null || next === 'profile' ? {} : { tab: next })} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="profile">Profile</Tabs.Tab>
          <Tabs.Tab value="password">Password</Tabs.Tab>
          <Tabs.Tab value="api-keys">API keys</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="profile">
          <ProfileSection />
        </Tabs.Panel>
        <Tabs.Panel value="password">
          <PasswordSection />
        </Tabs.Panel>
        <Tabs.Panel value="api-keys">
          <ApiKeysSection userId={signedIn.userId} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
