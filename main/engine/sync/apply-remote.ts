import {
  LISTING_FIELDS,
  type ListingField,
  type ListingFieldName,
  type StoredValue,
} from '#shared/domain/listing-fields.ts';
import { masterField } from '#shared/domain/master-fields.ts';
import { mergeField, type MergeDecision } from '#shared/merge/three-way.ts';
import type {
  ChannelConnector,
  ListingIssue,
  FieldValues,
  RemoteProduct,
  RemoteVariant,
} from '../channels/contract.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import type { CommandScope } from '../journal/journal.ts';
import { REMOVED } from '../journal/entities.ts';
import type { AccountRow } from './accounts.ts';
import { noteDrift } from './drift.ts';
import { ISSUE_CODE, issueOf } from './listing-issues.ts';
import { settleOp, trail, type OpenOp } from './outbox.ts';
import { shown } from './shown.ts';

export interface ApplyCounts {
  added: number;
  changed: number;
  removed: number;
  conflicts: number;
  /** Verified cells that have another value in the shop. */
  drift: number;
}

interface Stored {
  rid: number;
  removed_at_ms: number | null;
  [column: string]: StoredValue;
}

const PRODUCT_FIELDS = LISTING_FIELDS.filter((field) => field.entity === 'product');
const VARIANT_FIELDS = LISTING_FIELDS.filter((field) => field.entity === 'listing');
const columnsOf = (fields: readonly ListingField[]): string => fields.map((field) => field.column).join(', ');
const valuesOf = (fields: readonly ListingField[]): string =>
  fields.map((field) => `:${field.name}`).join(', ');

const findProduct = sql<{ account: number; external: string }, Stored>(
  `SELECT rid, removed_at_ms, ${columnsOf(PRODUCT_FIELDS)} FROM product WHERE account_rid = :account AND external_id = :external`,
  { hot: true },
);
const findListings = sql<{ product: number }, Stored & { external_id: string | null; variant: string }>(
  `SELECT rid, removed_at_ms, external_id, variant, ${columnsOf(VARIANT_FIELDS)} FROM listing WHERE product_rid = :product`,
  { hot: true },
);
const insertProduct = sql<Record<string, string | number | null>>(
  `INSERT INTO product (id, account_rid, external_id, kind, url, raw, remote_modified_at_ms, ${columnsOf(PRODUCT_FIELDS)})
   VALUES (:id, :account, :external, :kind, :url, :raw, :modified, ${valuesOf(PRODUCT_FIELDS)})`,
);
const insertListing = sql<Record<string, string | number | null>>(
  `INSERT INTO listing (id, account_rid, product_rid, external_id, variant, position, raw, read_at_ms, updated_at_ms, ${columnsOf(VARIANT_FIELDS)})
   VALUES (:id, :account, :product, :external, :variant, :position, :raw, :at, :at, ${valuesOf(VARIANT_FIELDS)})`,
);
const refreshProduct = sql<{ rid: number; kind: string; url: string | null; raw: string; modified: number }>(
  `UPDATE product SET kind = :kind, url = :url, raw = :raw, remote_modified_at_ms = :modified, removed_at_ms = NULL WHERE rid = :rid`,
);
const refreshListing = sql<{ rid: number; variant: string; position: number; raw: string; at: number }>(
  `UPDATE listing SET variant = :variant, position = :position, raw = :raw, read_at_ms = :at, removed_at_ms = NULL WHERE rid = :rid`,
);
const openOps = sql<{ entity: string; rid: number }, OpenOp>(
  `SELECT rid, field, base, sent, state, updated_at_ms FROM outbox
   WHERE entity = :entity AND entity_rid = :rid AND state NOT IN ('superseded', 'cancelled')`,
  { hot: true },
);
const closeProduct = sql<{ rid: number; at: number }>(
  'UPDATE product SET removed_at_ms = :at WHERE rid = :rid',
);
const removeListing = sql<{ rid: number; at: number }>(
  'UPDATE listing SET removed_at_ms = :at WHERE rid = :rid',
);

/** NOT NULL columns whose channel may leave them out. */
const DEFAULTS: Partial<Record<ListingFieldName, StoredValue>> = {
  title: '',
  status: 'publish',
  manageStock: 0,
};

/**
 * Brings one product of the channel into the workspace: creates what is new,
 * takes over what only the channel changed, and merges field by field where a
 * local edit waits. Ops in flight own their fields: an older read never
 * overwrites them.
 */
export class RemoteApplier {
  private readonly scope: CommandScope;
  private readonly account: AccountRow;
  private readonly connector: ChannelConnector;
  private readonly newId: () => string;
  private readonly reconciling: boolean;
  /** What the channel finds wrong with the product that is being applied. */
  private issues: readonly ListingIssue[] = [];
  readonly counts: ApplyCounts = { added: 0, changed: 0, removed: 0, conflicts: 0, drift: 0 };
  readonly touched: number[] = [];

  /** `reconciling`: a full read, which tells where verified values are no longer what the shop has. */
  constructor(
    scope: CommandScope,
    account: AccountRow,
    connector: ChannelConnector,
    newId: () => string,
    reconciling = false,
  ) {
    this.scope = scope;
    this.account = account;
    this.connector = connector;
    this.newId = newId;
    this.reconciling = reconciling;
  }

  private get db(): Database {
    return this.scope.db;
  }

  apply(remote: RemoteProduct): void {
    const known = this.db.get(findProduct, { account: this.account.rid, external: remote.externalId });
    if (!known) {
      this.create(remote);
      return;
    }
    const revived = known.removed_at_ms !== null;
    this.issues = remote.issues ?? [];
    const productChanged = this.mergeFields('product', known, PRODUCT_FIELDS, remote.fields);
    this.db.run(refreshProduct, {
      rid: known.rid,
      kind: remote.kind,
      url: remote.url,
      raw: remote.raw,
      modified: remote.modifiedAtMs,
    });
    this.applyVariants(known.rid, remote.variants, productChanged || revived);
  }

  private create(remote: RemoteProduct): void {
    const { rid } = this.db.run(insertProduct, {
      id: this.newId(),
      account: this.account.rid,
      external: remote.externalId,
      kind: remote.kind,
      url: remote.url,
      raw: remote.raw,
      modified: remote.modifiedAtMs,
      ...fieldParams(PRODUCT_FIELDS, remote.fields),
    });
    remote.variants.forEach((variant, position) => this.createListing(rid, variant, position));
  }

  private createListing(productRid: number, variant: RemoteVariant, position: number): void {
    const { rid } = this.db.run(insertListing, {
      id: this.newId(),
      account: this.account.rid,
      product: productRid,
      external: variant.externalId,
      variant: variant.variant,
      position,
      raw: variant.raw,
      at: this.scope.atMs,
      ...fieldParams(VARIANT_FIELDS, variant.fields),
    });
    this.counts.added += 1;
    this.touched.push(rid);
  }

  private applyVariants(
    productRid: number,
    variants: readonly RemoteVariant[],
    productChanged: boolean,
  ): void {
    const stored = new Map(
      this.db.all(findListings, { product: productRid }).map((row) => [row.external_id, row]),
    );
    variants.forEach((variant, position) => {
      const row = stored.get(variant.externalId);
      stored.delete(variant.externalId);
      if (!row) {
        this.createListing(productRid, variant, position);
        return;
      }
      const changed =
        this.mergeFields('listing', row, VARIANT_FIELDS, variant.fields) || row.variant !== variant.variant;
      this.db.run(refreshListing, {
        rid: row.rid,
        variant: variant.variant,
        position,
        raw: variant.raw,
        at: this.scope.atMs,
      });
      if (row.removed_at_ms !== null) {
        this.scope.log('listing', REMOVED, row.rid, row.removed_at_ms, null);
        this.counts.added += 1;
      } else if (changed || productChanged) {
        this.counts.changed += 1;
      }
      if (changed || productChanged || row.removed_at_ms !== null) this.touched.push(row.rid);
    });
    for (const gone of stored.values()) {
      if (gone.removed_at_ms === null) this.remove(gone.rid);
    }
  }

  /** Marks a listing as gone on the channel; its history and its unsent edits stay. */
  remove(rid: number): void {
    this.db.run(removeListing, { rid, at: this.scope.atMs });
    this.scope.log('listing', REMOVED, rid, null, this.scope.atMs);
    for (const op of this.db.all(openOps, { entity: 'listing', rid })) {
      if (op.state === 'pending' || op.state === 'retry_wait' || op.state === 'conflict') {
        settleOp(
          this.db,
          op.rid,
          'rejected',
          this.scope.atMs,
          'CHANNEL_GONE',
          'The shop no longer has this listing',
        );
      }
    }
    this.counts.removed += 1;
    this.touched.push(rid);
  }

  /** The channel says that the whole product was deleted. Unknown ones and a second word of it change nothing. */
  removeProduct(externalId: string): void {
    const known = this.db.get(findProduct, { account: this.account.rid, external: externalId });
    if (!known || known.removed_at_ms !== null) return;
    for (const row of this.db.all(findListings, { product: known.rid })) {
      if (row.removed_at_ms === null) this.remove(row.rid);
    }
    this.db.run(closeProduct, { rid: known.rid, at: this.scope.atMs });
  }

  private mergeFields(
    entity: 'product' | 'listing',
    row: Stored,
    fields: readonly ListingField[],
    remote: FieldValues,
  ): boolean {
    const ops = this.db.all(openOps, { entity, rid: row.rid });
    let changed = false;
    for (const field of fields) {
      const value = remote[field.name];
      if (value === undefined) continue;
      const mine = ops.filter((op) => op.field === field.name);
      if (this.mergeOne(entity, row, field, value, mine)) changed = true;
    }
    return changed;
  }

  private mergeOne(
    entity: 'product' | 'listing',
    row: Stored,
    field: ListingField,
    remote: StoredValue,
    ops: readonly OpenOp[],
  ): boolean {
    const local = row[field.column] ?? null;
    if (ops.some((op) => IN_FLIGHT.has(op.state))) return false;
    const waiting = ops.find((op) => WAITING.has(op.state));
    const verified = ops.filter((op) => op.state === 'verified');
    if (!waiting) {
      if (local === remote) return this.findFault(field, verified);
      this.takeRemote(entity, row.rid, field, local, remote);
      for (const op of verified) this.supersede(entity, row.rid, field, op, remote);
      return true;
    }
    const decision = mergeField({ base: waiting.base, local, remote }, field.policy, this.same(field.name));
    return this.decide(decision, entity, row.rid, field, waiting, local, remote);
  }

  /** The channel shows the verified value and finds fault with it since. */
  private findFault(field: ListingField, verified: readonly OpenOp[]): boolean {
    const issue = issueOf(this.issues, field.name);
    const newest = verified.at(-1);
    if (issue === null || newest === undefined) return false;
    const at = this.scope.atMs;
    trail(this.db, newest.rid, at, 'rejected', `The shop found fault afterwards: ${issue}`);
    settleOp(this.db, newest.rid, 'rejected', at, ISSUE_CODE, issue);
    return true;
  }

  /** What was verified is not what the shop has any more. */
  private supersede(
    entity: 'product' | 'listing',
    rid: number,
    field: ListingField,
    op: OpenOp,
    found: StoredValue,
  ): void {
    const at = this.scope.atMs;
    const text = `The shop has ${shown(found)} now`;
    trail(this.db, op.rid, at, this.reconciling ? 'drift' : 'changed in the shop', text);
    settleOp(this.db, op.rid, 'superseded', at, null, null);
    if (!this.reconciling) return;
    const cell = { account: this.account.rid, entity, rid, field: field.name, found, at };
    noteDrift(this.db, { ...cell, verified: op.sent, verifiedAt: op.updated_at_ms });
    this.counts.drift += 1;
  }

  private decide(
    decision: MergeDecision,
    entity: 'product' | 'listing',
    rid: number,
    field: ListingField,
    op: OpenOp,
    local: StoredValue,
    remote: StoredValue,
  ): boolean {
    switch (decision) {
      case 'keep':
        // The channel went back to the base: a conflict is over by itself.
        if (op.state === 'conflict') settleOp(this.db, op.rid, 'pending', this.scope.atMs, null, null);
        return false;
      case 'converge':
        // The value is there and the fault that it was rejected for as well.
        if (op.state === 'rejected' && issueOf(this.issues, field.name) !== null) return false;
        this.db.runComposed('UPDATE outbox SET sent = :remote WHERE rid = :rid', { remote, rid: op.rid });
        settleOp(this.db, op.rid, 'verified', this.scope.atMs, null, 'The shop already has this value');
        return true;
      case 'remote':
        this.takeRemote(entity, rid, field, local, remote);
        settleOp(this.db, op.rid, 'superseded', this.scope.atMs, null, null);
        return true;
      case 'rebase':
        this.db.runComposed('UPDATE outbox SET base = :remote WHERE rid = :rid', { remote, rid: op.rid });
        return false;
      case 'conflict':
        markConflict(this.db, op.rid, remote, this.scope.atMs);
        if (op.state !== 'conflict') this.counts.conflicts += 1;
        return true;
    }
  }

  private takeRemote(
    entity: 'product' | 'listing',
    rid: number,
    field: ListingField,
    local: StoredValue,
    remote: StoredValue,
  ): void {
    const stamp = entity === 'listing' ? ', updated_at_ms = :at' : '';
    this.db.runComposed(`UPDATE ${entity} SET ${field.column} = :value${stamp} WHERE rid = :rid`, {
      value: remote ?? DEFAULTS[field.name] ?? null,
      rid,
      ...(entity === 'listing' ? { at: this.scope.atMs } : {}),
    });
    this.scope.log(entity, field.name, rid, local, remote);
    this.leaveMaster(entity, rid, field.name);
  }

  /** Somebody decided a value in the shop: the cell no longer inherits. Stock only fell, and goes on inheriting. */
  private leaveMaster(entity: 'product' | 'listing', rid: number, name: ListingFieldName): void {
    const linked = masterField(name);
    if (linked?.onRemote !== 'override') return;
    const { changes } = this.db.runComposed(
      `UPDATE ${entity} SET ${linked.linkColumn} = 'override' WHERE rid = :rid AND ${linked.linkColumn} = 'inherit'`,
      { rid },
    );
    if (changes > 0) this.scope.log(entity, linked.link, rid, 'inherit', 'override');
  }

  private same(field: ListingFieldName): (a: StoredValue, b: StoredValue) => boolean {
    return (a, b) => a === b || (this.connector.equivalent?.(field, a, b) ?? false);
  }
}

const IN_FLIGHT = new Set(['leased', 'sent', 'accepted', 'needs_verify']);
const WAITING = new Set(['pending', 'retry_wait', 'rejected', 'conflict']);

export function markConflict(db: Database, opRid: number, theirs: StoredValue, atMs: number): void {
  db.runComposed('UPDATE outbox SET theirs = :theirs WHERE rid = :rid', { theirs, rid: opRid });
  settleOp(db, opRid, 'conflict', atMs, 'CONFLICT', 'Both sides changed this value');
}

function fieldParams(fields: readonly ListingField[], values: FieldValues): Record<string, StoredValue> {
  return Object.fromEntries(
    fields.map((field) => [field.name, values[field.name] ?? DEFAULTS[field.name] ?? null]),
  );
}
