/** What is wrong with an XML text, or what it asks for that is never done. */
export type XmlFailure =
  | 'DOCTYPE'
  | 'ENTITY'
  | 'DEPTH'
  | 'TAG_TOO_LONG'
  | 'TEXT_TOO_LONG'
  | 'NOT_WELL_FORMED'
  | 'ATTRIBUTES';

export class XmlError extends Error {
  readonly failure: XmlFailure;

  constructor(failure: XmlFailure) {
    super(failure);
    this.failure = failure;
  }
}

export interface XmlEvents {
  /** Names come without their prefix: `x:row` is `row`. */
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  /** May come in several parts; entities are resolved, line ends are \n. */
  text(text: string): void;
  close(name: string): void;
}

const MAX_DEPTH = 64;
const MAX_TAG = 64 * 1024;
const MAX_TEXT = 8 * 1024 * 1024;
const MAX_ATTRIBUTES = 256;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Reads XML as it comes in. Document types are refused, so there are no
 * entities to blow up and nothing outside the text is ever looked at; depth,
 * tags and texts are bounded. Throws XmlError.
 */
export class XmlScanner {
  private readonly events: XmlEvents;
  private readonly stack: string[] = [];
  private buffer = '';
  private textLength = 0;
  private started = false;

  constructor(events: XmlEvents) {
    this.events = events;
  }

  push(chunk: string): void {
    this.buffer += chunk;
    let at = 0;
    for (;;) {
      const next = this.step(at);
      if (next === null) break;
      at = next;
    }
    this.buffer = this.buffer.slice(at);
    if (this.buffer.length > MAX_TEXT) throw new XmlError('TEXT_TOO_LONG');
  }

  end(): void {
    if (this.stack.length > 0 || !this.started || this.buffer.trim() !== '')
      throw new XmlError('NOT_WELL_FORMED');
  }

  /** Where the next piece begins; null when more text is needed. */
  private step(at: number): number | null {
    const { buffer } = this;
    if (at >= buffer.length) return null;
    if (buffer[at] !== '<') {
      const tag = buffer.indexOf('<', at);
      // An entity or a \r\n may be cut by the end of what is there.
      if (tag < 0) return null;
      this.say(resolve(buffer.slice(at, tag).replaceAll('\r\n', '\n').replaceAll('\r', '\n')));
      return tag;
    }
    if (buffer.startsWith('<!--', at)) return this.behind('-->', at);
    if (buffer.startsWith('<![CDATA[', at)) {
      const close = buffer.indexOf(']]>', at);
      if (close < 0) return null;
      this.say(buffer.slice(at + 9, close).replaceAll('\r\n', '\n'));
      return close + 3;
    }
    if (buffer.startsWith('<?', at)) return this.behind('?>', at);
    if (buffer.startsWith('<!', at)) {
      if (buffer.length - at < 9) return null;
      throw new XmlError('DOCTYPE');
    }
    return this.tag(at);
  }

  /** The place behind a mark, or null while it has not come. */
  private behind(mark: string, at: number): number | null {
    const close = this.buffer.indexOf(mark, at);
    if (close >= 0) return close + mark.length;
    if (this.buffer.length - at > MAX_TAG) throw new XmlError('TAG_TOO_LONG');
    return null;
  }

  private say(text: string): void {
    if (this.stack.length === 0) {
      if (text.replace('\ufeff', '').trim() !== '') throw new XmlError('NOT_WELL_FORMED');
      return;
    }
    this.textLength += text.length;
    if (this.textLength > MAX_TEXT) throw new XmlError('TEXT_TOO_LONG');
    this.events.text(text);
  }

  private tag(at: number): number | null {
    const { buffer } = this;
    const end = tagEnd(buffer, at + 1);
    if (end === null) {
      if (buffer.length - at > MAX_TAG) throw new XmlError('TAG_TOO_LONG');
      return null;
    }
    if (end - at > MAX_TAG) throw new XmlError('TAG_TOO_LONG');
    this.textLength = 0;
    if (buffer[at + 1] === '/') {
      const name = buffer.slice(at + 2, end).trim();
      if (this.stack.pop() !== name) throw new XmlError('NOT_WELL_FORMED');
      this.events.close(local(name));
      return end + 1;
    }
    const empty = buffer[end - 1] === '/';
    this.open(buffer.slice(at + 1, empty ? end - 1 : end), empty);
    return end + 1;
  }

  private open(inner: string, empty: boolean): void {
    const name = /^[^\s/<>"'=]+/.exec(inner)?.[0];
    if (name === undefined) throw new XmlError('NOT_WELL_FORMED');
    if (this.stack.length === 0 && this.started) throw new XmlError('NOT_WELL_FORMED');
    this.started = true;
    const attributes = inner.length === name.length ? {} : attributesOf(inner.slice(name.length));
    this.events.open(local(name), attributes);
    if (empty) {
      this.events.close(local(name));
      return;
    }
    this.stack.push(name);
    if (this.stack.length > MAX_DEPTH) throw new XmlError('DEPTH');
  }
}

/** Position of the `>` that ends a tag; one within quotes is part of a value. */
function tagEnd(text: string, from: number): number | null {
  let at = from;
  for (;;) {
    const close = text.indexOf('>', at);
    if (close < 0) return null;
    const double = text.indexOf('"', at);
    const single = text.indexOf("'", at);
    const quote = double < 0 ? single : single < 0 ? double : Math.min(double, single);
    if (quote < 0 || quote > close) return close;
    const other = text.indexOf(text[quote] ?? '"', quote + 1);
    if (other < 0) return null;
    at = other + 1;
  }
}

const ATTRIBUTE = /\s*([^\s=/<>"']+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;

function attributesOf(text: string): Record<string, string> {
  const attributes: Record<string, string> = Object.create(null) as Record<string, string>;
  let count = 0;
  ATTRIBUTE.lastIndex = 0;
  while (ATTRIBUTE.lastIndex < text.length) {
    const from = ATTRIBUTE.lastIndex;
    const match = ATTRIBUTE.exec(text);
    if (!match) {
      if (text.slice(from).trim() === '') break;
      throw new XmlError('ATTRIBUTES');
    }
    count += 1;
    if (count > MAX_ATTRIBUTES) throw new XmlError('ATTRIBUTES');
    attributes[match[1] ?? ''] = resolve(match[2] ?? match[3] ?? '');
  }
  return attributes;
}

function resolve(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(/&([^;&]{0,12});?/g, (whole, name: string) => {
    if (!whole.endsWith(';')) throw new XmlError('ENTITY');
    const number = /^#(?:x([\da-fA-F]+)|(\d+))$/.exec(name);
    const code = number
      ? number[1] === undefined
        ? Number(number[2])
        : Number.parseInt(number[1], 16)
      : null;
    if (code !== null && code > 0 && code <= 0x10ffff) return String.fromCodePoint(code);
    const known = Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
    if (known === undefined) throw new XmlError('ENTITY');
    return known;
  });
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** Text for an element or a quoted attribute. Characters that XML has no way to say are left out. */
export function xmlText(text: string): string {
  return text
    .replaceAll(/(?![\t\n\r\u007f-\u009f])\p{Cc}|[\ufffe\uffff]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;');
}
