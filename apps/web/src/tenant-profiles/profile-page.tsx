import { Alert, Button, Group, NumberInput, SimpleGrid, Stack, Text, TextInput, Textarea } from '@mantine/core';
import { IconChevronLeft } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { administration } from '../api/administration-queries.js';
import { hasStatus, messageOf } from '../api/failures.js';
import { type TenantProfile, tenantApi } from '../api/tenant-api.js';
import { InHeader } from '../shell/header-slot.js';
import { NotFoundPage } from '../shell/not-found-page.js';
import { Card } from '../ui/card.js';
import { orNull } from '../ui/form-dialog.js';
import { LoadFailure } from '../ui/load-failure.js';
import { confirmDone } from '../ui/notify.js';
import { Page } from '../ui/page.js';
import { PageHeader } from '../ui/page-header.js';
import { PageLoading } from '../ui/page-loading.js';
import { entityLimits, rateText, restLimits } from './profile-limits.js';

/** Changes a tenant profile, or creates one at the address `new`. */
export function TenantProfilePage() {
  const { tenantProfileId = '' } = useParams();
  const isNew = tenantProfileId === 'new';
  const profile = useQuery({ ...administration.tenantProfile(tenantProfileId), enabled: !isNew });
  if (isNew) return <ProfileForm stored={undefined} />;
  if (hasStatus(profile.error, 400, 403, 404)) return <NotFoundPage />;
  if (profile.isError && profile.data === undefined) {
    return <LoadFailure error={profile.error} what="The profile" onRetry={() => void profile.refetch()} />;
  }
  return profile.data === undefined ? <PageLoading /> : <ProfileForm key={tenantProfileId} stored={profile.data} />;
}

function ProfileForm({ stored }: { stored: TenantProfile | undefined }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState(stored?.name ?? '');
  const [description, setDescription] = useState(stored?.description ?? '');
  const [numbers, setNumbers] = useState(() => valuesOf(stored, entityLimits, (value) => (typeof value === 'number' ? value : 0)));
  const [rates, setRates] = useState(() => valuesOf(stored, restLimits, (value) => (typeof value === 'string' ? value : '')));
  const [isTried, setIsTried] = useState(false);
  const isReady = name.trim() !== '' && Object.values(rates).every((text) => rateText(text) !== undefined);
  const saving = useMutation({
    mutationFn: () => tenantApi.saveProfile(stored, { name: name.trim(), description: orNull(description), configuration: { ...numbers, ...rates } }),
    onSuccess: async (saved) => {
      client.setQueryData(administration.tenantProfile(saved.id.id).queryKey, saved);
      await client.invalidateQueries({ queryKey: ['tenantProfiles'] });
      confirmDone(`${saved.name} was saved. Its limits hold from now on.`);
      await navigate('/tenant-profiles');
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsTried(true);
    if (isReady) saving.mutate();
  };
  return (
    <Page>
      <InHeader>
        <Button component={Link} to="/tenant-profiles" variant="subtle" color="gray" size="compact-sm" leftSection={<IconChevronLeft size={16} />}>
          Tenant profiles
        </Button>
      </InHeader>
      <PageHeader title={stored?.name ?? 'Add tenant profile'} summary="How much the tenants with this profile may have and do." />
      <form onSubmit={submit} noValidate style={{ display: 'grid', gap: 16, maxWidth: 860 }}>
        <NameFields texts={{ name, description }} isTried={isTried} onName={setName} onDescription={setDescription} />
        <Card title="How much there may be">
          <EntityLimitFields values={numbers} onChange={setNumbers} />
        </Card>
        <Card title="How often the API may be asked">
          <RestLimitFields values={rates} onChange={setRates} />
        </Card>
        {saving.isError && (
          <Alert color="red" role="alert">
            {messageOf(saving.error)}
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          <Button component={Link} to="/tenant-profiles" variant="default">
            Cancel
          </Button>
          <Button type="submit" loading={saving.isPending}>
            {stored === undefined ? 'Add profile' : 'Save'}
          </Button>
        </Group>
      </form>
    </Page>
  );
}

interface NameProps {
  readonly texts: { readonly name: string; readonly description: string };
  readonly isTried: boolean;
  readonly onName: (name: string) => void;
  readonly onDescription: (description: string) => void;
}

function NameFields({ texts: { name, description }, isTried, onName, onDescription }: NameProps) {
  return (
    <Card title="Profile">
      <Stack p="md">
        <TextInput
          label="Name"
          withAsterisk
          maxLength={255}
          value={name}
          error={isTried && name.trim() === '' && 'A profile needs a name.'}
          onChange={(event) => onName(event.currentTarget.value)}
        />
        <Textarea
          label="Description"
          maxLength={1024}
          autosize
          minRows={2}
          maxRows={6}
          value={description}
          onChange={(event) => onDescription(event.currentTarget.value)}
        />
      </Stack>
    </Card>
  );
}

type EntityMember = (typeof entityLimits)[number]['member'];
type RestMember = (typeof restLimits)[number]['member'];

function valuesOf<M extends string, V>(
  stored: TenantProfile | undefined,
  limits: readonly { member: M }[],
  read: (value: unknown) => V,
): Record<M, V> {
  return Object.fromEntries(limits.map(({ member }) => [member, read(stored?.profileData.configuration[member])])) as Record<M, V>;
}

interface FieldsProps<M extends string, V> {
  readonly values: Record<M, V>;
  readonly onChange: (values: Record<M, V>) => void;
}

function EntityLimitFields({ values, onChange }: FieldsProps<EntityMember, number>) {
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} p="md">
      {entityLimits.map(({ member, label, hint }) => (
        <NumberInput
          key={member}
          label={label}
          description={values[member] === 0 ? 'No limit.' : hint}
          placeholder="No limit"
          min={0}
          max={1_000_000_000}
          allowDecimal={false}
          allowNegative={false}
          thousandSeparator=","
          value={values[member] === 0 ? '' : values[member]}
          onChange={(value) => onChange({ ...values, [member]: Number(value) || 0 })}
        />
      ))}
    </SimpleGrid>
  );
}

function RestLimitFields({ values, onChange }: FieldsProps<RestMember, string>) {
  return (
    <Stack p="md">
      <Text size="sm" c="dimmed">
        Write how many requests in how many seconds, such as 100:1 for 100 a second. Several limits, with commas between them, hold all at once:
        100:1,2000:60. Leave a field empty for no limit.
      </Text>
      {restLimits.map(({ member, label, hint }) => {
        const meaning = rateText(values[member]);
        return (
          <TextInput
            key={member}
            label={label}
            description={`${meaning ?? ''} ${hint}`.trim()}
            placeholder="100:1,2000:60"
            maxLength={255}
            value={values[member]}
            error={meaning === undefined && 'Write requests:seconds, for example 100:1,2000:60.'}
            onChange={(event) => onChange({ ...values, [member]: event.currentTarget.value })}
          />
        );
      })}
    </Stack>
  );
}
