import { Button } from '@mantine/core';
import { IconChevronLeft, IconPlugConnected } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { hasStatus } from '../api/failures.js';
import { queries } from '../api/queries.js';
import { useMay } from '../api/signed-in.js';
import { ActivityBadge } from '../devices/activity-badge.js';
import { ConnectPanel } from '../devices/connect-panel.js';
import { EntitySummary } from '../entity/entity-summary.js';
import { entityTabs } from '../entity/entity-tabs.js';
import { PageTabs } from '../entity/page-tabs.js';
import { InHeader } from '../shell/header-slot.js';
import { NotFoundPage } from '../shell/not-found-page.js';
import { Card } from '../ui/card.js';
import { LoadFailure } from '../ui/load-failure.js';
import { Page } from '../ui/page.js';
import { PageHeader } from '../ui/page-header.js';
import { PageLoading } from '../ui/page-loading.js';
import { CredentialsCard } from './credentials-card.js';
import { DeviceActions } from './device-actions.js';
import { ProfileRetention } from './profile-retention.js';

/** How soon the page says that a device became active, or no longer is. */
const ACTIVITY_REFRESH_MS = 15_000;

export function DevicePage() {
  const { deviceId = '' } = useParams();
  const device = useQuery({ ...queries.device(deviceId), refetchInterval: ACTIVITY_REFRESH_MS });
  const { change } = useMay();
  if (hasStatus(device.error, 400, 404)) return <NotFoundPage />;
  if (device.isError && device.data === undefined) {
    return <LoadFailure error={device.error} what="The device" onRetry={() => void device.refetch()} />;
  }
  if (device.data === undefined) return <PageLoading />;
  const { name, label, active, deviceProfileName, deviceProfileId, customerTitle } = device.data;
  const entity = { entityType: 'DEVICE', id: deviceId, name } as const;
  const connect = { id: 'connect', name: 'Connect', content: <ConnectSection deviceId={deviceId} deviceProfileId={deviceProfileId.id} /> };
  // How a device proves who it is, is nothing for visitors.
  const tabs = [...entityTabs(entity, change && <ConnectButton />), ...(change ? [connect] : [])];
  return (
    <Page>
      <InHeader>
        <Button component={Link} to="/devices" variant="subtle" color="gray" size="compact-sm" leftSection={<IconChevronLeft size={16} />}>
          Devices
        </Button>
      </InHeader>
      <PageHeader
        title={name}
        summary={<EntitySummary badge={active && <ActivityBadge />} facts={[deviceProfileName, label, customerTitle]} />}
        actions={<DeviceActions device={device.data} />}
      />
      <PageTabs tabs={tabs} />
    </Page>
  );
}

function ConnectButton() {
  return (
    <Button component={Link} to="?tab=connect" leftSection={<IconPlugConnected size={16} />}>
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
