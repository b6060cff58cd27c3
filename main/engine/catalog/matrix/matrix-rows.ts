import type { MatrixRow } from '#shared/contract/matrix.ts';
import type { CellInfo } from '#shared/contract/listings.ts';
import { toWireValue } from '#shared/domain/field-values.ts';
import {
  differsFromMaster,
  MASTER_FIELDS,
  masterField,
  shownLink,
  type MasterField,
} from '#shared/domain/master-fields.ts';
import { worstCellState } from '#shared/domain/outbox-states.ts';
import type { Database } from '../../db/database.ts';
import { liveOps, toCellInfo } from '../cell-states.ts';
import type { View } from '../views.ts';
import { requireSkus } from './open-matrix.ts';
import { masterFor, onAccount, skuStates, type SkuListing, type SkuState } from './sku-state.ts';

type Channel = MatrixRow['channels'][number];

/** Rows as a window shows them, by position in the view. */
export function matrixRows(db: Database, view: View, positions: readonly number[]): MatrixRow[] {
  const skus = requireSkus(view);
  const wanted = positions.filter((at) => skus[at] !== undefined);
  return rowsOfSkus(
    db,
    wanted.map((at) => skus[at] ?? ''),
    wanted.map((at) => view.rids[at] ?? 0),
  );
}

/** SKUs by name, in that order; one that nobody knows is left out. Without a view the first listing gives the id. */
export function rowsOfSkus(db: Database, skus: readonly string[], rids?: readonly number[]): MatrixRow[] {
  const states = skuStates(db, skus).filter(
    (state) => rids !== undefined || state.listings.length > 0 || state.masterRid !== null,
  );
  const listings = states.flatMap((state) => state.listings);
  const cells = cellsOf(db, listings);
  return states.map((state, index): MatrixRow => {
    const accounts = [...new Set(state.listings.map(({ accountId }) => accountId))];
    const channels = accounts.flatMap((accountId) => {
      const own = onAccount(state, accountId);
      const [first] = own;
      return first ? [channelOf(state, first, own.length > 1, cells(first))] : [];
    });
    return {
      rid: rids?.[index] ?? state.listings[0]?.rid ?? 0,
      sku: state.sku,
      platforms: [...new Set(state.listings.map(({ platform }) => platform))],
      currency: state.currency,
      master: masterValues(state),
      channels,
      state: worstCellState(channels.flatMap((channel) => channel.cells.map((cell) => cell.state))),
    };
  });
}

/** Positions of rows by their ids; ids that the view does not have are left out. */
export function positionsOf(view: View, rids: readonly number[]): number[] {
  const wanted = new Set(rids);
  const found: number[] = [];
  for (let at = 0; at < view.rids.length && found.length < wanted.size; at += 1) {
    if (wanted.has(view.rids[at] ?? 0)) found.push(at);
  }
  return found;
}

function masterValues(state: SkuState): MatrixRow['master'] {
  const wire = (field: MasterField): MatrixRow['master']['price'] =>
    toWireValue(field.listing, state.master[field.name], state.currency);
  return Object.fromEntries(MASTER_FIELDS.map((field) => [field.name, wire(field)])) as MatrixRow['master'];
}

function channelOf(state: SkuState, listing: SkuListing, ambiguous: boolean, cells: CellInfo[]): Channel {
  const fields = MASTER_FIELDS.map((field) => {
    const cell = { value: listing.values[field.name], link: listing.links[field.name] };
    const master = masterFor(state, listing, field);
    const shown = {
      value: toWireValue(field.listing, cell.value, listing.currency),
      link: shownLink(cell, master),
      differs: differsFromMaster(cell, master),
    };
    return [field.name, shown];
  });
  return {
    accountId: listing.accountId,
    listingId: listing.id,
    variant: listing.variant,
    currency: listing.currency,
    fields: Object.fromEntries(fields) as Channel['fields'],
    cells,
    ambiguous,
    readAt: listing.readAt,
  };
}

function cellsOf(db: Database, listings: readonly SkuListing[]): (listing: SkuListing) => CellInfo[] {
  const byListing = liveOps(
    db,
    'listing',
    listings.map(({ rid }) => rid),
  );
  const byProduct = liveOps(db, 'product', [...new Set(listings.map((listing) => listing.product_rid))]);
  return (listing) =>
    [...(byListing.get(listing.rid) ?? []), ...(byProduct.get(listing.product_rid) ?? [])]
      .filter((op) => masterField(op.field) !== undefined)
      .map((op) => toCellInfo(op, listing.currency))
      .filter((info) => info !== null);
}
