/** Methods of lists, maps, sets and entries: Java's, and those TBEL adds. */
export const collectionMethodsSource = String.raw`
const index = (list, i, limit) => {
  const place = int(i);
  return place >= 0 && place < limit ? place : fail('Index ' + place + ' out of bounds for length ' + list.length);
};
const startIn = (list, i) => { const start = int(i); return start < -list.length ? 0 : start < 0 ? start + list.length : start; };
const endIn = (list, i) => { const end = int(i); return end < -list.length ? 0 : end < 0 ? end + list.length : Math.min(end, list.length); };
const slice = (list, from, to) => (from > to ? fail('fromIndex(' + from + ') > toIndex(' + to + ')') : from > list.length ? index(list, from, list.length) : list.slice(from, to));
const asNumber = (x) => {
  const kind = kindOf(x);
  if (isNumberKind(kind)) return numberOf(x);
  return kind === TEXT && x.trim() !== '' && Number.isFinite(Number(x)) ? Number(x) : fail('For input string: "' + text(x) + '"');
};
// Texts alone sort as texts; anything else must be numbers.
const sorted = (list, isUp, valueOf) => {
  const isText = list.every((item) => typeof valueOf(item) === 'string');
  const keyed = list.map((item) => ({ item, key: isText ? valueOf(item) : asNumber(valueOf(item)) }));
  keyed.sort((a, b) => { const order = a.key < b.key ? -1 : a.key > b.key ? 1 : 0; return isUp ? order : -order; });
  return keyed.map((one) => one.item);
};
const itself = (x) => x;
const refill = (list, items) => { for (let i = 0; i < items.length; i++) list[i] = items[i]; };
const splice = (list, a) => {
  const start = startIn(list, a[0]);
  if (start > list.length) index(list, start, list.length);
  return list.splice(start, a.length < 2 ? list.length : Math.max(0, int(a[1])), ...a.slice(2));
};
const fill = (list, a) => {
  const start = a.length > 1 ? startIn(list, a[1]) : 0, end = a.length > 2 ? endIn(list, a[2]) : list.length;
  for (let i = start; i < end; i++) list[i] = a[0];
  return list;
};
const append = (list, items) => { for (let i = 0, count = items.length; i < count; i++) list.push(items[i]); };
const insertAll = (list, place, items) => { const added = items.slice(), rest = list.splice(place); append(list, added); append(list, rest); return added.length > 0; };
const removeFrom = (list, x) => {
  if (kindOf(x) === INT) return list.splice(index(list, x, list.length), 1)[0];
  const place = indexIn(list, x, 0);
  if (place >= 0) list.splice(place, 1);
  return place >= 0;
};
const collection = (x) => (kindOf(x) === LIST || kindOf(x) === SET ? itemsOf(x) : fail('a list is needed, not ' + classOf(x)));
const joined = (list, separator) => list.map((item) => (item === undefined ? nothing('join() of a list with null') : text(item))).join(text(separator))
  .replaceAll(', ', ',').replaceAll('[', '').replaceAll(']', '');
const lastIndexIn = (list, x) => { for (let i = list.length - 1; i >= 0; i--) if (same(list[i], x)) return i; return -1; };
const numbered = (name, from, to, method) => {
  const table = {};
  for (let count = from; count <= to; count++) table[name + '/' + count] = method;
  return table;
};
declare(LIST, {
  'size/0': (l) => l.length, 'length/0': (l) => l.length, 'isEmpty/0': (l) => l.length === 0,
  'get/1': (l, a) => l[index(l, a[0], l.length)], 'set/2': (l, a) => { const i = index(l, a[0], l.length), old = l[i]; l[i] = a[1]; return old; },
  'add/1': (l, a) => l.push(a[0]) > 0, 'push/1': (l, a) => l.push(a[0]) > 0,
  'add/2': (l, a) => { l.splice(index(l, a[0], l.length + 1), 0, a[1]); }, 'unshift/1': (l, a) => { l.unshift(a[0]); },
  'addAll/1': (l, a) => insertAll(l, l.length, collection(a[0])), 'addAll/2': (l, a) => insertAll(l, index(l, a[0], l.length + 1), collection(a[1])),
  'pop/0': (l) => l.pop(), 'shift/0': (l) => l.splice(index(l, 0, l.length), 1)[0], 'remove/1': (l, a) => removeFrom(l, a[0]),
  'removeAll/1': (l, a) => { const before = l.length, gone = collection(a[0]), left = l.filter((x) => indexIn(gone, x, 0) < 0); l.length = 0; append(l, left); return left.length < before; },
  'clear/0': (l) => { l.length = 0; }, 'contains/1': (l, a) => indexIn(l, a[0], 0) >= 0,
  'containsAll/1': (l, a) => collection(a[0]).every((x) => indexIn(l, x, 0) >= 0),
  'indexOf/1': (l, a) => indexIn(l, a[0], 0), 'indexOf/2': (l, a) => indexIn(l, a[0], startIn(l, a[1])), 'lastIndexOf/1': (l, a) => lastIndexIn(l, a[0]),
  'slice/0': (l) => l.slice(), 'slice/1': (l, a) => slice(l, startIn(l, a[0]), l.length), 'slice/2': (l, a) => slice(l, startIn(l, a[0]), endIn(l, a[1])),
  'subList/2': (l, a) => slice(l, index(l, a[0], l.length + 1), index(l, a[1], l.length + 1)),
  'concat/1': (l, a) => l.concat(collection(a[0])), 'join/0': (l) => joined(l, ','), 'join/1': (l, a) => joined(l, a[0]),
  'sort/0': (l) => refill(l, sorted(l, true, itself)), 'sort/1': (l, a) => refill(l, sorted(l, bool(a[0]), itself)),
  'toSorted/0': (l) => sorted(l, true, itself), 'toSorted/1': (l, a) => sorted(l, bool(a[0]), itself),
  'reverse/0': (l) => { l.reverse(); }, 'toReversed/0': (l) => l.slice().reverse(),
  ...numbered('splice', 1, 10, splice), 'toSpliced/1': (l) => l.slice(),
  ...numbered('toSpliced', 2, 10, (l, a) => { const copy = l.slice(); splice(copy, a); return copy; }), ...numbered('fill', 1, 3, fill),
  'with/2': (l, a) => { const place = startIn(l, a[0]); return l.toSpliced(index(l, place, l.length), 0, a[1]); }, 'toArray/0': (l) => l.slice(), 'clone/0': (l) => l.slice(),
});
const getOr = (map, key, value) => (hasOwn(map, text(key)) ? map[text(key)] : value);
const putKey = (map, key, value) => { const old = getOr(map, key); setKey(map, text(key), value); return old; };
const reorder = (map, names) => {
  const values = names.map((name) => map[name]);
  for (let i = 0; i < names.length; i++) { delete map[names[i]]; setKey(map, names[i], values[i]); }
};
const putAll = (map, other) => {
  if (kindOf(other) !== MAP) fail('a map is needed, not ' + classOf(other));
  for (const name of keysOf(other)) setKey(map, name, other[name]);
};
declare(MAP, {
  'size/0': (m) => keysOf(m).length, 'isEmpty/0': (m) => keysOf(m).length === 0, 'get/1': (m, a) => getOr(m, a[0]), 'getOrDefault/2': (m, a) => getOr(m, a[0], a[1]),
  'put/2': (m, a) => putKey(m, a[0], a[1]), 'putIfAbsent/2': (m, a) => (hasOwn(m, text(a[0])) ? m[text(a[0])] : putKey(m, a[0], a[1])),
  'replace/2': (m, a) => (hasOwn(m, text(a[0])) ? putKey(m, a[0], a[1]) : undefined),
  'replace/3': (m, a) => { const found = hasOwn(m, text(a[0])) && same(m[text(a[0])], a[1]); if (found) putKey(m, a[0], a[2]); return found; },
  'remove/1': (m, a) => putKey(m, a[0], undefined), 'putAll/1': (m, a) => putAll(m, a[0]), 'clear/0': (m) => { for (const name of keysOf(m)) delete m[name]; },
  'keys/0': (m) => keysOf(m), 'keySet/0': (m) => setOf(keysOf(m)), 'values/0': (m) => keysOf(m).map((name) => m[name]), 'entrySet/0': (m) => setOf(entriesOf(m)), 'clone/0': (m) => { const copy = {}; putAll(copy, m); return copy; },
  'containsKey/1': (m, a) => hasOwn(m, text(a[0])), 'containsValue/1': (m, a) => keysOf(m).some((name) => same(m[name], a[0])),
  ...numbered('sortByKey', 0, 1, (m, a) => reorder(m, sorted(keysOf(m), a.length === 0 || bool(a[0]), itself))),
  ...numbered('sortByValue', 0, 1, (m, a) => reorder(m, sorted(keysOf(m), a.length === 0 || bool(a[0]), (name) => m[name]))),
});
const addTo = (set, x) => { const key = keyOf(x), isNew = !set['='].has(key); if (isNew) set['='].set(key, x); return isNew; };
const sortSet = (set, isUp) => { const items = sorted(itemsOf(set), isUp, itself); set['='].clear(); for (const item of items) addTo(set, item); };
declare(SET, {
  'size/0': (s) => s['='].size, 'length/0': (s) => s['='].size, 'isEmpty/0': (s) => s['='].size === 0, 'add/1': (s, a) => addTo(s, a[0]),
  'addAll/1': (s, a) => { let isChanged = false; for (const x of collection(a[0])) isChanged = addTo(s, x) || isChanged; return isChanged; },
  'remove/1': (s, a) => s['='].delete(keyOf(a[0])), 'contains/1': (s, a) => s['='].has(keyOf(a[0])), 'clear/0': (s) => { s['='].clear(); },
  'containsAll/1': (s, a) => collection(a[0]).every((x) => s['='].has(keyOf(x))), 'toList/0': (s) => itemsOf(s), 'toArray/0': (s) => itemsOf(s), 'clone/0': (s) => setOf(itemsOf(s)),
  ...numbered('sort', 0, 1, (s, a) => sortSet(s, a.length === 0 || bool(a[0]))),
  ...numbered('toSorted', 0, 1, (s, a) => { const copy = setOf(itemsOf(s)); sortSet(copy, a.length === 0 || bool(a[0])); return copy; }),
});
declare(ENTRY, { 'getKey/0': (e) => e.key, 'getValue/0': (e) => e.value, 'setValue/1': (e, a) => { const old = e.value; e.value = a[0]; return old; } });
`;
