import type { NodeKind } from './catalogue.js';
import { type ChainDocument, connectionsBetween, connectionsFrom } from './document/chain-document.js';

/** Ways out that a node may have: those its kind declares, and others that it already uses. Failure last. */
export function relationsOf(document: ChainDocument, nodeKey: string, kind: NodeKind | undefined): string[] {
  const declared = kind?.relationTypes ?? ['Success', 'Failure'];
  const known = new Set(declared.map((relation) => relation.toLowerCase()));
  const used: string[] = [];
  for (const { type } of connectionsFrom(document, nodeKey)) {
    if (known.has(type.toLowerCase())) continue;
    known.add(type.toLowerCase());
    used.push(type);
  }
  return [...declared.filter((relation) => !isFailure(relation)), ...used, ...declared.filter(isFailure)];
}

/** Ways out that do not yet lead from one node to the other. Those that lead nowhere at all come first. */
export function freeRelations(document: ChainDocument, from: string, to: string, kind: NodeKind | undefined): string[] {
  const between = new Set(connectionsBetween(document, from, to).map(({ type }) => type.toLowerCase()));
  const anywhere = new Set(connectionsFrom(document, from).map(({ type }) => type.toLowerCase()));
  const free = relationsOf(document, from, kind).filter((relation) => !between.has(relation.toLowerCase()));
  const rank = (relation: string) => (isFailure(relation) ? 2 : anywhere.has(relation.toLowerCase()) ? 1 : 0);
  return free.sort((a, b) => rank(a) - rank(b));
}

export function isFailure(relation: string): boolean {
  return relation.toLowerCase() === 'failure';
}
