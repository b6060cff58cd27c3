import type { DraftCell } from '#shared/contract/drafts.ts';
import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { toWireValue } from '#shared/domain/field-values.ts';
import { listingField, type StoredValue } from '#shared/domain/listing-fields.ts';
import type { AccountPlatform } from '#shared/domain/platforms.ts';
import { FALLBACK_CURRENCY } from '../catalog/rows.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import {
  changedSince,
  draftCells,
  draftRows,
  keyOf,
  liveValues,
  requireDraft,
  toDraft,
} from './draft-rows.ts';

interface OwnerRow {
  rid: number;
  id: string;
  sku: string | null;
  title: string;
  account: string;
  platform: AccountPlatform;
  currency: string | null;
}

const owners = sql<{ rids: string }, OwnerRow>(
  `SELECT l.rid, l.id, l.sku, p.title, a.id AS account, a.platform, a.currency
   FROM json_each(:rids) r CROSS JOIN listing l ON l.rid = r.value JOIN product p ON p.rid = l.product_rid
   JOIN account a ON a.rid = l.account_rid`,
  { hot: true },
);

export function listDrafts(db: Database, { states }: ParsedParams<'drafts.list'>): Result<'drafts.list'> {
  const rows = draftRows(db).filter(({ state }) => states?.includes(state) ?? true);
  return { drafts: rows.map((row) => toDraft(db, row)) };
}

export function getDraft(
  db: Database,
  { draftId, offset = 0, limit = 500 }: ParsedParams<'drafts.get'>,
): Result<'drafts.get'> {
  const row = requireDraft(db, draftId);
  const all = draftCells(db, row.rid);
  const page = all.slice(offset, offset + limit);
  const live = liveValues(db, page);
  const rids = JSON.stringify([...new Set(page.map(({ listing_rid }) => listing_rid))]);
  const byRid = new Map(db.all(owners, { rids }).map((owner) => [owner.rid, owner]));
  const cells = page.flatMap((cell): DraftCell[] => {
    const owner = byRid.get(cell.listing_rid);
    const field = listingField(cell.field);
    if (!owner || !field) return [];
    const currency = owner.currency ?? FALLBACK_CURRENCY;
    const wire = (value: StoredValue): DraftCell['live'] => toWireValue(field, value, currency);
    const now = live.get(keyOf(cell));
    return [
      {
        listingId: owner.id,
        accountId: owner.account,
        platform: owner.platform,
        sku: owner.sku,
        title: owner.title,
        currency,
        field: field.name,
        before: wire(cell.base),
        live: wire(now ?? null),
        after: wire(cell.value),
        changedSince: changedSince(cell, now),
        by: cell.actor,
        at: cell.at_ms,
      },
    ];
  });
  return { draft: toDraft(db, row), total: all.length, cells };
}
