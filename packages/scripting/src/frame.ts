// How a batch crosses into the sandbox and back: a head of whole numbers, a line break, and the texts one after
// the other without separators. Cutting by length costs nothing, and no text can pretend to be another's.
//
// In:  [nowMs, seed, then for each message: length of its text, of its metadata as JSON, of its type]
// Out: for each message a status and what the status brings, see `Reply`.

/** What one call came to, before its type is checked. */
export type Reply =
  | { readonly status: 'value'; readonly json: string }
  | { readonly status: 'boolean'; readonly value: boolean }
  | { readonly status: 'messages'; readonly isList: boolean; readonly messages: readonly MessageParts[] }
  | { readonly status: 'threw' | 'argument' | 'wrong-result'; readonly json: string }
  | { readonly status: 'memory' }
  /** Null was thrown: by the script, or by QuickJS where memory did not even suffice for an error. */
  | { readonly status: 'threw-null' }
  | { readonly status: 'too-large' };

/** JSON texts; absent parts are unchanged. */
export interface MessageParts {
  readonly message?: string | undefined;
  readonly metadata?: string | undefined;
  readonly type?: string | undefined;
}

/** What the script gets to see of an input; texts it does not read are empty. */
export interface PrintedInput {
  readonly messageText: string;
  readonly metadataText: string;
  readonly messageType: string;
}

export function writeBatch(inputs: readonly PrintedInput[], nowMs: number, seed: number): string {
  let head = `[${nowMs},${seed}`;
  let body = '';
  for (const { messageText, metadataText, messageType } of inputs) {
    head += `,${messageText.length},${metadataText.length},${messageType.length}`;
    body += messageText;
    body += metadataText;
    body += messageType;
  }
  // Half a surrogate pair has no UTF-8 and could swallow its neighbour; a replacement has the same length.
  return `${head}]\n${body.isWellFormed() ? body : body.toWellFormed()}`;
}

/**
 * Reads an answer. Nothing in it is trusted: it is refused as a whole where its lengths do not add up.
 *
 * @param countMax messages that were asked about
 * @returns replies in order, fewer than asked where a message exhausted the memory; undefined for a broken answer
 */
export function readAnswer(text: string, countMax: number): Reply[] | undefined {
  const headEnd = text.indexOf('\n');
  if (headEnd < 0) return undefined;
  const head = headEnd === 0 ? [] : text.slice(0, headEnd - 1).split(',');
  const reader = new FrameReader(head, text, headEnd + 1);
  const replies: Reply[] = [];
  while (!reader.isAtEnd) {
    const reply = replyOf(reader);
    if (reply === undefined || replies.length === countMax) return undefined;
    replies.push(reply);
  }
  return reader.isWhole ? replies : undefined;
}

function replyOf(reader: FrameReader): Reply | undefined {
  switch (reader.number()) {
    case 0:
      return FALSE;
    case 1:
      return TRUE;
    case 2:
      return { status: 'value', json: reader.text() ?? '' };
    case 3:
      return messagesOf(reader);
    case 4:
      return { status: 'threw', json: reader.text() ?? '' };
    case 5:
      return { status: 'wrong-result', json: reader.text() ?? '' };
    case 6:
      return { status: 'memory' };
    case 9:
      return { status: 'threw-null' };
    case 7:
      return { status: 'too-large' };
    case 8:
      return { status: 'argument', json: reader.text() ?? '' };
    default:
      return undefined;
  }
}

const TRUE: Reply = { status: 'boolean', value: true };
const FALSE: Reply = { status: 'boolean', value: false };

function messagesOf(reader: FrameReader): Reply | undefined {
  const given = reader.number();
  const messages: MessageParts[] = [];
  for (let rest = given === -1 ? 1 : given; rest > 0; rest -= 1) {
    if (reader.isAtEnd) return undefined;
    messages.push({ message: reader.text(), metadata: reader.text(), type: reader.text() });
  }
  return { status: 'messages', isList: given !== -1, messages };
}

class FrameReader {
  readonly #head: readonly string[];
  readonly #text: string;
  #next = 0;
  #at: number;
  #isBroken = false;

  constructor(head: readonly string[], text: string, at: number) {
    this.#head = head;
    this.#text = text;
    this.#at = at;
  }

  get isAtEnd(): boolean {
    return this.#isBroken || this.#next >= this.#head.length;
  }

  /** True where every number was used and the texts end where the answer ends. */
  get isWhole(): boolean {
    return !this.#isBroken && this.#next === this.#head.length && this.#at === this.#text.length;
  }

  number(): number {
    const value = Number(this.#head[this.#next]);
    this.#next += 1;
    if (!Number.isInteger(value)) this.#isBroken = true;
    return value;
  }

  /** The next text; undefined where its length is -1, which says that there is none. */
  text(): string | undefined {
    const length = this.number();
    if (length === -1) return undefined;
    const end = this.#at + length;
    if (!(length >= 0) || end > this.#text.length) {
      this.#isBroken = true;
      return undefined;
    }
    const part = this.#text.slice(this.#at, end);
    this.#at = end;
    return part;
  }
}
