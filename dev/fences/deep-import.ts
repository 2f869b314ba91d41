// at: packages/telemetry
// caught by: no-restricted-imports
// saying: index of the package
import { isUuid } from '@fieldline/kernel/src/ids.js';

export const reached = isUuid;
