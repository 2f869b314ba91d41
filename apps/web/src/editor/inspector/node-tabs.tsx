import { Tabs } from '@mantine/core';
import { IconBug } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './node-tabs.module.css';

export type NodeTab = 'settings' | 'figures' | 'events';

interface Props {
  readonly tab: NodeTab;
  readonly onTab: (tab: NodeTab) => void;
  /** Whether messages of the node are recorded, which the tab of the events shows. */
  readonly isDebugged: boolean;
  readonly settings: ReactNode;
  readonly figures: ReactNode;
  readonly events: ReactNode;
}

/** The sides of a node; only the one that is open asks the server for anything. */
export function NodeTabs({ tab, onTab, isDebugged, settings, figures, events }: Props) {
  return (
    <Tabs
      className={styles.root ?? ''}
      keepMounted={false}
      value={tab}
      onChange={(next) => (next === 'settings' || next === 'figures' || next === 'events') && onTab(next)}
    >
      <Tabs.List grow className={styles.list ?? ''}>
        <Tabs.Tab value="settings">Settings</Tabs.Tab>
        <Tabs.Tab value="figures">Figures</Tabs.Tab>
        <Tabs.Tab value="events" {...(isDebugged ? { leftSection: <IconBug size={14} aria-label="Recording" /> } : {})}>
          Events
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="settings" className={styles.panel ?? ''}>
        {settings}
      </Tabs.Panel>
      {/* It scrolls and has nothing that takes the focus. */}
      <Tabs.Panel value="figures" tabIndex={0} className={styles.panel ?? ''}>
        {figures}
      </Tabs.Panel>
      <Tabs.Panel value="events" className={styles.panel ?? ''}>
        {events}
      </Tabs.Panel>
    </Tabs>
  );
}
