import '@mantine/notifications/styles.layer.css';
import { Notifications } from '@mantine/notifications';
import { IconBell, IconBuildingFactory2, IconCpu, IconSitemap } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, NavLink, Outlet, useNavigation } from 'react-router';
import { queries } from '../api/queries.js';
import { BrandMark } from './brand-mark.js';
import { HeaderSlot } from './header-slot.js';
import { NavigationProgress } from './navigation-progress.js';
import styles from './shell.module.css';
import { SystemAdministratorNotice } from './system-administrator-notice.js';
import { UserMenu } from './user-menu.js';

const places = [
  { to: '/devices', name: 'Devices', icon: IconCpu },
  { to: '/assets', name: 'Assets', icon: IconBuildingFactory2 },
  { to: '/alarms', name: 'Alarms', icon: IconBell },
  { to: '/rule-chains', name: 'Rule chains', icon: IconSitemap },
];

/** The frame of every page behind the sign-in: navigation, header, user menu. */
export function Shell() {
  const user = useQuery(queries.currentUser());
  const isMoving = useNavigation().state !== 'idle';
  const isSystemAdministrator = user.data?.authority === 'SYS_ADMIN';
  return (
    <div className={styles.root}>
      <Notifications position="bottom-right" limit={3} />
      <a className={styles.skip} href="#main">
        Skip to content
      </a>
      <nav className={styles.rail} aria-label="Main">
        <Link to="/devices" className={styles.brand} aria-label="Fieldline, start page">
          <BrandMark />
        </Link>
        {!isSystemAdministrator &&
          places.map(({ to, name, icon: PlaceIcon }) => (
            <NavLink key={to} to={to} className={styles.link ?? ''}>
              <PlaceIcon size={22} stroke={1.6} aria-hidden />
              {name}
            </NavLink>
          ))}
      </nav>
      <header className={styles.header}>
        <div className={styles.headerTitle}>
          <HeaderSlot />
          <Link to="/devices" className={styles.wordmark ?? ''}>
            Fieldline
          </Link>
        </div>
        <UserMenu user={user.data} />
      </header>
      <main id="main" className={styles.main} tabIndex={-1}>
        <NavigationProgress isActive={isMoving} />
        {isSystemAdministrator ? <SystemAdministratorNotice /> : <Outlet />}
      </main>
    </div>
  );
}
