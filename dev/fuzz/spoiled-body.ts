import { gzipSync } from 'node:zlib';
import type { Choices } from './choices.js';
import { hostileText } from './hostile.js';
import type { FuzzRequest } from './request.js';

const OVER_THE_LIMIT = 17_000_000;
type Spoiled = Pick<FuzzRequest, 'headers' | 'body' | 'isEndless'>;
const json = { 'content-type': 'application/json' };

/** The body of a request with something wrong about its encoding, its type or the way it is sent. */
export function spoiledBody(body: Buffer, choices: Choices): Spoiled {
  if (choices.chance(0.01)) return { headers: json, body: Buffer.concat([Buffer.from('"'), Buffer.alloc(OVER_THE_LIMIT, 'x'), Buffer.from('"')]) };
  if (choices.chance(0.02))
    return { headers: { ...json, 'transfer-encoding': 'chunked' }, body: body.subarray(0, 1 + (body.length >> 1)), isEndless: true };
  return choices.pick(choices.chance(0.5) ? otherTypes : otherTexts)(body, choices);
}

const ofType =
  (type: string) =>
  (body: Buffer): Spoiled => ({ headers: { 'content-type': type }, body });

const otherTypes: readonly ((body: Buffer, choices: Choices) => Spoiled)[] = [
  (body) => ({ headers: {}, body }),
  ofType('text/plain'),
  ofType('application/xml'),
  ofType('application/json; charset=utf-16'),
  ofType('application/json; charset=nonsense'),
  ofType('application/x-www-form-urlencoded'),
  ofType('multipart/form-data'),
  ofType('multipart/form-data; boundary=x'),
  ofType(';;;'),
  (_, choices) => {
    const part = `--x\r\ncontent-disposition: form-data; name="file"; filename="${choices.pick(['f', '../../f', ''])}"\r\n\r\nabc\r\n`;
    return {
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      body: Buffer.from(choices.chance(0.5) ? `${part}--x--\r\n` : part.repeat(3)),
    };
  },
  (body) => ({ headers: { ...json, 'content-encoding': 'gzip' }, body: gzipSync(body) }),
  (body) => ({ headers: { ...json, 'content-encoding': 'gzip' }, body }),
  (body) => ({ headers: { ...json, 'content-encoding': 'deflate, br' }, body }),
];

const otherTexts: readonly ((body: Buffer, choices: Choices) => Spoiled)[] = [
  () => ({ headers: json, body: Buffer.alloc(0) }),
  () => ({ headers: json, body: Buffer.from('   \n') }),
  (body) => ({ headers: json, body: body.subarray(0, body.length >> 1) }),
  (body) => ({ headers: json, body: Buffer.concat([body, Buffer.from('}]garbage')]) }),
  (body) => ({ headers: json, body: Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body]) }),
  (body) => ({ headers: json, body: Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(body.toString(), 'utf16le')]) }),
  (body) => ({ headers: json, body: Buffer.concat([body.subarray(0, body.length >> 1), Buffer.from([0xc3, 0x28, 0xff, 0xed, 0xa0, 0x80]), body]) }),
  (body) => ({ headers: json, body: Buffer.from(body.toString().replace('{', '{"__proto__":{"polluted":true},')) }),
  (body) => ({ headers: json, body: Buffer.from(body.toString().replace('{', '{"constructor":{"prototype":{"polluted":true}},')) }),
  (body) => ({ headers: json, body: Buffer.from(body.toString().replace(/\d+/, 'NaN')) }),
  (body) => ({ headers: json, body: Buffer.from(body.toString().replace(/"/g, "'")) }),
  (body) => ({ headers: json, body: Buffer.from(`/* comment */${body.toString()}`) }),
  () => ({ headers: json, body: Buffer.from('[{'.repeat(10_000)) }),
  (_, choices) => ({ headers: json, body: Buffer.from(JSON.stringify(hostileText(choices))) }),
];
