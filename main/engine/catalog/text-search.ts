import { CodedError } from '#shared/errors/coded-error.ts';
import { compileFind } from '#shared/grid/find-pattern.ts';

/** All the time a search may spend on matching; the engine answers nothing else meanwhile. */
const BUDGET_MS = 5_000;

export interface TextSearch {
  matches(text: string): boolean;
  replace(text: string, replacement: string): string;
}

/**
 * A search over many cells. Throws BAD_INPUT for a pattern that is none or
 * could run for ever, when a cell is too long for it, and when matching has
 * used up its time: a search never leaves a cell out in silence.
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
  const { pattern, longest } = compiled;
  const slow = (message: string): CodedError =>
    new CodedError('BAD_INPUT', message, { find, reason: 'SLOW_PATTERN' });
  let spent = 0;
  const timed = <T>(text: string, work: () => T): T => {
    if (!regex) return work();
    if (text.length > longest) {
      throw slow(
        `A cell has ${text.length} characters, and "${find}" could take for ever on more than ${longest}; use fewer open repeats (* or +), or look in the shorter columns`,
      );
    }
    const started = performance.now();
    const result = work();
    spent += performance.now() - started;
    if (spent > BUDGET_MS) throw slow(`"${find}" takes too long to look for; look for something simpler`);
    return result;
  };
  return {
    matches: (text) => {
      pattern.lastIndex = 0;
      return timed(text, () => pattern.test(text));
    },
    replace: (text, replacement) => timed(text, () => text.replace(pattern, replacement)),
  };
}
