import { randomAlphanumerics } from '@fieldline/kernel';
import type { Asset, Device, DeviceCredentials, EntityAction } from '@fieldline/model';
import type { Caller, EntityChange } from '@fieldline/ports';
import { entityAction } from './actions.js';
import { identified } from './device-credentials.js';
import type { DirectoryDeps } from './directory-deps.js';
import { entityTypeOf } from './entity-types.js';
import { afterUpdate } from './entity-writer.js';
import { directoryErrors } from './errors.js';
import { importErrors } from './import-errors.js';
import type { Imported, ImportedProfile, ImportedRow, ImportKind, ImportRow } from './import-row.js';
import { checkRow, importKinds } from './import-row.js';
import type { ImportState } from './import-state.js';
import { ACCESS_TOKEN_LENGTH } from './limits.js';
import { limitError } from './tenant-limits.js';
import type { WriteCondition } from './write-conditions.js';
import { refersTo } from './write-conditions.js';

/** What becomes of one row. */
export interface RowPlan {
  readonly changes: readonly EntityChange[];
  readonly actions: readonly EntityAction[];
  /** What has to hold besides the limit: what the row names is there. */
  readonly conditions: readonly WriteCondition[];
  readonly result: ImportedRow;
}

type Secret = Pick<DeviceCredentials, 'credentialsType' | 'credentialsId' | 'credentialsValue'>;

/** Turns rows into changes, against what is known of the store and of the rows before. */
export class ImportPlanner {
  readonly #deps: DirectoryDeps;
  readonly #kind: ImportKind;
  readonly #caller: Caller;
  /** Entities of the kind the tenant may have; 0 is any number. */
  readonly #limit: number;

  constructor(deps: DirectoryDeps, kind: ImportKind, caller: Caller, limit: number) {
    this.#deps = deps;
    this.#kind = kind;
    this.#caller = caller;
    this.#limit = limit;
  }

  /** @throws a coded error about the row; then nothing of it is in the state */
  async plan(row: ImportRow, state: ImportState): Promise<RowPlan> {
    checkRow(this.#kind, row);
    const before = state.byName.get(row.name);
    const customerId = row.customer === undefined ? undefined : state.customers.get(row.customer)?.id;
    if (row.customer !== undefined && customerId === undefined) throw importErrors.IMPORT_CUSTOMER_UNKNOWN({ title: row.customer });
    const profile = this.#profileOf(row, before, state);
    const secret = row.secret === undefined ? undefined : await this.#secretOf(row.secret, before, state);
    if (before === undefined) this.#requireRoom(state);
    const after = this.#entityOf(row, { before, customerId, profile });
    const isChanged = before === undefined || JSON.stringify(before) !== JSON.stringify(after);
    const stored = before !== undefined && isChanged ? afterUpdate(after) : after;
    const profileChanges = profile === undefined ? [] : this.#keepProfile(profile, state);
    const own = isChanged ? [this.#change(before === undefined ? 'insert' : 'update', after)] : [];
    const actions = isChanged ? [this.#action(before, stored)] : [];
    const credentials = this.#kind === 'device' ? this.#credentialsOf(stored as Device, before !== undefined, secret, state) : [];
    if (credentials.some(({ change }) => change === 'update')) {
      actions.push(entityAction(this.#caller, 'CREDENTIALS_UPDATED', 'device', { before: stored as Device, after: stored as Device }));
    }
    state.byName.set(row.name, stored);
    if (before === undefined) state.count += 1;
    const entity = { entityType: entityTypeOf(this.#kind), id: stored.id };
    const outcome = before === undefined ? 'created' : 'updated';
    const result = { line: row.line, outcome, entity, name: stored.name, customerId: stored.customerId } as const;
    const conditions = isChanged ? this.#references(row, customerId, profile) : [];
    return { changes: [...profileChanges, ...own, ...credentials], actions, conditions, result };
  }

  #requireRoom(state: ImportState): void {
    if (this.#limit > 0 && state.count >= this.#limit) throw limitError(this.#kind, this.#limit);
  }

  #references({ customer: title = '' }: ImportRow, customerId: string | undefined, profile: ImportedProfile | undefined): readonly WriteCondition[] {
    const { tenantId } = this.#caller;
    const unknown = () => importErrors.IMPORT_PROFILE_UNKNOWN({ name: profile?.name ?? '' });
    return [
      ...refersTo('customer', tenantId, customerId, () => importErrors.IMPORT_CUSTOMER_UNKNOWN({ title })),
      ...refersTo(importKinds[this.#kind].profileKind, tenantId, profile?.id, unknown),
    ];
  }

  /** The profile a row asks for; undefined where it leaves that of a stored entity as it is. */
  #profileOf({ type, profile: name }: ImportRow, before: Imported | undefined, state: ImportState): ImportedProfile | undefined {
    if (name !== undefined) {
      const profile = state.profiles.get(name);
      if (profile === undefined) throw importErrors.IMPORT_PROFILE_UNKNOWN({ name });
      return profile;
    }
    if (type === undefined && before !== undefined) return undefined;
    const known = type === undefined ? state.defaultProfile : state.profiles.get(type);
    if (known !== undefined) return known;
    const { ids, clock } = this.#deps;
    const { tenantId } = this.#caller;
    return importKinds[this.#kind].newProfile({ ids, tenantId, nowMs: clock.nowMs(), name: type ?? 'default', isDefault: type === undefined });
  }

  /** Adds a profile that is new; the rows that follow find it. */
  #keepProfile(profile: ImportedProfile, state: ImportState): readonly EntityChange[] {
    if (state.profiles.get(profile.name)?.id === profile.id || state.defaultProfile?.id === profile.id) return [];
    state.profiles.set(profile.name, profile);
    if (profile.isDefault) state.defaultProfile = profile;
    return [{ change: 'insert', kind: importKinds[this.#kind].profileKind, entity: profile } as EntityChange];
  }

  #entityOf(
    { name, label, description, isGateway }: ImportRow,
    known: { readonly before: Imported | undefined; readonly customerId: string | undefined; readonly profile: ImportedProfile | undefined },
  ): Imported {
    const { before, customerId, profile } = known;
    const { ids, clock } = this.#deps;
    const head = before ?? { id: ids.next(), tenantId: this.#caller.tenantId, createdAtMs: clock.nowMs(), version: 1 };
    const additionalInfo = {
      ...before?.additionalInfo,
      ...(description === undefined ? {} : { description }),
      ...(isGateway === undefined ? {} : { gateway: isGateway }),
    };
    return {
      ...head,
      name,
      ...(customerId === undefined ? {} : { customerId }),
      ...(label === undefined ? {} : { label }),
      ...(Object.keys(additionalInfo).length === 0 ? {} : { additionalInfo }),
      ...(profile === undefined ? {} : { [importKinds[this.#kind].profileField]: profile.id, type: profile.name }),
    } as Imported;
  }

  async #secretOf(draft: NonNullable<ImportRow['secret']>, before: Imported | undefined, state: ImportState): Promise<Secret> {
    const secret = identified(draft, this.#deps.sha3);
    if (secret.credentialsId.length > 255) throw directoryErrors.ACCESS_TOKEN_INVALID();
    const owner = await state.ownerOf(secret.credentialsId);
    if (owner !== undefined && owner !== before?.id) throw directoryErrors.CREDENTIALS_TAKEN();
    return secret;
  }

  /** New credentials of a new device; changed ones of a device that has others. */
  #credentialsOf({ id, tenantId, createdAtMs }: Device, isStored: boolean, secret: Secret | undefined, state: ImportState): readonly EntityChange[] {
    if (secret !== undefined) state.secretOwners.set(secret.credentialsId, id);
    if (!isStored) {
      const token = (): Secret => ({
        credentialsType: 'ACCESS_TOKEN',
        credentialsId: randomAlphanumerics(ACCESS_TOKEN_LENGTH, this.#deps.random),
      });
      const entity: DeviceCredentials = { id: this.#deps.ids.next(), tenantId, createdAtMs, version: 1, deviceId: id, ...(secret ?? token()) };
      state.credentials.set(id, entity);
      return [{ change: 'insert', kind: 'deviceCredentials', entity }];
    }
    const known = state.credentials.get(id);
    if (known === undefined || secret === undefined) return [];
    if (known.credentialsId === secret.credentialsId && known.credentialsValue === secret.credentialsValue) return [];
    const { credentialsValue: _, ...rest } = known;
    const entity: DeviceCredentials = { ...rest, ...secret };
    state.credentials.set(id, afterUpdate(entity));
    return [{ change: 'update', kind: 'deviceCredentials', entity }];
  }

  #change(change: 'insert' | 'update', entity: Imported): EntityChange {
    return { change, kind: this.#kind, entity } as EntityChange;
  }

  #action(before: Imported | undefined, after: Imported): EntityAction {
    const type = before === undefined ? 'ADDED' : 'UPDATED';
    return this.#kind === 'device'
      ? entityAction(this.#caller, type, 'device', { before: before as Device | undefined, after: after as Device })
      : entityAction(this.#caller, type, 'asset', { before: before as Asset | undefined, after: after as Asset });
  }
}
