import fc from 'fast-check';
import { expect, test } from 'vitest';
import { downlinkKindOf, isTopicFilter, isTopicName, matchesTopicFilter, uploadKindOf } from './mqtt-topics.js';
import { UplinkKind } from './uplink-batch.js';

test.each([
  { topic: 'v1/devices/me/telemetry', kind: UplinkKind.telemetry },
  { topic: 'v2/t', kind: UplinkKind.telemetry },
  { topic: 'v2/t/j', kind: UplinkKind.telemetry },
  { topic: 'v1/devices/me/attributes', kind: UplinkKind.attributes },
  { topic: 'v2/a', kind: UplinkKind.attributes },
  { topic: 'v2/a/j', kind: UplinkKind.attributes },
  { topic: 'v1/devices/me/claim', kind: UplinkKind.claim },
  { topic: 'v1/devices/me/claim/', kind: undefined },
  { topic: 'v1/devices/me/telemetry/', kind: undefined },
  { topic: '/v1/devices/me/telemetry', kind: undefined },
  { topic: 'v2/t/p', kind: undefined },
  { topic: 'v1/devices/me/tele', kind: undefined },
])('an upload on "$topic" is kind $kind', ({ topic, kind }) => {
  expect(uploadKindOf(topic)).toBe(kind);
});

test('a custom topic takes the place of the default one, and the short topics stay', () => {
  const custom = { telemetry: 'plant/+/data' };
  expect(uploadKindOf('plant/a/data', custom)).toBe(UplinkKind.telemetry);
  expect(uploadKindOf('v1/devices/me/telemetry', custom)).toBeUndefined();
  expect(uploadKindOf('v1/devices/me/attributes', custom)).toBe(UplinkKind.attributes);
  expect(uploadKindOf('v2/t', custom)).toBe(UplinkKind.telemetry);
});

test('where both custom filters match, it is attributes', () => {
  expect(uploadKindOf('a/b', { telemetry: '#', attributes: 'a/#' })).toBe(UplinkKind.attributes);
});

test.each([
  { filter: '#', topic: 'a/b', matches: true },
  { filter: 'a/#', topic: 'a', matches: true },
  { filter: 'a/#', topic: 'a/b/c', matches: true },
  { filter: 'a/#', topic: 'b', matches: false },
  { filter: 'a/+', topic: 'a/b', matches: true },
  { filter: 'a/+', topic: 'a/', matches: false },
  { filter: 'a/+', topic: 'a', matches: false },
  { filter: 'a/+', topic: 'a/b/c', matches: false },
  { filter: '+/b', topic: 'a/b', matches: true },
  { filter: 'a', topic: 'a/b', matches: false },
  { filter: '#/a', topic: 'a/a', matches: false },
])('filter $filter matches $topic: $matches', ({ filter, topic, matches }) => {
  expect(matchesTopicFilter(filter, topic)).toBe(matches);
});

const level = fc.constantFrom('a', 'b', 'ab', '');
const topicText = fc.array(level, { minLength: 1, maxLength: 4 }).map((levels) => levels.join('/'));
const filterText = fc.array(fc.constantFrom('a', 'b', '+', '#', ''), { minLength: 1, maxLength: 4 }).map((levels) => levels.join('/'));

test('matching agrees with the regular expression that a filter stands for', () => {
  fc.assert(
    fc.property(filterText.filter(isTopicFilter), topicText.filter(isTopicName), (filter, topic) => {
      const pattern = filter
        .replace(/(^|\/)\+(?=\/|$)/g, '$1[^/]+')
        .replace(/\[\^\/\]\+\/\+/g, '[^/]+/[^/]+')
        .replace(/^#$/, '.*')
        .replace(/\/#$/, '(/.*)?');
      expect(matchesTopicFilter(filter, topic)).toBe(new RegExp(`^${pattern}$`).test(topic));
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  { filter: 'v1/devices/me/attributes', kind: 'attribute-pushes' },
  { filter: 'v2/r/req/j/+', kind: 'rpc-requests' },
  { filter: 'v1/devices/me/rpc/response/+', kind: 'answers' },
  { filter: 'v2/fw/response/+/chunk/+', kind: 'answers' },
  { filter: 'v1/devices/me/#', kind: undefined },
  { filter: 'v1/devices/+/attributes', kind: undefined },
  { filter: 'v1/devices/me/rpc/request/1', kind: undefined },
])('a subscription to $filter asks for $kind', ({ filter, kind }) => {
  expect(downlinkKindOf(filter)).toBe(kind);
});

test('a profile adds its own filter for attribute pushes', () => {
  expect(downlinkKindOf('plant/attributes')).toBeUndefined();
  expect(downlinkKindOf('plant/attributes', 'plant/attributes')).toBe('attribute-pushes');
  expect(downlinkKindOf('plant/attributes', 'plant/+')).toBe('attribute-pushes');
  expect(downlinkKindOf('plant/+', 'plant/+')).toBe('attribute-pushes');
});

test.each(['a', '+', '#', 'a/+/b', 'a/#', '/', 'a//b'])('%s is a filter', (filter) => {
  expect(isTopicFilter(filter)).toBe(true);
});

test.each(['', 'a+', 'a/b#', '#/a', 'a\0', '+a/b'])('"%s" is no filter', (filter) => {
  expect(isTopicFilter(filter)).toBe(false);
});
