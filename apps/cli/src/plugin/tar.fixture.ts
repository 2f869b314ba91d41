import { gzipSync } from 'node:zlib';

export interface PackedFile {
  readonly path: string;
  readonly text?: string;
  /** The type of the entry: `0` is a file. */
  readonly type?: string;
}

/** An archive as npm makes them, or one that lies. */
export function packed(...files: readonly PackedFile[]): Buffer {
  return gzipSync(Buffer.concat([...files.map(entry), Buffer.alloc(1_024)]));
}

/** One entry: its header with a right checksum, and its content in blocks of 512 bytes. */
export function entry({ path, text = '', type = '0' }: PackedFile): Buffer {
  const content = Buffer.from(text);
  const header = Buffer.alloc(512);
  header.write(path, 0, 100);
  header.write(content.length.toString(8).padStart(11, '0'), 124, 12);
  header.write(' '.repeat(8), 148);
  header.write(type, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}
