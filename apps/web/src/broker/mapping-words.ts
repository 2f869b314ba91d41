import type { TopicMapping } from '../api/broker-api.js';

/** Which device a mapping means, such as "Named by level 2 of the topic". */
export function deviceText({ device }: TopicMapping): string {
  switch (device.from) {
    case 'level':
      return `Named by level ${device.level} of the topic`;
    case 'payload':
      return `Named by “${device.path}” in the payload`;
    case 'fixed':
      return `Always ${device.name}`;
  }
}

/** What becomes of a device that does not exist. */
export function creationText({ createsDevice, deviceProfile }: TopicMapping): string {
  if (!createsDevice) return 'Unknown devices are not created';
  return `Unknown devices are created with ${deviceProfile === undefined ? 'the default profile' : `the profile ${deviceProfile}`}`;
}

/** What becomes of the payload, such as "Telemetry: a value for each member". */
export function valueText({ value, target, timestampPath }: TopicMapping): string {
  const kind = target === 'telemetry' ? 'Telemetry' : 'Attributes';
  const what =
    value.form === 'object'
      ? `each member of ${value.path === undefined ? 'the payload' : `“${value.path}”`}`
      : `the payload as ${value.key.from === 'level' ? `the value named by level ${value.key.level} of the topic` : `“${value.key.name}”`}`;
  return `${kind}: ${what}${target === 'telemetry' && timestampPath !== undefined ? `, at the time in “${timestampPath}”` : ''}`;
}
