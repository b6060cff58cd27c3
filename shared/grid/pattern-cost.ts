/**
 * The most work a regular expression can make on a text of n characters, about
 * `factor * n ** degree` steps of a backtracking matcher. `degree` is Infinity
 * where no power of n is enough: a repeat without limit of a part that itself
 * matches in several ways.
 */
export interface PatternCost {
  readonly degree: number;
  readonly factor: number;
}

/** The part of a pattern: how many ways it has to match, and what literally stands at its beginning. */
interface Part extends PatternCost {
  /** Plain characters that it must match, when it is nothing but them. */
  readonly literal: string | null;
  /** Whether it can match nothing at all. */
  readonly empty: boolean;
  /** Pattern of the one character that it is or repeats; null for anything longer. */
  readonly one: string | null;
}

const EXPONENTIAL: Part = { degree: Infinity, factor: 1, literal: null, empty: true, one: null };
const NOTHING: Part = { degree: 0, factor: 1, literal: null, empty: true, one: null };
const BACK_REFERENCE: Part = { degree: 1, factor: 1, literal: null, empty: true, one: null };

const character = (one: string, literal: string | null = null): Part => ({
  degree: 0,
  factor: 1,
  literal,
  empty: false,
  one,
});

/** `source` must be a valid pattern of the `u` flag; anything else gives some finite or infinite cost, never throws. */
export function patternCost(source: string): PatternCost {
  const reader = new Reader(source);
  const ways = reader.alternatives();
  let worst: PatternCost = { degree: 0, factor: 0 };
  for (const way of ways) {
    const cost = inSequence(way.parts);
    // Without ^ the whole is tried anew at every character, or wherever its first literal stands.
    const period = smallestPeriod(leadingLiteral(way.parts));
    const tried = way.anchored
      ? cost
      : { degree: cost.degree + 1, factor: cost.factor / (cost.degree === 0 ? 1 : period) };
    worst = { degree: Math.max(worst.degree, tried.degree), factor: worst.factor + tried.factor };
  }
  return worst;
}

interface Way {
  readonly parts: readonly Part[];
  readonly anchored: boolean;
}

class Reader {
  private readonly source: string;
  private at = 0;

  constructor(source: string) {
    this.source = source;
  }

  /** Up to the end of the group or of the pattern. */
  alternatives(): Way[] {
    const ways: Way[] = [];
    let parts: Part[] = [];
    let anchored = false;
    const end = (): void => {
      ways.push({ parts, anchored });
      parts = [];
      anchored = false;
    };
    while (this.at < this.source.length && this.source[this.at] !== ')') {
      if (this.source[this.at] === '|') {
        this.at += 1;
        end();
      } else if (this.source[this.at] === '^') {
        this.at += 1;
        anchored ||= parts.length === 0;
      } else parts.push(this.term());
    }
    end();
    return ways;
  }

  private term(): Part {
    const part = this.atom();
    const quantifier = /^(?:[*+?]|\{(\d+)(,(\d*))?\})\??/.exec(this.source.slice(this.at, this.at + 40));
    if (!quantifier) return part;
    this.at += quantifier[0].length;
    const sign = quantifier[0][0];
    const from = sign === '{' ? Number(quantifier[1]) : sign === '+' ? 1 : 0;
    const to =
      sign === '?'
        ? 1
        : sign !== '{'
          ? Infinity
          : quantifier[2] === undefined
            ? from
            : quantifier[3] === ''
              ? Infinity
              : Number(quantifier[3]);
    return repeated(part, from, to);
  }

  private atom(): Part {
    const char = this.source[this.at] ?? '';
    if (char === '(') return this.group();
    if (char === '[') {
      const from = this.at;
      this.at = endOfClass(this.source, from) + 1;
      return character(this.source.slice(from, this.at));
    }
    if (char === '\\') return this.escape();
    this.at += 1;
    if (char === '$') return NOTHING;
    return character(char, char === '.' ? null : char);
  }

  private escape(): Part {
    const rest = this.source.slice(this.at, this.at + 80);
    const long = /^\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[\da-f]{4}|x[\da-f]{2}|c[a-z])/iu.exec(rest);
    const back = /^\\(?:[1-9]\d*|k<[^>]*>)/u.exec(rest);
    this.at += (long ?? back)?.[0].length ?? 2;
    // A repeated text is compared character by character.
    if (back) return BACK_REFERENCE;
    if (/^\\[bB]/.test(rest)) return NOTHING;
    const written = rest.slice(0, long?.[0].length ?? 2);
    return character(written, /^\\[^\p{L}\p{N}]/u.test(written) ? written.slice(1) : null);
  }

  private group(): Part {
    const intro = /^\((?:\?(?::|=|!|<=|<!|<[^>]*>))?/.exec(this.source.slice(this.at, this.at + 80));
    this.at += intro?.[0].length ?? 1;
    const looks = /[=!]$/.test(intro?.[0] ?? '');
    const ways = this.alternatives();
    this.at += 1;
    const costs = ways.map(({ parts }) => inSequence(parts));
    const apart = ways.length === 1 || beginApart(ways);
    const only = ways.length === 1 ? ways[0] : undefined;
    return {
      degree: Math.max(...costs.map(({ degree }) => degree)),
      factor: apart
        ? Math.max(...costs.map(({ factor }) => factor))
        : costs.reduce((sum, { factor }) => sum + factor, 0),
      literal: looks ? null : only ? literalOf(only.parts) : null,
      empty: looks || ways.some(({ parts }) => parts.every((part) => part.empty)),
      one: null,
    };
  }
}

function repeated(part: Part, from: number, to: number): Part {
  const plain = part.degree === 0 && part.factor <= 1;
  if (to === Infinity) {
    if (!plain || (part.empty && part !== NOTHING)) return EXPONENTIAL;
    return { degree: 1, factor: 1, literal: null, empty: from === 0, one: part.one };
  }
  const choices = to - from + 1;
  return {
    degree: part.degree * Math.max(1, to),
    factor: plain ? choices : choices * part.factor ** to,
    literal: from === to && part.literal !== null ? part.literal.repeat(Math.min(to, 40)) : null,
    empty: part.empty || from === 0,
    one: part.one,
  };
}

/**
 * One part after the other: every way of the first with every way of the rest.
 * After an open repeat only the places count where the literal behind it
 * stands; none but its end where what follows begins with other characters.
 */
function inSequence(parts: readonly Part[]): PatternCost {
  let degree = 0;
  let factor = 1;
  for (let i = parts.length - 1; i >= 0; i -= 1) {
    const part = parts[i] ?? NOTHING;
    const rest = parts.slice(i + 1);
    if (part.degree === 0 && part.factor > 1 && endsOnce(part, rest)) continue;
    factor *= part.factor;
    if (part.degree === 1 && degree > 0 && endsOnce(part, rest)) continue;
    if (part.degree > 0 && degree > 0) factor /= smallestPeriod(leadingLiteral(rest));
    degree += part.degree;
  }
  return { degree, factor };
}

/** Whether what a repeat gives back can never begin what follows it: `\d+\s*` but not `.*\s*`. */
function endsOnce(part: Part, rest: readonly Part[]): boolean {
  if (part.one === null) return false;
  for (const next of rest) {
    if (next.one === null || mayShare(part.one, next.one)) return false;
    if (!next.empty) return true;
  }
  return false;
}

const ASCII = Array.from({ length: 128 }, (_, code) => String.fromCodePoint(code));
const BEYOND = ['\u00a0', 'é', 'ß', 'Ω', 'Ж', 'א', '٣', '漢', '\u2028', '😀'];

/** Whether two characters of a pattern can be the same one; tried over ASCII, some others and their own. */
function mayShare(a: string, b: string): boolean {
  try {
    const [first, second] = [new RegExp(`^${a}$`, 'isu'), new RegExp(`^${b}$`, 'isu')];
    return [...ASCII, ...BEYOND, ...Array.from(a), ...Array.from(b)].some(
      (char) => first.test(char) && second.test(char),
    );
  } catch {
    return true;
  }
}

function leadingLiteral(parts: readonly Part[]): string {
  let text = '';
  for (const { literal } of parts) {
    if (literal === null) break;
    text += literal;
  }
  return text.toLowerCase();
}

function literalOf(parts: readonly Part[]): string | null {
  return parts.every(({ literal }) => literal !== null) ? leadingLiteral(parts) : null;
}

/** How far apart a text can follow itself: 6 for `cotton`, 1 for `aaa`; 1 where there is none. */
function smallestPeriod(text: string): number {
  for (let period = 1; period < text.length; period += 1) {
    if (text.startsWith(text.slice(period))) return period;
  }
  return Math.max(1, text.length);
}

/** Every way begins with a plain character and no two with the same: only one of them can fit. */
function beginApart(ways: readonly Way[]): boolean {
  const firsts = ways.map(({ parts }) => parts[0]?.literal?.[0]?.toLowerCase());
  return firsts.every((first) => first !== undefined) && new Set(firsts).size === firsts.length;
}

function endOfClass(source: string, from: number): number {
  let at = from + 1;
  while (at < source.length && source[at] !== ']') at += source[at] === '\\' ? 2 : 1;
  return at;
}
