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
import type { CellVerdict, GridColumn, GridEditorKind, GridRow } from '../../grid/contract.ts';
import type { FieldTexts } from '../../lib/field-texts.ts';
import type { Text } from '../../lib/text.ts';
import { isListingRow, type DerivedKey } from './listing-rows.ts';

/** Groups of columns, in the order of the spreadsheet. */
export const COLUMN_GROUPS = {
  listing: ['sku', 'title', 'variant', 'account', 'state', 'status'],
  price: ['price', 'salePrice', 'saleFrom', 'saleTo'],
  stock: ['quantity', 'manageStock', 'stockStatus', 'backorders'],
  content: ['images', 'description', 'shortDescription', 'bullets', 'tags', 'categories', 'searchTerms'],
  attributes: ['gtin', 'brand', 'weight', 'productType', 'materials', 'slug'],
  sync: ['readAt'],
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
  'materials',
  'slug',
]);
const PINNED: ReadonlySet<string> = new Set(['sku', 'title']);
const MONO: ReadonlySet<string> = new Set(['sku', 'gtin', 'slug']);
const DERIVED_WIDTHS: Record<DerivedKey, number> = { variant: 130, account: 150, state: 110, readAt: 140 };
const SORTABLE_DERIVED: ReadonlySet<string> = new Set(['variant', 'account']);

interface Words {
  readonly t: Text;
  readonly fields: FieldTexts;
}

/** Every column of the spreadsheet, from the one registry of listing fields. */
export function listingColumns(words: Words): GridColumn[] {
  const byName = new Map(LISTING_FIELDS.map((field) => [field.name as string, field]));
  return Object.entries(COLUMN_GROUPS).flatMap(([group, keys]) =>
    keys.map((key): GridColumn => {
      const field = byName.get(key);
      const groupName = words.t(`listings.group.${group}`);
      return field
        ? fieldColumn(field, groupName, words)
        : derivedColumn(key as DerivedKey, groupName, words);
    }),
  );
}

function fieldColumn(field: ListingField, group: string, { fields }: Words): GridColumn {
  const { name, type } = field;
  return {
    key: name,
    header: fields.name(name),
    type,
    group,
    width: field.width,
    editable: field.editable,
    clearable: field.clearable,
    sortable: type !== 'images' && type !== 'html',
    ...(PINNED.has(name) ? { pinned: 'left' as const } : {}),
    ...(HIDDEN.has(name) ? { hidden: true } : {}),
    ...(MONO.has(name) ? { mono: true } : {}),
    ...(name === 'bullets' ? { editor: 'longText' satisfies GridEditorKind } : {}),
    ...(field.options
      ? { options: field.options.map((value) => ({ value, label: fields.option(name, value) })) }
      : {}),
    validate: (value, row) => checkValue(field, value, row, fields),
  };
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

function derivedColumn(key: DerivedKey, group: string, { t, fields }: Words): GridColumn {
  return {
    key,
    header: fields.name(key),
    type: key === 'readAt' ? 'dateTime' : 'readonly',
    group,
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
