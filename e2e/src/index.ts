// What benchmarks and crash tests share with the journeys: a server of their own and a client of its REST API.
export type { RunningServer } from './server-under-test.js';
export { serverEnvironment, serverFlags, startServer, stopServer, temporaryFolder, TenantClient } from './server-under-test.js';
export { residentMb, SteadyDevice } from './steady-device.js';
