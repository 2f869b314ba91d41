import { type ReactNode, useEffect, useState } from 'react';
import { createPortal } from 'react-dom';

const slotId = 'header-slot';

/** The place in the header that the open page may fill, for example with a breadcrumb. */
export function HeaderSlot() {
  return <div id={slotId} />;
}

/** Puts its children into the header while it is mounted. */
export function InHeader({ children }: { children: ReactNode }) {
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  useEffect(() => setSlot(document.getElementById(slotId)), []);
  return slot === null ? null : createPortal(children, slot);
}
