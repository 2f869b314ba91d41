import {
  credentialsDraftOf,
  deviceCredentialsSaveSchema,
  deviceCredentialsToWire,
  deviceDraftOf,
  deviceToWire,
  deviceWithCredentialsSchema,
  nameConflictOf,
  nameConflictParametersSchema,
  wireDeviceCredentialsSchema,
  wireDeviceSchema,
} from '@fieldline/api-contract';
import type { Devices } from '@fieldline/directory';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import { idParams } from './id-params.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { DEVICES } from './tokens.js';

const area = 'Devices';

const saveWithCredentials = defineRoute({
  method: 'POST',
  path: '/api/device-with-credentials',
  area,
  summary: 'Creates a device with the given credentials, or replaces both.',
  permission: 'device.write',
  query: nameConflictParametersSchema,
  body: deviceWithCredentialsSchema,
  response: wireDeviceSchema,
});
const readCredentials = defineRoute({
  method: 'GET',
  path: '/api/device/:deviceId/credentials',
  area,
  summary: 'The credentials of a device.',
  permission: 'device.read-credentials',
  params: idParams('deviceId'),
  response: wireDeviceCredentialsSchema,
});
const saveCredentials = defineRoute({
  method: 'POST',
  path: '/api/device/credentials',
  area,
  summary: 'Replaces the credentials of a device; its sessions end.',
  permission: 'device.write-credentials',
  body: deviceCredentialsSaveSchema,
  response: wireDeviceCredentialsSchema,
});

/** Credentials of devices. */
@Controller()
export class DeviceCredentialsController {
  readonly #devices: Devices;

  constructor(@Inject(DEVICES) devices: Devices) {
    this.#devices = devices;
  }

  @Handles(saveWithCredentials)
  async saveBoth(
    @CallerOf() caller: Caller,
    @Input() { query, body }: InputOf<typeof saveWithCredentials>,
  ): Promise<AnswerOf<typeof saveWithCredentials>> {
    const { device, credentials } = body;
    return deviceToWire(
      await this.#devices.saveWithCredentials(caller, deviceDraftOf(device), credentialsDraftOf(credentials), nameConflictOf(query)),
    );
  }

  @Handles(readCredentials)
  async read(@CallerOf() caller: Caller, @Input() input: InputOf<typeof readCredentials>): Promise<AnswerOf<typeof readCredentials>> {
    return deviceCredentialsToWire(await this.#devices.credentials(caller, input.params.deviceId));
  }

  @Handles(saveCredentials)
  async save(@CallerOf() caller: Caller, @Input() { body }: InputOf<typeof saveCredentials>): Promise<AnswerOf<typeof saveCredentials>> {
    return deviceCredentialsToWire(await this.#devices.saveCredentials(caller, credentialsDraftOf(body)));
  }
}
