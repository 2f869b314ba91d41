/** Names of the character sets that headers may have, as Java spells them. */
export const headerCharsets = ['UTF-8', 'US-ASCII', 'ISO-8859-1', 'UTF-16BE', 'UTF-16LE', 'UTF-16'] as const;

export type HeaderCharset = (typeof headerCharsets)[number];

const QUESTION_MARK = 0x3f;

/** Text in a character set, as Java writes it: what the set does not have becomes `?`, and UTF-16 begins with a byte order mark. */
export function encodeText(text: string, charset: HeaderCharset): Uint8Array {
  switch (charset) {
    case 'UTF-8':
      return new TextEncoder().encode(text);
    case 'US-ASCII':
      return singleBytes(text, 0x7f);
    case 'ISO-8859-1':
      return singleBytes(text, 0xff);
    case 'UTF-16BE':
      return doubleBytes(text, false);
    case 'UTF-16LE':
      return doubleBytes(text, true);
    case 'UTF-16':
      return doubleBytes(`\ufeff${text}`, false);
  }
}

function singleBytes(text: string, codeMax: number): Uint8Array {
  return Uint8Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? QUESTION_MARK;
    return code <= codeMax ? code : QUESTION_MARK;
  });
}

function doubleBytes(text: string, isLittleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let at = 0; at < text.length; at += 1) view.setUint16(at * 2, text.charCodeAt(at), isLittleEndian);
  return new Uint8Array(view.buffer);
}
