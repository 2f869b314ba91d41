// at: packages/transport-mqtt
// caught by: @nx/enforce-module-boundaries
// saying: driver:mqtt
import { request } from 'coap';

export const reached = request;
