// Goal: an administrator reads what a limit means before saving it. Method: a text of each form.
import { describe, expect, it } from 'vitest';
import { rateText } from './profile-limits.js';

describe('rate limits in words', () => {
  it('name each limit with its time', () => {
    expect(rateText('')).toBe('No limit.');
    expect(rateText('100:1')).toBe('At most 100 a second.');
    expect(rateText('100:1,2000:60')).toBe('At most 100 a second, and 2,000 a minute.');
    expect(rateText('5:3600,7:86400,9:90')).toBe('At most 5 an hour, and 7 a day, and 9 in 90 seconds.');
  });

  it('are not made up for what cannot be read', () => {
    expect(rateText('100')).toBeUndefined();
    expect(rateText('100:0')).toBeUndefined();
  });
});
