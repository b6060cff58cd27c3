export type TokenKind = 'number' | 'text' | 'name' | 'sign' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** The sign, the name, the digits, or the text without its quotes. */
  readonly value: string;
  /** Offset in the expression. */
  readonly at: number;
}

export interface ExpressionError {
  readonly code:
    | 'BAD_CHARACTER'
    | 'UNCLOSED_TEXT'
    | 'UNEXPECTED'
    | 'UNEXPECTED_END'
    | 'UNKNOWN_FIELD'
    | 'UNKNOWN_FUNCTION'
    | 'ARGUMENT_COUNT'
    | 'TYPE_MISMATCH'
    | 'TOO_LONG'
    | 'DIVISION_BY_ZERO'
    | 'OUT_OF_RANGE';
  /** English; texts for people are made from the code. */
  readonly message: string;
  /** Offset in the expression where the trouble starts. */
  readonly position: number;
}

export class ExpressionFailure extends Error {
  readonly error: ExpressionError;

  constructor(code: ExpressionError['code'], message: string, position: number) {
    super(message);
    this.name = 'ExpressionFailure';
    this.error = { code, message, position };
  }
}

const TOKEN =
  /(?<space>\s+)|(?<number>\d+(?:\.\d+)?|\.\d+)|(?<name>[\p{L}_][\p{L}\d_]*)|(?<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?<sign><=|>=|<>|!=|==|&&|\|\||[-+*/%(),<>=!])/uy;

/** Throws {@link ExpressionFailure}. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const at = TOKEN.lastIndex;
    const groups = TOKEN.exec(source)?.groups;
    if (!groups) {
      const sign = String.fromCodePoint(source.codePointAt(at) ?? 0);
      throw sign === '"' || sign === "'"
        ? new ExpressionFailure('UNCLOSED_TEXT', 'The text has no closing quote', at)
        : new ExpressionFailure('BAD_CHARACTER', `"${sign}" means nothing here`, at);
    }
    const { number, name, text, sign } = groups;
    if (number !== undefined) tokens.push({ kind: 'number', value: number, at });
    else if (name !== undefined) tokens.push({ kind: 'name', value: name, at });
    else if (text !== undefined) tokens.push({ kind: 'text', value: unescape(text.slice(1, -1)), at });
    else if (sign !== undefined) tokens.push({ kind: 'sign', value: sign, at });
  }
  tokens.push({ kind: 'end', value: '', at: source.length });
  return tokens;
}

function unescape(text: string): string {
  return text.replace(/\\(.)/gsu, (_, char: string) => (char === 'n' ? '\n' : char === 't' ? '\t' : char));
}
