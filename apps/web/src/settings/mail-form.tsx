import { Alert, Button, Group, NumberInput, PasswordInput, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { IconMailCheck } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { messageOf } from '../api/failures.js';
import { queries } from '../api/queries.js';
import { type MailSettings, settingsApi } from '../api/tenant-api.js';
import { Card } from '../ui/card.js';
import { confirmDone } from '../ui/notify.js';

const PORT_MAX = 65_535;

/** Where mail is handed over, with a way to try it before it is saved. */
export function MailForm({ stored }: { stored: Partial<MailSettings> }) {
  const client = useQueryClient();
  const user = useQuery(queries.currentUser());
  const [settings, setSettings] = useState(() => ({ ...preset, ...stored, username: stored.username ?? '', password: '' }));
  const [isTried, setIsTried] = useState(false);
  const change = (changes: Partial<typeof settings>) => setSettings({ ...settings, ...changes });
  // An empty password field leaves the one that is stored.
  const sent = (): MailSettings => {
    const { password, ...rest } = settings;
    return password === '' ? rest : { ...rest, password };
  };
  const saving = useMutation({
    mutationFn: () => settingsApi.saveMail(sent()),
    onSuccess: async () => {
      confirmDone('The mail settings were saved.');
      change({ password: '' });
      await client.invalidateQueries({ queryKey: ['settings', 'mail'] });
    },
  });
  const testing = useMutation({ mutationFn: () => settingsApi.testMail(sent()) });
  const errors = {
    mailFrom: settings.mailFrom.trim() === '' ? 'Mail needs a sender.' : undefined,
    smtpHost: settings.smtpHost.trim() === '' ? 'Enter the name of the mail server.' : undefined,
  };
  const isReady = errors.mailFrom === undefined && errors.smtpHost === undefined;
  const whenReady = (act: () => void) => {
    setIsTried(true);
    if (isReady) act();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    whenReady(() => saving.mutate());
  };
  const refusal = saving.error ?? testing.error;
  return (
    <form onSubmit={submit} noValidate style={{ maxWidth: 720 }}>
      <Card title="Mail server">
        <Stack p="md">
          <MailFields settings={settings} errors={isTried ? errors : {}} hasStored={stored.smtpHost !== undefined} onChange={change} />
          {refusal !== null && (
            <Alert color="red" role="alert">
              {messageOf(refusal)}
            </Alert>
          )}
          {testing.isSuccess && (
            <Alert color="green" role="status" icon={<IconMailCheck size={18} />}>
              The server took a test mail for {user.data?.email}. Look whether it arrives.
            </Alert>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" loading={testing.isPending} onClick={() => whenReady(() => testing.mutate())}>
              Send a test mail
            </Button>
            <Button type="submit" loading={saving.isPending}>
              Save
            </Button>
          </Group>
        </Stack>
      </Card>
    </form>
  );
}

interface FieldsProps {
  readonly settings: MailSettings;
  readonly errors: { readonly mailFrom?: string | undefined; readonly smtpHost?: string | undefined };
  readonly hasStored: boolean;
  readonly onChange: (changes: Partial<MailSettings>) => void;
}

function MailFields({ settings, errors, hasStored, onChange }: FieldsProps) {
  return (
    <>
      <TextInput
        label="Sender"
        description="Stands in every mail as where it comes from."
        placeholder="Fieldline <no-reply@example.com>"
        withAsterisk
        maxLength={255}
        value={settings.mailFrom}
        error={errors.mailFrom}
        onChange={(event) => onChange({ mailFrom: event.currentTarget.value })}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          label="Server"
          placeholder="smtp.example.com"
          withAsterisk
          maxLength={255}
          value={settings.smtpHost}
          error={errors.smtpHost}
          onChange={(event) => onChange({ smtpHost: event.currentTarget.value })}
        />
        <NumberInput
          label="Port"
          min={1}
          max={PORT_MAX}
          allowDecimal={false}
          hideControls
          value={settings.smtpPort}
          onChange={(value) => onChange({ smtpPort: Number(value) || preset.smtpPort })}
        />
        <Select
          label="Encryption"
          allowDeselect={false}
          data={encryptions}
          value={settings.smtpProtocol === 'smtps' ? 'smtps' : settings.enableTls ? 'starttls' : 'none'}
          onChange={(next) => onChange({ smtpProtocol: next === 'smtps' ? 'smtps' : 'smtp', enableTls: next === 'starttls' })}
        />
      </SimpleGrid>
      <AccountFields settings={settings} hasStored={hasStored} onChange={onChange} />
    </>
  );
}

function AccountFields({ settings, hasStored, onChange }: Omit<FieldsProps, 'errors'>) {
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <TextInput
        label="User name"
        description="Empty if the server asks for none."
        autoComplete="off"
        maxLength={255}
        value={settings.username}
        onChange={(event) => onChange({ username: event.currentTarget.value })}
      />
      <PasswordInput
        label="Password"
        description={hasStored ? 'Empty leaves the stored one.' : 'Never shown again.'}
        autoComplete="new-password"
        maxLength={1024}
        value={settings.password ?? ''}
        onChange={(event) => onChange({ password: event.currentTarget.value })}
      />
    </SimpleGrid>
  );
}

const encryptions = [
  { value: 'starttls', label: 'STARTTLS (usual with port 587)' },
  { value: 'smtps', label: 'TLS from the start (usual with port 465)' },
  { value: 'none', label: 'None' },
];

const preset: MailSettings = {
  mailFrom: '',
  smtpProtocol: 'smtp',
  smtpHost: '',
  smtpPort: 587,
  timeout: 10_000,
  enableTls: true,
  username: '',
};
