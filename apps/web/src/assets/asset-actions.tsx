import { Button, Group } from '@mantine/core';
import { IconHistory, IconHourglass, IconPencil, IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useMay } from '../api/signed-in.js';
import type { AssetInfo } from '../api/wire.js';
import { confirmDone } from '../ui/notify.js';
import { type RowAction, RowMenu } from '../ui/row-menu.js';
import { AssetDialog } from './asset-dialog.js';
import { AssetRetentionDialog } from './asset-retention-dialog.js';
import { DeleteAssetDialog } from './delete-asset-dialog.js';

type Dialog = 'edit' | 'retain' | 'delete';

/** What can be done with an asset as a whole, as far as the one who looks may. */
export function AssetActions({ asset }: { asset: AssetInfo }) {
  const { administer, change } = useMay();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [open, setOpen] = useState<Dialog>();
  const close = () => setOpen(undefined);
  if (!change) return null;
  const actions: RowAction[] = [
    { label: 'Keep readings for…', icon: IconHourglass, onClick: () => setOpen('retain') },
    { label: 'Audit log', icon: IconHistory, onClick: () => void navigate(`/audit-log?entity=ASSET:${asset.id.id}`) },
    { label: 'Delete…', icon: IconTrash, isDangerous: true, onClick: () => setOpen('delete') },
  ];
  return (
    <Group gap="xs">
      <Button variant="default" leftSection={<IconPencil size={16} />} onClick={() => setOpen('edit')}>
        Edit
      </Button>
      {administer && <RowMenu of={asset.name} actions={actions} />}
      <AssetDialog
        asset={open === 'edit' ? asset : undefined}
        onClose={close}
        onSaved={(name) => {
          close();
          confirmDone(`${name} was saved.`);
          for (const key of ['asset', 'assets']) void client.invalidateQueries({ queryKey: [key] });
        }}
      />
      <AssetRetentionDialog asset={open === 'retain' ? asset : undefined} onClose={close} />
      <DeleteAssetDialog
        asset={open === 'delete' ? asset : undefined}
        onClose={close}
        onDeleted={async () => {
          await navigate('/assets');
          await client.invalidateQueries({ queryKey: ['assets'] });
        }}
      />
    </Group>
  );
}
