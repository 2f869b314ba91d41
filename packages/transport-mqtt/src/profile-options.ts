import type { DeviceProfile } from '@fieldline/model';
import type { UploadTopics } from '@fieldline/protocol';

/** What a device profile says about MQTT (device-api.md §5). */
export interface ProfileOptions {
  readonly topics: UploadTopics;
  readonly attributesSubscribe: string | undefined;
  /** PUBACK a QoS 1 packet whose payload cannot be read, also to MQTT 3 clients. */
  readonly acknowledgesInvalid: boolean;
}

const none: ProfileOptions = { topics: {}, attributesSubscribe: undefined, acknowledgesInvalid: false };

/** Reads the transport configuration of a profile; anything of another transport or shape counts as absent. */
export function profileOptionsOf(profile: DeviceProfile): ProfileOptions {
  const configuration = profile.profileData['transportConfiguration'];
  if (typeof configuration !== 'object' || configuration === null || Array.isArray(configuration)) return none;
  if (configuration['type'] !== 'MQTT') return none;
  const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
  return {
    topics: { telemetry: text(configuration['deviceTelemetryTopic']), attributes: text(configuration['deviceAttributesTopic']) },
    attributesSubscribe: text(configuration['deviceAttributesSubscribeTopic']),
    acknowledgesInvalid: configuration['sendAckOnValidationException'] === true,
  };
}
