import type { CommitUnit, DebugRecord, MessageRecorder, TracePart, TraceHop } from '@fieldline/ports';
import { ids } from './engine.fixture.js';

/** Records every message that names a label in `wanted`, every failure, and all debug events. */
export class WatchingRecorder implements MessageRecorder {
  readonly parts: TracePart[] = [];
  readonly events: DebugRecord[] = [];
  /** How often it was asked for a message that came from outside. */
  asked = 0;
  isWanted = true;

  wants(): 'sampled' | undefined {
    this.asked += 1;
    return this.isWanted ? 'sampled' : undefined;
  }

  wantsFailure(): boolean {
    return true;
  }

  trace(unit: CommitUnit, part: Omit<TracePart, 'id'>): void {
    const kept = { id: ids.next(), ...part };
    this.parts.push(kept);
    unit.trace(kept);
  }

  debug(_unit: CommitUnit, record: DebugRecord): void {
    this.events.push(record);
  }
}

/** A hop in a line: node, outcome, and by which relations it left; `!` stands for one that leads nowhere. */
export function hopLine({ nodeName, outcome, out, reason, error }: TraceHop): string {
  const left = (out ?? []).map(({ relationType, isUnconnected }) => `${relationType}${isUnconnected === true ? '!' : ''}`).join(',');
  return [nodeName, outcome, left, reason ?? error?.code ?? ''].filter((word) => word !== '').join(' ');
}

export const hopLines = ({ hops }: TracePart): readonly string[] => hops.map(hopLine);

/** A debug event in a line: node, direction, relation type, label of the message. */
export function eventLine({ ruleNodeId, direction, relationType, message, error }: DebugRecord): string {
  const { label } = message.data as { readonly label: string };
  return `${ruleNodeId} ${direction} ${relationType} ${label}${error === undefined ? '' : `: ${error}`}`;
}
