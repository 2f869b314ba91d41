/** Devices whose alarm rules are remembered; of one that was silent longest, rules begin anew. */
export const DEVICES_REMEMBERED = 100_000;
/** How late a call may be that the node waits for before it asks for another: then the one it asked for is taken for lost. */
export const WAKE_OVERDUE_MS = 60_000;
/** Time zones of schedules that are kept ready: there are about 600. */
export const TIME_ZONES_KEPT = 600;
