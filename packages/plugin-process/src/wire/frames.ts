import type { Problem } from '@fieldline/kernel';
import type { JsonValue } from '@fieldline/model';

// What crosses between the server and the process of a plugin: JSON in frames. Both ends are built from this file.

/** Which of its functions a node is called by. */
export type Hook = 'batch' | 'timer' | 'tick';

/** The node of a chain that a call is for. */
export interface WireNode {
  readonly id: string;
  readonly name: string;
  readonly tenantId: string;
}

/** A message on its way to the plugin: id, type, entity type, entity id, customer or null, time, metadata, JSON text. */
export type WireMessage = readonly [
  id: string,
  type: string,
  entityType: string,
  entityId: string,
  customerId: string | null,
  tsMs: number,
  metadata: Readonly<Record<string, string>>,
  text: string,
];

/** A message on its way back: the place of the one it came from in the call, and what differs. */
export interface WireVersion {
  readonly at: number;
  readonly type?: string | undefined;
  readonly originator?: { readonly entityType: string; readonly id: string } | undefined;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  readonly text?: string | undefined;
}

/** What a node does without waiting for an answer: done by the server in this order, before it does anything else for the call. */
export interface Effect {
  readonly service: string;
  readonly args: readonly unknown[];
  /** The message it was done for, where that is known. */
  readonly place?: number | undefined;
}

/** Everything a call has besides messages. */
interface Given {
  readonly id: number;
  readonly settings: number;
  readonly node: WireNode;
  readonly nowMs: number;
  readonly seed: number;
}

export type ToPlugin =
  /** Parses settings and starts a node with them; answered by `done`. */
  | (Given & { readonly kind: 'start'; readonly type: string; readonly version: number; readonly config: JsonValue })
  /** `states` has one entry a message (for ticks one at all), null where there is none; absent for nodes without state. */
  | (Given & { readonly kind: 'call'; readonly hook: Hook; readonly messages: readonly WireMessage[]; readonly states?: readonly JsonValue[] })
  | { readonly kind: 'told'; readonly ask: number; readonly value?: unknown; readonly problem?: Problem }
  /** Nobody waits for this call any more: its messages failed, or come again. */
  | { readonly kind: 'over'; readonly id: number }
  | { readonly kind: 'forget'; readonly settings: number }
  | { readonly kind: 'ping' };

export type FromPlugin =
  /** The first frame: what the plugin has, or why it cannot be used. */
  | { readonly kind: 'loaded'; readonly plugin: unknown }
  | { readonly kind: 'refused'; readonly problem: Problem }
  | {
      readonly kind: 'ask';
      readonly id: number;
      readonly ask: number;
      readonly effects: readonly Effect[];
      readonly service: string;
      readonly args: readonly unknown[];
    }
  | {
      readonly kind: 'done';
      readonly id: number;
      readonly effects: readonly Effect[];
      readonly outcomes?: readonly unknown[];
      readonly started?: { readonly periodMs?: number | undefined };
      readonly problem?: Problem;
    }
  | { readonly kind: 'log'; readonly text: string }
  | { readonly kind: 'pong' };
