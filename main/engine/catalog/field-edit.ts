import type { FieldEdit } from '#shared/contract/listings.ts';
import { toWireValue } from '#shared/domain/field-values.ts';
import {
  LISTING_FIELDS,
  listingField,
  type ListingField,
  type ListingFieldName,
  type StoredValue,
} from '#shared/domain/listing-fields.ts';
import { formatMinor } from '#shared/domain/money.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { compileExpression, expressionType, toMinor, type ExpressionValue } from '#shared/grid/expression.ts';
import { canonicalText } from '#shared/grid/cell-text.ts';
import { parseCellText } from '#shared/grid/parse-cell.ts';
import { toDecimal, type Rational } from '#shared/grid/rational.ts';
import { roundPrice, type PriceRounding } from '#shared/grid/round-price.ts';
import type { EditRow } from './edit-plan.ts';
import { textSearch } from './text-search.ts';

type Values = Readonly<Record<string, StoredValue>>;

export type EditStep =
  | { readonly kind: 'set'; readonly value: unknown }
  | { readonly kind: 'keep' }
  | { readonly kind: 'refuse'; readonly code: string; readonly message: string };

/** What of a row an edit goes by besides its values. */
export type EditedRow = Pick<EditRow, 'id' | 'sku' | 'currency'>;

/** One edit, checked once and then applied row by row. */
export interface CompiledEdit {
  readonly field: ListingField;
  /** Fields whose present values `apply` needs. */
  readonly reads: readonly ListingFieldName[];
  apply(row: EditedRow, values: Values): EditStep;
}

const KEEP: EditStep = { kind: 'keep' };

export function compileEdit(edit: FieldEdit): CompiledEdit {
  const field = listingField(edit.field);
  if (!field) throw new CodedError('UNKNOWN_FIELD', `There is no field ${edit.field}`, { field: edit.field });
  switch (edit.op) {
    case 'set':
      return setEdit(field, edit.value);
    case 'clear':
      return setEdit(field, null);
    case 'expression':
      return compileFormula(field, edit.expression, edit.round ?? 'none');
    case 'replace':
      return compileReplace(field, edit);
  }
}

/** The same contract value for every row; null clears. */
export function setEdit(field: ListingField, value: unknown): CompiledEdit {
  return { field, reads: [], apply: () => ({ kind: 'set', value }) };
}

const FIELDS = LISTING_FIELDS.flatMap((field) => {
  const type = expressionType(field.type);
  return type ? [{ name: field.name, type }] : [];
});

function compileFormula(field: ListingField, text: string, rounding: PriceRounding): CompiledEdit {
  const compiled = compileExpression(text, FIELDS);
  if (!compiled.ok) {
    throw new CodedError(
      'BAD_INPUT',
      `${compiled.error.message} (at character ${compiled.error.position + 1})`,
      {
        field: field.name,
        expression: text,
        ...compiled.error,
      },
    );
  }
  const reads = compiled.fields.filter((name): name is ListingFieldName => listingField(name) !== undefined);
  return {
    field,
    reads,
    apply: (row, values) => {
      const outcome = compiled.evaluate((name) => readForFormula(name, values[name] ?? null, row.currency));
      if (!outcome.ok)
        return {
          kind: 'refuse',
          code: outcome.error.code,
          message: `${row.sku ?? row.id}: ${outcome.error.message}`,
        };
      return toStep(field, outcome.value, rounding, row.currency);
    },
  };
}

/** Money takes part as exact decimal text, so that no cent is lost to floating point. */
function readForFormula(name: string, value: StoredValue, currency: string): string | number | null {
  const field = listingField(name);
  if (value === null || !field) return null;
  if (field.type === 'money') return formatMinor(Number(value), currency);
  const wire = toWireValue(field, value, currency);
  return typeof wire === 'string' || typeof wire === 'number' ? wire : wire === null ? null : String(value);
}

function toStep(
  field: ListingField,
  value: ExpressionValue,
  rounding: PriceRounding,
  currency: string,
): EditStep {
  // An expression over an empty cell has no result: the cell keeps what it has.
  if (value === null) return KEEP;
  if (typeof value !== 'object') return { kind: 'set', value };
  if (field.type === 'money') return moneyStep(field, value, rounding, currency);
  if (field.type === 'integer') return { kind: 'set', value: toDecimal(value, 0) };
  return { kind: 'set', value: toDecimal(value, 6) };
}

function moneyStep(
  field: ListingField,
  value: Rational,
  rounding: PriceRounding,
  currency: string,
): EditStep {
  const minor = toMinor(value, currency);
  if (minor === null)
    return { kind: 'refuse', code: 'OUT_OF_RANGE', message: `${field.name} would be too large` };
  return { kind: 'set', value: formatMinor(roundPrice(minor, rounding, currency), currency) };
}

/** Replaces within the canonical text of a cell; numbers and options are read again and checked as any typed text. */
function compileReplace(field: ListingField, edit: Extract<FieldEdit, { op: 'replace' }>): CompiledEdit {
  if (field.type === 'images' || field.type === 'boolean') {
    throw new CodedError(
      'BAD_INPUT',
      `Find and replace works on texts and numbers; ${field.name} is neither`,
      {
        field: field.name,
      },
    );
  }
  const search = textSearch(edit.find, edit);
  // In plain mode `$` in the replacement is just a dollar sign.
  const replacement = edit.regex ? edit.replacement : edit.replacement.replaceAll('$', '$$$$');
  return {
    field,
    reads: [field.name],
    apply: (row, values) => {
      const wire = toWireValue(field, values[field.name] ?? null, row.currency);
      if (wire === null) return KEEP;
      if (Array.isArray(wire)) {
        const tags = wire.filter((tag) => typeof tag === 'string');
        const after = tags.map((tag) => search.replace(tag, replacement)).filter((tag) => tag !== '');
        return after.join('\n') === tags.join('\n') ? KEEP : { kind: 'set', value: after };
      }
      const before = canonicalText(field.type, wire);
      const after = search.replace(before, replacement);
      if (after === before) return KEEP;
      if (field.type === 'text' || field.type === 'html') return { kind: 'set', value: after };
      return readAgain(field, after, row);
    },
  };
}

function readAgain(field: ListingField, text: string, row: EditedRow): EditStep {
  const parsed = parseCellText(field, text, { locale: 'en', currency: row.currency });
  return parsed.ok
    ? { kind: 'set', value: parsed.value }
    : { kind: 'refuse', code: parsed.code, message: `${row.sku ?? row.id}: ${parsed.message}` };
}

export interface CompiledCondition {
  readonly reads: readonly ListingFieldName[];
  holds(row: EditedRow, values: Values): boolean;
}

/** A condition such as `quantity = 0 and price > 5`, checked once; a row on which it cannot be worked out does not match. */
export function compileCondition(text: string): CompiledCondition {
  const compiled = compileExpression(text, FIELDS);
  if (!compiled.ok || compiled.type !== 'boolean') {
    const message = compiled.ok
      ? 'A condition is a comparison such as quantity = 0'
      : `${compiled.error.message} (at character ${compiled.error.position + 1})`;
    throw new CodedError('BAD_INPUT', message, { when: text });
  }
  return {
    reads: compiled.fields.filter((name): name is ListingFieldName => listingField(name) !== undefined),
    holds: (row, values) => {
      const outcome = compiled.evaluate((name) => readForFormula(name, values[name] ?? null, row.currency));
      return outcome.ok && outcome.value === true;
    },
  };
}
