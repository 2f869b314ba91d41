// Goal: tables are imported as ThingsBoard's form says (rest-api.md §8, §11), with a dry run, row by row. Method: HTTP
// against memory stores; the counts, the errors and what is stored afterwards.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningRest, startRest } from './rest.fixture.js';

let rest: RunningRest;
const opened: RunningRest[] = [];
beforeEach(async () => {
  rest = await startRest();
  opened.push(rest);
  const customer = { id: '00000000-0000-7000-8000-00000000c0c0', tenantId: rest.one.tenantId, createdAtMs: 1, version: 1, isPublic: false };
  await rest.entities.write([{ change: 'insert', kind: 'customer', entity: { ...customer, name: 'Customer A' } }]);
});
afterAll(() => Promise.all(opened.map((one) => one.close())));

type Column = string | readonly [type: string, key: string];
const request = (file: string, columns: readonly Column[], mapping: object = {}) => ({
  file,
  mapping: { columns: columns.map((one) => (typeof one === 'string' ? { type: one } : { type: one[0], key: one[1] })), header: false, ...mapping },
});
const send = (body: unknown, { kind = 'device', query = '', token = rest.admin } = {}) =>
  rest.call('POST', `/api/${kind}/bulk_import${query}`, { token, body });
const ok = (created: number, updated: number, errorsList: readonly string[] = []) => ({
  status: 200,
  body: { created, updated, errors: errorsList.length, errorsList },
});
const device = (name: string) => rest.call('GET', `/api/tenant/devices?deviceName=${name}`, { token: rest.admin });
const credentialsOf = async (name: string) => {
  const { body } = await device(name);
  return (await rest.call('GET', `/api/device/${body.id.id}/credentials`, { token: rest.admin })).body;
};
const all = async (kind: 'device' | 'asset') => (await rest.entities.findAll(kind, rest.one.tenantId, {}, 100)).map(({ name }) => name);

describe('POST /api/device/bulk_import', () => {
  it('creates devices with all that columns can say, and tells rule chains', async () => {
    const file = 'Name;Type;Label;Note;Gateway;Owner;-\nA;pump; Pump A ;"a ""b""; c";true;Customer A;x\nB;;;;;;\n';
    const columns = ['NAME', 'TYPE', 'LABEL', 'DESCRIPTION', 'IS_GATEWAY', 'CUSTOMER', 'IGNORE'];
    expect(await send(request(file, columns, { delimiter: ';', header: true }))).toMatchObject(ok(2, 0));
    expect((await device('A')).body).toMatchObject({
      type: 'pump',
      label: 'Pump A',
      customerId: { id: '00000000-0000-7000-8000-00000000c0c0' },
      additionalInfo: { description: 'a "b"; c', gateway: true },
      version: 1,
    });
    expect((await device('B')).body).toMatchObject({ type: 'default', label: null, additionalInfo: null });
    expect(await credentialsOf('B')).toMatchObject({ credentialsType: 'ACCESS_TOKEN', credentialsId: expect.stringMatching(/^[A-Za-z0-9]{20}$/) });
    expect(rest.told.map(({ type, metadata }) => `${type} ${metadata['entityName'] ?? ''}`)).toEqual(['ENTITY_CREATED A', 'ENTITY_CREATED B']);
    expect(rest.published.filter(({ kind }) => kind === 'device')).toHaveLength(2);
    expect(await rest.entities.count('auditLog', rest.one.tenantId, { actionType: 'ADDED' })).toBe(2);
  });

  it('takes credentials of each type', async () => {
    const pem = '"-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----"';
    const columns = ['NAME', 'ACCESS_TOKEN', 'MQTT_CLIENT_ID', 'MQTT_USER_NAME', 'MQTT_PASSWORD', 'X509'];
    const file = `token,T1,,,,\nmqtt,,id,user,pass,\nuser,,,only,,\ncert,,,,,${pem}\n`;
    expect(await send(request(file, columns))).toMatchObject(ok(4, 0));
    expect(await credentialsOf('token')).toMatchObject({ credentialsType: 'ACCESS_TOKEN', credentialsId: 'T1' });
    const mqtt = await credentialsOf('mqtt');
    expect(mqtt).toMatchObject({ credentialsType: 'MQTT_BASIC' });
    expect(JSON.parse(mqtt.credentialsValue)).toEqual({ clientId: 'id', userName: 'user', password: 'pass' });
    expect(await credentialsOf('user')).toMatchObject({ credentialsId: 'only' });
    expect(await credentialsOf('cert')).toMatchObject({ credentialsType: 'X509_CERTIFICATE' });
  });

  it('writes attributes and time series with the types they look like', async () => {
    const columns: Column[] = ['NAME', ['SERVER_ATTRIBUTE', 'site'], ['SHARED_ATTRIBUTE', 'limit'], ['TIMESERIES', 't'], ['SERVER_ATTRIBUTE', 'j']];
    expect(await send(request('A,north,30,21.5,"{""a"":1}"\nB,true,,,{x\n', columns))).toMatchObject(ok(2, 0));
    const read = async (name: string, path: string) => {
      const { body } = await device(name);
      return (await rest.call('GET', `/api/plugins/telemetry/DEVICE/${body.id.id}/values/${path}`, { token: rest.admin })).body;
    };
    const attributes = async (name: string, scope: string) =>
      Object.fromEntries((await read(name, `attributes/${scope}`)).map(({ key, value }: { key: string; value: unknown }) => [key, value]));
    expect(await attributes('A', 'SERVER_SCOPE')).toEqual({ site: 'north', j: { a: 1 } });
    expect(await attributes('A', 'SHARED_SCOPE')).toEqual({ limit: 30 });
    expect(await attributes('B', 'SERVER_SCOPE')).toEqual({ site: true, j: '{x' });
    expect((await read('A', 'timeseries?useStrictDataTypes=true')).t[0]).toMatchObject({ value: 21.5 });
  });

  it('changes devices that are there by name; empty fields leave what is stored', async () => {
    await send(request('A,pump,Label,note,T1,1\n', ['NAME', 'TYPE', 'LABEL', 'DESCRIPTION', 'ACCESS_TOKEN', ['SERVER_ATTRIBUTE', 'n']]));
    const columns: Column[] = ['NAME', 'TYPE', 'LABEL', 'ACCESS_TOKEN', ['SERVER_ATTRIBUTE', 'n']];
    expect(await send(request('A,valve,,T2,2\n', columns))).toMatchObject(ok(0, 1));
    const changed = (await device('A')).body;
    expect(changed).toMatchObject({ type: 'valve', label: 'Label', additionalInfo: { description: 'note' }, version: 2 });
    expect(await credentialsOf('A')).toMatchObject({ credentialsId: 'T2', version: 2 });
    const n = () => rest.data.attributes(rest.one.tenantId, changed.id, 'SERVER_SCOPE', ['n']);
    expect(await n()).toMatchObject([{ value: 1 }]);
    expect(await send(request('A,valve,,T2,2\n', columns, { update: true }))).toMatchObject(ok(0, 1));
    expect(await n()).toMatchObject([{ value: 2 }]);
    expect((await device('A')).body.version).toBe(2);
  });

  it('tells each line that cannot be taken over, and takes the others', async () => {
    await rest.call('POST', '/api/device?accessToken=FOREIGN', { token: rest.stranger, body: { name: 'other' } });
    const long = 'x'.repeat(256);
    const lines = [
      'Name,L,Token,Owner,P',
      'A,,T1,,',
      ',,,,',
      `B,${long},,,`,
      'C,,T1,,',
      'D,,FOREIGN,,',
      'E,,,Nobody,',
      'F,,,,none',
      'G,,,,,,',
      'H,,,,',
    ];
    const columns = ['NAME', 'LABEL', 'ACCESS_TOKEN', 'CUSTOMER', 'PROFILE'];
    const expected = ok(2, 0, [
      'Line 3: Device name should be specified!',
      'Line 4: label length must be equal or less than 255',
      'Line 5: Device credentials are already assigned to another device!',
      'Line 6: Device credentials are already assigned to another device!',
      "Line 7: There is no customer 'Nobody'.",
      "Line 8: There is no profile 'none'.",
      'Line 9: It has 7 fields, and 5 columns are mapped.',
    ]);
    expect(await send(request(lines.join('\n'), columns, { header: true }), { query: '?dryRun=true' })).toMatchObject(expected);
    expect(await all('device')).toEqual([]);
    expect(await send(request(lines.join('\n'), columns, { header: true }))).toMatchObject(expected);
    expect(await all('device')).toEqual(['A', 'H']);
  });

  it('writes nothing in a dry run, and counts as the import would', async () => {
    const file = 'A,pump,1\nB,pump,2\nA,valve,3\n';
    const body = request(file, ['NAME', 'TYPE', ['SERVER_ATTRIBUTE', 'n']]);
    const before = await rest.entities.count('deviceProfile', rest.one.tenantId);
    expect(await send(body, { query: '?dryRun=true' })).toMatchObject(ok(2, 1));
    expect([await all('device'), await rest.entities.count('deviceProfile', rest.one.tenantId), rest.told.length]).toEqual([[], before, 0]);
    expect(await send(body)).toMatchObject(ok(2, 1));
    expect((await device('A')).body).toMatchObject({ type: 'valve', version: 2 });
    expect(await rest.entities.count('deviceProfile', rest.one.tenantId)).toBe(before + 2);
  });

  it('goes on from a line', async () => {
    expect(await send(request('A\nB\nC\n', ['NAME']), { query: '?from=3' })).toMatchObject(ok(1, 0));
    expect(await all('device')).toEqual(['C']);
  });

  it('keeps within the number of devices the tenant may have', async () => {
    const profile = { name: 'small', isDefault: true, isIsolated: false, configuration: { maxDevices: 2 } };
    const { systemTenantId } = await import('@fieldline/model');
    const [preset] = await rest.entities.findAll('tenantProfile', systemTenantId, { isDefault: true }, 1);
    const head = { id: rest.one.tenantId, tenantId: systemTenantId, createdAtMs: 1, version: 1 };
    await rest.entities.write([
      preset === undefined
        ? { change: 'insert', kind: 'tenantProfile', entity: { ...head, ...profile } }
        : { change: 'update', kind: 'tenantProfile', entity: { ...preset, configuration: profile.configuration } },
    ]);
    const full = ok(2, 0, ['Line 3: The tenant may have 2 entities of type DEVICE, and has them.']);
    expect(await send(request('A\nB\nC\n', ['NAME']), { query: '?dryRun=true' })).toMatchObject(full);
    expect(await send(request('A\nB\nC\n', ['NAME']))).toMatchObject(full);
  });

  it('refuses what cannot be a table or a mapping', async () => {
    const refused = async (body: unknown) => (await send(body)).body.message;
    expect(await refused(request('A', ['LABEL']))).toBe('Validation error: mapping.columns needs a column of type NAME');
    expect(await refused(request('A', ['NAME', 'NAME']))).toBe('Validation error: mapping.columns holds a type twice');
    expect(await refused(request('A', ['NAME', 'TIMESERIES']))).toBe('Validation error: mapping.columns.1 needs a key');
    expect(await refused(request('A\n"B', ['NAME']))).toBe('Line 2: a quoted field has no closing quote.');
    for (const mapping of [{ delimiter: '"' }, { delimiter: ',,' }]) expect((await send(request('A', ['NAME'], mapping))).status).toBe(400);
    for (const query of ['?dryRun=maybe', '?from=0', '?from=x']) expect((await send(request('A', ['NAME']), { query })).status).toBe(400);
    expect((await send({ file: 'A' })).status).toBe(400);
    expect(await send(request('', ['NAME']))).toMatchObject(ok(0, 0));
  });

  it('is for tenant administrators only, in their own tenant', async () => {
    for (const kind of ['device', 'asset']) {
      expect(await send(request('A', ['NAME']), { kind, token: rest.customer })).toMatchObject({ status: 403 });
      expect(await send(request('A', ['NAME']), { kind, token: rest.system })).toMatchObject({ status: 403 });
    }
    await send(request('A', ['NAME']));
    expect(await send(request('A', ['NAME']), { token: rest.stranger })).toMatchObject(ok(1, 0));
    const foreign = await send(request('B,Customer A', ['NAME', 'CUSTOMER']), { token: rest.stranger });
    expect(foreign).toMatchObject(ok(0, 0, ["Line 1: There is no customer 'Customer A'."]));
  });

  it('takes ten thousand lines in seconds', async () => {
    const lines = Array.from({ length: 10_000 }, (_, n) => `device ${n},pump,token-${n},${n}`);
    const started = performance.now();
    const answer = await send(request(lines.join('\n'), ['NAME', 'TYPE', 'ACCESS_TOKEN', ['SERVER_ATTRIBUTE', 'n']]));
    expect(answer).toMatchObject(ok(10_000, 0));
    expect(performance.now() - started).toBeLessThan(30_000);
    expect(await rest.entities.count('device', rest.one.tenantId)).toBe(10_000);
  });

  it('is a plain refusal of a line where somebody else takes its name at that moment', async () => {
    const both = await Promise.all([send(request('A\nB\n', ['NAME'])), send(request('B\nA\nC\n', ['NAME']))]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect((await all('device')).sort()).toEqual(['A', 'B', 'C']);
    expect(both.reduce((sum, { body }) => sum + body.created, 0)).toBe(3);
  });
});

describe('POST /api/asset/bulk_import', () => {
  it('creates and changes assets', async () => {
    const columns: Column[] = ['NAME', 'TYPE', 'LABEL', 'DESCRIPTION', 'CUSTOMER', ['SERVER_ATTRIBUTE', 'floors']];
    expect(await send(request('Tower,building,T,d,Customer A,30\n', columns), { kind: 'asset' })).toMatchObject(ok(1, 0));
    const tower = async () => (await rest.call('GET', '/api/tenant/assets?assetName=Tower', { token: rest.admin })).body;
    expect(await tower()).toMatchObject({ type: 'building', label: 'T', additionalInfo: { description: 'd' }, version: 1 });
    expect(await rest.data.attributes(rest.one.tenantId, (await tower()).id, 'SERVER_SCOPE')).toMatchObject([{ key: 'floors', value: 30 }]);
    const again = await send(request('Tower,L2\n,x\n', ['NAME', 'LABEL']), { kind: 'asset' });
    expect(again).toMatchObject(ok(0, 1, ['Line 2: Asset name should be specified!']));
    expect(await tower()).toMatchObject({ type: 'building', label: 'L2', version: 2 });
  });

  it('knows no columns of devices', async () => {
    expect((await send(request('A,T', ['NAME', 'ACCESS_TOKEN']), { kind: 'asset' })).status).toBe(400);
  });
});
