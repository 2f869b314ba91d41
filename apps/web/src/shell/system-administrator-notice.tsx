import { IconShieldCog } from '@tabler/icons-react';
import { StateMessage } from '../ui/state-message.js';

/** The system administrator has no access to what belongs to a tenant, so the pages would only show refusals. */
export function SystemAdministratorNotice() {
  return (
    <StateMessage isPage icon={IconShieldCog} title="You are signed in as system administrator">
      Devices and rule chains belong to tenants and stay out of this account's reach. Sign in as a tenant administrator to work with them; the system
      itself is administered through the API.
    </StateMessage>
  );
}
