import { kaaSettingsSchema } from '@fieldline/api-contract';
import { mergePatched, type JsonObject, type KaaTimeSeries } from '@fieldline/model';
import { restErrors } from './errors.js';
import { parseMade } from './parse-input.js';

/** Whose settings a document has. */
interface VersionName {
  readonly application: string;
  readonly appVersion: string;
}
type Named<T> = Readonly<Record<string, T>>;

/** The document of an application (kaa.md §5.1). */
export function applicationDocument({ application }: Pick<VersionName, 'application'>, series: KaaTimeSeries) {
  return documentOf(application, { 'time-series': series });
}

/** The document of an application version; without series where it has none of its own. */
export function versionDocument({ application, appVersion }: VersionName, series: KaaTimeSeries | undefined) {
  return documentOf(application, { versions: { [appVersion]: series === undefined ? {} : { 'time-series': series } } });
}

/** @throws REST_SETTINGS_OF_OTHERS  where the document is about something else than its address, or about more */
export function partOf<T>(parts: Named<T>, name: string): T {
  const part = Object.hasOwn(parts, name) && Object.keys(parts).length === 1 ? parts[name] : undefined;
  if (part === undefined) throw restErrors.SETTINGS_OF_OTHERS({ name });
  return part;
}

/** @throws REST_SETTINGS_OF_OTHERS */
export function versionPartOf<T>(applications: Named<{ readonly versions: Named<T> }>, { application, appVersion }: VersionName): T {
  return partOf(partOf(applications, application).versions, appVersion);
}

/**
 * What a merge patch (RFC 7396) makes of the settings of an application or version.
 *
 * @param before undefined where it has no series of its own
 * @returns undefined where it has none afterwards
 * @throws REST_REQUEST_INVALID
 */
export function patchedSeries(before: KaaTimeSeries | undefined, patch: JsonObject): KaaTimeSeries | undefined {
  const settings = before === undefined ? {} : { 'time-series': before };
  return parseMade(kaaSettingsSchema, mergePatched(settings, patch))['time-series'];
}

function documentOf<T>(application: string, told: T) {
  return { epts: { kaa: { applications: { [application]: told } } } };
}
