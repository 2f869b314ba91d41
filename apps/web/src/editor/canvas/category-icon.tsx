import { IconArrowsSplit2, IconBolt, IconDatabasePlus, IconExternalLink, IconFilter, IconHelpHexagon, IconWand } from '@tabler/icons-react';
import type { ComponentType } from '../../api/wire.js';
import { categories } from '../catalogue.js';

const icons = {
  FILTER: IconFilter,
  ENRICHMENT: IconDatabasePlus,
  TRANSFORMATION: IconWand,
  ACTION: IconBolt,
  EXTERNAL: IconExternalLink,
  FLOW: IconArrowsSplit2,
} as const;

export function colourOf(category: ComponentType | undefined): string {
  return categories.find(({ type }) => type === category)?.colour ?? 'var(--fl-text-dim)';
}

/** The sign of a category, in its colour; a question mark for a kind that is not installed. */
export function CategoryIcon({ category, size = 20 }: { category: ComponentType | undefined; size?: number }) {
  const CategorySign = category === undefined ? IconHelpHexagon : icons[category];
  return <CategorySign size={size} stroke={1.7} color={colourOf(category)} aria-hidden />;
}
