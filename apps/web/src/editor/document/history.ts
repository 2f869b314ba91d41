import { type Change, mergeChanges } from './change.js';
import { HISTORY_STEPS_MAX, TYPING_PAUSE_MS } from './limits.js';

/** What can be undone and redone, newest last. */
export interface History {
  readonly undoable: readonly Change[];
  readonly redoable: readonly Change[];
  /** When the newest step was made or last added to; decides whether typing goes on. */
  readonly touchedAtMs: number;
}

export const emptyHistory: History = { undoable: [], redoable: [], touchedAtMs: 0 };

/** Adds a step, or adds to the last one while typing goes on. The oldest step is forgotten at the bound. */
export function remember(history: History, change: Change, nowMs: number): History {
  const last = history.undoable.at(-1);
  const goesOn =
    last !== undefined &&
    change.mergeKey !== undefined &&
    last.mergeKey === change.mergeKey &&
    history.redoable.length === 0 &&
    nowMs - history.touchedAtMs < TYPING_PAUSE_MS;
  const undoable = goesOn ? [...history.undoable.slice(0, -1), mergeChanges(last, change)] : [...history.undoable, change];
  return { undoable: undoable.slice(-HISTORY_STEPS_MAX), redoable: [], touchedAtMs: nowMs };
}

/** Moves the newest step to the redoable ones; the caller applies its inverse. */
export function stepBack(history: History): { history: History; undone: Change } | undefined {
  const undone = history.undoable.at(-1);
  if (undone === undefined) return undefined;
  return { undone, history: { undoable: history.undoable.slice(0, -1), redoable: [...history.redoable, undone], touchedAtMs: 0 } };
}

/** Moves the step undone last back; the caller applies it again. */
export function stepForward(history: History): { history: History; redone: Change } | undefined {
  const redone = history.redoable.at(-1);
  if (redone === undefined) return undefined;
  return { redone, history: { undoable: [...history.undoable, redone], redoable: history.redoable.slice(0, -1), touchedAtMs: 0 } };
}
