import { patternCost } from './pattern-cost.ts';

export interface FindOptions {
  readonly matchCase: boolean;
  readonly wholeCell: boolean;
  readonly regex: boolean;
}

export type FindPattern =
  | {
      readonly ok: true;
      readonly pattern: RegExp;
      /** Characters of the longest text it may be tried on; Infinity without `regex`. */
      readonly longest: number;
    }
  | { readonly ok: false; readonly code: 'BAD_PATTERN' | 'SLOW_PATTERN'; readonly message: string };

/** Steps that one text may cost: about a second. */
const STEPS = 1e9;
/** A pattern that cannot even be tried on a title or a short description is refused at once. */
const SHORTEST_USEFUL = 500;

/**
 * What a search looks for, as one global pattern. A regular expression that
 * could run for ages is refused; one that is only slow on long texts says how
 * long a text may be.
 */
export function compileFind(text: string, { matchCase, wholeCell, regex }: FindOptions): FindPattern {
  const source = regex ? text : text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const whole = wholeCell ? `^(?:${source})$` : source;
  let pattern: RegExp;
  try {
    pattern = new RegExp(whole, matchCase ? 'gu' : 'giu');
  } catch {
    return { ok: false, code: 'BAD_PATTERN', message: `"${text}" is not a valid regular expression` };
  }
  if (!regex) return { ok: true, pattern, longest: Infinity };
  const { degree, factor } = patternCost(whole);
  if (degree === Infinity) {
    const message = `"${text}" repeats a part that repeats itself, which can take for ever; write it without the inner repeat`;
    return { ok: false, code: 'SLOW_PATTERN', message };
  }
  const longest = degree === 0 ? Infinity : Math.floor((STEPS / factor) ** (1 / degree));
  if (longest < SHORTEST_USEFUL) {
    const message = `"${text}" has several open repeats (* or +) that can match the same text, which can take for ever; use fewer of them, put words between them, or begin with ^`;
    return { ok: false, code: 'SLOW_PATTERN', message };
  }
  return { ok: true, pattern, longest };
}
