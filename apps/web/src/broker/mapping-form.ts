import type { TopicMapping } from '../api/broker-api.js';

/** Bounds of the API (packages/model/src/topic-mapping.ts). */
export const mappingBounds = { mappings: 100, filter: 1_024, levels: 32, text: 255 } as const;

/** Fields of the form; those that the choices leave out keep what was typed. */
export interface MappingFields {
  readonly topicFilter: string;
  readonly deviceFrom: 'level' | 'payload' | 'fixed';
  readonly deviceLevel: number;
  readonly devicePath: string;
  readonly deviceName: string;
  readonly createsDevice: boolean;
  /** Empty is the default profile. */
  readonly deviceProfile: string;
  readonly target: 'telemetry' | 'attributes';
  readonly form: 'object' | 'raw';
  /** Empty is the whole payload. */
  readonly objectPath: string;
  readonly keyFrom: 'level' | 'fixed';
  readonly keyLevel: number;
  readonly keyName: string;
  /** Empty is the time of arrival. */
  readonly timestampPath: string;
}

const usual: MappingFields = {
  ...{ topicFilter: '', deviceFrom: 'level', deviceLevel: 2, devicePath: '', deviceName: '', createsDevice: false, deviceProfile: '' },
  ...{ target: 'telemetry', form: 'object', objectPath: '', keyFrom: 'level', keyLevel: 3, keyName: '', timestampPath: '' },
};

/** What the form begins with. */
export function fieldsOf(mapping: TopicMapping | undefined): MappingFields {
  if (mapping === undefined) return usual;
  const { topicFilter, device, createsDevice, deviceProfile = '', target, value, timestampPath = '' } = mapping;
  return {
    ...usual,
    ...{ topicFilter, createsDevice, deviceProfile, target, timestampPath, deviceFrom: device.from, form: value.form },
    ...(device.from === 'level'
      ? { deviceLevel: device.level }
      : device.from === 'payload'
        ? { devicePath: device.path }
        : { deviceName: device.name }),
    ...(value.form === 'object'
      ? { objectPath: value.path ?? '' }
      : value.key.from === 'level'
        ? { keyFrom: 'level', keyLevel: value.key.level }
        : { keyFrom: 'fixed', keyName: value.key.name }),
  };
}

/** The mapping that the fields describe; it may be one that the server refuses. */
export function mappingOf(fields: MappingFields): TopicMapping {
  const { deviceFrom, form, keyFrom, target } = fields;
  const [profile, path, timestampPath] = [fields.deviceProfile, fields.objectPath.trim(), fields.timestampPath.trim()];
  return {
    topicFilter: fields.topicFilter.trim(),
    device:
      deviceFrom === 'level'
        ? { from: 'level', level: fields.deviceLevel }
        : deviceFrom === 'payload'
          ? { from: 'payload', path: fields.devicePath.trim() }
          : { from: 'fixed', name: fields.deviceName.trim() },
    createsDevice: fields.createsDevice,
    ...(fields.createsDevice && profile !== '' ? { deviceProfile: profile } : {}),
    target,
    value:
      form === 'object'
        ? { form: 'object', ...(path === '' ? {} : { path }) }
        : { form: 'raw', key: keyFrom === 'level' ? { from: 'level', level: fields.keyLevel } : { from: 'fixed', name: fields.keyName.trim() } },
    ...(target === 'telemetry' && timestampPath !== '' ? { timestampPath } : {}),
  };
}

export type MappingErrors = Partial<Record<keyof MappingFields, string>>;

/** What is wrong with what was entered; the server checks the same. */
export function mappingErrorsOf(fields: MappingFields): MappingErrors {
  const { topicFilter, deviceFrom, devicePath, deviceName, form, keyFrom, keyName } = fields;
  const filter = filterError(topicFilter.trim());
  return {
    ...(filter === undefined ? {} : { topicFilter: filter }),
    ...(deviceFrom === 'payload' && devicePath.trim() === '' ? { devicePath: 'Name the member that holds the name of the device.' } : {}),
    ...(deviceFrom === 'fixed' && deviceName.trim() === '' ? { deviceName: 'Name the device.' } : {}),
    ...(form === 'raw' && keyFrom === 'fixed' && keyName.trim() === '' ? { keyName: 'Name the key.' } : {}),
  };
}

function filterError(filter: string): string | undefined {
  if (filter === '') return 'Enter the topics that are meant, such as plant/+/data.';
  if (filter.startsWith('$')) return 'Topics that begin with $ do not exist here.';
  const levels = filter.split('/');
  const isFilter = levels.every((level, place) => level === '+' || (level === '#' && place === levels.length - 1) || !/[+#]/.test(level));
  return isFilter ? undefined : 'A + stands for one whole level, and # for the rest, at the end only.';
}
