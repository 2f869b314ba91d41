import { Position, getSmoothStepPath } from '@xyflow/react';

interface Ends {
  readonly sourceX: number;
  readonly sourceY: number;
  readonly targetX: number;
  readonly targetY: number;
}

export interface WirePath {
  readonly path: string;
  /** Middle of the chips. */
  readonly labelX: number;
  readonly labelY: number;
  /** Room that the chips have before they would cover a node. */
  readonly labelWidth: number;
}

/** Distance from a node to the bend of its wires, so that wires which share an end share a line. */
const bendDistance = 28;
/** A straight part shorter than this cannot hold a chip; it then sits on the part that goes up or down. */
const chipRoom = 104;
const rowHeight = 24;

/** The line of a wire and the place of its chips: on the long straight part, at the end where it runs alone. */
export function wirePath(ends: Ends, bend: 'source' | 'target'): WirePath {
  const { sourceX, sourceY, targetX, targetY } = ends;
  const gap = targetX - sourceX;
  const isForward = gap > bendDistance;
  const bendX = gap < 2 * bendDistance ? sourceX + gap / 2 : bend === 'source' ? sourceX + bendDistance : targetX - bendDistance;
  const [path, middleX, middleY] = getSmoothStepPath({
    ...ends,
    sourcePosition: Position.Right,
    targetPosition: Position.Left,
    borderRadius: 8,
    offset: 20,
    ...(isForward ? { centerX: bendX } : {}),
  });
  if (!isForward) return { path, labelX: middleX, labelY: middleY, labelWidth: 160 };
  const [from, to, y] = bend === 'source' ? [bendX, targetX, targetY] : [sourceX, bendX, sourceY];
  if (to - from >= chipRoom) return { path, labelX: (from + to) / 2, labelY: y, labelWidth: to - from - 16 };
  const isSteep = Math.abs(targetY - sourceY) > 2 * rowHeight;
  if (!isSteep) return { path, labelX: sourceX + gap / 2, labelY: (sourceY + targetY) / 2, labelWidth: Math.max(24, gap - 16) };
  const away = bend === 'source' ? Math.sign(sourceY - targetY) : Math.sign(targetY - sourceY);
  return { path, labelX: bendX, labelY: y + away * rowHeight, labelWidth: 2 * gap };
}
