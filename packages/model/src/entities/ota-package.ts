import * as z from 'zod';
import { additionalInfo, head, name } from './head.js';

export const checksumAlgorithms = ['MD5', 'SHA256', 'SHA384', 'SHA512', 'CRC32', 'MURMUR3_32', 'MURMUR3_128'] as const;
export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number];

/** Firmware or software for devices. Its bytes are in the `BlobStore` under its id. */
export const otaPackageSchema = z.strictObject({
  ...head,
  deviceProfileId: z.string().optional().describe('Profile the package is for.'),
  type: z.enum(['FIRMWARE', 'SOFTWARE']).describe('What it is.'),
  name: name.describe('Title.'),
  packageVersion: name.describe('Version of the package.'),
  titleAndVersion: z.string().describe('`<title>\\n<version>`: unique in the tenant.'),
  tag: z.string().max(255).optional().describe('Name of this release for devices and people.'),
  url: z.string().max(2048).optional().describe('Where devices fetch it, if not from us.'),
  hasData: z.boolean().describe('Whether there are bytes, here or behind the address.'),
  fileName: z.string().max(255).optional().describe('Name of the file that was uploaded.'),
  contentType: z.string().max(255).optional().describe('Media type of the file.'),
  checksumAlgorithm: z.enum(checksumAlgorithms).optional().describe('How the checksum was made.'),
  checksum: z.string().max(1024).optional().describe('Checksum of the bytes.'),
  dataSize: z.number().int().optional().describe('Bytes.'),
  additionalInfo,
});
export type OtaPackage = z.infer<typeof otaPackageSchema>;
