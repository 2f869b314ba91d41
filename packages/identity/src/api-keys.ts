import { isProblem, randomAlphanumerics } from '@fieldline/kernel';
import type { ActionType, ApiKey, EntityAction, Page, PageQuery, TenantId } from '@fieldline/model';
import type { Caller, EntityAccess, EntityCondition } from '@fieldline/ports';
import { actingUserOf } from '@fieldline/ports';
import { identityErrors } from './errors.js';
import type { IdentityDeps } from './identity-deps.js';
import { API_KEY_LENGTH, API_KEYS_PER_USER_MAX } from './limits.js';
import { writeRecorded } from './records.js';

/** What a caller says about a new key. */
export interface ApiKeyDraft {
  /** Absent is the caller. */
  readonly userId?: string | undefined;
  readonly description?: string | undefined;
  readonly isEnabled: boolean;
  /** Absent means never. */
  readonly expiresAtMs?: number | undefined;
}

/**
 * API keys: they act as a user without a sign-in. Only the hash of a key is kept. Whoever may change a user may give it
 * keys and take them away.
 */
export class ApiKeys {
  readonly #deps: IdentityDeps;
  readonly #access: EntityAccess;

  constructor(deps: IdentityDeps, access: EntityAccess) {
    this.#deps = deps;
    this.#access = access;
  }

  /**
   * @returns the key, and its value, which is told this once
   * @throws IDENTITY_KEY_ENDED, IDENTITY_KEYS_TOO_MANY, DIRECTORY_ACCESS_DENIED
   */
  async create(caller: Caller, draft: ApiKeyDraft): Promise<{ readonly key: ApiKey; readonly value: string }> {
    const { clock, ids, random, sha256 } = this.#deps;
    const userId = draft.userId ?? caller.userId;
    const { tenantId } = await this.#access.require(caller, { entityType: 'USER', id: userId }, 'write');
    const nowMs = clock.nowMs();
    if (draft.expiresAtMs !== undefined && draft.expiresAtMs <= nowMs) throw identityErrors.KEY_ENDED();
    const value = randomAlphanumerics(API_KEY_LENGTH, random);
    const key: ApiKey = {
      id: ids.next(),
      tenantId,
      createdAtMs: nowMs,
      version: 1,
      userId,
      ...(draft.description === undefined ? {} : { description: draft.description }),
      isEnabled: draft.isEnabled,
      ...(draft.expiresAtMs === undefined ? {} : { expiresAtMs: draft.expiresAtMs }),
      valueHash: sha256(value),
    };
    await this.#insert(caller, key);
    return { key, value };
  }

  /** While its user is there and has room for it. */
  async #insert(caller: Caller, key: ApiKey): Promise<void> {
    const { userId } = key;
    const tenantId = key.tenantId as TenantId;
    const conditions: readonly EntityCondition[] = [
      { change: 'require', kind: 'user', tenantId, id: userId },
      { change: 'require-fewer', kind: 'apiKey', tenantId, filter: { userId }, limit: API_KEYS_PER_USER_MAX },
    ];
    const added = { action: keyAction(caller, 'ADDED', undefined, key) };
    try {
      await writeRecorded(this.#deps, [{ change: 'insert', kind: 'apiKey', entity: key }], [added], conditions);
    } catch (error) {
      const code = isProblem(error) ? error.code : undefined;
      if (code === 'STORAGE_LIMIT_REACHED') throw identityErrors.KEYS_TOO_MANY({ limit: API_KEYS_PER_USER_MAX });
      // The user went meanwhile: said as it is to whoever comes a moment later.
      if (code === 'STORAGE_REFERENCE_GONE') await this.#access.require(caller, { entityType: 'USER', id: userId }, 'write');
      throw error;
    }
  }

  /** A page of the keys of a user. */
  async page(caller: Caller, userId: string, query: PageQuery): Promise<Page<ApiKey>> {
    const { tenantId } = await this.#access.require(caller, { entityType: 'USER', id: userId }, 'write');
    return this.#deps.entities.page('apiKey', tenantId, query, { userId });
  }

  setEnabled(caller: Caller, id: string, isEnabled: boolean): Promise<ApiKey> {
    return this.#change(caller, id, (key) => ({ ...key, isEnabled }));
  }

  describe(caller: Caller, id: string, description: string | undefined): Promise<ApiKey> {
    return this.#change(caller, id, ({ description: _, ...key }) => ({ ...key, ...(description === undefined ? {} : { description }) }));
  }

  async remove(caller: Caller, id: string): Promise<void> {
    const key = await this.#find(caller, id);
    const tenantId = key.tenantId as TenantId;
    await writeRecorded(this.#deps, [{ change: 'remove', kind: 'apiKey', tenantId, id }], [{ action: keyAction(caller, 'DELETED', key, undefined) }]);
  }

  async #change(caller: Caller, id: string, change: (key: ApiKey) => ApiKey): Promise<ApiKey> {
    const before = await this.#find(caller, id);
    const after = change(before);
    await writeRecorded(this.#deps, [{ change: 'update', kind: 'apiKey', entity: after }], [{ action: keyAction(caller, 'UPDATED', before, after) }]);
    return after;
  }

  /** A key of a user whom the caller may change. @throws IDENTITY_KEY_NOT_FOUND, DIRECTORY_ACCESS_DENIED */
  async #find(caller: Caller, id: string): Promise<ApiKey> {
    const tenantId = await this.#deps.entities.tenantOf('apiKey', id);
    const key = tenantId && (await this.#deps.entities.find('apiKey', tenantId, id));
    if (!key) throw identityErrors.KEY_NOT_FOUND({ id });
    await this.#access.require(caller, { entityType: 'USER', id: key.userId }, 'write');
    return key;
  }
}

function keyAction(caller: Caller, type: ActionType, before: ApiKey | undefined, after: ApiKey | undefined): EntityAction {
  const key = (after ?? before) as ApiKey;
  return {
    type,
    tenantId: key.tenantId as TenantId,
    user: actingUserOf(caller),
    entity: { entityType: 'API_KEY', id: key.id },
    entityName: key.description ?? key.id,
    before,
    after,
  };
}
