// Goal: a tenant profile cannot be saved with a rate limit that nobody could apply. Method: members of every spelling.
import { describe, expect, it } from 'vitest';
import { requireRateLimits } from './rate-limits.js';

describe('rate limits of a tenant profile', () => {
  it('are checked by the names of their members', () => {
    const right = { tenantServerRestLimitsConfiguration: '100:1,2000:60', transportTenantMsgRateLimit: '', edgeEventRateLimits: null, maxDevices: 5 };
    expect(() => requireRateLimits(right)).not.toThrow();
    for (const member of ['customerServerRestLimitsConfiguration', 'wsUpdatesPerSessionRateLimit', 'edgeEventRateLimits']) {
      for (const value of ['often', 100]) expect(() => requireRateLimits({ [member]: value })).toThrow(member);
    }
  });
});
