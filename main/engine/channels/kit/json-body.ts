/**
 * Reads the JSON document out of an answer's text. Shops put a byte order mark
 * or PHP warnings before it and caches put comments after it; both are skipped
 * when exactly one whole document is there. Half a document is never accepted.
 */
export type JsonBody =
  | { readonly ok: true; readonly value: unknown; readonly clean: boolean }
  | { readonly ok: false; readonly reason: 'empty' | 'html' | 'truncated' | 'not_json' };

/** Places where a document could begin that are tried before giving up. */
const MOST_CANDIDATES = 20;

export function readJsonBody(text: string): JsonBody {
  const body = text.replace(/^[\uFEFF\s]+/, '');
  if (body === '') return { ok: false, reason: 'empty' };
  const whole = parse(body);
  if (whole) return { ok: true, value: whole.value, clean: true };
  if (/^[{[]/.test(body)) {
    // A document's bracket closes only at its end, so a part of it never parses.
    const cut = parse(upToLastBracket(body));
    return cut ? { ok: true, value: cut.value, clean: false } : { ok: false, reason: 'truncated' };
  }
  if (/^<(!doctype|html|head|body|\?xml)/i.test(body)) return { ok: false, reason: 'html' };
  const later = afterNoise(body);
  if (later) return { ok: true, value: later.value, clean: false };
  return { ok: false, reason: body.startsWith('<') ? 'html' : 'not_json' };
}

function parse(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return null;
  }
}

function upToLastBracket(commented: string): string {
  const text = commented.replace(/(\s*<!--(?:(?!-->)[\s\S])*-->)+\s*$/, '');
  return text.slice(0, text.lastIndexOf(text.startsWith('{') ? '}' : ']') + 1);
}

/** A document after warnings begins a line or follows a tag; anywhere else it is a part of a broken one. */
function afterNoise(body: string): { value: unknown } | null {
  const starts = body.matchAll(/(?:^|[\n>])[ \t]*(?=[{[])/g);
  let tried = 0;
  for (const start of starts) {
    if (++tried > MOST_CANDIDATES) return null;
    const rest = body.slice(start.index + start[0].length);
    const found = parse(rest.trimEnd()) ?? parse(upToLastBracket(rest));
    if (found) return found;
  }
  return null;
}
