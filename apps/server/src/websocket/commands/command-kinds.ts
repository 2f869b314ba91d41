import { type LiveEnvelope, parseLiveEnvelope } from '@fieldline/api-contract';
import { alarmCountKind } from './alarm-count-kind.js';
import { alarmDataKind } from './alarm-data-kind.js';
import { alarmStatusKind } from './alarm-status-kind.js';
import { attributesKind } from './attributes-kind.js';
import type { CommandBody, CommandKind } from './command-kind.js';
import { entityCountKind } from './entity-count-kind.js';
import { entityDataKind } from './entity-data-kind.js';
import { historyKind } from './history-kind.js';
import { ledgerKind } from './ledger-kind.js';
import { notificationKinds } from './notification-kinds.js';
import { seriesKind } from './series-kind.js';
import { unsubscribeKind } from './unsubscribe-kind.js';

/** Every kind of command there is. */
export const commandKinds: readonly CommandKind<CommandBody>[] = [
  attributesKind,
  seriesKind,
  historyKind,
  entityDataKind,
  entityCountKind,
  alarmDataKind,
  alarmCountKind,
  alarmStatusKind,
  ...notificationKinds,
  ledgerKind,
  unsubscribeKind('RULE_CHAIN_LEDGER_UNSUBSCRIBE'),
  unsubscribeKind('ENTITY_DATA_UNSUBSCRIBE'),
  unsubscribeKind('ENTITY_COUNT_UNSUBSCRIBE'),
  unsubscribeKind('ALARM_DATA_UNSUBSCRIBE'),
  unsubscribeKind('ALARM_COUNT_UNSUBSCRIBE'),
  unsubscribeKind('ALARM_STATUS_UNSUBSCRIBE'),
];

/** A command that was read, with its kind. */
export interface ReadCommand {
  readonly kind: CommandKind<CommandBody>;
  readonly command: CommandBody;
}

const kindsByType = new Map(commandKinds.map((kind) => [kind.type, kind]));

/** The commands of one text frame in order; undefined where one of them, or the frame, cannot be read. */
export function readCommands(text: string, envelope: LiveEnvelope): readonly ReadCommand[] | undefined {
  const read: ReadCommand[] = [];
  const commands = parseLiveEnvelope(text, envelope);
  if (commands === undefined) return undefined;
  for (const { type, body } of commands) {
    const kind = kindsByType.get(type);
    const parsed = kind?.schema.safeParse(body);
    if (kind === undefined || parsed?.success !== true) return undefined;
    read.push({ kind, command: parsed.data });
  }
  return read;
}
