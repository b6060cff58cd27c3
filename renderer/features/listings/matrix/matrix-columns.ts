import { fieldAccess } from '#shared/domain/channel-fields.ts';
import { masterColumn, matrixColumns, type MatrixColumn } from '#shared/domain/matrix-columns.ts';
import { MASTER_FIELDS } from '#shared/domain/master-fields.ts';
import { displayText } from '#shared/grid/cell-text.ts';
import { parseCellText } from '#shared/grid/parse-cell.ts';
import type { CellLock, GridColumn, GridRow } from '../../../grid/contract.ts';
import type { FieldTexts } from '../../../lib/field-texts.ts';
import type { Text } from '../../../lib/text.ts';
import type { ListingAccount } from '../listing-account.ts';
import { checkValue } from '../listing-columns.ts';
import type { ListingGridRow } from '../listing-rows.ts';
import { isMatrixRow } from './matrix-rows.ts';

export interface MatrixWords {
  readonly t: Text;
  readonly fields: FieldTexts;
  readonly locale: string;
}

const WIDTHS: Readonly<Record<string, number>> = { title: 210, price: 96, quantity: 86 };
/** Channels show the title narrower: it is mostly the master's. */
const CHANNEL_WIDTHS: Readonly<Record<string, number>> = { title: 190, price: 100, quantity: 96 };

/** Names of accounts as heads: two of one name are told apart, or their columns would run together. */
export function accountHeads(accounts: readonly ListingAccount[]): string[] {
  const seen = new Map<string, number>();
  return accounts.map(({ name }) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}

/** SKU and master, frozen, then the same fields once for every account, under its name. */
export function matrixGridColumns(accounts: readonly ListingAccount[], words: MatrixWords): GridColumn[] {
  const heads = accountHeads(accounts);
  const byId = new Map(
    accounts.map((account, index) => [account.accountId, { account, head: heads[index] ?? '' }]),
  );
  const columns = matrixColumns(accounts.map(({ accountId }) => accountId));
  return [
    skuColumn(words),
    ...columns.flatMap((column): GridColumn[] => {
      if (column.kind === 'master') return [master(column, words)];
      const known = byId.get(column.accountId);
      return known ? [channel(column, known.account, known.head, words)] : [];
    }),
  ];
}

function skuColumn({ fields }: MatrixWords): GridColumn {
  return {
    key: 'sku',
    header: fields.name('sku'),
    type: 'text',
    width: 130,
    editable: false,
    clearable: false,
    sortable: true,
    pinned: 'left',
    mono: true,
  };
}

function master(
  { key, field }: Extract<MatrixColumn, { kind: 'master' }>,
  { t, fields }: MatrixWords,
): GridColumn {
  return {
    key,
    header: fields.name(field.name),
    tooltip: `${t('listings.matrix.master')}: ${fields.name(field.name)}`,
    type: field.listing.type,
    width: WIDTHS[field.name] ?? field.listing.width,
    editable: true,
    clearable: true,
    sortable: true,
    pinned: 'left',
    group: t('listings.matrix.master'),
  };
}

function channel(
  { key, field }: Extract<MatrixColumn, { kind: 'channel' }>,
  account: ListingAccount,
  head: string,
  { fields, locale }: MatrixWords,
): GridColumn {
  const { listing } = field;
  const currency = account.currency ?? 'EUR';
  return {
    key,
    header: fields.name(field.name),
    tooltip: `${head}: ${fields.name(field.name)}`,
    type: listing.type,
    width: CHANNEL_WIDTHS[field.name] ?? listing.width,
    editable: true,
    clearable: listing.clearable,
    sortable: true,
    group: head,
    linked: true,
    format: (value) => displayText(listing.type, value, locale, currency),
    parse: (text) => parseCellText({ ...listing, name: fields.name(field.name) }, text, { locale, currency }),
    validate: (value, row) => checkValue(listing, value, onChannel(row, account, currency), fields),
    lock: (row): CellLock | null => {
      if (!isMatrixRow(row)) return null;
      const place = row.places.get(account.accountId);
      const reason = (code: string, message: string): string => fields.reason(code, message);
      if (place === undefined) {
        return { kind: 'absent', reason: reason('NOT_LISTED', 'This channel has no listing with the SKU') };
      }
      if (place.ambiguous) {
        return {
          kind: 'readOnly',
          reason: reason('SKU_AMBIGUOUS', 'This channel has the SKU twice; change the listing itself'),
        };
      }
      if (fieldAccess(account.platform, field.name) === 'write') return null;
      return { kind: 'readOnly', reason: reason('READ_ONLY_FIELD', 'The channel decides this field') };
    },
  };
}

/** The row as the rules of a channel look at it. */
function onChannel(row: GridRow, { accountId, platform }: ListingAccount, currency: string): ListingGridRow {
  return { ...row, accountId, platform, currency };
}

/** Keys of the master columns. */
export const MASTER_KEYS: ReadonlySet<string> = new Set(
  MASTER_FIELDS.map((field) => masterColumn(field).key),
);
