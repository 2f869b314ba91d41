// at: packages/ports
// caught by: @nx/enforce-module-boundaries
// saying: package.json
import * as coap from 'coap';

export const reached = coap;
