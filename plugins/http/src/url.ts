const unreserved = /[\w.~-]/;
const inPath = /[\w.~!$&'()*+,;=:@/-]/;
const inQuery = /[\w.~!$&'()*+,;=:@/?-]/;

/**
 * A URL as ThingsBoard sent it before it had query parameters of their own: everything stands in the URL, only what may not is
 * encoded, and `%` always is, so that nothing counts as encoded already.
 */
export function legacyUrl(url: string): string {
  return encodedUrl(url, (text, allowed) => encode(text, allowed));
}

/** A URL with query parameters, each encoded once, whatever it holds. What is encoded in the URL itself stays. */
export function urlWithParams(url: string, params: readonly { readonly key: string; readonly value: string }[]): string {
  const base = encodedUrl(url, (text, allowed) => text.replace(/%[\da-f]{2}|[^]/giu, (part) => (part.length === 3 ? part : encode(part, allowed))));
  const query = params.map(({ key, value }) => `${encode(key, unreserved)}=${encode(value, unreserved)}`).join('&');
  if (query === '') return base;
  const mark = !base.includes('?') ? '?' : /[?&]$/.test(base) ? '' : '&';
  return `${base}${mark}${query}`;
}

/** Encodes path and query by their own rules; scheme and authority stay, and a fragment is never sent. */
function encodedUrl(url: string, encoded: (text: string, allowed: RegExp) => string): string {
  const [, origin = '', path = '', query] = /^([a-z][\w+.-]*:\/\/[^/?#]*)?([^?#]*)(?:\?([^#]*))?/is.exec(url.trim()) ?? [];
  return origin + encoded(path, inPath) + (query === undefined ? '' : `?${encoded(query, inQuery)}`);
}

function encode(text: string, allowed: RegExp): string {
  let result = '';
  for (const character of text.toWellFormed()) {
    if (character.length === 1 && allowed.test(character)) result += character;
    else for (const byte of new TextEncoder().encode(character)) result += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return result;
}
