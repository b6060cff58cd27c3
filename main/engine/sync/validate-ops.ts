import type { Finding } from '#shared/contract/publish.ts';
import type { ListingFieldName } from '#shared/domain/listing-fields.ts';
import { validateRow, validateValue } from '#shared/domain/listing-rules.ts';
import type { Database } from '../db/database.ts';
import { editRowsByRid } from '../catalog/edit-plan.ts';
import { journalColumn } from '../journal/entities.ts';
import type { OpDetail } from './op-rows.ts';

export interface OpFinding extends Finding {
  readonly opId: string;
}

/**
 * Checks waiting ops once more before they leave: a value that was legal when
 * it was typed may not be any more (the shop changed its other price).
 */
export function validateOps(db: Database, ops: readonly OpDetail[]): OpFinding[] {
  const findings: OpFinding[] = [];
  const rids = [...new Set(ops.map(({ row }) => row.listing_rid).filter((rid) => rid !== null))];
  const rows = editRowsByRid(db, rids);
  for (const { op, row } of ops) {
    const listing = row.listing_rid === null ? undefined : rows.get(row.listing_rid);
    if (!listing || op.kind !== 'set' || row.entity === 'shipment') continue;
    const add = (code: string, message: string, severity: Finding['severity']): void => {
      findings.push({
        opId: op.opId,
        listingId: listing.id,
        field: op.field,
        code,
        message: `${listing.sku ?? listing.id}: ${message}`,
        severity,
      });
    };
    const stored = storedValue(
      db,
      row.entity === 'product' ? 'product' : 'listing',
      op.field,
      row.entity_rid,
    );
    const own = validateValue(listing.platform, op.field as ListingFieldName, stored, listing.currency);
    if (own) add(own.code, own.message, own.severity);
    if (op.field !== 'price' && op.field !== 'salePrice' && op.field !== 'saleFrom' && op.field !== 'saleTo')
      continue;
    const between = validateRow(
      {
        price: listing.price_minor,
        salePrice: listing.sale_price_minor,
        saleFrom: listing.sale_from_at_ms,
        saleTo: listing.sale_to_at_ms,
      },
      listing.currency,
    );
    for (const finding of between) {
      const concerns =
        finding.field === op.field || (finding.code === 'SALE_NOT_BELOW_PRICE' && op.field === 'price');
      if (concerns) add(finding.code, finding.message, finding.severity);
    }
  }
  return findings;
}

function storedValue(
  db: Database,
  entity: 'product' | 'listing',
  field: string,
  rid: number,
): string | number | null {
  const { column } = journalColumn(entity, field);
  return (
    db.getComposed<{ value: string | number | null }>(
      `SELECT ${column} AS value FROM ${entity} WHERE rid = :rid`,
      { rid },
    )?.value ?? null
  );
}
