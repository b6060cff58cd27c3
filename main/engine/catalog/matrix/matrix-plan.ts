import type { Rejection } from '#shared/contract/common.ts';
import type { EditOutcome } from '#shared/contract/listings.ts';
import { toWireValue } from '#shared/domain/field-values.ts';
import type { StoredValue } from '#shared/domain/listing-fields.ts';
import {
  afterLink,
  afterMaster,
  MASTER_FIELDS,
  type CellLink,
  type MasterField,
  type MasterFieldName,
} from '#shared/domain/master-fields.ts';
import { channelColumn, masterColumn, type MatrixColumn } from '#shared/domain/matrix-columns.ts';
import type { Database } from '../../db/database.ts';
import type { CommandScope } from '../../journal/journal.ts';
import { checkCell } from '../check-cell.ts';
import { EditPlan } from '../edit-plan.ts';
import { masterFor, onAccount, skuStates, type SkuListing, type SkuState } from './sku-state.ts';

/** At most this many rejections are spelled out; all are counted. */
const MAX_REJECTIONS = 1_000;

interface MasterCell {
  readonly state: SkuState;
  readonly value: StoredValue;
}

interface LinkCell {
  readonly listing: SkuListing;
  readonly field: MasterField;
  readonly link: CellLink;
}

/**
 * Collects the cells of one command over SKUs. What a person wrote comes first;
 * {@link spread} then lets masters reach the channels that inherit them, save for
 * cells that the same command wrote itself.
 */
export class MatrixPlan {
  private readonly cells = new EditPlan();
  private readonly masters = new Map<MasterFieldName, Map<string, MasterCell>>();
  private readonly links: LinkCell[] = [];
  /** Cells that the command names, by `listing rid field`. */
  private readonly named = new Map<string, StoredValue>();
  /** Cells that begin to inherit and need another value for it. */
  private readonly taking = new Set<string>();
  private readonly origins = new Map<string, { readonly sku: string; readonly accountId: string }>();
  private readonly own: Rejection[] = [];
  private ownTotal = 0;

  /** A cell by its contract value. */
  add(state: SkuState, column: MatrixColumn, value: unknown): void {
    if (column.kind === 'master') this.addMaster(state, column.field, value);
    else {
      const listing = this.listingOf(state, column);
      if (listing) this.addCell(listing, column.field, value);
    }
  }

  private addMaster(state: SkuState, field: MasterField, value: unknown): void {
    // A slip of the pen is no master.
    if (state.listings.length === 0 && state.masterRid === null) {
      this.reject(state.sku, masterColumn(field), 'NOT_LISTED', 'no channel has a listing with the SKU');
      return;
    }
    const text = value === '' ? null : value;
    const checked =
      text === null
        ? ({ ok: true, value: null } as const)
        : checkCell(field.listing, text, { platform: 'local', currency: state.currency });
    if (checked.ok) this.setMaster(state, field, checked.value);
    else this.reject(state.sku, masterColumn(field), checked.code, checked.message);
  }

  private setMaster(state: SkuState, field: MasterField, value: StoredValue): void {
    const column = this.masters.get(field.name) ?? new Map<string, MasterCell>();
    this.masters.set(field.name, column);
    column.set(state.sku, { state, value });
  }

  private addCell(listing: SkuListing, field: MasterField, value: unknown): void {
    this.note(listing);
    const checked = checkCell(field.listing, value, listing);
    if (checked.ok) this.named.set(`${listing.rid} ${field.name}`, checked.value);
    this.cells.add(listing, field.name, value);
  }

  private note(listing: SkuListing): void {
    this.origins.set(listing.id, { sku: listing.sku, accountId: listing.accountId });
  }

  private listingOf(state: SkuState, column: Extract<MatrixColumn, { kind: 'channel' }>): SkuListing | null {
    const [listing, second] = onAccount(state, column.accountId);
    if (!listing) {
      this.reject(state.sku, column, 'NOT_LISTED', 'this channel has no listing with the SKU');
      return null;
    }
    if (second) {
      this.reject(
        state.sku,
        column,
        'SKU_AMBIGUOUS',
        'this channel has the SKU twice; change the listing itself',
      );
      return null;
    }
    return listing;
  }

  /** How a channel's cell is to stand to its master; inheriting brings the master's value. */
  link(state: SkuState, column: MatrixColumn, link: CellLink): void {
    if (column.kind === 'master') return;
    const listing = this.listingOf(state, column);
    if (!listing) return;
    const { field } = column;
    const master = masterFor(state, listing, field);
    if (link === 'inherit' && master === null) {
      const [code, message] =
        state.master[field.name] === null
          ? ['NO_MASTER', 'there is no master value to inherit; write one first']
          : [
              'OTHER_CURRENCY',
              `the master is in ${state.currency}; a price in ${listing.currency} cannot inherit it`,
            ];
      this.reject(state.sku, column, code, message);
      return;
    }
    const before = { value: listing.values[field.name], link: listing.links[field.name] };
    const after = afterLink(before, link, master);
    if (after.value !== before.value) {
      this.note(listing);
      this.taking.add(`${listing.rid} ${field.name}`);
      this.cells.add(listing, field.name, toWireValue(field.listing, after.value, listing.currency));
    }
    this.links.push({ listing, field, link });
  }

  /** Takes the value of an account as the master, where it has one. */
  adopt(state: SkuState, accountId: string, field: MasterField, replace: boolean): void {
    const [listing, second] = onAccount(state, accountId);
    const value = listing?.values[field.name] ?? null;
    if (!listing || second || value === null) return;
    const { currency } = listing;
    if (state.masterRid !== null && field.listing.type === 'money' && currency !== state.currency) {
      const message = `the master is in ${state.currency}, the channel in ${currency}`;
      this.reject(state.sku, masterColumn(field), 'OTHER_CURRENCY', message);
      return;
    }
    if (replace || state.master[field.name] === null) this.setMaster({ ...state, currency }, field, value);
  }

  /** Masters to the channels; a product's title also to the masters of its other SKUs that had the same. */
  spread(db: Database): void {
    this.shareTitles(db);
    for (const field of MASTER_FIELDS) {
      for (const { state, value } of this.masters.get(field.name)?.values() ?? []) {
        for (const listing of state.listings) this.follow(state, listing, field, value);
      }
    }
  }

  private follow(state: SkuState, listing: SkuListing, field: MasterField, value: StoredValue): void {
    if (field.listing.type === 'money' && listing.currency !== state.currency) return;
    const before = { value: listing.values[field.name], link: listing.links[field.name] };
    const written = this.named.get(`${listing.rid} ${field.name}`);
    const named = written !== undefined;
    const after = afterMaster(
      named ? { ...before, value: written } : before,
      state.master[field.name],
      value,
    );
    if (after.link !== null && after.link !== before.link)
      this.links.push({ listing, field, link: after.link });
    if (named || after.value === before.value) return;
    this.note(listing);
    this.cells.add(listing, field.name, toWireValue(field.listing, after.value, listing.currency));
  }

  private shareTitles(db: Database): void {
    const titles = this.masters.get('title');
    if (!titles) return;
    const title = MASTER_FIELDS.find(({ name }) => name === 'title');
    const products = new Map<number, { before: StoredValue; value: StoredValue }>();
    for (const { state, value } of titles.values()) {
      for (const listing of state.listings) {
        if (listing.links.title !== 'inherit') continue;
        products.set(listing.product_rid, { before: state.master.title, value });
      }
    }
    if (!title || products.size === 0) return;
    const siblings = db.allComposed<{ product: number; sku: string }>(
      `SELECT l.product_rid AS product, l.sku FROM json_each(:products) g CROSS JOIN listing l
       WHERE l.product_rid = g.value AND l.removed_at_ms IS NULL AND l.sku IS NOT NULL`,
      { products: JSON.stringify([...products.keys()]) },
    );
    const others = siblings.filter(({ sku }) => !titles.has(sku));
    const states = new Map(
      skuStates(db, [...new Set(others.map(({ sku }) => sku))]).map((state) => [state.sku, state]),
    );
    for (const { product, sku } of others) {
      const state = states.get(sku);
      const shared = products.get(product);
      if (state && shared && state.master.title === shared.before) this.setMaster(state, title, shared.value);
    }
  }

  /** Writes what is left as part of the command; gives what happened. */
  write(scope: CommandScope, newId: () => string): EditOutcome {
    const { db } = scope;
    this.cells.checkRows();
    let applied = 0;
    let unchanged = 0;
    for (const [name, column] of this.masters) {
      const rids = masterRids(db, [...column.values()], newId, scope.atMs);
      const values = [...column.values()].map(({ state, value }) => ({
        rid: rids.get(state.sku) ?? -1,
        value,
      }));
      const changed = scope.write('master', name, values);
      applied += changed;
      unchanged += values.length - changed;
    }
    // Before the values: a cell that inherits and gets its master's value goes on inheriting.
    let links = 0;
    for (const field of MASTER_FIELDS) links += this.writeLinks(scope, field);
    for (const { field, cells } of this.cells.columns()) {
      const changed = scope.write(field.entity, field.name, cells);
      applied += changed;
      unchanged += cells.length - changed;
    }
    if (applied + links > 0) {
      // A title is on other SKUs' rows too; a row of the matrix is not named by the listing that changed.
      scope.touch('listings');
      scope.touch('outbox');
    }
    const rejected = [...this.own, ...this.cells.rejected.map((rejection) => this.onMatrix(rejection))];
    return {
      commandId: applied + links > 0 ? scope.id : null,
      applied: applied === 0 ? links : applied,
      unchanged,
      rejected: rejected.slice(0, MAX_REJECTIONS),
      rejectedTotal: this.ownTotal + this.cells.rejectedTotal,
    };
  }

  private writeLinks(scope: CommandScope, field: MasterField): number {
    const { entity } = field.listing;
    const kept = this.cells.rowColumns().get(field.name);
    const wanted = new Map<number, CellLink>();
    for (const { listing, link, field: its } of this.links) {
      if (its !== field) continue;
      // The channel refused the master's value: the cell does not inherit what it does not have.
      if (this.taking.has(`${listing.rid} ${field.name}`) && kept?.get(listing.rid) === undefined) continue;
      wanted.set(entity === 'product' ? listing.product_rid : listing.rid, link);
    }
    return scope.write(
      entity,
      field.link,
      [...wanted].map(([rid, value]) => ({ rid, value })),
    );
  }

  reject(sku: string, column: MatrixColumn, code: string, message: string): void {
    this.ownTotal += 1;
    if (this.own.length < MAX_REJECTIONS) {
      this.own.push({ listingId: sku, field: column.key, code, message: `${sku}: ${message}` });
    }
  }

  private onMatrix(rejection: Rejection): Rejection {
    const origin = this.origins.get(rejection.listingId);
    const field = MASTER_FIELDS.find(({ name }) => name === rejection.field);
    if (!origin || !field) return rejection;
    return { ...rejection, listingId: origin.sku, field: channelColumn(field, origin.accountId).key };
  }
}

/** Master rows of the SKUs, made where there are none; a row without values is as good as none. */
function masterRids(
  db: Database,
  cells: readonly MasterCell[],
  newId: () => string,
  atMs: number,
): Map<string, number> {
  const fresh = cells.filter(({ state, value }) => state.masterRid === null && value !== null);
  if (fresh.length > 0) {
    db.runComposed(
      `INSERT OR IGNORE INTO master (id, sku, currency, created_at_ms)
       SELECT value ->> 0, value ->> 1, value ->> 2, :at FROM json_each(:rows) WHERE true`,
      { rows: JSON.stringify(fresh.map(({ state }) => [newId(), state.sku, state.currency])), at: atMs },
    );
  }
  const rows = db.allComposed<{ rid: number; sku: string }>(
    'SELECT m.rid, m.sku FROM json_each(:skus) s CROSS JOIN master m ON m.sku = s.value',
    { skus: JSON.stringify(cells.map(({ state }) => state.sku)) },
  );
  return new Map(rows.map((row) => [row.sku, row.rid]));
}
