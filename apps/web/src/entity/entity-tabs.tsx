import type { ReactNode } from 'react';
import { HistorySection } from '../history/history-section.js';
import { AlarmsSection } from './alarms-section.js';
import { AttributesSection } from './attributes-section.js';
import type { NamedEntity } from './named-entity.js';
import { Overview } from './overview.js';
import type { PageTab } from './page-tabs.js';
import { RelationsSection } from './relations-section.js';

/**
 * What the page of every kind of entity shows: readings as they are and as they were, attributes, alarms and relations.
 *
 * @param howToSend what leads to a first reading, where there is none
 */
export function entityTabs(entity: NamedEntity, howToSend: ReactNode): readonly [overview: PageTab, ...others: PageTab[]] {
  return [
    { id: 'overview', name: 'Overview', content: <Overview key={entity.id} entity={entity} howToSend={howToSend} /> },
    { id: 'history', name: 'History', content: <HistorySection key={entity.id} entity={entity} howToSend={howToSend} /> },
    { id: 'attributes', name: 'Attributes', content: <AttributesSection key={entity.id} entity={entity} /> },
    { id: 'alarms', name: 'Alarms', content: <AlarmsSection entity={entity} /> },
    { id: 'relations', name: 'Relations', content: <RelationsSection entity={entity} /> },
  ];
}
