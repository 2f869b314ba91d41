import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { administration } from '../api/administration-queries.js';
import { LoadFailure } from '../ui/load-failure.js';
import { Page } from '../ui/page.js';
import { PageHeader } from '../ui/page-header.js';
import { PageLoading } from '../ui/page-loading.js';
import { MailForm } from './mail-form.js';
import { PasswordPolicyForm } from './password-policy-form.js';

/** Settings of the whole system. */
export function SettingsPage() {
  const [params, setParams] = useSearchParams();
  const tab = params.get('tab') ?? 'mail';
  return (
    <Page>
      <PageHeader title="Settings" summary="They hold for all tenants." />
      <Tabs value={tab} onChange={(next) => setParams(next === null || next === 'mail' ? {} : { tab: next })} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="mail">Mail</Tabs.Tab>
          <Tabs.Tab value="passwords">Passwords</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="mail">
          <MailSettings />
        </Tabs.Panel>
        <Tabs.Panel value="passwords">
          <SecuritySettings />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function MailSettings() {
  const settings = useQuery(administration.mailSettings());
  if (settings.isError && settings.data === undefined) {
    return <LoadFailure error={settings.error} what="Mail settings" onRetry={() => void settings.refetch()} />;
  }
  return settings.data === undefined ? <PageLoading /> : <MailForm stored={settings.data} />;
}

function SecuritySettings() {
  const settings = useQuery(administration.securitySettings());
  if (settings.isError && settings.data === undefined) {
    return <LoadFailure error={settings.error} what="The password policy" onRetry={() => void settings.refetch()} />;
  }
  return settings.data === undefined ? <PageLoading /> : <PasswordPolicyForm stored={settings.data} />;
}
