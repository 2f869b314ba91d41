import type { Samples } from './sample.fixture.js';
import { dashboardSamples } from './samples-dashboards.fixture.js';
import { alarmSamples } from './samples-alarms.fixture.js';
import { deviceSamples } from './samples-devices.fixture.js';
import { kaaSamples } from './samples-kaa.fixture.js';
import { querySamples } from './samples-queries.fixture.js';
import { systemSamples } from './samples-system.fixture.js';
import { telemetrySamples } from './samples-telemetry.fixture.js';
import { userSamples } from './samples-users.fixture.js';

/** Samples of all areas. */
export const samples: Samples = {
  ...userSamples,
  ...systemSamples,
  ...deviceSamples,
  ...dashboardSamples,
  ...telemetrySamples,
  ...alarmSamples,
  ...querySamples,
  ...kaaSamples,
};

/** Routes that end a session or tenant, or change what everybody signs in by. */
export const ownWorld: readonly string[] = [
  'POST /api/auth/logout',
  'POST /api/auth/changePassword',
  'POST /api/admin/securitySettings',
  'POST /api/admin/jwtSettings',
  'DELETE /api/tenant/:tenantId',
  'DELETE /api/customer/:customerId',
];
