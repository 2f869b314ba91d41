import type { DeviceCredentials } from '@fieldline/model';
import { directoryErrors } from './errors.js';

/** What a client says about credentials it saves. */
export interface CredentialsDraft {
  readonly id?: string | undefined;
  readonly deviceId?: string | undefined;
  readonly credentialsType?: DeviceCredentials['credentialsType'] | undefined;
  readonly credentialsId?: string | undefined;
  readonly credentialsValue?: string | undefined;
  readonly version?: number | undefined;
}

/** What is stored of credentials besides whose they are. */
export type Secret = Pick<DeviceCredentials, 'credentialsType' | 'credentialsId' | 'credentialsValue'>;

/** Whether text holds a character below U+0020 or U+007F, which no client can type and some cannot send. */
export function hasControlCharacters(text: string): boolean {
  // eslint-disable-next-line no-control-regex
  return /[\u0000-\u001f\u007f]/.test(text);
}

/**
 * The stored form of a draft: by what it is looked up, and the rest (rest-api.md §9.1).
 *
 * @throws DIRECTORY_CREDENTIALS_TYPE_MISSING, DIRECTORY_CREDENTIALS_ID_MISSING, DIRECTORY_CREDENTIALS_VALUE_INVALID, DIRECTORY_MQTT_*
 */
export function identified(draft: CredentialsDraft, sha3: (text: string) => string): Secret {
  const { credentialsType, credentialsId, credentialsValue } = draft;
  switch (credentialsType) {
    case undefined:
      throw directoryErrors.CREDENTIALS_TYPE_MISSING();
    case 'ACCESS_TOKEN':
      return { credentialsType, credentialsId: requiredId(credentialsId) };
    case 'LWM2M_CREDENTIALS':
      return { credentialsType, credentialsId: requiredId(credentialsId), ...(credentialsValue === undefined ? {} : { credentialsValue }) };
    case 'X509_CERTIFICATE':
      return { credentialsType, credentialsId: sha3(certificateBody(credentialsValue)), credentialsValue: credentialsValue ?? '' };
    case 'MQTT_BASIC':
      return { credentialsType, ...mqttBasic(credentialsValue, sha3) };
  }
}

function requiredId(credentialsId: string | undefined): string {
  if (credentialsId === undefined || credentialsId.trim() === '') throw directoryErrors.CREDENTIALS_ID_MISSING();
  if (hasControlCharacters(credentialsId)) throw directoryErrors.CREDENTIALS_VALUE_INVALID({ reason: 'it holds control characters' });
  return credentialsId;
}

/** The base64 of a PEM certificate. */
export function certificateBody(pem: string | undefined): string {
  const body = (pem ?? '').replace(/-----(BEGIN|END) CERTIFICATE-----/g, '').replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/]+=*$/.test(body)) throw directoryErrors.CREDENTIALS_VALUE_INVALID({ reason: 'it is not a PEM certificate' });
  return body;
}

function mqttBasic(text: string | undefined, sha3: (text: string) => string): Pick<Secret, 'credentialsId' | 'credentialsValue'> {
  const { clientId, userName, password } = mqttMembers(text);
  if (clientId === '' && userName === '') throw directoryErrors.MQTT_NAMES_MISSING();
  if (clientId !== '' && userName === '' && password !== '') throw directoryErrors.MQTT_PASSWORD_ALONE();
  if ([clientId, userName, password].some(hasControlCharacters)) {
    throw directoryErrors.CREDENTIALS_VALUE_INVALID({ reason: 'it holds control characters' });
  }
  const credentialsValue = JSON.stringify({ clientId: clientId || null, userName: userName || null, password: password || null });
  if (clientId === '') return { credentialsId: userName, credentialsValue };
  return { credentialsId: userName === '' ? sha3(clientId) : sha3(`${clientId}|${userName}`), credentialsValue };
}

function mqttMembers(text: string | undefined): { clientId: string; userName: string; password: string } {
  let value: unknown;
  try {
    value = JSON.parse(text ?? '');
  } catch (error) {
    throw directoryErrors.CREDENTIALS_VALUE_INVALID({ reason: 'it is not JSON' }, { cause: error });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw directoryErrors.CREDENTIALS_VALUE_INVALID({ reason: 'it is not a JSON object' });
  }
  const member = (name: string): string => {
    const found: unknown = (value as Record<string, unknown>)[name] ?? '';
    if (typeof found !== 'string' || found.length > 255)
      throw directoryErrors.CREDENTIALS_VALUE_INVALID({ reason: `${name} is no text of at most 255 characters` });
    return found;
  };
  return { clientId: member('clientId'), userName: member('userName'), password: member('password') };
}
