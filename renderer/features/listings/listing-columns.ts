import { fieldAccess, statusesOf } from '#shared/domain/channel-fields.ts';
import { parseFieldValue } from '#shared/domain/field-values.ts';
import {
  LISTING_FIELDS,
  type ListingField,
  type ListingFieldName,
  type WireValue,
} from '#shared/domain/listing-fields.ts';
import { validateValue } from '#shared/domain/listing-rules.ts';
import { canonicalText } from '#shared/grid/cell-text.ts';
import type {
  CellLock,
  CellVerdict,
  GridColumn,
  GridEditorKind,
  GridOption,
  GridRow,
} from '../../grid/contract.ts';
import type { FieldTexts } from '../../lib/field-texts.ts';
import type { Text } from '../../lib/text.ts';
import { isListingRow, type DerivedKey } from './listing-rows.ts';

/** Columns in the order of the spreadsheet, grouped as the chooser lists them. */
export const COLUMN_GROUPS = {
  listing: ['sku', 'title', 'variant', 'account', 'status'],
  price: ['price', 'salePrice', 'saleFrom', 'saleTo'],
  stock: ['quantity', 'manageStock', 'stockStatus', 'backorders'],
  content: ['images', 'description', 'shortDescription', 'bullets', 'tags', 'categories', 'searchTerms'],
  attributes: ['gtin', 'brand', 'weight', 'productType', 'typeAttributes', 'materials', 'slug'],
  quality: ['quality', 'completeness'],
  sync: ['state', 'readAt'],
} as const satisfies Record<string, readonly (ListingFieldName | DerivedKey)[]>;

export type ColumnGroup = keyof typeof COLUMN_GROUPS;

/** What most shops do not use stays out of sight until asked for. */
const HIDDEN: ReadonlySet<string> = new Set([
  'saleFrom',
  'saleTo',
  'backorders',
  'shortDescription',
  'bullets',
  'searchTerms',
  'brand',
  'productType',
  'typeAttributes',
  'materials',
  'slug',
]);
/** The same few values come again and again. */
const SUGGESTED: ReadonlySet<string> = new Set(['brand', 'productType', 'tags', 'materials']);
/** Narrower than elsewhere: it is pinned, and the numbers beside it are what most edits are about. */
const TITLE_WIDTH = 260;
const PINNED: ReadonlySet<string> = new Set(['sku', 'title']);
const MONO: ReadonlySet<string> = new Set(['sku', 'gtin', 'slug']);
const DERIVED_WIDTHS: Record<DerivedKey, number> = {
  variant: 130,
  account: 190,
  quality: 80,
  completeness: 100,
  state: 110,
  readAt: 140,
};
const DERIVED_TYPES: Partial<Record<DerivedKey, GridColumn['type']>> = {
  readAt: 'dateTime',
  quality: 'integer',
  completeness: 'integer',
};
const SORTABLE_DERIVED: ReadonlySet<string> = new Set(['variant', 'account', 'quality', 'completeness']);

interface Words {
  readonly t: Text;
  readonly fields: FieldTexts;
}

/** Every column of the spreadsheet, from the one registry of listing fields. */
export function listingColumns(words: Words): GridColumn[] {
  const byName = new Map(LISTING_FIELDS.map((field) => [field.name as string, field]));
  // Pinned columns would split their group's head, and a row of heads costs a row of listings.
  return Object.values(COLUMN_GROUPS)
    .flat()
    .map((key): GridColumn => {
      const field = byName.get(key);
      return field ? fieldColumn(field, words) : derivedColumn(key as DerivedKey, words);
    });
}

/** The group that a column is listed under in the chooser. */
export function groupOf(key: string): ColumnGroup {
  const found = Object.entries(COLUMN_GROUPS).find(([, keys]) => (keys as readonly string[]).includes(key));
  return (found?.[0] ?? 'listing') as ColumnGroup;
}

function fieldColumn(field: ListingField, { fields }: Words): GridColumn {
  const { name, type } = field;
  return {
    key: name,
    header: fields.name(name),
    type,
    width: name === 'title' ? TITLE_WIDTH : field.width,
    editable: field.editable,
    clearable: field.clearable,
    sortable: type !== 'images' && type !== 'html',
    ...(PINNED.has(name) ? { pinned: 'left' as const } : {}),
    ...(SUGGESTED.has(name) ? { suggest: true } : {}),
    ...(HIDDEN.has(name) ? { hidden: true } : {}),
    ...(MONO.has(name) ? { mono: true } : {}),
    ...(name === 'bullets' ? { editor: 'longText' satisfies GridEditorKind } : {}),
    ...(field.options
      ? { options: field.options.map((value) => ({ value, label: fields.option(name, value) })) }
      : {}),
    validate: (value, row) => checkValue(field, value, row, fields),
    lock: (row) => lockOf(name, row, fields),
    ...(name === 'status' ? { optionsOf: statusOptions(field, fields) } : {}),
  };
}

/** Why a cell of this row cannot be written: its channel decides the field, or does not have it. */
function lockOf(name: ListingFieldName, row: GridRow, texts: Pick<FieldTexts, 'reason'>): CellLock | null {
  if (!isListingRow(row)) return null;
  switch (fieldAccess(row.platform, name)) {
    case 'write':
      return null;
    case 'read':
      return {
        kind: 'readOnly',
        reason: texts.reason('READ_ONLY_FIELD', 'The channel decides this field'),
      };
    case 'none':
      return {
        kind: 'absent',
        reason: texts.reason('FIELD_NOT_ON_CHANNEL', 'This channel does not have this field'),
      };
  }
}

/** Statuses that a person can set on the row's channel. */
function statusOptions(
  { name }: ListingField,
  texts: Pick<FieldTexts, 'option'>,
): (row: GridRow) => readonly GridOption[] {
  return (row) =>
    isListingRow(row)
      ? statusesOf(row.platform).map((value) => ({ value, label: texts.option(name, value) }))
      : [];
}

/** The rules that the engine applies, before it is asked. */
export function checkValue(
  field: ListingField,
  value: WireValue,
  row: GridRow,
  texts: Pick<FieldTexts, 'reason'>,
): CellVerdict {
  const refuse = (code: string, message: string): CellVerdict => ({
    ok: false,
    code,
    message: texts.reason(code, message),
  });
  if (!isListingRow(row)) return { ok: true, value };
  const access = fieldAccess(row.platform, field.name);
  if (access !== 'write') {
    return access === 'read'
      ? refuse('READ_ONLY_FIELD', 'The channel decides this field')
      : refuse('FIELD_NOT_ON_CHANNEL', 'This channel does not have this field');
  }
  const parsed = parseFieldValue(field, value, row.currency);
  if (!parsed.ok) return refuse(parsed.code, parsed.message);
  const finding = validateValue(row.platform, field.name, parsed.value, row.currency);
  return finding?.severity === 'error' ? refuse(finding.code, finding.message) : { ok: true, value };
}

function derivedColumn(key: DerivedKey, { t, fields }: Words): GridColumn {
  return {
    key,
    header: fields.name(key),
    type: DERIVED_TYPES[key] ?? 'readonly',
    width: DERIVED_WIDTHS[key],
    editable: false,
    clearable: false,
    sortable: SORTABLE_DERIVED.has(key),
    ...(key === 'state'
      ? { format: (value: WireValue) => t(`shell.state.${canonicalText('text', value)}`) }
      : {}),
  };
}

/** Statuses that at least one of the channels knows, in the order of the registry. */
export function statusesOnChannels(
  platforms: readonly Parameters<typeof statusesOf>[0][],
): readonly string[] {
  const known = new Set(platforms.flatMap((platform) => [...statusesOf(platform)]));
  const status = LISTING_FIELDS.find(({ name }) => name === 'status');
  return (status?.options ?? []).filter((option) => known.has(option));
}
