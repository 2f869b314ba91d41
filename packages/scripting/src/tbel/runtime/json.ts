/**
 * JSON in and out, and what a script may return. Plain values go through the sandbox's own JSON. What that would lose
 * (`2.0`, nulls in maps, large longs) is told by texts that begin with a mark no message can know: the server puts them
 * into a message that has such values, values that need it print as one, and message-text.ts puts the answer right.
 */
export const jsonSource = String.raw`
const nativeParse = JSON.parse, nativeStringify = JSON.stringify;
let isMarked = false;
const marked = (shown) => { isMarked = true; return MARK + shown; };
const printDouble = function () {
  const number = this['='];
  return Number.isFinite(number) ? marked(doubleJson(number)) : doubleText(number);
};
const printFloat = function () {
  const number = this['='];
  return Number.isFinite(number) ? marked(floatText(number)) : doubleText(number);
};
const printWhole = function () {
  const big = this['='], number = Number(big);
  return number <= SAFE && number >= -SAFE ? number : marked(String(big));
};
const printers = [[JavaDouble, printDouble], [JavaFloat, printFloat], [JavaLong, printWhole], [JavaBig, printWhole],
  [JavaDecimal, function () { return marked(decimalText(this)); }], [JavaSet, function () { return itemsOf(this); }],
  [JavaDate, function () { return dateText(this); }], [Entry, function () { const map = {}; setKey(map, this.key, this.value); return map; }]];
for (const [type, print] of printers) defineProperty(type.prototype, 'toJSON', { value: print });
for (const [type] of printers) freeze(type.prototype);
const doubleJson = (number) => (number % 1 === 0 && number < 1e7 && number > -1e7 && number !== 0 ? number + '.0' : doubleText(number));
const markPattern = new RegExp('"' + MARK + '([^"]*)"', 'g');
// As JSON.stringify, without a value for null as well.
const stringify = (value) => {
  if (value === undefined) return 'null';
  isMarked = false;
  const shown = nativeStringify(value);
  return isMarked ? shown.replace(markPattern, '$1') : shown;
};

const BIG_DIGITS_MAX = 1000;
// A mark is followed by n for null, w for a whole number, d for a double.
const unmarked = (marked) => {
  const sort = marked[MARK.length], shown = marked.slice(MARK.length + 1);
  if (sort === 'n') return undefined;
  if (sort === 'w') {
    if (shown.length > BIG_DIGITS_MAX) fail('a number has more than ' + BIG_DIGITS_MAX + ' digits');
    const big = BigInt(shown);
    return big > LONG_MAX || big < LONG_MIN ? new JavaBig(big) : big <= 2147483647n && big >= -2147483648n ? Number(big) : toLong(big);
  }
  return toDouble(Number(shown));
};
const revived = (value) => {
  if (typeof value === 'string') return value.startsWith(MARK) ? unmarked(value) : value;
  if (typeof value !== 'object') return value;
  if (isArray(value)) {
    for (let i = 0; i < value.length; i++) value[i] = revived(value[i]);
    return value;
  }
  for (const key in value) {
    const item = value[key];
    if (typeof item === 'string') { if (item.startsWith(MARK)) setKey(value, key, unmarked(item)); }
    else if (typeof item === 'object') revived(item);
  }
  return value;
};
// A message that has what plain JSON loses begins with a tab.
const parseMessage = (source) => (source === 'null' ? undefined : source.charCodeAt(0) === 9 ? revived(nativeParse(source)) : nativeParse(source));
const special = /null|[\d.]0*[eE]|\.0+(?!\d)|\d{16}/;
const jsonToken = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|null/g;
const sortOf = (token) => (token === 'null' ? 'n' : /[.eE]/.test(token) ? 'd' : 'w');
const isSpecial = (token) => sortOf(token) === 'n' || (sortOf(token) === 'd' ? token.includes('e') || token.includes('E') || Number(token) % 1 === 0 : token.length > 15);
const parseJson = (source) => {
  if (source === undefined) return undefined;
  const value = text(source);
  try {
    const parsed = nativeParse(value);
    if (!special.test(value)) return parsed;
    return revived(nativeParse(value.replace(jsonToken, (token) => (token[0] !== '"' && isSpecial(token) ? '"' + MARK + sortOf(token) + token + '"' : token))));
  } catch (error) {
    return fail('JSON.parse: ' + error.message);
  }
};
define({ 'JSON.parse': parseJson, 'JSON.stringify': stringify });

// --- What a script of each kind may return (rule-engine.md §12.1).
const wrong = (value) => { throw new WrongResult(classOf(value)); };
const textValues = (metadata) => {
  if (kindOf(metadata) !== MAP) wrong(metadata);
  for (const key in metadata) {
    if (typeof metadata[key] === 'string') continue;
    const texts = {};
    for (const name of keysOf(metadata)) setKey(texts, name, text(metadata[name]));
    return texts;
  }
  return metadata;
};
const toMessage = (value) => {
  if (!isMap(value)) wrong(value);
  const { metadata, msgType } = value;
  return {
    msg: value.msg, metadata: metadata === undefined ? undefined : textValues(metadata),
    msgType: msgType === undefined || typeof msgType === 'string' ? msgType : text(msgType),
  };
};
const isCollection = (value) => { const kind = kindOf(value); return kind === LIST || kind === SET; };
const finishers = {
  __proto__: null,
  filter: (value) => (typeof value === 'boolean' ? value : wrong(value)),
  switch: (value) => (isCollection(value) ? itemsOf(value).map((label) => (typeof label === 'string' ? label : wrong(label))) : typeof value === 'string' ? value : wrong(value)),
  update: (value) => (isCollection(value) ? itemsOf(value).map(toMessage) : toMessage(value)),
  generate: (value) => toMessage(value),
  string: (value) => (typeof value === 'string' ? value : stringify(value)),
  json: (value) => value,
};
`;
