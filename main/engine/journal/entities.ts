import { LISTING_FIELDS } from '#shared/domain/listing-fields.ts';
import { MASTER_FIELDS } from '#shared/domain/master-fields.ts';

/** Tables whose columns the journal may write and take back. */
export type Entity = 'product' | 'listing' | 'master' | 'order_line' | 'shipment';

export interface JournalColumn {
  readonly entity: Entity;
  readonly field: string;
  readonly column: string;
  /** Outbox lane of a pushed field; null for fields that never leave the machine. */
  readonly lane: 0 | 1 | null;
}

/** A created row is a change of this field from the moment of creation to NULL; undoing it removes the row. */
export const REMOVED = 'removedAt';

const local = (entity: Entity, field: string, column: string): JournalColumn => ({
  entity,
  field,
  column,
  lane: null,
});

const COLUMNS: readonly JournalColumn[] = [
  ...LISTING_FIELDS.map((field): JournalColumn => ({
    entity: field.entity,
    field: field.name,
    column: field.column,
    lane: field.lane === 'stock' ? 0 : 1,
  })),
  ...MASTER_FIELDS.flatMap((field) => [
    local('master', field.name, field.column),
    local(field.listing.entity, field.link, field.linkColumn),
  ]),
  local('product', REMOVED, 'removed_at_ms'),
  local('listing', REMOVED, 'removed_at_ms'),
  local('order_line', 'picked', 'picked'),
  local('order_line', 'packed', 'packed'),
  local('order_line', 'shipped', 'shipped'),
  local('order_line', 'missing', 'missing'),
  local('shipment', 'cancelledAt', 'cancelled_at_ms'),
];

const byKey = new Map(COLUMNS.map((column) => [`${column.entity}.${column.field}`, column]));

/** The column behind a journalled field; the only place where SQL identifiers come from. */
export function journalColumn(entity: Entity, field: string): JournalColumn {
  const column = byKey.get(`${entity}.${field}`);
  if (!column) throw new Error(`No journalled column ${entity}.${field}`);
  return column;
}
