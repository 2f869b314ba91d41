import '@mantine/notifications/styles.layer.css';
import { Notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useLocation, useNavigation } from 'react-router';
import { queries } from '../api/queries.js';
import { useSignedIn } from '../api/signed-in.js';
import { ForbiddenPage } from './forbidden-page.js';
import { HeaderSlot } from './header-slot.js';
import { Navigation } from './navigation.js';
import { NavigationProgress } from './navigation-progress.js';
import { isForOthers } from './places.js';
import styles from './shell.module.css';
import { UserMenu } from './user-menu.js';

/** The frame of every page behind the sign-in: navigation, header, user menu. */
export function Shell() {
  const user = useQuery(queries.currentUser());
  const signedIn = useSignedIn();
  const isMoving = useNavigation().state !== 'idle';
  const isForbidden = isForOthers(useLocation().pathname, signedIn?.authority);
  return (
    <div className={styles.root}>
      <Notifications position="bottom-right" limit={3} />
      <a className={styles.skip} href="#main">
        Skip to content
      </a>
      <Navigation />
      <header className={styles.header}>
        <div className={styles.headerTitle}>
          <HeaderSlot />
          <Link to="/" className={styles.wordmark ?? ''}>
            Fieldline
          </Link>
        </div>
        <UserMenu user={user.data} />
      </header>
      <main id="main" className={styles.main} tabIndex={0}>
        <NavigationProgress isActive={isMoving} />
        {isForbidden ? <ForbiddenPage /> : <Outlet key={signedIn?.userId} />}
      </main>
    </div>
  );
}
