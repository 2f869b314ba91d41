interface WithTtl {
  readonly telemetryTtlDays?: number | undefined;
}

/** How long points of a profile's entities are kept once a draft is saved: what the draft says, else what is stored; 0 is not stored. */
export function savedTelemetryTtl(draft: WithTtl, before: WithTtl = {}): { readonly telemetryTtlDays?: number } {
  const days = draft.telemetryTtlDays ?? before.telemetryTtlDays ?? 0;
  return days === 0 ? {} : { telemetryTtlDays: days };
}
