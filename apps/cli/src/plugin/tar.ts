// Archives as npm makes them: POSIX.1-2001 pax interchange format, of which ustar is a part.

const BLOCK = 512;

export interface TarEntry {
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'link';
  readonly content: Uint8Array;
}

/**
 * The entries of an archive, in order. Content is a view of the archive, not a copy.
 *
 * @param wrong makes the error for an archive that is none, from the reason
 */
export function* readTar(archive: Uint8Array, wrong: (reason: string) => Error): Generator<TarEntry> {
  let extended: ReadonlyMap<string, string> = new Map();
  for (let at = 0; at + BLOCK <= archive.length;) {
    const header = archive.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) return;
    if (checksum(header) !== octal(header, 148, 8)) throw wrong('it is no tar archive, or damaged');
    const bytes = sizeOf(header, extended);
    const content = archive.subarray(at + BLOCK, at + BLOCK + bytes);
    if (!Number.isSafeInteger(bytes) || content.length < bytes) throw wrong('it ends in the middle of a file');
    at += BLOCK + Math.ceil(bytes / BLOCK) * BLOCK;
    const type = String.fromCharCode(header[156] ?? 0);
    if (type === 'x') extended = paxRecords(content, wrong);
    else if (type !== 'g') {
      yield { path: extended.get('path') ?? ustarPath(header), kind: kindOf(type, wrong), content };
      extended = new Map();
    }
  }
  throw wrong('it has no end');
}

function kindOf(type: string, wrong: (reason: string) => Error): TarEntry['kind'] {
  if (type === '0' || type === '\0') return 'file';
  if (type === '5') return 'folder';
  if (type === '1' || type === '2') return 'link';
  throw wrong(`it has an entry of type ${JSON.stringify(type)}, which is no file`);
}

function sizeOf(header: Uint8Array, extended: ReadonlyMap<string, string>): number {
  const given = extended.get('size');
  return given === undefined ? octal(header, 124, 12) : /^\d{1,15}$/.test(given) ? Number(given) : Number.NaN;
}

/** Prefix and name of the ustar header. */
function ustarPath(header: Uint8Array): string {
  const [name, prefix] = [text(header, 0, 100), text(header, 345, 155)];
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** Records "length key=value\n" of an extended header, where length counts the whole record. */
function paxRecords(content: Uint8Array, wrong: (reason: string) => Error): ReadonlyMap<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < content.length;) {
    const space = content.indexOf(0x20, at);
    const length = space < 0 ? Number.NaN : Number(text(content, at, space - at));
    if (!Number.isInteger(length) || length <= space - at + 1 || at + length > content.length) throw wrong('it has a header that cannot be read');
    const [key = '', ...value] = text(content, space + 1, at + length - space - 2).split('=');
    records.set(key, value.join('='));
    at += length;
  }
  return records;
}

/** The sum of all bytes of a header, its own field taken as spaces. */
function checksum(header: Uint8Array): number {
  return header.reduce((sum, byte, place) => sum + (place >= 148 && place < 156 ? 0x20 : byte), 0);
}

function octal(header: Uint8Array, at: number, length: number): number {
  const digits = text(header, at, length).trim();
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number.NaN;
}

/** A text of at most `length` bytes that ends at the first zero. */
function text(bytes: Uint8Array, at: number, length: number): string {
  const field = bytes.subarray(at, at + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
}
