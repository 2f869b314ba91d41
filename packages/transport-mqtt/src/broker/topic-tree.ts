/** Values by topic filter, found by topic in as many steps as the topic has levels, and twice that for each `+` on the way. */
export class TopicTree<T> {
  readonly #root = newNode<T>();

  add(filter: string, value: T): void {
    let node = this.#root;
    for (const level of filter.split('/')) {
      let next = node.children.get(level);
      if (next === undefined) node.children.set(level, (next = newNode<T>()));
      node = next;
    }
    node.values.add(value);
  }

  delete(filter: string, value: T): void {
    const path = [this.#root];
    const levels = filter.split('/');
    for (const level of levels) {
      const next = path.at(-1)?.children.get(level);
      if (next === undefined) return;
      path.push(next);
    }
    path.at(-1)?.values.delete(value);
    for (let depth = levels.length; depth > 0; depth -= 1) {
      const node = path[depth] as Node<T>;
      if (node.values.size > 0 || node.children.size > 0) return;
      path[depth - 1]?.children.delete(levels[depth - 1] as string);
    }
  }

  /** The values of all filters that take the topic. */
  match(topic: string): readonly T[] {
    const found: T[] = [];
    collect(this.#root, topic.split('/'), 0, found);
    return found;
  }
}

interface Node<T> {
  readonly children: Map<string, Node<T>>;
  readonly values: Set<T>;
}

const newNode = <T>(): Node<T> => ({ children: new Map(), values: new Set() });

function collect<T>(node: Node<T>, levels: readonly string[], depth: number, found: T[]): void {
  // `a/#` takes `a` too, so this is looked at before the end of the topic is.
  const rest = node.children.get('#');
  if (rest !== undefined) found.push(...rest.values);
  if (depth === levels.length) {
    found.push(...node.values);
    return;
  }
  for (const level of [levels[depth] as string, '+']) {
    const next = node.children.get(level);
    if (next !== undefined) collect(next, levels, depth + 1, found);
  }
}
