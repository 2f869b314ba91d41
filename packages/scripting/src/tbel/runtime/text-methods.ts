/** Java's methods of texts, patterns and `String.format`. */
export const textMethodsSource = String.raw`
const PATTERN_CHARS_MAX = 2000;
const javaPattern = (pattern, flags) => {
  let source = String(pattern), extra = '';
  if (source.length > PATTERN_CHARS_MAX) fail('the pattern is longer than ' + PATTERN_CHARS_MAX + ' characters');
  const inline = /^\(\?([ims]+)\)/.exec(source);
  if (inline !== null) { extra = inline[1]; source = source.slice(inline[0].length); }
  source = source.replace(/\\Q([^]*?)(?:\\E|$)/g, (_, quoted) => quoted.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
    .replace(/\\p\{(Alpha|Digit|Alnum|Upper|Lower|Punct|Space)\}/g, (_, name) => posix[name]).replace(/\\z|\\Z/g, '$').replace(/\\A/g, '^');
  try { return new RegExp(source, flags + extra); } catch (error) { return fail('the pattern "' + source.slice(0, 100) + '" is wrong: ' + error.message); }
};
const posix = { Alpha: '[a-zA-Z]', Digit: '\\d', Alnum: '[a-zA-Z0-9]', Upper: '[A-Z]', Lower: '[a-z]', Punct: '[!-/:-@\\[-\`{-~]', Space: '\\s' };
const matchesWhole = (value, pattern) => javaPattern('(?:' + text(pattern).replace(/^(\(\?[ims]+\))/, '') + ')$', 'y' + (/^\(\?([ims]+)\)/.exec(text(pattern))?.[1] ?? '')).test(value);
const like = (a, b) => matchesWhole(text(a), b);
// In a replacement $1 and \x mean the same as in Java; a plain JavaScript one would also know $& and $$.
const replaced = (value, pattern, replacement, flags) => value.replace(javaPattern(pattern, flags), (...found) => {
  const groups = found.slice(0, found.findIndex((part) => typeof part === 'number'));
  return text(replacement).replace(/\\([^])|\$(\d)|\$\{(\w+)\}/g, (whole, escaped, group) => (escaped !== undefined ? escaped : groups[group] ?? ''));
});
const splitBy = (value, pattern, limit) => {
  const parts = [];
  const source = text(pattern);
  if (value === '') return [''];
  // One plain character needs no pattern.
  const all = source.length === 1 && !'.$|()[{^?*+\\'.includes(source) ? value.split(source) : value.split(javaPattern(source, ''));
  for (const part of all) {
    if (limit > 0 && parts.length === limit) { parts[limit - 1] += source + part; continue; }
    parts.push(part);
  }
  if (limit === 0) while (parts.length > 0 && parts[parts.length - 1] === '') parts.pop();
  return parts;
};
const within = (value, from, to) => {
  if (from < 0 || to > value.length || from > to) fail('begin ' + from + ', end ' + to + ', length ' + value.length);
  return value.substring(from, to);
};
const int = (x) => {
  const kind = kindOf(x);
  if (kind === INT) return x + 0;
  if (isNumberKind(kind)) return clampInt(numberOf(x));
  if (kind === TEXT && /^-?\d{1,10}$/.test(x)) return Number(x);
  return fail('a whole number is needed, not ' + classOf(x));
};
const charAt = (value, index) => (index >= 0 && index < value.length ? value[index] : fail('String index out of range: ' + index));
const sought = (x) => (typeof x === 'number' ? String.fromCodePoint(x) : text(x));
const difference = (a, b) => {
  for (let i = 0; i < a.length && i < b.length; i++) if (a[i] !== b[i]) return a.charCodeAt(i) - b.charCodeAt(i);
  return a.length - b.length;
};
const TEXT_CHARS_MAX = 4 * 1024 * 1024;
const repeated = (value, count) => {
  if (count < 0) fail('count is negative: ' + count);
  return value.length * count > TEXT_CHARS_MAX ? fail('Max string length overflow (' + value.length * count + ')!') : value.repeat(count);
};
declare(TEXT, {
  'length/0': (s) => s.length, 'isEmpty/0': (s) => s === '', 'isBlank/0': (s) => s.trim() === '',
  'substring/1': (s, a) => within(s, int(a[0]), s.length), 'substring/2': (s, a) => within(s, int(a[0]), int(a[1])),
  'subSequence/2': (s, a) => within(s, int(a[0]), int(a[1])),
  'indexOf/1': (s, a) => s.indexOf(sought(a[0])), 'indexOf/2': (s, a) => s.indexOf(sought(a[0]), int(a[1])),
  'lastIndexOf/1': (s, a) => s.lastIndexOf(sought(a[0])), 'lastIndexOf/2': (s, a) => s.lastIndexOf(sought(a[0]), int(a[1])),
  'contains/1': (s, a) => s.includes(text(a[0] ?? nothing('contains(null)'))),
  'startsWith/1': (s, a) => s.startsWith(text(a[0])), 'startsWith/2': (s, a) => s.startsWith(text(a[0]), int(a[1])),
  'endsWith/1': (s, a) => s.endsWith(text(a[0])),
  'split/1': (s, a) => splitBy(s, a[0], 0), 'split/2': (s, a) => splitBy(s, a[0], int(a[1])),
  'equalsIgnoreCase/1': (s, a) => typeof a[0] === 'string' && s.toLowerCase() === a[0].toLowerCase(),
  'compareTo/1': (s, a) => difference(s, text(a[0])), 'compareToIgnoreCase/1': (s, a) => difference(s.toLowerCase(), text(a[0]).toLowerCase()),
  'toUpperCase/0': (s) => s.toUpperCase(), 'toLowerCase/0': (s) => s.toLowerCase(),
  'trim/0': (s) => s.trim(), 'strip/0': (s) => s.trim(), 'stripLeading/0': (s) => s.trimStart(), 'stripTrailing/0': (s) => s.trimEnd(),
  'replace/2': (s, a) => s.split(text(a[0])).join(text(a[1])),
  'replaceAll/2': (s, a) => replaced(s, a[0], a[1], 'g'), 'replaceFirst/2': (s, a) => replaced(s, a[0], a[1], ''),
  'matches/1': (s, a) => matchesWhole(s, a[0]), 'concat/1': (s, a) => s + text(a[0]), 'repeat/1': (s, a) => repeated(s, int(a[0])),
  'charAt/1': (s, a) => charAt(s, int(a[0])), 'codePointAt/1': (s, a) => charAt(s, int(a[0])) && s.codePointAt(int(a[0])),
  'toCharArray/0': (s) => s.split(''), 'getBytes/0': (s) => bytesOfText(s), 'getBytes/1': (s, a) => bytesOfText(s, a[0]), 'intern/0': (s) => s,
});
declare(BOOLEAN, { 'booleanValue/0': (x) => x, 'compareTo/1': (x, a) => Number(x) - Number(a[0]) });

// --- String.format: flags - 0 + , ( space, width, precision, and the conversions d x X o f e E s S b c n %.
const grouped = (digits) => digits.replace(/\B(?=(?:\d{3})+(?!\d))/g, ',');
const formatWhole = (value, conversion, flags) => {
  const kind = kindOf(value);
  if (kind === NULL) return 'null';
  if (kind !== INT && kind !== LONG && kind !== BIG) fail('d != java.lang.' + classOf(value));
  const big = bigOf(value);
  if (conversion !== 'd') return unsigned(kind === INT ? 32 : 64, big).toString(conversion === 'o' ? 8 : 16);
  const digits = String(big < 0n ? -big : big);
  return (big < 0n ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '') + (flags.includes(',') ? grouped(digits) : digits);
};
const formatFraction = (value, conversion, flags, precision) => {
  const kind = kindOf(value);
  if (kind === NULL) return 'null';
  if (kind !== DOUBLE && kind !== FLOAT && kind !== DECIMAL) fail(conversion + ' != java.lang.' + classOf(value));
  const number = numberOf(value);
  if (!Number.isFinite(number)) return doubleText(number);
  const start = number < 0 ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  if (conversion !== 'f') return start + Math.abs(number).toExponential(precision).replace(/e([+-])(\d)$/, 'e$10$2');
  const [whole, fraction] = roundedText(Math.abs(number), precision).split('.');
  return start + (flags.includes(',') ? grouped(whole) : whole) + (fraction === undefined ? '' : '.' + fraction);
};
const format = (pattern, args) => {
  let next = 0;
  return text(pattern).replace(/%(?:(\d+)\$)?([-#+ 0,(]*)(\d{1,4})?(?:\.(\d{1,2}))?([a-zA-Z%])/g, (whole, place, flags, width, precision, conversion) => {
    if (conversion === 'n') return '\n';
    if (conversion === '%') return '%';
    const index = place === undefined ? next++ : Number(place) - 1;
    if (index >= args.length) fail("Format specifier '" + whole + "'");
    const value = args[index], kind = conversion.toLowerCase();
    let shown;
    if (kind === 'd' || kind === 'x' || kind === 'o') shown = formatWhole(value, kind, flags);
    else if (kind === 'f' || kind === 'e') shown = formatFraction(value, kind, flags, precision === undefined ? 6 : Number(precision));
    else if (kind === 's') shown = precision === undefined ? text(value) : text(value).slice(0, Number(precision));
    else if (kind === 'b') shown = String(value !== undefined && value !== false);
    else if (kind === 'c') shown = sought(value);
    else fail("Conversion = '" + conversion + "'");
    if (conversion !== kind) shown = shown.toUpperCase();
    const length = Number(width ?? 0);
    if (flags.includes('-')) return shown.padEnd(length);
    if (!flags.includes('0') || 'sbc'.includes(kind)) return shown.padStart(length);
    const signed = /^[-+ ]/.exec(shown)?.[0] ?? '';
    return signed + shown.slice(signed.length).padStart(length - signed.length, '0');
  });
};
`;
