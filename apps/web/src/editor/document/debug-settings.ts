import type { ChainDocument, ChainNode } from './chain-document.js';
import { canonical } from './difference.js';

/** How long "everything" is recorded from the deploy on; the server ends it by itself. */
export const DEBUG_ALL_MINUTES = 15;

/** What is recorded of the messages of a node. */
export interface DebugState {
  readonly hasFailures: boolean;
  /** `asked`: from the next deploy on. `until`: it is being recorded. */
  readonly all: { readonly kind: 'off' } | { readonly kind: 'asked' } | { readonly kind: 'until'; readonly untilMs: number };
}

export function debugStateOf({ debugSettings }: Pick<ChainNode, 'debugSettings'>, nowMs: number): DebugState {
  const { failuresEnabled, allEnabled, allEnabledUntil } = debugSettings ?? {};
  const untilMs = allEnabledUntil ?? 0;
  return {
    hasFailures: failuresEnabled === true,
    all: allEnabled === true ? { kind: 'asked' } : untilMs > nowMs ? { kind: 'until', untilMs } : { kind: 'off' },
  };
}

export function isDebugged(node: Pick<ChainNode, 'debugSettings'>, nowMs: number): boolean {
  const { hasFailures, all } = debugStateOf(node, nowMs);
  return hasFailures || all.kind !== 'off';
}

/** The settings with failures recorded or not. */
export function withFailures({ debugSettings }: Pick<ChainNode, 'debugSettings'>, hasFailures: boolean): ChainNode['debugSettings'] {
  return { allEnabled: false, allEnabledUntil: 0, ...debugSettings, failuresEnabled: hasFailures };
}

/** The settings with everything recorded from the next deploy on, or no more. */
export function withAll({ debugSettings }: Pick<ChainNode, 'debugSettings'>, isAsked: boolean): ChainNode['debugSettings'] {
  return { failuresEnabled: false, ...debugSettings, allEnabled: isAsked, allEnabledUntil: 0 };
}

/**
 * The document with what the server has made of what was sent: until when everything is recorded is for it to say. A
 * node whose settings were changed again since keeps those.
 *
 * @param stored by the same keys as `sent`
 */
export function withStoredDebug(document: ChainDocument, sent: ChainDocument, stored: ChainDocument): ChainDocument {
  const nodes = new Map(document.nodes);
  for (const [key, node] of nodes) {
    const answer = stored.nodes.get(key)?.debugSettings ?? null;
    const asked = sent.nodes.get(key)?.debugSettings ?? null;
    if (asked === null || canonical(node.debugSettings) !== canonical(asked) || canonical(asked) === canonical(answer)) continue;
    nodes.set(key, { ...node, debugSettings: answer });
  }
  const isSame = [...nodes].every(([key, node]) => document.nodes.get(key) === node);
  return isSame ? document : { ...document, nodes };
}
