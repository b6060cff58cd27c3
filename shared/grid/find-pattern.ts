export interface FindOptions {
  readonly matchCase: boolean;
  readonly wholeCell: boolean;
  readonly regex: boolean;
}

export type FindPattern =
  | { readonly ok: true; readonly pattern: RegExp }
  | { readonly ok: false; readonly code: 'BAD_PATTERN' | 'SLOW_PATTERN'; readonly message: string };

/** What a search looks for, as one global pattern; a regular expression that could run for ages is refused. */
export function compileFind(text: string, { matchCase, wholeCell, regex }: FindOptions): FindPattern {
  const source = regex ? text : text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  if (regex && runsAway(text)) {
    const message = `"${text}" repeats a part that repeats itself, which can take for ever; write it without the inner repeat`;
    return { ok: false, code: 'SLOW_PATTERN', message };
  }
  try {
    const whole = wholeCell ? `^(?:${source})$` : source;
    return { ok: true, pattern: new RegExp(whole, matchCase ? 'gu' : 'giu') };
  } catch {
    return { ok: false, code: 'BAD_PATTERN', message: `"${text}" is not a valid regular expression` };
  }
}

/** Longest text a regular expression is tried on. */
export const MAX_PATTERN_TEXT = 20_000;

/**
 * Whether a pattern repeats a group without limit that itself repeats without
 * limit or chooses between ways that may begin alike: `(a+)+`, `(a|ab)*`. Those
 * take exponential time on a text that almost matches.
 */
export function runsAway(source: string): boolean {
  const open: Group[] = [];
  for (let at = 0; at < source.length; at += 1) {
    const char = source[at];
    if (char === '\\') at += 1;
    else if (char === '[') at = endOfClass(source, at);
    else if (char === '(') open.push({ start: at, repeats: false, chooses: false });
    else if (char === '|') {
      const group = open.at(-1);
      if (group) group.chooses = true;
    } else if (char === ')') {
      const group = open.pop();
      if (!group) return false;
      const repeated = isUnbounded(source, at + 1);
      if (repeated && (group.repeats || (group.chooses && !beginApart(source, group.start + 1, at)))) {
        return true;
      }
      const parent = open.at(-1);
      if (parent && (group.repeats || repeated)) parent.repeats = true;
    } else if (isUnbounded(source, at)) {
      const group = open.at(-1);
      if (group) group.repeats = true;
    }
  }
  return false;
}

interface Group {
  readonly start: number;
  repeats: boolean;
  chooses: boolean;
}

function isUnbounded(source: string, at: number): boolean {
  return /^(?:[*+]|\{\d+,\})/.test(source.slice(at, at + 12));
}

function endOfClass(source: string, from: number): number {
  let at = from + 1;
  while (at < source.length && source[at] !== ']') at += source[at] === '\\' ? 2 : 1;
  return at;
}

/** Every way begins with a plain character and no two with the same. */
function beginApart(source: string, from: number, to: number): boolean {
  const inside = source.slice(from, to).replace(/^\?(?::|<[^>]*>)/, '');
  if (/[()[\]\\]/.test(inside)) return false;
  const firsts = inside.split('|').map((way) => way[0]?.toLowerCase() ?? '');
  return firsts.every((first) => /[\p{L}\p{N} _-]/u.test(first)) && new Set(firsts).size === firsts.length;
}
