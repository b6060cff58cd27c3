import type { Conflict, OutboxOp } from '#shared/contract/publish.ts';
import { toWireValue } from '#shared/domain/field-values.ts';
import { listingField, type StoredValue, type WireValue } from '#shared/domain/listing-fields.ts';
import type { OutboxState } from '#shared/domain/outbox-states.ts';
import type { Database } from '../db/database.ts';
import type { NamedParams } from '../db/statement.ts';
import { holdText } from './holds.ts';

interface OpRow {
  rid: number;
  account: string;
  kind: 'set' | 'ship';
  entity: string;
  entity_rid: number;
  field: string;
  base: StoredValue;
  sent: StoredValue;
  theirs: StoredValue;
  state: OutboxState;
  released_at_ms: number | null;
  code: string | null;
  message: string | null;
  attempts: number;
  next_attempt_at_ms: number | null;
  created_at_ms: number;
  updated_at_ms: number;
  currency: string;
  listing: string | null;
  listing_rid: number | null;
  sku: string | null;
  title: string | null;
  order_id: string | null;
  order_number: string | null;
  account_name: string;
  account_status: string;
  held_platform: string | null;
  held_platform_reason: string | null;
  held_sku: string | null;
  held_sku_reason: string | null;
}

/** Ops with the listing or order that they are about. `o` is the outbox, `a` the account. */
const SELECT = `SELECT o.rid, a.id AS account, o.kind, o.entity, o.entity_rid, o.field, o.base, o.sent, o.theirs, o.state,
    o.released_at_ms, o.code, o.message, o.attempts, o.next_attempt_at_ms, o.created_at_ms, o.updated_at_ms,
    coalesce(a.currency, 'EUR') AS currency, l.id AS listing, l.rid AS listing_rid, l.sku, p.title,
    so.id AS order_id, so.number AS order_number,
    a.name AS account_name, a.status AS account_status, hp.value AS held_platform, hp.reason AS held_platform_reason,
    hs.value AS held_sku, hs.reason AS held_sku_reason
  FROM outbox o JOIN account a ON a.rid = o.account_rid
  LEFT JOIN listing l ON l.rid = CASE o.entity
    WHEN 'listing' THEN o.entity_rid
    WHEN 'product' THEN (SELECT min(x.rid) FROM listing x WHERE x.product_rid = o.entity_rid) END
  LEFT JOIN product p ON p.rid = l.product_rid
  LEFT JOIN shipment s ON o.entity = 'shipment' AND s.rid = o.entity_rid
  LEFT JOIN sales_order so ON so.rid = s.order_rid
  LEFT JOIN hold hp ON hp.kind = 'platform' AND hp.value = a.platform
  LEFT JOIN hold hs ON hs.rid = (
    SELECT h.rid FROM hold h JOIN listing hl ON hl.sku = h.value
    WHERE h.kind = 'sku' AND o.kind = 'set' AND hl.product_rid = o.product_rid
      AND (o.entity = 'product' OR hl.rid = o.entity_rid) LIMIT 1)`;

export interface OpDetail {
  readonly op: OutboxOp;
  readonly row: OpRow;
}

/** Reads ops by a condition over `o`, with the value that the workspace has now. */
export function readOps(db: Database, where: string, params: NamedParams, tail = ''): OpDetail[] {
  const rows = db.allComposed<OpRow>(`${SELECT} WHERE ${where} ${tail}`, params);
  const mine = currentValues(db, rows);
  return rows.map((row) => ({ row, op: toOp(row, mine(row)) }));
}

function currentValues(db: Database, rows: readonly OpRow[]): (row: OpRow) => StoredValue {
  const values = new Map<string, StoredValue>();
  const wanted = Map.groupBy(
    rows.filter((row) => row.kind === 'set'),
    (row) => `${row.entity} ${row.field}`,
  );
  for (const [key, group] of wanted) {
    const [first] = group;
    const field = listingField(first?.field ?? '');
    if (!field) continue;
    const found = db.allComposed<{ rid: number; value: StoredValue }>(
      `SELECT t.rid, t.${field.column} AS value FROM json_each(:rids) r CROSS JOIN ${field.entity} t WHERE t.rid = r.value`,
      { rids: JSON.stringify(group.map((row) => row.entity_rid)) },
    );
    for (const { rid, value } of found) values.set(`${key} ${rid}`, value);
  }
  return (row) => values.get(`${row.entity} ${row.field} ${row.entity_rid}`) ?? null;
}

function wire(row: OpRow, value: StoredValue): WireValue {
  const field = listingField(row.field);
  return field ? toWireValue(field, value, row.currency) : value;
}

function toOp(row: OpRow, current: StoredValue): OutboxOp {
  const mine = row.state === 'verified' ? row.sent : current;
  return {
    opId: String(row.rid),
    accountId: row.account,
    kind: row.kind,
    listingId: row.listing,
    orderId: row.order_id,
    sku: row.sku,
    title: row.title ?? (row.order_number ? `#${row.order_number}` : ''),
    field: row.field,
    base: wire(row, row.base),
    mine: row.kind === 'ship' ? null : wire(row, mine),
    state: row.state,
    released: row.released_at_ms !== null,
    code: row.code,
    message: row.message,
    attempts: row.attempts,
    nextAttemptAt: row.next_attempt_at_ms,
    ...heldOf(row),
    createdAt: row.created_at_ms,
    updatedAt: row.updated_at_ms,
  };
}

/** Why a waiting op stays; the account is named before its channel, the channel before the SKU. */
function heldOf(row: OpRow): { held?: string } {
  if (row.state !== 'pending' && row.state !== 'retry_wait') return {};
  if (row.account_status === 'paused') return { held: `"${row.account_name}" is paused` };
  if (row.held_platform !== null) {
    const reason = row.held_platform_reason ?? '';
    return { held: holdText({ kind: 'platform', value: row.held_platform, reason }) };
  }
  if (row.held_sku === null) return {};
  return { held: holdText({ kind: 'sku', value: row.held_sku, reason: row.held_sku_reason ?? '' }) };
}

export function toConflict({ row, op }: OpDetail): Conflict | null {
  const field = listingField(row.field);
  if (!field || row.listing === null) return null;
  return {
    opId: op.opId,
    listingId: row.listing,
    accountId: row.account,
    sku: row.sku,
    title: row.title ?? '',
    field: field.name,
    base: op.base,
    mine: op.mine,
    theirs: wire(row, row.theirs),
    mineAt: row.created_at_ms,
    at: row.updated_at_ms,
  };
}
