/** Dates: instants with getters and setters of a time zone. The server's is UTC; others come with the script, see `time-zones.ts`. */
export const dateFunctionsSource = String.raw`
const DAY_MS = 86400000, DATE_MS_MAX = 8640000000000000;
const fixedOffset = /^(?:UTC|GMT|UT)?([+-])(\d{1,2})(?::?(\d{2}))?$/;
// A zone is a list of [from ms, offset ms, long name, short name], latest first.
const zoneOf = (name) => {
  if (name === undefined || name === '' || /^(?:UTC|GMT|UT|Z|Etc\/UTC|Etc\/GMT|Zulu)$/.test(name)) return UTC;
  const offset = fixedOffset.exec(name);
  if (offset !== null) return fixedZone((offset[1] === '-' ? -1 : 1) * (Number(offset[2]) * 60 + Number(offset[3] ?? 0)));
  return ZONES[name] ?? fail('Unknown time-zone ID: ' + name + '. A zone must stand in the script as a text, so that it is known before the script runs');
};
const UTC = [[-Infinity, 0, 'Coordinated Universal Time', 'UTC']];
const two = (number) => String(number).padStart(2, '0');
const offsetText = (ms, colon) => (ms < 0 ? '-' : '+') + two(Math.floor(Math.abs(ms) / 3600000)) + colon + two((Math.abs(ms) / 60000) % 60);
const fixedZone = (minutes) => [[-Infinity, minutes * 60000, 'GMT' + offsetText(minutes * 60000, ':'), 'GMT' + offsetText(minutes * 60000, ':')]];
const periodAt = (zone, ms) => zone.find((period) => period[0] <= ms) ?? zone[zone.length - 1];
const timeText = (ms) => (Math.abs(ms) <= DATE_MS_MAX ? ms : fail('the time is out of range'));
const dateAt = (ms) => new JavaDate(timeText(ms));
// The fields of an instant in a zone: year, month from 1, day, hours, minutes, seconds, milliseconds, day of the week from Monday as 1.
const fieldsOf = (ms, zone) => {
  const local = new Date(ms + periodAt(zone, ms)[1]);
  return [local.getUTCFullYear(), local.getUTCMonth() + 1, local.getUTCDate(), local.getUTCHours(), local.getUTCMinutes(), local.getUTCSeconds(), local.getUTCMilliseconds(), local.getUTCDay() || 7];
};
const ranges = [['Year', -999999, 999999], ['MonthOfYear', 1, 12], ['DayOfMonth', 1, 31], ['HourOfDay', 0, 23], ['MinuteOfHour', 0, 59], ['SecondOfMinute', 0, 59], ['MilliOfSecond', 0, 999]];
const localMs = (fields) => {
  for (let i = 0; i < ranges.length; i++) {
    const [name, min, max] = ranges[i];
    if (!(fields[i] >= min && fields[i] <= max)) fail('Invalid value for ' + name + ' (valid values ' + min + ' - ' + max + '): ' + fields[i]);
  }
  const date = new Date(0);
  date.setUTCFullYear(fields[0], fields[1] - 1, fields[2]);
  if (date.getUTCDate() !== fields[2]) fail('Invalid date: day ' + fields[2] + ' of month ' + fields[1]);
  return date.getTime() + fields[3] * 3600000 + fields[4] * 60000 + fields[5] * 1000 + fields[6];
};
const msOf = (fields, zone) => {
  const local = localMs(fields);
  const first = local - periodAt(zone, local)[1];
  return timeText(local - periodAt(zone, first)[1]);
};
const fullYear = (year) => (year < 70 ? 2000 + year : year <= 99 ? 1900 + year : year);
// As for JavaScript's Date, but months count from 1 and the last argument may be a zone.
const createDate = (...args) => {
  if (args.length === 0) return dateAt(Date.now());
  if (args.length === 1) return dateAt(typeof args[0] === 'string' ? parseDate(args[0]) ?? fail('Cannot parse value [' + args[0] + '] as instant') : kindOf(args[0]) === DATE ? args[0]['='] : Number(bigOf(asLong(args[0]))));
  if (typeof args[0] === 'string') return dateAt(parsePattern(args[0], text(args[1]), zoneOf(args[3])));
  const zone = typeof args[args.length - 1] === 'string' ? zoneOf(args.pop()) : UTC;
  const fields = args.map(int);
  if (fields.length < 3 || fields.length === 4) fail('a date takes year, month and day, and then hours and minutes');
  while (fields.length < 7) fields.push(0);
  return dateAt(msOf([fullYear(fields[0]), ...fields.slice(1, 7)], zone));
};
create.Date = createDate;
const isoText = (ms) => {
  const shown = new Date(ms).toISOString();
  return shown.endsWith('.000Z') ? shown.slice(0, -5) + 'Z' : shown;
};
const dateTable = {
  'getTime/0': (d) => clockLong(d['=']), 'valueOf/0': (d) => clockLong(d['=']), 'parseSecondMilli/0': (d) => clockLong(d['=']), 'parseSecond/0': (d) => clockLong(Math.floor(d['='] / 1000)),
  'setTime/1': (d, a) => { d['='] = timeText(Number(bigOf(asLong(a[0])))); }, 'toISOString/0': (d) => isoText(d['=']), 'toJSON/0': (d) => isoText(d['=']),
};
const clockLong = (ms) => toLong(BigInt(ms));
const setFields = (d, first, args) => {
  const fields = fieldsOf(d['='], UTC), day = fields[2];
  args.forEach((value, i) => { fields[first + i] = int(value); });
  // The 31st of a month that has fewer days runs over into the next one, unless the day itself is set.
  const runsOver = first < 2 && first + args.length <= 2 && day > 28;
  if (runsOver) fields[2] = 1;
  d['='] = timeText(msOf(fields, UTC) + (runsOver ? (day - 1) * DAY_MS : 0));
};
const getters = { FullYear: 0, Month: 1, Date: 2, Hours: 3, Minutes: 4, Seconds: 5, Milliseconds: 6, Day: 7 };
const setterArguments = { FullYear: 3, Month: 2, Date: 1, Hours: 4, Minutes: 3, Seconds: 2, Milliseconds: 1 };
for (const name of keysOf(getters)) {
  for (const prefix of ['', 'UTC']) {
    dateTable['get' + prefix + name + '/0'] = (d) => fieldsOf(d['='], UTC)[getters[name]];
    for (let count = 1; count <= (setterArguments[name] ?? 0); count++) dateTable['set' + prefix + name + '/' + count] = (d, a) => setFields(d, getters[name], a);
  }
}
const addedMs = { Weeks: 7 * DAY_MS, Days: DAY_MS, Hours: 3600000, Minutes: 60000, Seconds: 1000, Nanos: 1e-6 };
for (const name of keysOf(addedMs)) dateTable['add' + name + '/1'] = (d, a) => { d['='] = timeText(Math.floor(d['='] + numberOf(a[0]) * addedMs[name])); };
const addMonths = (d, count) => {
  const fields = fieldsOf(d['='], UTC), months = fields[0] * 12 + fields[1] - 1 + count;
  fields[0] = Math.floor(months / 12);
  fields[1] = months - fields[0] * 12 + 1;
  // The last day of a shorter month takes the place of one it does not have.
  fields[2] = Math.min(fields[2], new Date(Date.UTC(2000 + ((fields[0] % 400) + 400) % 400, fields[1], 0)).getUTCDate());
  d['='] = msOf(fields, UTC);
};
dateTable['addMonths/1'] = (d, a) => addMonths(d, int(a[0]));
dateTable['addYears/1'] = (d, a) => addMonths(d, int(a[0]) * 12);
define({
  'Date.now': () => clockLong(Date.now()), 'Date.parse': (value, pattern) => clockLong((pattern === undefined ? parseDate(text(value)) : patternOrNothing(text(value), text(pattern))) ?? -1),
  'Date.UTC': (year, month = 0, day = 0, ...rest) => {
    // As measured: a zero, also for a missing part, stands for the end of the year before.
    const fields = [int(year) || 1899, int(month) || 12, int(day) || 31, ...rest.map(int)];
    while (fields.length < 7) fields.push(0);
    return clockLong(msOf([fullYear(fields[0]), ...fields.slice(1)], UTC));
  },
});
`;
