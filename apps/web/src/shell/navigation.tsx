import { Menu } from '@mantine/core';
import { IconDotsCircleHorizontal } from '@tabler/icons-react';
import { Fragment } from 'react';
import { Link, NavLink, useLocation } from 'react-router';
import { useSignedIn } from '../api/signed-in.js';
import { BrandMark } from './brand-mark.js';
import { type Place, placesFor } from './places.js';
import styles from './shell.module.css';

/** So many places fit side by side on a telephone, the last of them opening the others. */
const PLACES_ON_PHONE = 5;

/** The rail; along the bottom of a narrow window it holds the first places, and a menu the others. */
export function Navigation() {
  const places = placesFor(useSignedIn()?.authority);
  const hasMore = places.length > PLACES_ON_PHONE;
  const shownOnPhone = hasMore ? PLACES_ON_PHONE - 1 : places.length;
  return (
    <nav className={styles.rail} aria-label="Main">
      <Link to="/" className={styles.brand} aria-label="Fieldline, start page">
        <BrandMark />
      </Link>
      {places.map((place, index) => (
        <Fragment key={place.to}>
          {index > 0 && place.group !== places[index - 1]?.group && <hr className={styles.divider} />}
          <PlaceLink place={place} isWideOnly={index >= shownOnPhone} />
        </Fragment>
      ))}
      {hasMore && <MorePlaces places={places.slice(shownOnPhone)} />}
    </nav>
  );
}

function PlaceLink({ place: { to, name, icon: PlaceIcon }, isWideOnly }: { place: Place; isWideOnly: boolean }) {
  return (
    <NavLink to={to} className={`${styles.link ?? ''} ${isWideOnly ? (styles.wideOnly ?? '') : ''}`}>
      <PlaceIcon size={22} stroke={1.6} aria-hidden />
      {name}
    </NavLink>
  );
}

function MorePlaces({ places }: { places: readonly Place[] }) {
  const { pathname } = useLocation();
  const open = places.find(({ to }) => pathname.startsWith(to));
  return (
    <Menu position="top-end" width={220}>
      <Menu.Target>
        <button type="button" className={`${styles.link ?? ''} ${styles.more ?? ''}`} data-open={open !== undefined}>
          <IconDotsCircleHorizontal size={22} stroke={1.6} aria-hidden />
          More
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {places.map(({ to, name, icon: PlaceIcon }) => (
          <Menu.Item
            key={to}
            component={Link}
            to={to}
            leftSection={<PlaceIcon size={18} stroke={1.6} aria-hidden />}
            {...(open?.to === to ? { 'aria-current': 'page' as const, fw: 600 } : {})}
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
