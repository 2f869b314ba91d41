import type { JsonObject, JsonValue } from './value.js';

// What the profile of a tenant limits, by the names of the compatible API (rest-api.md §13). 0 and empty are unlimited.

const numbers = [
  ...['maxDevices', 'maxAssets', 'maxCustomers', 'maxUsers', 'maxDashboards', 'maxRuleChains', 'maxEdges'],
  ...['maxResourcesInBytes', 'maxOtaPackagesInBytes', 'maxResourceSize'],
  ...['maxTransportMessages', 'maxTransportDataPoints', 'maxREExecutions', 'maxJSExecutions', 'maxTbelExecutions', 'maxDPStorageDays'],
  ...['maxRuleNodeExecutionsPerMessage', 'maxEmails', 'maxSms', 'maxCreatedAlarms', 'maxDebugModeDurationMinutes', 'warnThreshold'],
  ...['maxWsSessionsPerTenant', 'maxWsSessionsPerCustomer', 'maxWsSessionsPerRegularUser', 'maxWsSessionsPerPublicUser'],
  ...['maxWsSubscriptionsPerTenant', 'maxWsSubscriptionsPerCustomer', 'maxWsSubscriptionsPerRegularUser', 'maxWsSubscriptionsPerPublicUser'],
  'wsMsgQueueLimitPerSession',
  ...['defaultStorageTtlDays', 'alarmsTtlDays', 'rpcTtlDays', 'queueStatsTtlDays', 'ruleEngineExceptionsTtlDays'],
  ...[
    'maxCalculatedFieldsPerEntity',
    'maxArgumentsPerCF',
    'maxDataPointsPerRollingArg',
    'maxStateSizeInKBytes',
    'maxSingleValueArgumentSizeInKBytes',
  ],
];
const rates = [
  ...['Tenant', 'Device', 'Gateway', 'GatewayDevice'].flatMap((who) =>
    ['Msg', 'TelemetryMsg', 'TelemetryDataPoints'].map((what) => `transport${who}${what}RateLimit`),
  ),
  ...['tenantServerRestLimitsConfiguration', 'customerServerRestLimitsConfiguration', 'wsUpdatesPerSessionRateLimit'],
  ...['tenantEntityExportRateLimit', 'tenantEntityImportRateLimit', 'tenantNotificationRequestsRateLimit'],
  ...['tenantNotificationRequestsPerRuleRateLimit', 'edgeEventRateLimits'],
];
const presets: JsonObject = {
  maxCalculatedFieldsPerEntity: 5,
  maxArgumentsPerCF: 10,
  maxDataPointsPerRollingArg: 1000,
  maxStateSizeInKBytes: 32,
  maxSingleValueArgumentSizeInKBytes: 2,
};

/** Every member that is known, as a tenant without limits has it. */
export const unlimitedTenant: JsonObject = {
  type: 'DEFAULT',
  ...Object.fromEntries(numbers.map((name) => [name, 0])),
  ...Object.fromEntries(rates.map((name) => [name, null])),
  smsEnabled: true,
  ...presets,
};

/** What is wrong with the numbers and switches of a configuration, one a member. Members that are not known are nobody's to judge. */
export function tenantConfigurationFaults(configuration: JsonObject): readonly string[] {
  return Object.entries(configuration).flatMap(([name, value]) => {
    if (value === null || value === undefined) return [];
    if (numbers.includes(name)) return isAmount(value) ? [] : [`${name} must be a number of at least 0`];
    return name === 'smsEnabled' && typeof value !== 'boolean' ? ['smsEnabled must be true or false'] : [];
  });
}

function isAmount(value: JsonValue): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
