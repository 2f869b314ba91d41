import { Page } from '../ui/page.js';
import { PageHeader } from '../ui/page-header.js';
import { ListenerCard } from './listener-card.js';
import { MappingsCard } from './mappings-card.js';

/** The MQTT broker: whether it listens, and how its topics become readings of devices. */
export function BrokerPage() {
  return (
    <Page>
      <PageHeader
        title="MQTT broker"
        summary="Any topic, for devices and programs of your organisation, beside the fixed topics of the device endpoint."
      />
      <div style={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 16 }}>
        <ListenerCard />
        <MappingsCard />
      </div>
    </Page>
  );
}
