import type { AlarmInfo } from '../api/wire.js';

/** Requests of one command on many alarms that are under way at a time. */
const AT_ONCE_MAX = 4;

export interface Command {
  /** On the button. */
  readonly name: string;
  /** What became of an alarm, such as "acknowledged". */
  readonly done: string;
  readonly isDone: (alarm: AlarmInfo) => boolean;
  readonly run: (alarmId: string) => Promise<unknown>;
}

export interface Outcome {
  readonly done: number;
  /** Needed nothing: they were so already. */
  readonly skipped: number;
  readonly failed: readonly { readonly id: string; readonly reason: string }[];
}

/** Runs a command on each alarm that needs it. One that is refused does not hold up the others. */
export async function runOnEach(command: Command, alarms: readonly AlarmInfo[], reasonOf: (error: unknown) => string): Promise<Outcome> {
  const waiting = alarms.filter((alarm) => !command.isDone(alarm));
  const skipped = alarms.length - waiting.length;
  const failed: { id: string; reason: string }[] = [];
  const work = waiting.values();
  const worker = async () => {
    for (const { id } of work) {
      try {
        await command.run(id.id);
      } catch (error) {
        failed.push({ id: id.id, reason: reasonOf(error) });
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE_MAX, waiting.length) }, worker));
  return { done: waiting.length - failed.length, skipped, failed };
}

/** What a command did, in one sentence. */
export function outcomeText({ done }: Command, outcome: Outcome): string {
  const { skipped, failed } = outcome;
  if (outcome.done + skipped === 0 && failed.length === 1) return `Not ${done}: ${failed[0]?.reason ?? ''}`;
  const parts = [
    ...(outcome.done > 0 || (skipped === 0 && failed.length === 0) ? [`${alarmCount(outcome.done)} ${done}`] : []),
    ...(skipped > 0 ? [`${skipped} already ${done}`] : []),
    ...(failed.length > 0 ? [`${failed.length} not ${done}: ${failed[0]?.reason ?? ''}`] : []),
  ];
  return parts.join(', ');
}

export function alarmCount(count: number): string {
  return count === 1 ? '1 alarm' : `${count} alarms`;
}
