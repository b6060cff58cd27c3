import type { FieldEdit } from '#shared/contract/listings.ts';
import { LISTING_FIELDS, listingField, type ListingFieldName } from '#shared/domain/listing-fields.ts';
import { compileExpression, expressionType } from '#shared/grid/expression.ts';
import { parseCellText } from '#shared/grid/parse-cell.ts';
import type { PriceRounding } from '#shared/grid/round-price.ts';
import type { GridRange } from '../../grid/contract.ts';
import { fieldsOf } from './grid-source.ts';

export const BULK_OPS = ['set', 'expression', 'replace', 'clear'] as const;
export type BulkOp = (typeof BULK_OPS)[number];

/** What a person filled in; every operation keeps its own part while they switch. */
export interface BulkForm {
  readonly op: BulkOp;
  readonly field: ListingFieldName;
  /** The selected rows, or all rows of the view. */
  readonly scope: 'selection' | 'view';
  readonly value: string;
  readonly expression: string;
  readonly round: PriceRounding;
  readonly find: string;
  readonly replacement: string;
  readonly regex: boolean;
  readonly matchCase: boolean;
  readonly wholeCell: boolean;
  /** Only rows where this expression holds; '' = all of them. */
  readonly when: string;
}

/** Rows of the view as inclusive spans, and the fields that all of them cover. */
export interface BulkTarget {
  readonly spans: readonly (readonly [number, number])[];
  readonly fields: readonly ListingFieldName[];
  readonly rows: number;
}

/** What the selected ranges have in common; a range that shares no field with the last one stays out. */
export function bulkTarget(ranges: readonly GridRange[]): BulkTarget {
  const last = ranges.at(-1);
  if (!last) return { spans: [], fields: [], rows: 0 };
  const common = fieldsOf(last.keys).filter((field) => ranges.every(({ keys }) => keys.includes(field)));
  const used = common.length > 0 ? ranges : [last];
  const spans = mergeSpans(used.map(({ fromRow, toRow }) => [fromRow, toRow] as const));
  return {
    spans,
    fields: common.length > 0 ? common : fieldsOf(last.keys),
    rows: spans.reduce((sum, [from, to]) => sum + to - from + 1, 0),
  };
}

function mergeSpans(spans: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const merged: [number, number][] = [];
  for (const [from, to] of spans.toSorted((a, b) => a[0] - b[0])) {
    const before = merged.at(-1);
    if (before && from <= before[1] + 1) before[1] = Math.max(before[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

/** Operations that a field takes part in. */
export function opsOfField(name: ListingFieldName): readonly BulkOp[] {
  const field = listingField(name);
  if (!field?.editable) return [];
  const ops: BulkOp[] = ['set'];
  if (expressionType(field.type)) ops.push('expression');
  if (field.type !== 'images' && field.type !== 'boolean') ops.push('replace');
  if (field.clearable) ops.push('clear');
  return ops;
}

export function editableFields(): ListingFieldName[] {
  // Attributes are edited by part in a listing's panel.
  return LISTING_FIELDS.filter(({ editable, name }) => editable && name !== 'typeAttributes').map(
    ({ name }) => name,
  );
}

export function startForm(target: BulkTarget, op: BulkOp): BulkForm {
  const usable = (name: ListingFieldName): boolean => opsOfField(name).includes(op);
  const field =
    target.fields.find(usable) ?? target.fields.find((name) => opsOfField(name).length > 0) ?? 'price';
  return {
    op: opsOfField(field).includes(op) ? op : 'set',
    field,
    scope: target.rows > 0 ? 'selection' : 'view',
    value: '',
    expression: '',
    round: 'none',
    find: '',
    replacement: '',
    regex: false,
    matchCase: false,
    wholeCell: false,
    when: '',
  };
}

export type BulkReading =
  | { readonly ok: true; readonly edit: FieldEdit }
  /** `code` null: not filled in yet, nothing to complain about. */
  | { readonly ok: false; readonly code: string | null; readonly message: string };

const UNFINISHED: BulkReading = { ok: false, code: null, message: '' };

/** The edit that a form means, or why it means none. Values are read as the locale writes them. */
export function readForm(form: BulkForm, locale: string, currency: string): BulkReading {
  const field = listingField(form.field);
  if (!field) return UNFINISHED;
  switch (form.op) {
    case 'clear':
      return { ok: true, edit: { op: 'clear', field: form.field } };
    case 'set': {
      if (form.value === '') return UNFINISHED;
      const parsed = parseCellText(field, form.value, { locale, currency });
      return parsed.ok
        ? { ok: true, edit: { op: 'set', field: form.field, value: parsed.value } }
        : { ok: false, code: parsed.code, message: parsed.message };
    }
    case 'expression':
      return readExpression(form);
    case 'replace':
      return readReplace(form);
  }
}

const EXPRESSION_FIELDS = LISTING_FIELDS.flatMap(({ name, type }) => {
  const valueType = expressionType(type);
  return valueType ? [{ name, type: valueType }] : [];
});

/** Names that an expression may use. */
export const EXPRESSION_NAMES: readonly string[] = EXPRESSION_FIELDS.map(({ name }) => name);

function readExpression({ field, expression, round }: BulkForm): BulkReading {
  if (expression.trim() === '') return UNFINISHED;
  const compiled = compileExpression(expression, EXPRESSION_FIELDS);
  if (!compiled.ok) return { ok: false, code: compiled.error.code, message: compiled.error.message };
  const money = listingField(field)?.type === 'money';
  return {
    ok: true,
    edit: { op: 'expression', field, expression, ...(money && round !== 'none' ? { round } : {}) },
  };
}

export type ConditionReading =
  | { readonly ok: true; readonly when: string | null }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** The condition of a form; null without one. */
export function readCondition(text: string): ConditionReading {
  const when = text.trim();
  if (when === '') return { ok: true, when: null };
  const compiled = compileExpression(when, EXPRESSION_FIELDS);
  return compiled.ok
    ? { ok: true, when }
    : { ok: false, code: compiled.error.code, message: compiled.error.message };
}

function readReplace(form: BulkForm): BulkReading {
  const { field, find, replacement, regex, matchCase, wholeCell } = form;
  if (find === '') return UNFINISHED;
  if (regex) {
    try {
      RegExp(find, 'u');
    } catch (error) {
      return { ok: false, code: 'BAD_PATTERN', message: error instanceof Error ? error.message : '' };
    }
  }
  return { ok: true, edit: { op: 'replace', field, find, replacement, regex, matchCase, wholeCell } };
}
