import type { AdminSettings, DeviceProfile, KaaTimeSeries, TenantId } from '@fieldline/model';
import { kaaApplicationOf, kaaAppVersionOf, kaaTimeSeriesSchema, unconfiguredKaaSeries } from '@fieldline/model';
import type { Caller, EntityStore } from '@fieldline/ports';
import { deviceErrors } from './device-errors.js';
import type { DirectoryDeps } from './directory-deps.js';
import { EntityWriter, savedOnce } from './entity-writer.js';
import { PROFILES_OF_TENANT_MAX } from './limits.js';
import { storedEntity } from './stored-entity.js';
import { saveTenantSettings, tenantSettings } from './tenant-settings.js';

type KaaDeps = Pick<DirectoryDeps, 'entities' | 'events' | 'messages' | 'data' | 'clock' | 'ids' | 'log'>;

/** The settings key of an application. An application is there as long as a profile is one of its versions. */
const keyOf = (application: string): string => `kaaTimeSeries ${application}`;

/** Time series of Kaa applications, and of their versions, which are device profiles (kaa.md §1, §5.1). */
export class KaaSettings {
  readonly #deps: KaaDeps;

  constructor(deps: KaaDeps) {
    this.#deps = deps;
  }

  /**
   * What holds for the versions of an application that have nothing of their own.
   *
   * @throws DIRECTORY_KAA_NAME_UNKNOWN
   */
  async application(caller: Caller, application: string): Promise<KaaTimeSeries> {
    await this.#profileOf(caller.tenantId, application);
    return (await kaaSeriesOfApplication(this.#deps.entities, caller.tenantId, application)) ?? unconfiguredKaaSeries;
  }

  /**
   * Saves what `change` makes of what holds; it may be called several times.
   *
   * @throws DIRECTORY_KAA_NAME_UNKNOWN, and what `change` throws
   */
  async changeApplication(caller: Caller, application: string, change: (before: KaaTimeSeries) => KaaTimeSeries): Promise<KaaTimeSeries> {
    await this.#profileOf(caller.tenantId, application);
    return savedOnce(undefined, async () => {
      const saved = await tenantSettings(this.#deps.entities, caller.tenantId, keyOf(application));
      const after = change(seriesIn(saved) ?? unconfiguredKaaSeries);
      await saveTenantSettings(this.#deps, caller, { key: keyOf(application), value: after, version: saved?.version ?? 0 });
      return after;
    });
  }

  /**
   * What a version has of its own; undefined where that of its application holds.
   *
   * @throws DIRECTORY_KAA_NAME_UNKNOWN
   */
  async version(caller: Caller, application: string, appVersion: string): Promise<KaaTimeSeries | undefined> {
    const { id } = await this.#profileOf(caller.tenantId, application, appVersion);
    return ownSeries(await storedEntity(this.#deps.entities, 'deviceProfile', caller.tenantId, id));
  }

  /**
   * Saves what `change` makes of what the version has of its own; it may be called several times.
   *
   * @param change undefined stands for what the application has
   * @throws DIRECTORY_KAA_NAME_UNKNOWN, and what `change` throws
   */
  async changeVersion(
    caller: Caller,
    { application, appVersion }: { readonly application: string; readonly appVersion: string },
    change: (before: KaaTimeSeries | undefined) => KaaTimeSeries | undefined,
  ): Promise<KaaTimeSeries | undefined> {
    const { id } = await this.#profileOf(caller.tenantId, application, appVersion);
    return savedOnce(undefined, async () => {
      const before = await storedEntity(this.#deps.entities, 'deviceProfile', caller.tenantId, id);
      const series = change(ownSeries(before));
      const { kaaSeries: _, ...bare } = before;
      const entity: DeviceProfile =
        series === undefined
          ? { ...bare, kaaAutoExtraction: false }
          : { ...bare, kaaAutoExtraction: series['auto-extract'], kaaSeries: { names: series.names, timestamp: series.timestamp } };
      await new EntityWriter(this.#deps).update(caller, 'deviceProfile', { before, entity });
      return series;
    });
  }

  /** A profile that is a version of the application, or the one that is the named version. */
  async #profileOf(tenantId: TenantId, application: string, appVersion?: string) {
    const profiles = await this.#deps.entities.findAllInfos('deviceProfile', tenantId, {}, PROFILES_OF_TENANT_MAX);
    const found = profiles.find((profile) => {
      const version = kaaAppVersionOf(profile);
      return kaaApplicationOf(version) === application && (appVersion === undefined || version === appVersion);
    });
    if (found === undefined) throw deviceErrors.KAA_NAME_UNKNOWN({ name: appVersion ?? application });
    return found;
  }
}

/**
 * What is taken from the data samples of the endpoints of a version: its own series, else those of its application, to
 * which the switch of the profile may add auto-extraction.
 */
export async function kaaSeriesOf(entities: Pick<EntityStore, 'findAll'>, profile: DeviceProfile): Promise<KaaTimeSeries> {
  const own = ownSeries(profile);
  if (own !== undefined) return own;
  const base =
    (await kaaSeriesOfApplication(entities, profile.tenantId as TenantId, kaaApplicationOf(kaaAppVersionOf(profile)))) ?? unconfiguredKaaSeries;
  return { ...base, 'auto-extract': base['auto-extract'] || profile.kaaAutoExtraction };
}

/** What was saved for an application as a whole, if anything. */
export async function kaaSeriesOfApplication(
  entities: Pick<EntityStore, 'findAll'>,
  tenantId: TenantId,
  application: string,
): Promise<KaaTimeSeries | undefined> {
  return seriesIn(await tenantSettings(entities, tenantId, keyOf(application)));
}

function seriesIn(saved: AdminSettings | undefined): KaaTimeSeries | undefined {
  return saved && kaaTimeSeriesSchema.parse(saved.value);
}

function ownSeries({ kaaSeries, kaaAutoExtraction }: DeviceProfile): KaaTimeSeries | undefined {
  return kaaSeries && { ...kaaSeries, 'auto-extract': kaaAutoExtraction };
}
