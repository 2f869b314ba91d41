import type { JsonObject } from '@fieldline/model';
import { parseRateLimits } from '@fieldline/model';
import { directoryErrors } from './errors.js';

/** Members of a tenant profile's configuration that hold rate limits, such as `transportTenantMsgRateLimit`. */
const isRateLimit = (member: string): boolean => /(RateLimits?|RestLimitsConfiguration)$/.test(member);

/** @throws DIRECTORY_RATE_LIMIT_INVALID where a rate limit of a tenant profile cannot be read */
export function requireRateLimits(configuration: JsonObject): void {
  for (const [member, value] of Object.entries(configuration)) {
    if (!isRateLimit(member) || value === null) continue;
    if (typeof value !== 'string' || parseRateLimits(value) === undefined) throw directoryErrors.RATE_LIMIT_INVALID({ member });
  }
}
