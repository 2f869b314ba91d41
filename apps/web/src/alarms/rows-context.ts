import { createContext, useContext } from 'react';
import type { AlarmInfo } from '../api/wire.js';
import type { Command } from './run-on-each.js';

export interface Rows {
  readonly alarms: readonly AlarmInfo[];
  readonly showsOriginator: boolean;
  readonly addressOf: (alarmId: string) => string;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (selected: ReadonlySet<string>) => void;
  readonly onCommand: (command: Command, alarms: readonly AlarmInfo[]) => void;
}

/**
 * What the cells of the alarm table need besides their row. It does not come with the columns, because the table builds
 * all cells anew where its columns change, and the cell that has the focus would lose it.
 */
export const RowsContext = createContext<Rows | undefined>(undefined);

export function useRows(): Rows {
  const rows = useContext(RowsContext);
  if (rows === undefined) throw new Error('A cell of the alarm table stands outside of it.');
  return rows;
}
