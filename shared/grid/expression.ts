import type { FieldType } from '../domain/listing-fields.ts';
import { currencyExponent } from '../domain/money.ts';
import type { RawValue, ValueType } from './expression-functions.ts';
import { ExpressionParser } from './expression-parser.ts';
import { ExpressionFailure, tokenize } from './expression-tokens.ts';
import type { ExpressionError } from './expression-tokens.ts';
import { fromDecimal, fromInteger, roundToInteger } from './rational.ts';
import type { Rational } from './rational.ts';

export interface ExpressionField {
  readonly name: string;
  readonly type: ValueType;
}

/** A field's value as it is given in: numbers as canonical decimal text or integers. */
export type ExpressionInput = string | number | boolean | null;

/** A result; exact numbers stay fractions until they are rounded. null is an empty cell. */
export type ExpressionValue = RawValue;

export type ExpressionOutcome =
  | { readonly ok: true; readonly value: ExpressionValue }
  | { readonly ok: false; readonly error: ExpressionError };

export interface CompiledExpression {
  readonly ok: true;
  /** `empty` when the expression is the word null. */
  readonly type: ValueType | 'empty';
  /** Names of the fields that {@link evaluate} reads. */
  readonly fields: readonly string[];
  /** Reads fields by name; never throws for a value, however odd. */
  readonly evaluate: (read: (field: string) => ExpressionInput) => ExpressionOutcome;
}

export type Compilation = CompiledExpression | { readonly ok: false; readonly error: ExpressionError };

export const MAX_EXPRESSION_LENGTH = 1_000;

/**
 * Checks an expression such as `if(quantity > 0, round(price * 1.1, 2), price)`
 * once; evaluating it per row then only runs closures. Names are found without
 * regard to case. Nothing of the text is ever run as code.
 */
export function compileExpression(text: string, fields: readonly ExpressionField[]): Compilation {
  if (text.length > MAX_EXPRESSION_LENGTH) {
    const message = `An expression has at most ${MAX_EXPRESSION_LENGTH} characters`;
    return { ok: false, error: { code: 'TOO_LONG', message, position: MAX_EXPRESSION_LENGTH } };
  }
  const types = new Map(fields.map(({ name, type }) => [name, type]));
  const byName = new Map(fields.map((field) => [field.name.toLowerCase(), field]));
  try {
    const parser = new ExpressionParser(tokenize(text), byName);
    const { type, run } = parser.parse();
    return {
      ok: true,
      type,
      fields: [...parser.used],
      evaluate: (read) => {
        try {
          return { ok: true, value: run((name) => toRaw(read(name), types.get(name) ?? 'text')) };
        } catch (error) {
          return { ok: false, error: errorOf(error) };
        }
      },
    };
  } catch (error) {
    return { ok: false, error: errorOf(error) };
  }
}

function errorOf(error: unknown): ExpressionError {
  if (error instanceof ExpressionFailure) return error.error;
  throw error;
}

/** A text in a number field that is no number counts as empty: the cell has no value to reckon with. */
function toRaw(input: ExpressionInput, type: ValueType): RawValue {
  if (input === null) return null;
  switch (type) {
    case 'number':
      if (typeof input === 'number' && Number.isSafeInteger(input)) return fromInteger(input);
      return fromDecimal(String(input));
    case 'boolean':
      return input === true || input === 1 || input === 'true';
    case 'text':
      return String(input);
  }
}

/** How a listing field takes part in expressions; lists and pictures do not. */
export function expressionType(type: FieldType): ValueType | null {
  switch (type) {
    case 'money':
    case 'integer':
    case 'decimal':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'text':
    case 'html':
    case 'enum':
    case 'dateTime':
      return 'text';
    case 'tags':
    case 'images':
      return null;
  }
}

/** Minor units of a result, half away from zero; null when they are not safe integers. */
export function toMinor(value: Rational, currency: string): number | null {
  const scale = 10n ** BigInt(currencyExponent(currency));
  const minor = Number(roundToInteger({ n: value.n * scale, d: value.d }));
  return Number.isSafeInteger(minor) ? minor : null;
}
