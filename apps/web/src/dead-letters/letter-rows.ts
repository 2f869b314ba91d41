import { createContext, useContext } from 'react';
import type { DeadLetter } from '../api/engine-api.js';

export interface LetterRows {
  readonly letters: readonly DeadLetter[];
  readonly nameOf: (ruleChainId: string | null) => string;
  readonly addressOf: (id: string) => string;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (selected: ReadonlySet<string>) => void;
}

/** What the cells of the table need besides their row. It does not come with the columns, which would build every cell anew. */
export const LetterRowsContext = createContext<LetterRows | undefined>(undefined);

export function useLetterRows(): LetterRows {
  const rows = useContext(LetterRowsContext);
  if (rows === undefined) throw new Error('A cell of the table of dead letters stands outside of it.');
  return rows;
}
