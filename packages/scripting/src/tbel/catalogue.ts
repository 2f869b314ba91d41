/** A function a script may call by name, and how many arguments it takes. */
export interface Signature {
  readonly least: number;
  readonly most: number;
}

/** Written as `name/arguments` or `name/least-most`. The runtime defines all of these, which a test checks. */
const written = `
parseInt/1-2 parseLong/1-2 parseFloat/1-2 parseDouble/1-2 parseHexIntLongToFloat/2 toFixed/2 toInt/1
isNaN/1 isBinary/1 isOctal/1 isDecimal/1 isHexadecimal/1 isMap/1 isList/1 isSet/1 isArray/1
parseHexToInt/1-2 parseHexToLong/1-2 parseHexToFloat/1-2 parseHexToDouble/1-2
parseLittleEndianHexToInt/1 parseLittleEndianHexToLong/1 parseLittleEndianHexToFloat/1 parseLittleEndianHexToDouble/1
parseBigEndianHexToInt/1 parseBigEndianHexToLong/1 parseBigEndianHexToFloat/1 parseBigEndianHexToDouble/1
parseBytesToInt/1-4 parseBytesToUnsignedInt/1-4 parseBytesToLong/1-4 parseBytesToFloat/1-4 parseBytesToDouble/1-4 parseBytesIntToFloat/1-4 parseBytesLongToDouble/1-4
intToHex/1-4 longToHex/1-4 intLongToRadixString/1-4 floatToHex/1-2 doubleToHex/1-2
stringToBytes/1-2 bytesToString/1-2 decodeToString/1 decodeToJson/1 hexToBytes/1 hexToBytesArray/1 bytesToHex/1 printUnsignedBytes/1 bytesToExecutionArrayList/1
btoa/1 atob/1 base64ToHex/1 hexToBase64/1 base64ToBytes/1 base64ToBytesList/1 bytesToBase64/1
parseByteToBinaryArray/1-3 parseBytesToBinaryArray/1-2 parseLongToBinaryArray/1-2 parseBinaryArrayToInt/1-3
encodeURI/1 decodeURI/1 padStart/3 padEnd/3 toFlatMap/1-3 newSet/0 toSet/1 isInsidePolygon/3 isInsideCircle/3 raiseError/1-2
JSON.parse/1 JSON.stringify/1 Date.now/0 Date.parse/1-2 Date.UTC/1-7
Math.floor/1 Math.ceil/1 Math.sqrt/1 Math.cbrt/1 Math.sin/1 Math.cos/1 Math.tan/1 Math.asin/1 Math.acos/1 Math.atan/1 Math.sinh/1 Math.cosh/1 Math.tanh/1
Math.exp/1 Math.expm1/1 Math.log/1 Math.log10/1 Math.log1p/1 Math.signum/1 Math.toRadians/1 Math.toDegrees/1 Math.rint/1 Math.round/1 Math.abs/1 Math.random/0
Math.max/2 Math.min/2 Math.pow/2 Math.hypot/2 Math.atan2/2 Math.floorDiv/2 Math.floorMod/2 Math.addExact/2 Math.subtractExact/2 Math.multiplyExact/2 Math.toIntExact/1
Integer.parseInt/1-2 Integer.parseUnsignedInt/1-2 Integer.valueOf/1-2 Integer.toHexString/1 Integer.toBinaryString/1 Integer.toOctalString/1 Integer.toString/1-2
Integer.compare/2 Integer.signum/1 Integer.bitCount/1 Integer.max/2 Integer.min/2 Integer.sum/2
Long.parseLong/1-2 Long.valueOf/1-2 Long.toHexString/1 Long.toBinaryString/1 Long.toOctalString/1 Long.toString/1-2 Long.compare/2
Double.parseDouble/1 Double.valueOf/1 Double.toString/1 Double.toHexString/1 Double.isNaN/1 Double.isInfinite/1 Double.compare/2 Double.longBitsToDouble/1 Double.doubleToLongBits/1
Float.parseFloat/1 Float.valueOf/1 Float.toString/1 Float.toHexString/1 Float.intBitsToFloat/1 Float.floatToIntBits/1
Boolean.parseBoolean/1 Boolean.valueOf/1 Boolean.toString/1 Short.parseShort/1-2 Byte.parseByte/1-2
Character.isDigit/1 Character.isLetter/1 Character.toString/1 Character.getNumericValue/1 Character.isUpperCase/1 Character.isLowerCase/1 Character.isWhitespace/1
String.valueOf/1 String.format/1-10 String.join/2-10
`;

export const functionCatalogue: ReadonlyMap<string, Signature> = new Map(
  written
    .trim()
    .split(/\s+/)
    .map((one) => {
      const [name = '', counts = ''] = one.split('/');
      const [least = '0', most = least] = counts.split('-');
      return [name, { least: Number(least), most: Number(most) }];
    }),
);

/** Classes with functions or constants; a variable may hide one. */
export const classNames: ReadonlySet<string> = new Set(
  [...functionCatalogue.keys()].filter((name) => name.includes('.')).map((name) => name.split('.')[0] ?? ''),
);

/** Constants of classes, as numbers are written in a script; floats and longs are told by their suffix. */
export const constants: ReadonlyMap<string, string> = new Map([
  ['Math.PI', '3.141592653589793'],
  ['Math.E', '2.718281828459045'],
  ['Integer.MAX_VALUE', '2147483647'],
  ['Integer.MIN_VALUE', '-2147483648'],
  ['Long.MAX_VALUE', '9223372036854775807L'],
  ['Long.MIN_VALUE', '-9223372036854775808L'],
  ['Double.MAX_VALUE', '1.7976931348623157E308'],
  ['Double.MIN_VALUE', '4.9E-324'],
]);

/** Types that `instanceof` knows. */
export const instanceTypes: ReadonlySet<string> = new Set(
  'String Boolean Integer Long Float Double BigDecimal BigInteger ArrayList LinkedHashMap LinkedHashSet Date Object Number'.split(' '),
);

/** What `new` makes, under its full Java name too; collections only under that one, as measured. */
export const creatable: ReadonlyMap<string, { readonly make: string; readonly most: number }> = new Map([
  ['Date', { make: 'Date', most: 8 }],
  ['java.util.Date', { make: 'Date', most: 8 }],
  ...['Integer', 'Long', 'Double', 'Float', 'Boolean', 'String'].flatMap((name) =>
    [name, `java.lang.${name}`].map((full): [string, { make: string; most: number }] => [full, { make: name, most: 1 }]),
  ),
  ['java.util.ArrayList', { make: 'ArrayList', most: 1 }],
  ['java.util.HashMap', { make: 'HashMap', most: 1 }],
  ['java.util.LinkedHashMap', { make: 'HashMap', most: 1 }],
  ['java.util.HashSet', { make: 'HashSet', most: 1 }],
]);
