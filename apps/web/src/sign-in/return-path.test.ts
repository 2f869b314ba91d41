import { expect, test } from 'vitest';
import { returnPath } from './return-path.js';

test.each([
  { wanted: '/devices/7?tab=chart', goes: '/devices/7?tab=chart', why: 'a page of ours is returned to' },
  { wanted: null, goes: '/', why: 'without a wish the start page opens' },
  { wanted: '//evil.example/x', goes: '/', why: 'another site in disguise is refused' },
  { wanted: '/\\evil.example', goes: '/', why: 'browsers read a backslash as a slash' },
  { wanted: 'https://evil.example', goes: '/', why: 'another site is refused' },
  { wanted: '/sign-in', goes: '/', why: 'the sign-in page would go round in circles' },
])('$why', ({ wanted, goes }) => {
  expect(returnPath(wanted)).toBe(goes);
});
