interface Edge {
  readonly fromId: string;
  readonly toId: string;
}

/** Ids that can be reached from the given ones, these included. */
export function reachable(from: readonly string[], edges: readonly Edge[]): ReadonlySet<string> {
  const targets = targetsOf(edges);
  const reached = new Set(from);
  const waiting = [...from];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    for (const next of targets.get(id) ?? []) {
      if (reached.has(next)) continue;
      reached.add(next);
      waiting.push(next);
    }
  }
  return reached;
}

/**
 * Loops of more than one node, each as the ids along it: one for every edge that closes a loop in a depth-first
 * walk. Without recursion, so that a chain of any length is walked.
 */
export function findLoops(ids: readonly string[], edges: readonly Edge[]): readonly (readonly string[])[] {
  const targets = targetsOf(edges);
  const loops: string[][] = [];
  const done = new Set<string>();
  for (const start of ids) {
    if (done.has(start)) continue;
    const path: { readonly id: string; next: number }[] = [{ id: start, next: 0 }];
    const onPath = new Map([[start, 0]]);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const target = targets.get(top.id)?.[top.next];
      top.next += 1;
      if (target === undefined) {
        done.add(top.id);
        onPath.delete(top.id);
        path.pop();
        continue;
      }
      const since = onPath.get(target);
      if (since !== undefined) {
        // An edge from a node to itself has a complaint of its own.
        if (target !== top.id) loops.push(path.slice(since).map(({ id }) => id));
      } else if (!done.has(target)) {
        onPath.set(target, path.length);
        path.push({ id: target, next: 0 });
      }
    }
  }
  return loops;
}

/**
 * Ids in an order in which every edge leads onward. Ids on a loop, and those behind one, come last in the
 * order given.
 */
export function topologicalOrder(ids: readonly string[], edges: readonly Edge[]): readonly string[] {
  const targets = targetsOf(edges);
  const open = new Map(ids.map((id) => [id, 0]));
  for (const { toId } of edges) if (open.has(toId)) open.set(toId, (open.get(toId) ?? 0) + 1);
  const order: string[] = ids.filter((id) => open.get(id) === 0);
  for (let place = 0; place < order.length; place += 1) {
    for (const target of targets.get(order[place] as string) ?? []) {
      const left = (open.get(target) ?? 0) - 1;
      open.set(target, left);
      if (left === 0) order.push(target);
    }
  }
  const ordered = new Set(order);
  return [...order, ...ids.filter((id) => !ordered.has(id))];
}

function targetsOf(edges: readonly Edge[]): ReadonlyMap<string, readonly string[]> {
  const targets = new Map<string, string[]>();
  for (const { fromId, toId } of edges) {
    const known = targets.get(fromId);
    if (known === undefined) targets.set(fromId, [toId]);
    else known.push(toId);
  }
  return targets;
}
