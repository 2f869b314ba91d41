import type { ImportResult } from '../../api/wire.js';

/** The counts of an import as sentences; `isCheck` where nothing was written yet. */
export function outcomeText({ created, updated, errors }: ImportResult, isCheck: boolean): string {
  const will = (count: number): string => (isCheck ? 'would be' : count === 1 ? 'was' : 'were');
  const things = (count: number, noun: string): string => `${count.toLocaleString('en-GB')} ${noun}${count === 1 ? '' : 's'}`;
  const sentences = [
    ...(created > 0 || updated === 0 ? [`${things(created, 'device')} ${will(created)} created.`] : []),
    ...(updated > 0 ? [`${things(updated, 'device')} ${will(updated)} changed.`] : []),
    ...(errors > 0 ? [`${things(errors, 'line')} ${will(errors)} left out.`] : []),
  ];
  return sentences.join(' ');
}
