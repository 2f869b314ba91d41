import { Skeleton } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { administration } from '../api/administration-queries.js';
import type { Usage } from '../api/record-api.js';
import { Card } from '../ui/card.js';
import { LoadFailure } from '../ui/load-failure.js';
import { Page } from '../ui/page.js';
import { PageHeader } from '../ui/page-header.js';
import styles from './usage-page.module.css';

const meters = [
  { name: 'Devices', used: 'devices', limit: 'maxDevices' },
  { name: 'Assets', used: 'assets', limit: 'maxAssets' },
  { name: 'Customers', used: 'customers', limit: 'maxCustomers' },
  { name: 'Users', used: 'users', limit: 'maxUsers' },
  { name: 'Dashboards', used: 'dashboards', limit: 'maxDashboards' },
  { name: 'Rule chains', used: 'ruleChains', limit: 'maxRuleChains' },
] as const satisfies readonly { name: string; used: keyof Usage; limit: keyof Usage }[];

/** From this share on a limit is said to be near. */
const NEAR = 0.9;

/** What the tenant has of that which is limited, kept current. */
export function UsagePage() {
  const usage = useQuery(administration.usage());
  const { data } = usage;
  return (
    <Page>
      <PageHeader title="Usage" summary="What you have, and how much of it you may have." />
      {usage.isError && data === undefined ? (
        <Card>
          <LoadFailure error={usage.error} what="Usage" onRetry={() => void usage.refetch()} />
        </Card>
      ) : (
        <ul className={styles.grid}>
          {meters.map(({ name, used, limit }) => (
            <li key={name} className={styles.tile}>
              {data === undefined ? <Skeleton height={84} /> : <Meter name={name} used={data[used]} limit={data[limit]} />}
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}

function Meter({ name, used, limit }: { name: string; used: number; limit: number }) {
  const share = limit === 0 ? 0 : Math.min(1, used / limit);
  const state = limit > 0 && used >= limit ? 'full' : share >= NEAR ? 'near' : 'room';
  const text = limit === 0 ? 'No limit' : `of ${limit.toLocaleString()}`;
  return (
    <>
      <h2 className={styles.name}>{name}</h2>
      <p className={styles.figures}>
        <span className={styles.used}>{used.toLocaleString()}</span> {text}
      </p>
      {limit > 0 && (
        <div
          className={styles.track}
          role="meter"
          aria-label={name}
          aria-valuemin={0}
          aria-valuemax={limit}
          aria-valuenow={Math.min(used, limit)}
          aria-valuetext={`${used} of ${limit}`}
        >
          <div className={styles.bar} data-state={state} style={{ width: `${share * 100}%` }} />
        </div>
      )}
      <p className={styles.note}>
        {state !== 'room' && <IconAlertTriangle size={14} color="var(--fl-warning)" aria-hidden />}
        {noteOf(state, limit, used)}
      </p>
    </>
  );
}

function noteOf(state: 'room' | 'near' | 'full', limit: number, used: number): string {
  if (limit === 0) return 'Your tenant profile sets none.';
  if (state === 'full') return 'The limit is reached: further ones are refused. Delete some, or ask for a higher limit.';
  return state === 'near' ? `Room for ${limit - used} more; then further ones are refused.` : `Room for ${(limit - used).toLocaleString()} more.`;
}
