import { CodedError } from '#shared/errors/coded-error.ts';
import { compileFind, MAX_PATTERN_TEXT } from '#shared/grid/find-pattern.ts';

/** All the time a search may spend on matching; the engine answers nothing else meanwhile. */
const BUDGET_MS = 10_000;

export interface TextSearch {
  matches(text: string): boolean;
  replace(text: string, replacement: string): string;
}

/**
 * A search over many cells. Throws BAD_INPUT for a pattern that is none or
 * could run for ever, also when matching has used up its time.
 */
export function textSearch(
  find: string,
  options: {
    readonly matchCase?: boolean | undefined;
    readonly wholeCell?: boolean | undefined;
    readonly regex?: boolean | undefined;
  },
): TextSearch {
  const regex = options.regex ?? false;
  const compiled = compileFind(find, {
    regex,
    matchCase: options.matchCase ?? false,
    wholeCell: options.wholeCell ?? false,
  });
  if (!compiled.ok) {
    throw new CodedError('BAD_INPUT', compiled.message, { find, reason: compiled.code });
  }
  const { pattern } = compiled;
  const skip = (text: string): boolean => regex && text.length > MAX_PATTERN_TEXT;
  let spent = 0;
  const timed = <T>(work: () => T): T => {
    if (!regex) return work();
    const started = performance.now();
    const result = work();
    spent += performance.now() - started;
    if (spent > BUDGET_MS) {
      throw new CodedError('BAD_INPUT', `"${find}" takes too long to look for; look for something simpler`, {
        find,
        reason: 'SLOW_PATTERN',
      });
    }
    return result;
  };
  return {
    matches: (text) => {
      if (skip(text)) return false;
      pattern.lastIndex = 0;
      return timed(() => pattern.test(text));
    },
    replace: (text, replacement) => (skip(text) ? text : timed(() => text.replace(pattern, replacement))),
  };
}
