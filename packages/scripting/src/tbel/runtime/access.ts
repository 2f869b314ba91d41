/** Properties, indexes, calls and loops of compiled scripts: what they do for a value that is not the usual one. */
export const accessSource = String.raw`
const methods = { __proto__: null };
// Declares methods of a kind of value: 'name/number of arguments', each taking the value and a list of arguments.
const declare = (kind, table) => { methods[kind] = freeze({ __proto__: null, ...table }); };
const nothing = (what) => fail('null pointer: ' + what);

// A property that the value does not have as a key of its own.
const miss = (object, name) => {
  const kind = kindOf(object);
  if (kind === MAP && hasOwn(object, name)) return object[name];
  if (kind === NULL) nothing('the property "' + name + '" of null');
  if (kind === ENTRY) return name === 'key' ? object.key : name === 'value' ? object.value : fail('could not access: ' + name);
  const capital = name.charAt(0).toUpperCase() + name.slice(1);
  const own = properties.includes(name) ? name + '/0' : 'get' + capital + '/0';
  const getter = methods[kind]?.[own] ?? methods[kind]?.['is' + capital + '/0'];
  if (getter !== undefined) return getter(object, []);
  return kind === MAP ? undefined : fail('could not access: ' + name + '; in class: ' + classOf(object));
};
const properties = ['length', 'size', 'keys', 'values', 'keySet', 'entrySet'];

const at = (object, index) => {
  if (isArray(object)) {
    if ((index | 0) === index && index >= 0 && index < object.length) return object[index];
    return index === undefined ? nothing('the index is null') : outOf(object, index);
  }
  const kind = kindOf(object);
  if (kind === MAP) {
    const key = typeof index === 'string' ? index : text(index);
    return hasOwn(object, key) ? object[key] : miss(object, key);
  }
  if (kind === TEXT) return (index | 0) === index && index >= 0 && index < object.length ? object[index] : outOf(object, index);
  return kind === NULL ? nothing('[' + text(index) + '] of null') : fail('could not access [' + text(index) + '] in class: ' + classOf(object));
};
const outOf = (list, index) => {
  const kind = kindOf(index);
  if (kind !== INT && kind !== LONG) fail('an index must be an Integer, not ' + classOf(index));
  return fail('array index out of bounds: index ' + text(index) + ' of length ' + list.length);
};

const put = (object, name, value) => {
  if (typeof object === 'object' && getPrototypeOf(object) === plain) {
    if (value !== undefined && !(name in plain)) object[name] = value;
    else setKey(object, name, value);
    return value;
  }
  const kind = kindOf(object);
  if (kind === NULL) nothing('could not set "' + name + '"; its parent is null');
  if (kind === ENTRY && name === 'value') return (object.value = value);
  return fail('could not set "' + name + '" in class: ' + classOf(object));
};
const putAt = (object, index, value) => {
  if (isArray(object)) {
    const place = typeof index === 'string' && /^\d{1,9}$/.test(index) ? Number(index) : index;
    at(object, place);
    return (object[place] = value);
  }
  return put(object, typeof index === 'string' ? index : text(index), value);
};

const call = (object, name, args) => {
  if (object === undefined) nothing('calling ' + name.slice(0, name.indexOf('/')) + '() of null');
  const kind = kindOf(object);
  const method = methods[kind]?.[name] ?? (isNumberKind(kind) ? methods[INT][name] : undefined) ?? anyMethods[name];
  if (method !== undefined) return method(object, args);
  const [plainName, count] = name.split('/');
  return fail('unable to resolve method: ' + classOf(object) + '.' + plainName + '() with ' + count + ' arguments');
};
const anyMethods = freeze({
  __proto__: null,
  'toString/0': (x) => text(x),
  'equals/1': (x, args) => same(x, args[0]),
  'hashCode/0': (x) => hashOf(x),
});
const hashOf = (x) => {
  const kind = kindOf(x);
  let hash = kind === LIST ? 1 : 0;
  if (kind === TEXT) for (let i = 0; i < x.length; i++) hash = (Math.imul(31, hash) + x.charCodeAt(i)) | 0;
  else if (kind === LIST) for (let i = 0; i < x.length; i++) hash = (Math.imul(31, hash) + hashOf(x[i])) | 0;
  else if (kind === SET) for (const item of itemsOf(x)) hash = (hash + hashOf(item)) | 0;
  else if (kind === MAP) for (const name of keysOf(x)) hash = (hash + (hashOf(name) ^ hashOf(x[name]))) | 0;
  else if (kind === BOOLEAN) return x ? 1231 : 1237;
  else if (kind === INT) return x;
  else if (kind === LONG) return Number(BigInt.asIntN(32, bigOf(x) ^ (bigOf(x) >> 32n)));
  else if (kind !== NULL) return hashOf(text(x));
  return hash;
};

const bool = (x) => (typeof x === 'boolean' ? x : fail('expected Boolean; but found: ' + classOf(x)));
// What a foreach goes through: a copy, so that the loop may change the list.
const each = (x) => {
  switch (kindOf(x)) {
    case LIST: return x.slice();
    case SET: return itemsOf(x);
    case TEXT: return x.split('');
    case MAP: return entriesOf(x);
    case INT: return countTo(x);
    case NULL: return nothing('a foreach over null');
    default: return fail('non-iterable type: ' + classOf(x));
  }
};
const countTo = (count) => {
  const numbers = [];
  for (let i = 1; i <= count; i++) numbers.push(i);
  return numbers;
};
const entriesOf = (map) => keysOf(map).map((key) => new Entry(key, map[key]));
// Drops the keys without a value from a map literal.
const pack = (map) => {
  for (const key in map) if (map[key] === undefined) delete map[key];
  return map;
};
const defined = (value, path) => {
  for (let i = 0; i < path.length; i++) {
    if (kindOf(value) !== MAP || !hasOwn(value, path[i])) return false;
    value = value[path[i]];
  }
  return true;
};
// Java's arrays are lists here, which only isArray and isList tell apart.
const arrays = new WeakSet();
const asArray = (list) => { arrays.add(list); return list; };
const newArray = (element, size) => {
  if (kindOf(size) !== INT || size < 0) fail('the length of an array must be a whole number from 0');
  const list = [];
  for (let i = 0; i < size; i++) list.push(element);
  return asArray(list);
};
`;
