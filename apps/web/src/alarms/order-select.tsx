import { Select } from '@mantine/core';
import type { Sorting } from '../ui/data-table.js';
import type { AlarmList } from './use-alarm-list.js';

const orders: { value: string; label: string; sorting: Sorting }[] = [
  { value: 'severity DESC', label: 'Worst first', sorting: { property: 'severity', order: 'DESC' } },
  { value: 'startTs DESC', label: 'Latest first', sorting: { property: 'startTs', order: 'DESC' } },
  { value: 'startTs ASC', label: 'Oldest first', sorting: { property: 'startTs', order: 'ASC' } },
];

/** The order of the list, where the window is too narrow for the headings that set it elsewhere. */
export function OrderSelect({ list, className }: { list: AlarmList; className: string }) {
  const { property, order } = list.sorting;
  const value = `${property} ${order}`;
  return (
    <Select
      className={className}
      aria-label="Order"
      placeholder="Another order"
      data={orders.map(({ value: key, label }) => ({ value: key, label }))}
      allowDeselect={false}
      value={orders.some((known) => known.value === value) ? value : null}
      onChange={(chosen) => {
        const found = orders.find((known) => known.value === chosen);
        if (found !== undefined) list.setSorting(found.sorting);
      }}
    />
  );
}
