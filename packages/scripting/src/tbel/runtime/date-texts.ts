/** Dates as texts: ISO, RFC 1123 and patterns of Java's DateTimeFormatter. Names are English whatever the locale. */
export const dateTextsSource = String.raw`
const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const isoPattern = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)? ?(\S+)?$/;
const rfcPattern = /^(?:[A-Za-z]{3}, )?(\d{1,2}) ([A-Za-z]{3}) (\d{4}) (\d\d):(\d\d)(?::(\d\d))?(?: (\S+))?$/;
// Milliseconds since 1970, or undefined for what is no date and time. Without a zone it is UTC.
const parseDate = (value) => {
  try {
    const iso = isoPattern.exec(value.trim());
    if (iso !== null) {
      const ms = iso[7] === undefined ? 0 : Math.floor(Number('0.' + iso[7]) * 1000 + 1e-6);
      return msOf([iso[1], iso[2], iso[3], iso[4], iso[5], iso[6] ?? 0].map(Number).concat([ms]), zoneOf(iso[8]));
    }
    const rfc = rfcPattern.exec(value.trim());
    if (rfc === null) return undefined;
    const month = months.findIndex((name) => name.slice(0, 3).toLowerCase() === rfc[2].toLowerCase()) + 1;
    return msOf([Number(rfc[3]), month, ...[rfc[1], rfc[4], rfc[5], rfc[6] ?? 0].map(Number), 0], zoneOf(rfc[7]));
  } catch (_) {
    return undefined;
  }
};
// A pattern as parts: runs of one letter, and texts between.
const patternParts = (pattern) => {
  if (pattern.length > 200) fail('the pattern of a date is longer than 200 characters');
  return (pattern.match(/'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']+/g) ?? []).map((part) =>
    /^[A-Za-z]/.test(part) ? { letter: part[0], count: part.length } : { literal: part[0] === "'" ? (part === "''" ? "'" : part.slice(1, -1).replaceAll("''", "'")) : part });
};
const named = (names, number, count) => (count === 3 ? names[number - 1].slice(0, 3) : count === 5 ? names[number - 1][0] : names[number - 1]);
const formatPart = ({ letter, count, literal }, fields, period) => {
  const padded = (number) => String(number).padStart(count, '0');
  switch (letter) {
    case undefined: return literal;
    case 'y': case 'u': return count === 2 ? two(fields[0] % 100) : padded(fields[0]);
    case 'M': case 'L': return count < 3 ? padded(fields[1]) : named(months, fields[1], count);
    case 'd': return padded(fields[2]);
    case 'E': return named(days, fields[7], count < 3 ? 3 : count);
    case 'e': return padded((fields[7] % 7) + 1);
    case 'H': return padded(fields[3]);
    case 'k': return padded(fields[3] || 24);
    case 'K': return padded(fields[3] % 12);
    case 'h': return padded(fields[3] % 12 || 12);
    case 'm': return padded(fields[4]);
    case 's': return padded(fields[5]);
    case 'S': return String(fields[6]).padStart(3, '0').padEnd(count, '0').slice(0, count);
    case 'a': return fields[3] < 12 ? 'AM' : 'PM';
    case 'z': return count < 4 ? period[3] : period[2];
    case 'V': return period[3];
    case 'O': return period[1] === 0 ? 'GMT' : 'GMT' + offsetText(period[1], ':');
    case 'X': case 'x': return letter === 'X' && period[1] === 0 ? 'Z' : count === 1 && period[1] % 3600000 === 0 ? offsetText(period[1], '').slice(0, 3) : offsetText(period[1], count === 3 || count === 5 ? ':' : '');
    case 'Z': return offsetText(period[1], count === 5 ? ':' : '');
    default: return fail('Unknown pattern letter: ' + letter);
  }
};
const formatDate = (ms, pattern, zone) => {
  const fields = fieldsOf(ms, zone), period = periodAt(zone, ms);
  return patternParts(pattern).map((part) => formatPart(part, fields, period)).join('');
};
const parseForms = { y: '(\\d{4})', u: '(\\d{4})', d: '(\\d{1,2})', H: '(\\d{1,2})', h: '(\\d{1,2})', m: '(\\d{1,2})', s: '(\\d{1,2})', S: '(\\d{1,9})', a: '([AaPp][Mm])', E: '[A-Za-z]+',
  X: '(\\S+)', x: '(\\S+)', Z: '(\\S+)', z: '(\\S+)', V: '(\\S+)', O: '(\\S+)' };
const parsePattern = (value, pattern, zone) => {
  const letters = [];
  const source = patternParts(pattern).map(({ letter, count, literal }) => {
    if (letter === undefined) return literal.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    if (letter !== 'E') letters.push(letter);
    if (letter === 'M' || letter === 'L') return count < 3 ? '(\\d{1,2})' : '([A-Za-z]+)';
    if ((letter === 'y' || letter === 'u') && count === 2) return '(\\d{2})';
    return parseForms[letter] ?? fail('Unknown pattern letter: ' + letter);
  }).join('');
  const found = new RegExp('^' + source + '$').exec(value.trim());
  if (found === null) fail('Cannot parse value [' + value + '] as instant');
  const fields = [1970, 1, 1, 0, 0, 0, 0];
  let isAfternoon, zoneName;
  letters.forEach((letter, i) => {
    const part = found[i + 1];
    if (letter === 'y' || letter === 'u') fields[0] = part.length === 2 ? 2000 + Number(part) : Number(part);
    else if (letter === 'M' || letter === 'L') fields[1] = /^\d/.test(part) ? Number(part) : months.findIndex((name) => name.toLowerCase().startsWith(part.toLowerCase())) + 1;
    else if (letter === 'S') fields[6] = Number(part.padEnd(3, '0').slice(0, 3));
    else if (letter === 'a') isAfternoon = part[0].toLowerCase() === 'p';
    else if ('XxZzVO'.includes(letter)) zoneName = part;
    else fields[{ d: 2, H: 3, h: 3, m: 4, s: 5 }[letter]] = Number(part);
  });
  if (isAfternoon !== undefined) fields[3] = (fields[3] % 12) + (isAfternoon ? 12 : 0);
  return msOf(fields, zoneName === undefined ? zone : zoneOf(zoneName));
};
const patternOrNothing = (value, pattern) => { try { return parsePattern(value, pattern, UTC); } catch (_) { return undefined; } };

// --- The styles of the United States, which other countries get too but for the short ones here, and those of no country.
const american = { date: { FULL: 'EEEE, MMMM d, y', LONG: 'MMMM d, y', MEDIUM: 'MMM d, y', SHORT: 'M/d/yy' }, time: { FULL: 'h:mm:ss a zzzz', LONG: 'h:mm:ss a z', MEDIUM: 'h:mm:ss a', SHORT: 'h:mm a' } };
const neutral = { date: { FULL: 'y MMM d, EEE', LONG: 'y MMM d', MEDIUM: 'y MMM d', SHORT: 'y-MM-dd' }, time: { FULL: 'HH:mm:ss zzzz', LONG: 'HH:mm:ss z', MEDIUM: 'HH:mm:ss', SHORT: 'HH:mm' } };
const shortStyles = { __proto__: null, de: { SHORT: 'dd.MM.yy', MEDIUM: 'dd.MM.y' }, 'en-gb': { SHORT: 'dd/MM/y', MEDIUM: 'd MMM y' } };
const styled = (locale, dateStyle, timeStyle) => {
  const style = /^(?:utc)?$/i.test(locale) ? neutral : american, parts = [];
  const own = shortStyles[locale.toLowerCase().slice(0, 5)] ?? shortStyles[locale.toLowerCase().slice(0, 2)];
  if (own !== undefined && dateStyle !== 'FULL' && dateStyle !== 'LONG') return [own[dateStyle], timeStyle && neutral.time[timeStyle]].filter((part) => part !== undefined).join(', ');
  if (dateStyle !== undefined) parts.push(style.date[dateStyle] ?? style.date.SHORT);
  if (timeStyle !== undefined) parts.push(style.time[timeStyle] ?? style.time.MEDIUM);
  return parts.join(style === neutral ? ' ' : dateStyle === 'FULL' || dateStyle === 'LONG' ? " 'at' " : ', ');
};
// Options are a zone, or JSON or a map with timeZone, dateStyle, timeStyle and pattern.
const optionsOf = (x) => {
  if (x === undefined) return {};
  if (isMap(x)) return x;
  const shown = text(x);
  return shown.trimStart().startsWith('{') ? parseJson(shown) : { timeZone: shown };
};
const upper = (x, standard) => (x === undefined ? standard : text(x).toUpperCase());
const shownBy = (standardLocale, dateStyle, timeStyle, isFixed) => (d, a) => {
  const options = optionsOf(a[1]), locale = a.length === 0 ? standardLocale : text(a[0]);
  const date = dateStyle && (isFixed || a.length < 2 ? dateStyle : upper(options.dateStyle, 'SHORT')), time = timeStyle && (isFixed ? timeStyle : upper(options.timeStyle, timeStyle));
  return formatDate(d['='], options.pattern === undefined ? styled(locale, date, time) : text(options.pattern), zoneOf(options.timeZone));
};
const shown = (name, most, locale, dateStyle, timeStyle, isFixed) => Object.assign(dateTable, numbered(name, 0, most, shownBy(locale, dateStyle, timeStyle, isFixed)));
shown('toString', 2, 'en', 'FULL', 'FULL', true);
shown('toDateString', 2, '', 'FULL', undefined, true);
shown('toTimeString', 2, 'en', undefined, 'FULL', true);
shown('toUTCString', 1, '', 'FULL', 'MEDIUM', true);
shown('toLocaleString', 2, '', 'SHORT', 'MEDIUM', false);
shown('toLocaleDateString', 2, '', 'FULL', undefined, false);
shown('toLocaleTimeString', 2, 'en', undefined, 'MEDIUM', false);
declare(DATE, dateTable);
const dateText = (d) => dateTable['toString/0'](d, []);
`;
