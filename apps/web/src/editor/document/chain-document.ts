import type { JsonObject, JsonValue, RuleNodeWire } from '../../api/wire.js';

/** One rule node as the editor knows it. Never modified in place, so that an unchanged node keeps its identity. */
export interface ChainNode {
  /** The editor's own key: the node's id on the server, or a new UUID until it has one. */
  readonly key: string;
  /** Short number shown on the canvas and used in messages: the node's place when the chain was opened. */
  readonly number: number;
  /** Type on the wire, such as a ThingsBoard class name. */
  readonly type: string;
  readonly name: string;
  readonly configurationVersion: number;
  readonly configuration: JsonValue;
  readonly x: number;
  readonly y: number;
  readonly description: string;
  readonly singletonMode: boolean;
  readonly queueName: string | null;
  readonly debugSettings: NonNullable<RuleNodeWire['debugSettings']> | null;
  /** What else the node's additional information holds; travels along untouched. */
  readonly additionalInfo: JsonObject;
}

export interface ChainConnection {
  readonly from: string;
  readonly to: string;
  readonly type: string;
}

/** The draft of one rule chain: the truth behind the canvas. */
export interface ChainDocument {
  readonly nodes: ReadonlyMap<string, ChainNode>;
  readonly connections: ReadonlyMap<string, ChainConnection>;
  /** Where messages enter; undefined means they end at once. */
  readonly firstNode: string | undefined;
}

export const emptyDocument: ChainDocument = { nodes: new Map(), connections: new Map(), firstNode: undefined };

/** Relation types are compared without case, so `success` and `Success` between two nodes are one connection. */
export function connectionKey(connection: ChainConnection): string {
  return `${connection.from}>${connection.to}>${connection.type.toLowerCase()}`;
}

export function connectionsFrom(document: ChainDocument, nodeKey: string): ChainConnection[] {
  return [...document.connections.values()].filter((connection) => connection.from === nodeKey);
}

export function connectionsBetween(document: ChainDocument, from: string, to: string): ChainConnection[] {
  return [...document.connections.values()].filter((connection) => connection.from === from && connection.to === to);
}

export function nextNumber(document: ChainDocument): number {
  let highest = 0;
  for (const node of document.nodes.values()) highest = Math.max(highest, node.number);
  return highest + 1;
}

/** True when a message leaving `start` could reach `goal`. */
export function canReach(document: ChainDocument, start: string, goal: string): boolean {
  const following = new Map<string, string[]>();
  for (const { from, to } of document.connections.values()) {
    const targets = following.get(from);
    if (targets === undefined) following.set(from, [to]);
    else targets.push(to);
  }
  const seen = new Set([start]);
  const open = [start];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (key === goal) return true;
    for (const next of following.get(key) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(next);
    }
  }
  return false;
}
