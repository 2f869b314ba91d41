import { claimRequestSchema, claimResultSchema, deviceToWire } from '@fieldline/api-contract';
import type { DeviceClaims } from '@fieldline/directory';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import * as z from 'zod';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { DEVICE_CLAIMS } from './tokens.js';

const area = 'Devices';
const path = '/api/customer/device/:deviceName/claim';
const params = z.object({ deviceName: z.string().min(1).max(255).describe('Name of the device.') });

const claimDevice = defineRoute({
  method: 'POST',
  path,
  area,
  summary:
    'Claims a device that sent `{"secretKey", "durationMs"}` to `v1/devices/me/claim` (MQTT) or `/api/v1/{token}/claim` (HTTP, CoAP): it then belongs to the customer of the caller. Status 400 has the body `"FAILURE"` where the device does not wait for that key, `"CLAIMED"` where a customer has it.',
  permission: 'device.claim',
  params,
  body: claimRequestSchema,
  response: claimResultSchema,
});
const giveBack = defineRoute({
  method: 'DELETE',
  path,
  area,
  summary: 'Takes a claimed device back from its customer. Users of customers give back their own devices.',
  permission: 'device.give-back',
  params,
});

/** Devices that customers claim by name and secret (rest-api.md §9.3). */
@Controller()
export class DeviceClaimController {
  readonly #claims: DeviceClaims;

  constructor(@Inject(DEVICE_CLAIMS) claims: DeviceClaims) {
    this.#claims = claims;
  }

  @Handles(claimDevice)
  async claim(@CallerOf() caller: Caller, @Input() input: InputOf<typeof claimDevice>): Promise<AnswerOf<typeof claimDevice>> {
    const device = await this.#claims.claim(caller, input.params.deviceName, input.body?.secretKey ?? '');
    return { device: deviceToWire(device), response: 'SUCCESS' };
  }

  @Handles(giveBack)
  async giveBack(@CallerOf() caller: Caller, @Input() { params: { deviceName } }: InputOf<typeof giveBack>): Promise<void> {
    await this.#claims.giveBack(caller, deviceName);
  }
}
