import type { RunningRest } from './rest.fixture.js';

let packages = 0;

/** What a client sends to create a package; each is another version. */
export const otaDraft = (more: object = {}) => ({ title: 'Thermostat', version: `${(packages += 1)}`, type: 'FIRMWARE', ...more });

/** Uploads files as a browser does. */
export const uploadsTo =
  (running: () => RunningRest) =>
  async (
    id: string,
    file: string | Uint8Array<ArrayBuffer>,
    query = 'checksumAlgorithm=SHA256',
    more: { token?: string; part?: string; name?: string } = {},
  ) => {
    const { admin, base } = running();
    const form = new FormData();
    form.append(more.part ?? 'file', new Blob([file], { type: 'application/x-firmware' }), more.name ?? 'fïrm ware.bin');
    const headers = { 'x-authorization': `Bearer ${more.token ?? admin}` };
    const answer = await fetch(`${base}/api/otaPackage/${id}?${query}`, { method: 'POST', body: form, headers });
    return { status: answer.status, body: (await answer.json()) as { checksum: string } };
  };
