import type { OtaPackage } from '@fieldline/model';
import { checksumAlgorithms } from '@fieldline/model';
import * as z from 'zod';
import { idOf } from './device.js';
import { idReferenceSchema, optionalWireId, wireId, wireIdSchema } from './wire-id.js';

const freeJson = z.record(z.string(), z.json());
const textUpTo = (length: number) => z.string().max(length, `length must be equal or less than ${length}`);
const types = ['FIRMWARE', 'SOFTWARE'] as const;

/** Kind of package, in a path: in any case. */
export const otaTypeSchema = z
  .string()
  .transform((text) => text.toUpperCase())
  .pipe(z.enum(types))
  .describe('FIRMWARE or SOFTWARE.');

/** An OTA package as the API shows it, without its bytes. */
export const wireOtaPackageInfoSchema = z.strictObject({
  id: wireIdSchema('OTA_PACKAGE').describe('Id of the package.'),
  createdTime: z.int().describe('When it was created, in milliseconds since 1970.'),
  tenantId: wireIdSchema('TENANT').describe('Tenant of the package.'),
  deviceProfileId: wireIdSchema('DEVICE_PROFILE').nullable().describe('Profile whose devices may install it.'),
  type: z.enum(types).describe('What it is.'),
  title: z.string().describe('Title.'),
  version: z.string().describe('Version of the package; unique with the title.'),
  tag: z.string().nullable().describe('Name of this release.'),
  url: z.string().nullable().describe('Where devices fetch it, if not from us.'),
  hasData: z.boolean().describe('Whether there are bytes, here or behind the address.'),
  fileName: z.string().nullable().describe('Name of the file.'),
  contentType: z.string().nullable().describe('Media type of the file.'),
  checksumAlgorithm: z.enum(checksumAlgorithms).nullable().describe('How the checksum was made.'),
  checksum: z.string().nullable().describe('Checksum of the bytes, in hexadecimal.'),
  dataSize: z.int().nullable().describe('Bytes.'),
  externalId: z.null().describe('Not used yet.'),
  name: z.string().describe('Always the title.'),
  additionalInfo: freeJson.nullable().describe('Free JSON.'),
});
export type WireOtaPackageInfo = z.infer<typeof wireOtaPackageInfoSchema>;

/** An OTA package with its bytes, where they are few. */
export const wireOtaPackageSchema = z.strictObject({
  ...wireOtaPackageInfoSchema.shape,
  data: z.string().nullable().describe('The bytes in Base64; null for those of a large file, which are to be downloaded.'),
});

/** Body of `POST /api/otaPackage`. */
export const otaPackageSaveSchema = z.object({
  id: idReferenceSchema.nullish().describe('Package to change; absent creates one. Only `additionalInfo` of a package ever changes.'),
  deviceProfileId: idReferenceSchema.nullish().describe('Profile whose devices may install it.'),
  type: z.enum(types).nullish().describe('What it is.'),
  title: textUpTo(255).nullish().describe('Title.'),
  version: textUpTo(255).nullish().describe('Version; unique with the title.'),
  tag: textUpTo(255).nullish().describe('Name of this release.'),
  usesUrl: z.boolean().nullish().describe('True where devices fetch it from `url`.'),
  url: textUpTo(2048).nullish().describe('Where devices fetch it, if not from us.'),
  fileName: textUpTo(255).nullish().describe('Of a file behind `url`: its name.'),
  contentType: textUpTo(255).nullish().describe('Of a file behind `url`: its media type.'),
  checksumAlgorithm: z.enum(checksumAlgorithms).nullish().describe('Of a file behind `url`: how its checksum was made.'),
  checksum: textUpTo(1024).nullish().describe('Of a file behind `url`: its checksum.'),
  dataSize: z.int().min(0).nullish().describe('Of a file behind `url`: its bytes.'),
  additionalInfo: freeJson.nullish().describe('Free JSON.'),
});

/** What a request says about an OTA package. */
export function otaPackageDraftOf(save: z.output<typeof otaPackageSaveSchema>) {
  const isBlank = save.url === undefined || save.url === null || save.url.trim() === '';
  return {
    id: idOf(save.id),
    deviceProfileId: idOf(save.deviceProfileId),
    type: save.type ?? undefined,
    name: save.title ?? '',
    packageVersion: save.version ?? '',
    tag: save.tag ?? undefined,
    usesUrl: save.usesUrl ?? false,
    url: isBlank ? undefined : (save.url ?? undefined),
    fileName: save.fileName ?? undefined,
    contentType: save.contentType ?? undefined,
    checksumAlgorithm: save.checksumAlgorithm ?? undefined,
    checksum: save.checksum ?? undefined,
    dataSize: save.dataSize ?? undefined,
    additionalInfo: save.additionalInfo ?? undefined,
  };
}

const algorithmMissing = "Parameter 'checksumAlgorithm' can't be empty!";

/** Query parameters of an upload. */
export const otaUploadParametersSchema = z.object({
  checksum: textUpTo(1024)
    .optional()
    .transform((text) => (text === '' ? undefined : text))
    .describe('Checksum of the file, which is then checked; ours is taken if absent.'),
  checksumAlgorithm: z
    .string(algorithmMissing)
    .regex(/\S/, { error: algorithmMissing, abort: true })
    .transform((text) => text.toUpperCase())
    .pipe(z.enum(checksumAlgorithms))
    .describe('How the checksum is made.'),
});

export function otaPackageInfoToWire(otaPackage: OtaPackage): WireOtaPackageInfo {
  return {
    id: wireId('OTA_PACKAGE', otaPackage.id),
    createdTime: otaPackage.createdAtMs,
    tenantId: wireId('TENANT', otaPackage.tenantId),
    deviceProfileId: optionalWireId('DEVICE_PROFILE', otaPackage.deviceProfileId),
    type: otaPackage.type,
    title: otaPackage.name,
    version: otaPackage.packageVersion,
    tag: otaPackage.tag ?? null,
    url: otaPackage.url ?? null,
    hasData: otaPackage.hasData,
    fileName: otaPackage.fileName ?? null,
    contentType: otaPackage.contentType ?? null,
    checksumAlgorithm: otaPackage.checksumAlgorithm ?? null,
    checksum: otaPackage.checksum ?? null,
    dataSize: otaPackage.dataSize ?? null,
    externalId: null,
    name: otaPackage.name,
    additionalInfo: otaPackage.additionalInfo ?? null,
  };
}
