/** One member that two messages have, or one of them. Paths lead into objects and lists: `values.temperature`, `list[2]`. */
export interface MemberChange {
  readonly path: string;
  readonly kind: 'same' | 'changed' | 'added' | 'removed';
  readonly before?: string;
  readonly after?: string;
}

/** Members that are compared; of larger messages the rest is left to the plain text. */
const MEMBERS_MAX = 500;

/**
 * What differs between two JSON texts, member by member in the order in which they stand; undefined where one is no
 * JSON object or list, or both are too large, so that only the texts can be shown.
 */
export function changesBetween(before: string, after: string): readonly MemberChange[] | undefined {
  const [first, second] = [membersOf(before), membersOf(after)];
  if (first === undefined || second === undefined) return undefined;
  const changes: MemberChange[] = [];
  for (const [path, value] of first) {
    const next = second.get(path);
    if (next === undefined) changes.push({ path, kind: 'removed', before: value });
    else changes.push({ path, kind: next === value ? 'same' : 'changed', before: value, after: next });
  }
  for (const [path, value] of second) if (!first.has(path)) changes.push({ path, kind: 'added', after: value });
  return changes;
}

/** The leaves of a JSON object or list by their paths, each as JSON text. */
function membersOf(text: string): ReadonlyMap<string, string> | undefined {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof root !== 'object' || root === null) return undefined;
  const members = new Map<string, string>();
  const open: [string, unknown][] = [['', root]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [path, value] = next;
    const children = childrenOf(path, value);
    if (children.length === 0 && path !== '') members.set(path, JSON.stringify(value));
    else open.push(...children.reverse());
    if (members.size > MEMBERS_MAX || open.length > MEMBERS_MAX) return undefined;
  }
  return members;
}

function childrenOf(path: string, value: unknown): [string, unknown][] {
  if (Array.isArray(value)) return value.map((child: unknown, place) => [`${path}[${place}]`, child]);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).map(([name, child]) => [path === '' ? name : `${path}.${name}`, child]);
}
