import type { JsonValue, TenantId, ValueKind } from '@fieldline/model';

/** How often values of a key were of a kind, among those that were looked at. */
export interface LearnedKind {
  readonly kind: ValueKind;
  readonly count: number;
}

/** What messages of the devices of a profile have told under a key. */
export interface LearnedKey {
  readonly key: string;
  /** The commonest first. */
  readonly kinds: readonly LearnedKind[];
  /** Of the numbers; absent where there was none. */
  readonly range?: { readonly min: number; readonly max: number } | undefined;
  /** When it was last seen, by our clock. */
  readonly lastSeenMs: number;
  /** Messages that had it, of those that were looked at since: `LearnedProfile.messages`. */
  readonly messages: number;
  /** Devices that had it, of those that are kept an eye on: `LearnedProfile.devices`. */
  readonly devices: number;
  /** Some values, the newest first; texts are cut. */
  readonly examples: readonly JsonValue[];
}

/** What was learned from the telemetry messages of the devices of a profile. Not every message is looked at. */
export interface LearnedProfile {
  readonly messages: number;
  readonly devices: number;
  /** The most frequent first. */
  readonly keys: readonly LearnedKey[];
}

/** Gives what was learned. */
export interface LearnedTypesReader {
  /** Undefined before the first message. */
  learned(tenantId: TenantId, deviceProfileId: string): Promise<LearnedProfile | undefined>;
}
