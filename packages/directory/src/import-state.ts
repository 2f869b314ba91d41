import type { Customer, DeviceCredentials, TenantId } from '@fieldline/model';
import type { EntityStore } from '@fieldline/ports';
import type { Imported, ImportedProfile, ImportKind, ImportRow } from './import-row.js';
import { importKinds } from './import-row.js';

/** What an import knows of the store: read for many rows at once, and kept up with the rows that are planned. */
export class ImportState {
  readonly #entities: EntityStore;
  readonly #kind: ImportKind;
  readonly #tenantId: TenantId;
  /** Imported entities by name. */
  readonly byName = new Map<string, Imported>();
  readonly profiles = new Map<string, ImportedProfile>();
  readonly customers = new Map<string, Customer>();
  readonly credentials = new Map<string, DeviceCredentials>();
  /** Devices that rows gave these credentials to. */
  readonly secretOwners = new Map<string, string>();
  defaultProfile: ImportedProfile | undefined;
  /** Entities of the kind, with those that rows add. */
  count = 0;
  readonly #read = new Set<string>();
  #isStarted = false;

  constructor(entities: EntityStore, kind: ImportKind, tenantId: TenantId) {
    this.#entities = entities;
    this.#kind = kind;
    this.#tenantId = tenantId;
  }

  /** Reads what the rows name and was not read before. */
  async read(rows: readonly ImportRow[]): Promise<void> {
    const { profileKind } = importKinds[this.#kind];
    if (!this.#isStarted) {
      this.#isStarted = true;
      this.count = await this.#entities.count(this.#kind, this.#tenantId);
      [this.defaultProfile] = await this.#entities.findAllInfos(profileKind, this.#tenantId, { isDefault: true }, 1);
    }
    const texts = (part: 'name' | 'customer'): string[] => rows.flatMap((row) => row[part] ?? []);
    const profileNames = rows.flatMap(({ type, profile }) => profile ?? type ?? []);
    await this.#readInto(this.byName, this.#kind, texts('name'));
    await this.#readInto(this.profiles, profileKind, profileNames);
    await this.#readInto(this.customers, 'customer', texts('customer'));
    await this.#readCredentials(rows);
  }

  /** The device that has these credentials, of whatever tenant; undefined where nobody has. */
  async ownerOf(credentialsId: string): Promise<string | undefined> {
    return this.secretOwners.get(credentialsId) ?? (await this.#entities.credentialsById(credentialsId))?.device.id;
  }

  async #readInto<E extends { readonly name: string }>(
    into: Map<string, E>,
    kind: ImportKind | 'deviceProfile' | 'assetProfile' | 'customer',
    wanted: readonly string[],
  ): Promise<void> {
    const names = [...new Set(wanted)].filter((name) => !this.#read.has(`${kind} ${name}`));
    if (names.length === 0) return;
    for (const name of names) this.#read.add(`${kind} ${name}`);
    const found = await this.#entities.findAllInfos(kind, this.#tenantId, { name: names }, names.length);
    for (const entity of found) into.set(entity.name, entity as unknown as E);
  }

  /** The credentials of the devices that rows give others to. */
  async #readCredentials(rows: readonly ImportRow[]): Promise<void> {
    const ids = rows.flatMap(({ name, secret }) => (secret === undefined ? [] : (this.byName.get(name)?.id ?? [])));
    const unread = [...new Set(ids)].filter((id) => !this.credentials.has(id));
    if (unread.length === 0) return;
    const found = await this.#entities.findAll('deviceCredentials', this.#tenantId, { deviceId: unread }, unread.length);
    for (const one of found) this.credentials.set(one.deviceId, one);
  }
}
