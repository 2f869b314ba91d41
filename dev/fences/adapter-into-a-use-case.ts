// at: packages/storage-sqlite
// caught by: @nx/enforce-module-boundaries
// saying: layer:adapter
import * as telemetry from '@fieldline/telemetry';

export const reached = telemetry;
