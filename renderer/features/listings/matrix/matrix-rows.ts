import type { MatrixRow } from '#shared/contract/matrix.ts';
import type { WireValue } from '#shared/domain/listing-fields.ts';
import { MASTER_FIELDS, masterField } from '#shared/domain/master-fields.ts';
import { channelColumn, masterColumn } from '#shared/domain/matrix-columns.ts';
import { displayText } from '#shared/grid/cell-text.ts';
import type { GridCell, GridRow } from '../../../grid/contract.ts';

/** Where the SKU is on one account. */
export interface MatrixPlace {
  readonly listingId: string;
  readonly ambiguous: boolean;
}

export interface MatrixGridRow extends GridRow {
  /** By account. */
  readonly places: ReadonlyMap<string, MatrixPlace>;
}

export function isMatrixRow(row: GridRow): row is MatrixGridRow {
  return 'places' in row;
}

/** A row of the matrix as the grid shows it: values, states and links by column key. */
export function toMatrixGridRow(row: MatrixRow, locale: string): MatrixGridRow {
  const values: Record<string, WireValue> = { sku: row.sku };
  const cells: Record<string, GridCell> = {};
  for (const field of MASTER_FIELDS) values[masterColumn(field).key] = row.master[field.name] ?? null;
  for (const { accountId, fields, cells: infos } of row.channels) {
    for (const field of MASTER_FIELDS) {
      const cell = fields[field.name];
      const master = row.master[field.name] ?? null;
      const { key } = channelColumn(field, accountId);
      values[key] = cell?.value ?? null;
      // Without a master there is nothing to stand to, and so no sign.
      if (!cell || master === null) continue;
      const shown = displayText(field.listing.type, master, locale, row.currency);
      cells[key] = { state: 'clean', link: { kind: cell.link, differs: cell.differs, master: shown } };
    }
    for (const { field: name, ...info } of infos) {
      const field = masterField(name);
      if (!field) continue;
      const { key } = channelColumn(field, accountId);
      cells[key] = { ...cells[key], ...info };
    }
  }
  return {
    rid: row.rid,
    id: row.sku,
    values,
    cells,
    state: row.state,
    currency: row.currency,
    readAt: oldest(row.channels.map(({ readAt }) => readAt)),
    places: new Map(
      row.channels.map(({ accountId, listingId, ambiguous }) => [accountId, { listingId, ambiguous }]),
    ),
  };
}

/** null as soon as one was never read. */
function oldest(times: readonly (number | null)[]): number | null {
  const known = times.filter((at) => at !== null);
  return known.length === 0 || known.length < times.length ? null : Math.min(...known);
}
