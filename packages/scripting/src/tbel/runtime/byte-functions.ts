/** Bytes, which are lists of numbers from -128 to 127: from and to text, hex, base64, numbers and bits. */
export const byteFunctionsSource = String.raw`
const signed = (byte) => (byte << 24) >> 24;
const toBytes = (x) => {
  const list = collection(x), bytes = [];
  for (let i = 0; i < list.length; i++) {
    const value = typeof list[i] === 'string' ? parseInteger(list[i]) : list[i];
    if (kindOf(value) !== INT || value < -128 || value > 255) {
      fail("The value '" + text(list[i]) + "' could not be correctly converted to a byte. It must be a whole number from -128 to 255!");
    }
    bytes.push(value & 255);
  }
  return bytes;
};
const charsetOf = (name) => {
  const charset = name === undefined ? 'UTF-8' : text(name).toUpperCase().replace('_', '-');
  return ['UTF-8', 'US-ASCII', 'ASCII', 'ISO-8859-1', 'LATIN1', 'UTF-16BE', 'UTF-16LE', 'UTF-16'].includes(charset) ? charset : fail('unknown charset: ' + text(name));
};
const utf8 = (value) => {
  const bytes = [];
  for (let i = 0; i < value.length; i++) {
    const code = value.codePointAt(i);
    if (code > 0xffff) i++;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code >= 0xd800 && code < 0xe000) bytes.push(63);
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return bytes;
};
const fromUtf8 = (bytes) => {
  let value = '';
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i], count = first < 0x80 ? 0 : first >= 0xc2 && first < 0xe0 ? 1 : first >= 0xe0 && first < 0xf0 ? 2 : first >= 0xf0 && first < 0xf5 ? 3 : -1;
    let code = count === 0 ? first : first & (63 >> count), taken = 1;
    while (taken <= count && (bytes[i + taken] & 0xc0) === 0x80) code = (code << 6) | (bytes[i + taken++] & 63);
    const isWhole = count >= 0 && taken === count + 1 && code >= [0, 0x80, 0x800, 0x10000][count] && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000);
    value += isWhole ? String.fromCodePoint(code) : '\ufffd';
    i += taken;
  }
  return value;
};
const bytesOfText = (value, charset) => {
  if (typeof value !== 'string') fail("Invalid type parameter [" + classOf(value) + "]. Expected 'String'");
  const name = charsetOf(charset), bytes = [];
  if (name === 'UTF-8') return utf8(value).map(signed);
  if (name === 'UTF-16') bytes.push(0xfe, 0xff);
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i);
    if (name === 'UTF-16LE') bytes.push(code & 255, code >> 8);
    else if (name.startsWith('UTF-16')) bytes.push(code >> 8, code & 255);
    else bytes.push(code < (name.includes('ASCII') ? 128 : 256) ? code : 63);
  }
  return bytes.map(signed);
};
const textOfBytes = (x, charset) => {
  const bytes = toBytes(x), name = charsetOf(charset);
  if (name === 'UTF-8') return fromUtf8(bytes);
  let value = '';
  if (name.startsWith('UTF-16')) {
    const isMarked = name === 'UTF-16' && bytes.length > 1 && bytes[0] + bytes[1] === 0x1fd, isLittle = name === 'UTF-16LE' || (isMarked && bytes[0] === 0xff);
    for (let i = isMarked ? 2 : 0; i + 1 < bytes.length; i += 2) value += String.fromCharCode(isLittle ? bytes[i] | (bytes[i + 1] << 8) : (bytes[i] << 8) | bytes[i + 1]);
    return value;
  }
  for (const byte of bytes) value += name.includes('ASCII') && byte > 127 ? '\ufffd' : String.fromCharCode(byte);
  return value;
};
const hexBytes = (x) => {
  const digits = cleaned(x, true);
  if (digits === undefined) fail('Hex string must be not empty!');
  if (digits.length % 2 > 0) fail('Hex string must be even-length.');
  if (isHexadecimal(text(x)) < 0) fail('Value: "' + text(x) + '" is not numeric or hexDecimal format!');
  return (digits.match(/../g) ?? []).map((pair) => signed(parseInt(pair, 16)));
};
const hexText = (bytes) => { let hex = ''; for (let i = 0; i < bytes.length; i++) hex += (bytes[i] < 16 ? '0' : '') + bytes[i].toString(16); return hex.toUpperCase(); };
const given = (x) => text(x ?? nothing('the text is null'));
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const toBase64 = (bytes) => {
  let value = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const triple = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    value += letters[triple >> 18] + letters[(triple >> 12) & 63] + (i + 1 < bytes.length ? letters[(triple >> 6) & 63] : '=') + (i + 2 < bytes.length ? letters[triple & 63] : '=');
  }
  return value;
};
const fromBase64 = (x) => {
  const value = given(x).replace(/={1,2}$/, '');
  if (!/^[A-Za-z0-9+/]*$/.test(value) || value.length % 4 === 1) fail('Illegal base64 text');
  const bytes = [];
  for (let i = 0, rest = 0, width = 0; i < value.length; i++) {
    rest = ((rest << 6) | letters.indexOf(value[i])) & 0xffff;
    width += 6;
    if (width >= 8) bytes.push((rest >> (width -= 8)) & 255);
  }
  return bytes;
};
const latin = (bytes) => { let value = ''; for (let i = 0; i < bytes.length; i++) value += String.fromCharCode(bytes[i]); return value; };

// A number made of some bytes of a list, first or last byte first.
const taken = (x, offset, length, isBigEndian, bytesMax) => {
  const bytes = toBytes(x), from = offset === undefined ? 0 : int(offset);
  const count = length === undefined ? (bytes.length < from ? bytes.length : Math.min(bytes.length - from, bytesMax)) : int(length);
  if (from < 0 || from > bytes.length) fail('Offset: ' + from + ' is out of bounds for array with length: ' + bytes.length + '!');
  if (count < 0 || from + count > bytes.length) fail('Offset: ' + from + ' and Length: ' + count + ' is out of bounds for array with length: ' + bytes.length + '!');
  if (count > bytesMax) fail('Length: ' + count + ' is too large. Maximum ' + bytesMax + ' bytes is allowed!');
  const part = bytes.slice(from, from + count);
  return isBigEndian ? part : part.reverse();
};
const bitsOf = (part) => part.reduce((big, byte) => (big << 8n) | BigInt(byte), 0n);
const fromBytes = (bytesMax, make) => (x, offset, length, isBigEndian = true) => make(bitsOf(taken(x, offset, length, isBigEndian, bytesMax)), x);
const realOrFail = (width, make) => (big, x) => {
  const number = realOfBits(big, width);
  return number === number ? make(number) : fail('byte[] 0x' + hexText(toBytes(x)) + ' is a Not-a-Number (NaN) value');
};
// Fewer bytes than a long has are not filled up with the sign.
const longOfBytes = fromBytes(8, (big) => toLong(BigInt.asIntN(64, big)));
const binary = (big, length, isBigEndian) => {
  const list = [];
  for (let i = 0; i < length; i++) list.push(Number((big >> BigInt(i)) & 1n));
  return asArray(isBigEndian ? list.reverse() : list);
};
const bitCount = (x, standard) => (x === undefined ? standard : int(x) >= 0 && int(x) <= 64 ? int(x) : fail('the number of bits must be from 0 to 64'));
define({
  stringToBytes: bytesOfText, bytesToString: textOfBytes, decodeToString: (x) => textOfBytes(x), decodeToJson: (x) => parseJson(typeof x === 'string' ? x : textOfBytes(x)),
  hexToBytes: hexBytes, hexToBytesArray: (x) => asArray(hexBytes(x)), bytesToHex: (x) => hexText(collection(x).map((byte) => int(byte) & 255)), printUnsignedBytes: toBytes, bytesToExecutionArrayList: (x) => toBytes(x).map(signed),
  btoa: (x) => toBase64(utf8(given(x))), atob: (x) => fromUtf8(fromBase64(x)), base64ToHex: (x) => hexText(fromBase64(x)), hexToBase64: (x) => toBase64(hexBytes(x).map((b) => b & 255)),
  base64ToBytes: (x) => asArray(fromBase64(x).map(signed)), base64ToBytesList: (x) => fromBase64(x).map(signed), bytesToBase64: (x) => toBase64(toBytes(x)),
  parseBytesToInt: fromBytes(4, (big) => Number(BigInt.asIntN(32, big))), parseBytesToUnsignedInt: fromBytes(4, (big) => toLong(big)), parseBytesToLong: longOfBytes,
  parseBytesToFloat: fromBytes(4, realOrFail(32, toFloat)), parseBytesToDouble: fromBytes(8, realOrFail(64, toDouble)),
  parseBytesIntToFloat: fromBytes(4, (big) => toFloat(Number(big))), parseBytesLongToDouble: fromBytes(8, (big) => toDouble(Number(big))),
  parseByteToBinaryArray: (x, length, isBigEndian = true) => binary(BigInt(int(x)), bitCount(length, 8), isBigEndian),
  parseBytesToBinaryArray: (x, length) => binary(bigOf(longOfBytes(x, 0, undefined)), bitCount(length, collection(x).length * 8), true),
  parseLongToBinaryArray: (x, length) => binary(bigOf(asLong(x)), bitCount(length, 64), true),
  parseBinaryArrayToInt: (x, offset, length) => {
    const bytes = toBytes(x), from = offset === undefined ? 0 : int(offset), end = Math.min(from + (length === undefined ? bytes.length : int(length)), bytes.length);
    let value = 0;
    for (let i = from; i < end; i++) value = (value << 1) | (bytes[i] & 1);
    return bytes.length === 8 && from === 0 && bytes[0] === 1 ? value - (1 << end) : value;
  },
});
`;
