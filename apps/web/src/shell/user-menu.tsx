import { Avatar, Menu, SegmentedControl, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { IconApi, IconLogout } from '@tabler/icons-react';
import { useNavigate } from 'react-router';
import { api } from '../api/api.js';
import type { CurrentUser } from '../api/wire.js';

const authorityNames = { SYS_ADMIN: 'System administrator', TENANT_ADMIN: 'Tenant administrator', CUSTOMER_USER: 'Customer user' } as const;
const schemes = [
  { value: 'auto', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

export function UserMenu({ user }: { user: CurrentUser | undefined }) {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const navigate = useNavigate();
  const name = user === undefined ? '' : nameOf(user);
  const signOut = () => {
    // The tokens are dropped here also where the server cannot be told.
    const leave = () => navigate('/sign-in');
    void api.signOut().then(leave, leave);
  };
  return (
    <Menu width={264}>
      <Menu.Target>
        <UnstyledButton aria-label={`User menu${name === '' ? '' : ` of ${name}`}`} style={{ borderRadius: 99 }}>
          <Avatar name={name} color="accent" size={30} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {user !== undefined && (
          <div style={{ padding: '6px 12px 8px' }}>
            <Text size="sm" fw={600} truncate>
              {name}
            </Text>
            <Text size="xs" c="dimmed" truncate>
              {name === user.email ? authorityNames[user.authority] : `${user.email} · ${authorityNames[user.authority]}`}
            </Text>
          </div>
        )}
        <Menu.Divider />
        <Menu.Label>Colour scheme</Menu.Label>
        <div style={{ padding: '0 8px 8px' }}>
          <SegmentedControl
            fullWidth
            size="xs"
            data={schemes}
            value={colorScheme}
            onChange={(value) => setColorScheme(value as typeof colorScheme)}
            aria-label="Colour scheme"
          />
        </div>
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

function nameOf(user: CurrentUser): string {
  const name = [user.firstName, user.lastName].filter((part) => part !== null && part !== undefined && part !== '').join(' ');
  return name === '' ? user.email : name;
}
