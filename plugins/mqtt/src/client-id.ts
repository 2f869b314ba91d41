import { mqttNodeErrors } from './errors.js';
import { CLIENT_ID_LENGTH_MAX, RANDOM_ID_LENGTH, RANDOM_SUFFIX_LENGTH } from './limits.js';
import type { MqttSettings } from './mqtt-settings.js';

type Named = Pick<MqttSettings, 'clientId' | 'appendClientIdSuffix' | 'protocolVersion'>;

/** The id to sign in with: that of the settings, with its suffix, or one by chance. @throws MQTT_NODE_CLIENT_ID_TOO_LONG */
export function clientIdOf({ clientId, appendClientIdSuffix, protocolVersion }: Named, random: () => number): string {
  if (clientId === null || clientId === undefined || clientId === '') return `fl${randomText(RANDOM_ID_LENGTH, random)}`;
  const id = appendClientIdSuffix ? `${clientId}_${randomText(RANDOM_SUFFIX_LENGTH, random)}` : clientId;
  const limit = CLIENT_ID_LENGTH_MAX[protocolVersion];
  if (id.length > limit) throw mqttNodeErrors.CLIENT_ID_TOO_LONG({ clientId, length: id.length, limit });
  return id;
}

const randomText = (length: number, random: () => number): string => Array.from({ length }, () => Math.floor(random() * 36).toString(36)).join('');
