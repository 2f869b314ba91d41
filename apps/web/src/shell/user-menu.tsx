import { Avatar, Menu, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { IconApi, IconDeviceDesktop, IconKey, IconLogout, IconMoon, IconSun, IconUserCircle } from '@tabler/icons-react';
import { Link, useNavigate } from 'react-router';
import { api } from '../api/api.js';
import { useSignedIn } from '../api/signed-in.js';
import type { CurrentUser } from '../api/wire.js';

const authorityNames = { SYS_ADMIN: 'System administrator', TENANT_ADMIN: 'Tenant administrator', CUSTOMER_USER: 'Customer user' } as const;
const schemes = [
  { value: 'auto', label: 'System', icon: IconDeviceDesktop },
  { value: 'light', label: 'Light', icon: IconSun },
  { value: 'dark', label: 'Dark', icon: IconMoon },
] as const;

export function UserMenu({ user }: { user: CurrentUser | undefined }) {
  const navigate = useNavigate();
  const isPublic = useSignedIn()?.isPublic === true;
  const name = user === undefined ? '' : isPublic ? 'Public visitor' : nameOf(user);
  const initials = initialsOf(name);
  const signOut = () => {
    // The tokens are dropped here also where the server cannot be told.
    const leave = () => navigate('/sign-in');
    void api.signOut().then(leave, leave);
  };
  return (
    <Menu width={264} withinPortal={false}>
      <Menu.Target>
        <UnstyledButton aria-label={name === '' ? 'User menu' : `${initials}, user menu of ${name}`} style={{ borderRadius: 99 }}>
          <Avatar color="accent" size={30}>
            {initials}
          </Avatar>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {user !== undefined && (
          <div style={{ padding: '6px 12px 8px' }}>
            <Text size="sm" fw={600} truncate>
              {name}
            </Text>
            <Text size="xs" c="dimmed" truncate>
              {isPublic
                ? 'By a public link'
                : name === user.email
                  ? authorityNames[user.authority]
                  : `${user.email} · ${authorityNames[user.authority]}`}
            </Text>
          </div>
        )}
        {!isPublic && (
          <>
            <Menu.Divider />
            <Menu.Item leftSection={<IconUserCircle size={16} />} component={Link} to="/account">
              Your account
            </Menu.Item>
            <Menu.Item leftSection={<IconKey size={16} />} component={Link} to="/account?tab=api-keys">
              API keys
            </Menu.Item>
          </>
        )}
        <Menu.Divider />
        <SchemeChoice />
        <Menu.Divider />
        <Menu.Item leftSection={<IconApi size={16} />} component="a" href="/swagger-ui" target="_blank" rel="noreferrer">
          API reference
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={signOut}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function SchemeChoice() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <Menu.Label>Colour scheme</Menu.Label>
      <div role="group" aria-label="Colour scheme">
        {schemes.map(({ value, label, icon: SchemeIcon }) => (
          <Menu.RadioItem
            key={value}
            value={value}
            checked={colorScheme === value}
            onChange={() => setColorScheme(value)}
            closeMenuOnClick={false}
            rightSection={<SchemeIcon size={16} color="var(--fl-text-dim)" aria-hidden />}
          >
            {label}
          </Menu.RadioItem>
        ))}
      </div>
    </>
  );
}

/** Of the first two words, or the first two letters of the only one. */
function initialsOf(name: string): string {
  const words = name.split(' ');
  const letters = words.length === 1 ? name.slice(0, 2) : words.map((word) => word.charAt(0)).join('');
  return letters.slice(0, 2).toUpperCase();
}

function nameOf(user: CurrentUser): string {
  const name = [user.firstName, user.lastName].filter((part) => part !== null && part !== undefined && part !== '').join(' ');
  return name === '' ? user.email : name;
}
