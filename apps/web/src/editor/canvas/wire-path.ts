import { Position, getSmoothStepPath } from '@xyflow/react';

interface Ends {
  readonly sourceX: number;
  readonly sourceY: number;
  readonly targetX: number;
  readonly targetY: number;
}

/** Distance from a node to the bend of its wires, so that wires which share an end share a line. */
const bendDistance = 28;

/** The line of a wire and the place of its chips: on the long straight part, at the end where it runs alone. */
export function wirePath(ends: Ends, bend: 'source' | 'target'): { path: string; labelX: number; labelY: number } {
  const { sourceX, sourceY, targetX, targetY } = ends;
  const isForward = targetX - sourceX > 2 * bendDistance;
  const bendX = bend === 'source' ? sourceX + bendDistance : targetX - bendDistance;
  const [path, middleX, middleY] = getSmoothStepPath({
    ...ends,
    sourcePosition: Position.Right,
    targetPosition: Position.Left,
    borderRadius: 8,
    offset: 20,
    ...(isForward ? { centerX: bendX } : {}),
  });
  if (!isForward) return { path, labelX: middleX, labelY: middleY };
  if (bend === 'source') return { path, labelX: (bendX + targetX) / 2, labelY: targetY };
  return { path, labelX: (sourceX + bendX) / 2, labelY: sourceY };
}
