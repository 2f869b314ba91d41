import * as z from 'zod';

const port = z.number().int().nullable();

/** Answer of `GET /api/fieldline/endpoints`: where devices connect. */
export const endpointsSchema = z.strictObject({
  host: z.string().describe('Host name, as the caller reached the server.'),
  http: z.number().int().describe('Port of the HTTP device API.'),
  mqtt: port.describe('Port of the MQTT device endpoint; null where it is off.'),
  coap: port.describe('Port of the CoAP device endpoint; null where it is off.'),
  broker: port.describe('Port of the MQTT broker; null where it is off.'),
  kaa: z.boolean().describe('Whether devices may speak Kaa 1/KP.'),
});
export type Endpoints = z.infer<typeof endpointsSchema>;
