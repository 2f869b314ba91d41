/** The three forms in which commands come, one an address (websocket-api.md §3). */
export type LiveEnvelope = 'general' | 'telemetry' | 'notifications';

/** A command as it came: its type, and what is said about it, still to be read by the schema of its kind. */
export interface WireCommand {
  readonly type: string;
  readonly body: unknown;
}

/** Members of the envelope of `/api/ws/plugins/telemetry`: each a list of commands of one type, in the order in which they are done. */
const telemetryMembers: Readonly<Record<string, string>> = {
  attrSubCmds: 'ATTRIBUTES',
  tsSubCmds: 'TIMESERIES',
  historyCmds: 'TIMESERIES_HISTORY',
  entityDataCmds: 'ENTITY_DATA',
  entityDataUnsubscribeCmds: 'ENTITY_DATA_UNSUBSCRIBE',
  alarmDataCmds: 'ALARM_DATA',
  alarmDataUnsubscribeCmds: 'ALARM_DATA_UNSUBSCRIBE',
  entityCountCmds: 'ENTITY_COUNT',
  entityCountUnsubscribeCmds: 'ENTITY_COUNT_UNSUBSCRIBE',
  alarmCountCmds: 'ALARM_COUNT',
  alarmCountUnsubscribeCmds: 'ALARM_COUNT_UNSUBSCRIBE',
};

/** Members of the envelope of `/api/ws/plugins/notifications`: each a single command. */
const notificationMembers: Readonly<Record<string, string>> = {
  unreadCountSubCmd: 'NOTIFICATIONS_COUNT',
  unreadSubCmd: 'NOTIFICATIONS',
  markAsReadCmd: 'MARK_NOTIFICATIONS_AS_READ',
  markAllAsReadCmd: 'MARK_ALL_NOTIFICATIONS_AS_READ',
  unsubCmd: 'NOTIFICATIONS_UNSUBSCRIBE',
};

/** The commands in one text frame, in order; undefined where it cannot be read. */
export function parseLiveEnvelope(text: string, envelope: LiveEnvelope): readonly WireCommand[] | undefined {
  const json = objectOf(text);
  if (json === undefined) return undefined;
  if (envelope === 'general') return generalCommands(json);
  if (envelope === 'telemetry') return listedCommands(json);
  return Object.entries(notificationMembers).flatMap(([member, type]) => {
    const body = json[member];
    return body === undefined || body === null ? [] : [{ type, body }];
  });
}

/** The object that a text holds; undefined where it holds something else. */
export function objectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    // Not JSON: the caller answers as websocket-api.md §1 and §3.4 say.
    return undefined;
  }
}

function generalCommands({ cmds }: Readonly<Record<string, unknown>>): readonly WireCommand[] | undefined {
  if (cmds === undefined || cmds === null) return [];
  if (!Array.isArray(cmds)) return undefined;
  const commands = (cmds as readonly unknown[]).map((body) => ({ type: (body as { readonly type?: unknown } | null)?.type, body }));
  return commands.every((command): command is WireCommand => typeof command.type === 'string') ? commands : undefined;
}

function listedCommands(json: Readonly<Record<string, unknown>>): readonly WireCommand[] | undefined {
  const commands: WireCommand[] = [];
  for (const [member, type] of Object.entries(telemetryMembers)) {
    const bodies = json[member] ?? [];
    if (!Array.isArray(bodies)) return undefined;
    for (const body of bodies as readonly unknown[]) commands.push({ type, body });
  }
  return commands;
}
