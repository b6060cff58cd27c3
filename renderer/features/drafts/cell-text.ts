import type { DraftCell } from '#shared/contract/drafts.ts';
import { canonicalJson, parseAttributes, type TypeAttributes } from '#shared/domain/type-attributes.ts';
import type { FieldTexts } from '../../lib/field-texts.ts';

/** Where an entry holds says nothing about what changed. */
const SCOPE = new Set(['marketplace_id', 'language_tag']);

/** One side of a cell as a person compares it; of attributes only those that the draft changes. */
export function cellText(
  fields: FieldTexts,
  cell: Pick<DraftCell, 'field' | 'before' | 'after' | 'currency'>,
  value: DraftCell['live'],
): string {
  const shown = cell.field === 'typeAttributes' ? changedAttributes(cell, value) : value;
  return fields.value(cell.field, shown, cell.currency);
}

function changedAttributes(
  { before, after }: Pick<DraftCell, 'before' | 'after'>,
  value: DraftCell['live'],
): string {
  const [from, to, own] = [attributesOf(before), attributesOf(after), attributesOf(value)];
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])].toSorted();
  return names
    .filter((name) => canonicalJson(from[name] ?? []) !== canonicalJson(to[name] ?? []))
    .map((name) => `${name}: ${(own[name] ?? []).map(entryText).join(', ') || '–'}`)
    .join('; ');
}

function attributesOf(value: DraftCell['live']): TypeAttributes {
  return typeof value === 'string' ? (parseAttributes(value) ?? {}) : {};
}

function entryText(entry: unknown): string {
  if (typeof entry !== 'object' || entry === null) return String(entry);
  return Object.entries(entry)
    .filter(([key]) => !SCOPE.has(key))
    .map(([, part]) => (typeof part === 'string' ? part : JSON.stringify(part)))
    .join(' ');
}
