import { Button } from '@mantine/core';
import { IconChevronLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { hasStatus } from '../api/failures.js';
import { queries } from '../api/queries.js';
import { useMay } from '../api/signed-in.js';
import type { AssetInfo } from '../api/wire.js';
import { EntitySummary } from '../entity/entity-summary.js';
import { entityTabs } from '../entity/entity-tabs.js';
import { HowToSend } from '../entity/how-to-send.js';
import { PageTabs } from '../entity/page-tabs.js';
import { InHeader } from '../shell/header-slot.js';
import { NotFoundPage } from '../shell/not-found-page.js';
import { LoadFailure } from '../ui/load-failure.js';
import { Page } from '../ui/page.js';
import { PageHeader } from '../ui/page-header.js';
import { PageLoading } from '../ui/page-loading.js';
import { AssetActions } from './asset-actions.js';

/** One asset with its readings, attributes, alarms and relations. */
export function AssetPage() {
  const { assetId = '' } = useParams();
  const asset = useQuery(queries.asset(assetId));
  if (hasStatus(asset.error, 400, 404)) return <NotFoundPage />;
  if (asset.isError && asset.data === undefined) {
    return <LoadFailure error={asset.error} what="The asset" onRetry={() => void asset.refetch()} />;
  }
  return asset.data === undefined ? <PageLoading /> : <Loaded asset={asset.data} />;
}

function Loaded({ asset }: { asset: AssetInfo }) {
  const { change } = useMay();
  const entity = { entityType: 'ASSET', id: asset.id.id, name: asset.name } as const;
  return (
    <Page>
      <InHeader>
        <Button component={Link} to="/assets" variant="subtle" color="gray" size="compact-sm" leftSection={<IconChevronLeft size={16} />}>
          Assets
        </Button>
      </InHeader>
      <PageHeader
        title={asset.name}
        summary={<EntitySummary facts={[asset.type, asset.label, asset.customerTitle]} />}
        actions={<AssetActions asset={asset} />}
      />
      <PageTabs tabs={entityTabs(entity, change && <HowToSend entity={entity} />)} />
    </Page>
  );
}
