import { NumberInput, Select, SimpleGrid, Switch, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { queries } from '../api/queries.js';
import type { MappingFieldsProps } from './mapping-dialog.js';
import { type MappingFields, mappingBounds } from './mapping-form.js';

/** Which device a message is of, and what happens where it does not exist. */
export function DeviceFields(props: MappingFieldsProps) {
  const { fields, errors, onChange } = props;
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Select
          label="Device"
          description="What holds the name of the device."
          allowDeselect={false}
          data={deviceSources}
          value={fields.deviceFrom}
          onChange={(deviceFrom) => deviceFrom !== null && onChange({ deviceFrom })}
        />
        {fields.deviceFrom === 'level' && <LevelField {...props} label="Level with the name" field="deviceLevel" />}
        {fields.deviceFrom === 'payload' && <PathField {...props} label="Member with the name" placeholder="meta.device" field="devicePath" />}
        {fields.deviceFrom === 'fixed' && (
          <TextInput
            label="Name of the device"
            maxLength={mappingBounds.text}
            value={fields.deviceName}
            error={errors.deviceName}
            onChange={(event) => onChange({ deviceName: event.currentTarget.value })}
          />
        )}
      </SimpleGrid>
      <Switch
        label="Create devices that do not exist"
        description="Otherwise their messages are only passed on."
        checked={fields.createsDevice}
        onChange={(event) => onChange({ createsDevice: event.currentTarget.checked })}
      />
      {fields.createsDevice && <ProfileField value={fields.deviceProfile} onChange={(deviceProfile) => onChange({ deviceProfile })} />}
    </>
  );
}

function ProfileField({ value, onChange }: { value: string; onChange: (name: string) => void }) {
  const profiles = useQuery(queries.deviceProfiles());
  const names = (profiles.data?.data ?? []).map(({ name }) => name);
  return (
    <Select
      label="Profile of created devices"
      placeholder="Default profile"
      searchable
      clearable
      clearButtonProps={{ 'aria-label': 'Default profile' }}
      data={[...new Set([...names, ...(value === '' ? [] : [value])])]}
      value={value === '' ? null : value}
      onChange={(name) => onChange(name ?? '')}
      error={profiles.isError ? 'Profiles could not be loaded.' : undefined}
    />
  );
}

/** What becomes of the payload. */
export function ValueFields(props: MappingFieldsProps) {
  const { fields, errors, onChange } = props;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <Select
        label="Values become"
        allowDeselect={false}
        data={targets}
        value={fields.target}
        onChange={(target) => target !== null && onChange({ target })}
      />
      <Select label="Payload" allowDeselect={false} data={forms} value={fields.form} onChange={(form) => form !== null && onChange({ form })} />
      {fields.form === 'object' && (
        <PathField {...props} label="Object with the values" hint="Empty: the payload itself." placeholder="data" field="objectPath" />
      )}
      {fields.form === 'raw' && (
        <Select
          label="Key of the value"
          allowDeselect={false}
          data={keySources}
          value={fields.keyFrom}
          onChange={(keyFrom) => keyFrom !== null && onChange({ keyFrom })}
        />
      )}
      {fields.form === 'raw' && fields.keyFrom === 'level' && <LevelField {...props} label="Level with the key" field="keyLevel" />}
      {fields.form === 'raw' && fields.keyFrom === 'fixed' && (
        <TextInput
          label="Key"
          maxLength={mappingBounds.text}
          value={fields.keyName}
          error={errors.keyName}
          onChange={(event) => onChange({ keyName: event.currentTarget.value })}
        />
      )}
      {fields.target === 'telemetry' && (
        <PathField
          {...props}
          label="Member with the time"
          hint="In milliseconds since 1970, or as ISO 8601. Empty: the time of arrival."
          placeholder="meta.at"
          field="timestampPath"
        />
      )}
    </SimpleGrid>
  );
}

function LevelField({ fields, onChange, label, field }: MappingFieldsProps & { label: string; field: 'deviceLevel' | 'keyLevel' }) {
  return (
    <NumberInput
      label={label}
      description={`Counted from 1. ${levelExample(fields, fields[field])}`}
      min={1}
      max={mappingBounds.levels}
      allowDecimal={false}
      allowNegative={false}
      clampBehavior="blur"
      value={fields[field]}
      onChange={(value) => onChange({ [field]: Number(value) || 1 })}
    />
  );
}

/** Which part of the filter a level is. */
function levelExample({ topicFilter }: MappingFields, level: number): string {
  const levels = topicFilter.trim() === '' ? [] : topicFilter.trim().split('/');
  const part = levels[level - 1] ?? (levels.at(-1) === '#' ? '#' : undefined);
  if (levels.length === 0) return 'In plant/7/data level 2 is 7.';
  return part === undefined ? 'These topics have no such level.' : `Here that is ${part}.`;
}

interface PathProps extends MappingFieldsProps {
  readonly label: string;
  readonly hint?: string;
  readonly placeholder: string;
  readonly field: 'devicePath' | 'objectPath' | 'timestampPath';
}

function PathField({ fields, errors, onChange, label, hint = '', placeholder, field }: PathProps) {
  return (
    <TextInput
      label={label}
      description={`${hint} Points lead into objects.`.trim()}
      placeholder={placeholder}
      maxLength={mappingBounds.text}
      styles={{ input: { fontFamily: 'var(--fl-mono)' } }}
      value={fields[field]}
      error={errors[field]}
      onChange={(event) => onChange({ [field]: event.currentTarget.value })}
    />
  );
}

const deviceSources = [
  { value: 'level', label: 'A level of the topic' },
  { value: 'payload', label: 'A member of the payload' },
  { value: 'fixed', label: 'None: always the same device' },
] as const;
const targets = [
  { value: 'telemetry', label: 'Telemetry' },
  { value: 'attributes', label: 'Attributes' },
] as const;
const forms = [
  { value: 'object', label: 'JSON: a value for each member' },
  { value: 'raw', label: 'The whole payload is one value' },
] as const;
const keySources = [
  { value: 'level', label: 'A level of the topic' },
  { value: 'fixed', label: 'Always the same key' },
] as const;
