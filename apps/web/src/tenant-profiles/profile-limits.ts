import { parseRateLimits } from '@fieldline/model';

/** Numbers of entities that a profile bounds, with what happens at the bound. */
export const entityLimits = [
  { member: 'maxDevices', label: 'Devices', hint: 'Further devices are refused, also those that would provision themselves.' },
  { member: 'maxAssets', label: 'Assets', hint: 'Further assets are refused.' },
  { member: 'maxCustomers', label: 'Customers', hint: 'Further customers are refused.' },
  { member: 'maxUsers', label: 'Users', hint: 'Further users are refused, administrators included.' },
  { member: 'maxDashboards', label: 'Dashboards', hint: 'Further dashboards are refused.' },
  { member: 'maxRuleChains', label: 'Rule chains', hint: 'Further rule chains are refused.' },
] as const;

/** Rates of requests to the REST API that a profile bounds. */
export const restLimits = [
  {
    member: 'tenantServerRestLimitsConfiguration',
    label: 'Requests of the whole tenant',
    hint: 'All users and API keys of the tenant together. Beyond it they get the answer 429.',
  },
  {
    member: 'customerServerRestLimitsConfiguration',
    label: 'Requests of each customer',
    hint: 'All users of one customer together. Beyond it they get the answer 429.',
  },
] as const;

const units = [
  { seconds: 86_400, one: 'day', many: 'days' },
  { seconds: 3_600, one: 'hour', many: 'hours' },
  { seconds: 60, one: 'minute', many: 'minutes' },
  { seconds: 1, one: 'second', many: 'seconds' },
] as const;

/** What a text of rate limits says, in words; undefined where it cannot be read. */
export function rateText(text: string): string | undefined {
  const limits = parseRateLimits(text);
  if (limits === undefined) return undefined;
  if (limits.length === 0) return 'No limit.';
  const parts = limits.map(({ capacity, windowMs }) => `${capacity.toLocaleString('en')} ${everyText(windowMs / 1000)}`);
  return `At most ${parts.join(', and ')}.`;
}

function everyText(seconds: number): string {
  const unit = units.find((known) => seconds % known.seconds === 0) ?? units[3];
  const count = seconds / unit.seconds;
  return count === 1 ? `a ${unit.one}`.replace('a hour', 'an hour') : `in ${count} ${unit.many}`;
}
