import {
  otaPackageDraftOf,
  otaPackageInfoToWire,
  otaPackageSaveSchema,
  otaTypeSchema,
  otaUploadParametersSchema,
  pageDataSchema,
  pageParametersSchema,
  pageQueryOf,
  pageToWire,
  uuidSchema,
  wireOtaPackageInfoSchema,
  wireOtaPackageSchema,
} from '@fieldline/api-contract';
import type { OtaFiles, OtaPackages } from '@fieldline/directory';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { answerFile } from './file-answer.js';
import { idParams } from './id-params.js';
import { OTA_INLINE_BYTES_MAX } from './limits.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { OTA_FILES, OTA_PACKAGES } from './tokens.js';
import { withUploadedFile } from './uploaded-file.js';

const area = 'OTA packages';
const params = idParams('otaPackageId');
const response = wireOtaPackageInfoSchema;
const sortable = { createdTime: 'createdAtMs', title: 'name', name: 'name', type: 'type', version: 'packageVersion' };

const saveInfo = defineRoute({
  method: 'POST',
  path: '/api/otaPackage',
  area,
  summary: 'Creates an OTA package, whose file is uploaded afterwards; or changes its additional information.',
  permission: 'ota-package.write',
  body: otaPackageSaveSchema,
  response,
});
const upload = defineRoute({
  method: 'POST',
  path: '/api/otaPackage/:otaPackageId',
  area,
  summary: 'Uploads the file of an OTA package.',
  permission: 'ota-package.write',
  params,
  query: otaUploadParametersSchema,
  takes: 'file',
  response,
});
const readInfo = defineRoute({
  method: 'GET',
  path: '/api/otaPackage/info/:otaPackageId',
  area,
  summary: 'One OTA package.',
  permission: 'ota-package.list',
  params,
  response,
});
const readPackage = defineRoute({
  method: 'GET',
  path: '/api/otaPackage/:otaPackageId',
  area,
  summary: 'One OTA package with its bytes, where they are few.',
  permission: 'ota-package.read',
  params,
  response: wireOtaPackageSchema,
});
const download = defineRoute({
  method: 'GET',
  path: '/api/otaPackage/:otaPackageId/download',
  area,
  summary: 'The file of an OTA package, or the part of it that the header Range names.',
  permission: 'ota-package.read',
  params,
  answers: 'file',
});
const remove = defineRoute({
  method: 'DELETE',
  path: '/api/otaPackage/:otaPackageId',
  area,
  summary: 'Removes an OTA package and its file.',
  permission: 'ota-package.write',
  params,
});
const list = defineRoute({
  method: 'GET',
  path: '/api/otaPackages',
  area,
  summary: 'A page of OTA packages.',
  permission: 'ota-package.list',
  query: pageParametersSchema,
  response: pageDataSchema(response),
});
const listOfProfile = defineRoute({
  method: 'GET',
  path: '/api/otaPackages/:deviceProfileId/:type',
  area,
  summary: 'A page of the OTA packages that devices of a profile can install.',
  permission: 'ota-package.list',
  params: z.object({ deviceProfileId: uuidSchema.describe('UUID of the device profile.'), type: otaTypeSchema }),
  query: pageParametersSchema,
  response: pageDataSchema(response),
});

/** Firmware and software for devices. */
@Controller()
export class OtaPackageController {
  readonly #packages: OtaPackages;
  readonly #files: OtaFiles;

  constructor(@Inject(OTA_PACKAGES) packages: OtaPackages, @Inject(OTA_FILES) files: OtaFiles) {
    this.#packages = packages;
    this.#files = files;
  }

  @Handles(saveInfo)
  async save(@CallerOf() caller: Caller, @Input() { body }: InputOf<typeof saveInfo>): Promise<AnswerOf<typeof saveInfo>> {
    return otaPackageInfoToWire(await this.#packages.save(caller, otaPackageDraftOf(body)));
  }

  @Handles(upload)
  async upload(
    @CallerOf() caller: Caller,
    @Input() { params: { otaPackageId }, query }: InputOf<typeof upload>,
    @Req() request: FastifyRequest,
  ): Promise<AnswerOf<typeof upload>> {
    const stored = await withUploadedFile(request, ({ name, contentType, pieces }) =>
      this.#files.upload(caller, otaPackageId, { ...query, fileName: name, contentType, pieces }),
    );
    return otaPackageInfoToWire(stored);
  }

  @Handles(readInfo)
  async readInfo(@CallerOf() caller: Caller, @Input() input: InputOf<typeof readInfo>): Promise<AnswerOf<typeof readInfo>> {
    return otaPackageInfoToWire(await this.#packages.get(caller, input.params.otaPackageId));
  }

  @Handles(readPackage)
  async read(@CallerOf() caller: Caller, @Input() input: InputOf<typeof readPackage>): Promise<AnswerOf<typeof readPackage>> {
    const found = await this.#packages.get(caller, input.params.otaPackageId);
    const isSmall = found.hasData && found.url === undefined && (found.dataSize ?? 0) <= OTA_INLINE_BYTES_MAX;
    return { ...otaPackageInfoToWire(found), data: isSmall ? await base64Of(await this.#files.read(caller, found.id)) : null };
  }

  @Handles(download)
  async download(
    @CallerOf() caller: Caller,
    @Input() input: InputOf<typeof download>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { id, fileName, contentType, dataSize } = await this.#packages.get(caller, input.params.otaPackageId);
    const read = (range: { offset: number; length: number }) => this.#files.read(caller, id, range);
    await answerFile(request, reply, { name: fileName ?? id, contentType: contentType ?? '', bytes: dataSize ?? 0, read });
  }

  @Handles(remove)
  async remove(@CallerOf() caller: Caller, @Input() input: InputOf<typeof remove>): Promise<void> {
    await this.#packages.remove(caller, input.params.otaPackageId);
  }

  @Handles(list)
  async list(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof list>): Promise<AnswerOf<typeof list>> {
    return pageToWire(await this.#packages.page(caller, pageQueryOf(query, sortable)), otaPackageInfoToWire);
  }

  @Handles(listOfProfile)
  async listOfProfile(@CallerOf() caller: Caller, @Input() input: InputOf<typeof listOfProfile>): Promise<AnswerOf<typeof listOfProfile>> {
    const { deviceProfileId, type } = input.params;
    return pageToWire(await this.#packages.ofProfile(caller, pageQueryOf(input.query, sortable), deviceProfileId, type), otaPackageInfoToWire);
  }
}

async function base64Of(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const taken: Uint8Array[] = [];
  for await (const piece of pieces) taken.push(piece);
  return Buffer.concat(taken).toString('base64');
}
