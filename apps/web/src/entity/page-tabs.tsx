import { Tabs } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { useSearchParams } from 'react-router';
import styles from './page-tabs.module.css';

export interface PageTab {
  readonly id: string;
  readonly name: string;
  readonly content: ReactNode;
}

/** The tabs of a page. Which one is open is in the address; the first is, where that names none. */
export function PageTabs({ tabs }: { tabs: readonly PageTab[] }) {
  const [params, setParams] = useSearchParams();
  const open = tabs.find(({ id }) => id === params.get('tab')) ?? tabs[0];
  const tabList = useOpenTabInSight(open?.id);
  if (open === undefined) return null;
  return (
    <Tabs value={open.id} onChange={(id) => setParams(id === null || id === tabs[0]?.id ? {} : { tab: id })} keepMounted={false}>
      <Tabs.List ref={tabList} mb="md" className={styles.root ?? ''}>
        {tabs.map(({ id, name }) => (
          <Tabs.Tab key={id} value={id}>
            {name}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map(({ id, content }) => (
        <Tabs.Panel key={id} value={id}>
          {content}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

/** In a narrow window the tabs scroll, and the one that is open may lie outside. */
function useOpenTabInSight(id: string | undefined) {
  const tabList = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Newer browsers answer with a promise, which is no clean-up.
    void tabList.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [id]);
  return tabList;
}
