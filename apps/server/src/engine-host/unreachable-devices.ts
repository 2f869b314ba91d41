import { defineErrors } from '@fieldline/kernel';
import type { DeviceCaller } from '@fieldline/ports';

/** Errors of commands to devices. */
export const rpcErrors = defineErrors('RPC', {
  DEVICE_UNREACHABLE: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { deviceId: string }) => `Device ${d.deviceId} cannot be called: no transport of this server delivers commands.`,
    remedy: 'Connect the Failure relation of the RPC node to decide what happens to commands that cannot be delivered.',
  },
});

/** The caller of a server whose transports take readings only: every request fails, with a code. */
export const unreachableDevices: DeviceCaller = {
  call: (message) => Promise.reject(rpcErrors.DEVICE_UNREACHABLE({ deviceId: message.originator.id })),
  reply: (_tenantId, device) => Promise.reject(rpcErrors.DEVICE_UNREACHABLE({ deviceId: device.id })),
};
