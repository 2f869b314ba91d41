import { Badge, Button, Group, Menu } from '@mantine/core';
import { IconChevronLeft, IconRouteOff, IconSitemap } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { engineQueries } from '../api/engine-queries.js';
import { hasStatus } from '../api/failures.js';
import type { Trace } from '../api/trace-api.js';
import { OriginatorName } from '../entities/originator-name.js';
import { InHeader } from '../shell/header-slot.js';
import { Card } from '../ui/card.js';
import { LoadFailure } from '../ui/load-failure.js';
import { Page } from '../ui/page.js';
import { PageHeader } from '../ui/page-header.js';
import { PageLoading } from '../ui/page-loading.js';
import { StateMessage } from '../ui/state-message.js';
import { fullTime } from '../ui/times.js';
import { FailedBadge } from './failed-badge.js';
import { HopList } from './hop-list.js';
import { spanUs } from './trace-steps.js';
import { durationText, hopCountText, reasonText } from './trace-words.js';

/** The path of one message, node by node. */
export function TracePage() {
  const { traceId = '' } = useParams();
  const trace = useQuery(engineQueries.trace(traceId));
  return (
    <Page>
      <InHeader>
        <Button component={Link} to="/traces" variant="subtle" color="gray" size="compact-sm" leftSection={<IconChevronLeft size={16} />}>
          Traces
        </Button>
      </InHeader>
      {hasStatus(trace.error, 400, 404) ? (
        <StateMessage icon={IconRouteOff} title="Nothing is recorded of this message" isPage>
          Its trace was removed, or it was never one that is recorded.
        </StateMessage>
      ) : trace.isError && trace.data === undefined ? (
        <LoadFailure error={trace.error} what="The trace" onRetry={() => void trace.refetch()} />
      ) : trace.data === undefined ? (
        <PageLoading />
      ) : (
        <TraceView key={traceId} trace={trace.data} />
      )}
    </Page>
  );
}

function TraceView({ trace }: { trace: Trace }) {
  const [start] = trace.parts;
  return (
    <>
      <PageHeader
        title={start?.messageType ?? 'Trace'}
        summary={
          start !== undefined && (
            <>
              About <OriginatorName originator={start.originator} />, {fullTime(start.startTime)}. {hopCountText(trace.hops.length)},{' '}
              {durationText(spanUs(trace))} in all.
            </>
          )
        }
        actions={<OnCanvas trace={trace} />}
      />
      <Group gap="xs" mb="sm">
        {trace.hasFailed && <FailedBadge />}
        {start !== undefined && start.reason !== 'FAILED' && (
          <Badge variant="light" color="gray" size="sm" tt="none">
            {reasonText(start.reason)}
          </Badge>
        )}
        {trace.isCut && (
          <Badge variant="light" color="orange" size="sm" tt="none">
            Not all nodes were recorded
          </Badge>
        )}
      </Group>
      <Card title="Path">
        {trace.hops.length === 0 ? (
          <StateMessage icon={IconRouteOff} title="It came to no node">
            The rule chain was gone, or has no first node.
          </StateMessage>
        ) : (
          <HopList trace={trace} />
        )}
      </Card>
    </>
  );
}

/** The way to the editor, where the path is drawn; of several chains one is chosen. */
function OnCanvas({ trace: { traceId, ruleChains } }: { trace: Trace }) {
  const there = ruleChains.filter(({ name }) => name !== null);
  const address = (ruleChainId: string) => `/rule-chains/${ruleChainId}?trace=${traceId}`;
  const [first] = there;
  if (first === undefined) return null;
  const button = { variant: 'default', leftSection: <IconSitemap size={16} /> } as const;
  if (there.length === 1) {
    return (
      <Button {...button} component={Link} to={address(first.id)}>
        Show on canvas
      </Button>
    );
  }
  return (
    <Menu>
      <Menu.Target>
        <Button {...button}>Show on canvas</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {there.map(({ id, name }) => (
          <Menu.Item key={id} component={Link} to={address(id)}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
