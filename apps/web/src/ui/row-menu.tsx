import { ActionIcon, Menu } from '@mantine/core';
import { type Icon, IconDots } from '@tabler/icons-react';

export interface RowAction {
  readonly label: string;
  readonly icon: Icon;
  readonly onClick: () => void;
  /** Takes something away. */
  readonly isDangerous?: boolean;
}

/** What can be done with a row of a table, or with what a page is about. */
export function RowMenu({ of, actions }: { readonly of: string; readonly actions: readonly RowAction[] }) {
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon aria-label={`Actions for ${of}`} size="lg" style={{ position: 'relative', zIndex: 1 }}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {actions.map(({ label, icon: ActionMark, onClick, isDangerous }) => (
          <Menu.Item key={label} leftSection={<ActionMark size={16} />} onClick={onClick} {...(isDangerous === true ? { color: 'red' } : {})}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
