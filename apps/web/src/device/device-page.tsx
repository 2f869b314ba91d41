import { Button, Tabs, Text } from '@mantine/core';
import { IconChevronLeft, IconPlugConnected } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { hasStatus } from '../api/failures.js';
import { queries } from '../api/queries.js';
import { useMay } from '../api/signed-in.js';
import type { TimeWindow } from '../chart/time-window.js';
import { windowText } from '../chart/window-address.js';
import { ActivityBadge } from '../devices/activity-badge.js';
import { ConnectPanel } from '../devices/connect-panel.js';
import { HistorySection } from '../history/history-section.js';
import { InHeader } from '../shell/header-slot.js';
import { NotFoundPage } from '../shell/not-found-page.js';
import { Card } from '../ui/card.js';
import { LoadFailure } from '../ui/load-failure.js';
import { Page } from '../ui/page.js';
import { PageHeader } from '../ui/page-header.js';
import { PageLoading } from '../ui/page-loading.js';
import { AlarmsSection } from './alarms-section.js';
import { AttributesSection } from './attributes-section.js';
import { CredentialsCard } from './credentials-card.js';
import { DeviceActions } from './device-actions.js';
import styles from './device-page.module.css';
import { LiveBadge } from './live-badge.js';
import { Overview } from './overview.js';
import { ProfileRetention } from './profile-retention.js';
import { RelationsSection } from './relations-section.js';

/** How soon the page says that a device became active, or no longer is. */
const ACTIVITY_REFRESH_MS = 15_000;

const allTabs = [
  { id: 'overview', name: 'Overview' },
  { id: 'history', name: 'History' },
  { id: 'attributes', name: 'Attributes' },
  { id: 'alarms', name: 'Alarms' },
  { id: 'relations', name: 'Relations' },
  { id: 'connect', name: 'Connect' },
] as const;

export function DevicePage() {
  const { deviceId = '' } = useParams();
  const [params, setParams] = useSearchParams();
  const device = useQuery({ ...queries.device(deviceId), refetchInterval: ACTIVITY_REFRESH_MS });
  const { change } = useMay();
  // How a device proves who it is, is nothing for visitors.
  const tabs = change ? allTabs : allTabs.filter(({ id }) => id !== 'connect');
  const tab = tabs.find(({ id }) => id === params.get('tab'))?.id ?? 'overview';
  const openTab = (id: string | null) => setParams(id === null || id === 'overview' ? {} : { tab: id });
  const tabList = useOpenTabInSight(tab, device.data !== undefined);
  const openHistory = (key: string, window: TimeWindow) => setParams({ tab: 'history', key, range: windowText(window) });
  const connectButton = change && <ConnectButton onClick={() => openTab('connect')} />;
  if (hasStatus(device.error, 400, 404)) return <NotFoundPage />;
  if (device.isError && device.data === undefined) {
    return <LoadFailure error={device.error} what="The device" onRetry={() => void device.refetch()} />;
  }
  if (device.data === undefined) return <PageLoading />;
  const { name, label, active, deviceProfileName, deviceProfileId, customerTitle } = device.data;
  return (
    <Page>
      <InHeader>
        <Button component={Link} to="/devices" variant="subtle" color="gray" size="compact-sm" leftSection={<IconChevronLeft size={16} />}>
          Devices
        </Button>
      </InHeader>
      <PageHeader
        title={name}
        summary={
          <div className={styles.headerLine}>
            {active && <ActivityBadge />}
            <Text size="sm" c="dimmed">
              {[deviceProfileName, label, customerTitle].filter((part) => part !== null && part !== '').join(' · ')}
            </Text>
            <LiveBadge />
          </div>
        }
        actions={<DeviceActions device={device.data} />}
      />
      <Tabs value={tab} onChange={openTab} keepMounted={false}>
        <Tabs.List ref={tabList} mb="md" className={styles.tabs ?? ''}>
          {tabs.map(({ id, name: title }) => (
            <Tabs.Tab key={id} value={id}>
              {title}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="overview">
          <Overview key={deviceId} deviceId={deviceId} deviceName={name} connectButton={connectButton} onHistory={openHistory} />
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <HistorySection key={deviceId} deviceId={deviceId} deviceName={name} connectButton={connectButton} />
        </Tabs.Panel>
        <Tabs.Panel value="attributes">
          <AttributesSection deviceId={deviceId} />
        </Tabs.Panel>
        <Tabs.Panel value="alarms">
          <AlarmsSection deviceId={deviceId} />
        </Tabs.Panel>
        <Tabs.Panel value="relations">
          <RelationsSection deviceId={deviceId} deviceName={name} />
        </Tabs.Panel>
        <Tabs.Panel value="connect">
          <ConnectSection deviceId={deviceId} deviceProfileId={deviceProfileId.id} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

/** In a narrow window the tabs scroll, and the one that is open may lie outside. */
function useOpenTabInSight(tab: string, isShown: boolean) {
  const tabList = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Newer browsers answer with a promise, which is no clean-up.
    void tabList.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [tab, isShown]);
  return tabList;
}

function ConnectButton({ onClick }: { onClick: () => void }) {
  return (
    <Button leftSection={<IconPlugConnected size={16} />} onClick={onClick}>
      Connect the device
    </Button>
  );
}

function ConnectSection({ deviceId, deviceProfileId }: { deviceId: string; deviceProfileId: string }) {
  return (
    <div style={{ display: 'grid', gap: 16, maxWidth: 760 }}>
      <CredentialsCard deviceId={deviceId} />
      <Card title="Send readings">
        <div style={{ padding: 16 }}>
          <ConnectPanel deviceId={deviceId} deviceProfileId={deviceProfileId} />
        </div>
      </Card>
      <ProfileRetention deviceProfileId={deviceProfileId} />
    </div>
  );
}
