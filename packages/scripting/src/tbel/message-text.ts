// JSON as a script in TBEL sees it keeps apart what JavaScript's does not: 2 and 2.0, long whole numbers, and nulls in
// maps, which are no keys at all. Few messages have any of that, so a look at the text decides, and only then it is read
// token by token. runtime/json.ts is the other half.

/** Marks the values of a message that JavaScript's JSON would lose; other texts come back as they are. */
export function markSpecialValues(text: string, mark: string): string {
  if (!HINT.test(text) || !isJson(text)) return text;
  const marked = text.replace(TOKEN, (token) => markOf(token, mark));
  // The tab says that there are marks, and makes the text differ from anything the script prints.
  return `\t${marked}`;
}

const HINT = /null|[\d.][eE]|\.0|\d{16}/;
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|null/g;

function markOf(token: string, mark: string): string {
  if (token.startsWith('"')) return token;
  if (token === 'null') return `"${mark}n"`;
  if (!/[.eE]/.test(token)) return token.length > SAFE_DIGITS ? `"${mark}w${token}"` : token;
  return /[eE]/.test(token) || Number(token) % 1 === 0 ? `"${mark}d${token}"` : token;
}

/** Puts the numbers that a script printed with a mark right. */
export function restoreSpecialValues(json: string, mark: string): string {
  let cut = json.indexOf(`"${mark}`);
  if (cut < 0) return json;
  let restored = '';
  let from = 0;
  for (; cut >= 0; cut = json.indexOf(`"${mark}`, from)) {
    const end = json.indexOf('"', cut + mark.length + 1);
    restored += json.slice(from, cut) + json.slice(cut + mark.length + 1, end);
    from = end + 1;
  }
  return restored + json.slice(from);
}

/** Whole numbers up to here are exact in JavaScript. */
const SAFE_DIGITS = 15;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // The sandbox says what is wrong with it.
    return false;
  }
}
