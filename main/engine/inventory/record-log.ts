import type { Rejection } from '#shared/contract/common.ts';
import type { Bindable } from '../db/statement.ts';
import { sql } from '../db/statement.ts';
import type { CommandScope } from '../journal/journal.ts';
import type { Ports } from '../ports.ts';

/**
 * Records that commands create and change field by field. Every change is
 * logged with what was before, so that undo finds it again; a created record
 * is a change of its removal from the moment of creation to NULL, and nothing
 * is ever deleted. The only place where these SQL names come from.
 */
const FIELDS = {
  supplier: [
    'name',
    'contact',
    'email',
    'phone',
    'address',
    'currency',
    'lead_days',
    'minimum_minor',
    'minimum_units',
    'terms',
    'note',
  ],
  supplier_item: ['code', 'pack', 'minimum', 'lead_days', 'weight_g', 'breaks'],
  supplier_note: ['kind', 'day', 'valid_until', 'text', 'saving_minor'],
  purchase_order: [
    'stage',
    'location_rid',
    'expected_on',
    'reference',
    'note',
    'close_reason',
    'sent_at_ms',
    'confirmed_at_ms',
    'closed_at_ms',
  ],
  purchase_line: ['quantity', 'price_minor', 'expected_on', 'short', 'short_reason'],
  purchase_receipt: [],
  purchase_receipt_line: [],
  stock_cost_layer: [],
  stock_item: ['tracking'],
  stock_location: ['name', 'archived_at_ms'],
  stock_bin: ['code', 'archived_at_ms'],
  stock_lot: ['expires_on', 'blocked', 'blocked_reason'],
  stock_kit: ['kind'],
  stock_kit_part: ['quantity'],
  stock_unit: ['name', 'factor', 'barcode'],
  stock_sales_rule: ['since_ms', 'restock'],
  demand_mark: ['name', 'from_day', 'to_day'],
  quality_keyword: [],
  locale_text: ['text', 'source', 'removed_at_ms'],
  account_locale: [],
  glossary_term: ['target'],
  product_transfer: [],
  order_mark: ['hold', 'priority', 'note', 'carrier', 'service', 'location_rid'],
  order_tag: [],
  order_rule: ['name', 'position', 'enabled', 'condition', 'outcome'],
  order_package: ['shipment_rid'],
  order_group_member: [],
  order_return: ['closed_at_ms'],
  order_return_line: ['received'],
  order_return_receipt: [],
  warehouse_setting: ['value', 'removed_at_ms'],
  pick_wave: ['closed_at_ms'],
  pick_batch: ['operator_rid'],
  pick_wave_order: ['held'],
  pick_batch_order: [],
  operator: ['name', 'pin_hash', 'badge_hash', 'failed', 'locked_until_ms', 'archived_at_ms'],
  customs_item: ['description', 'hs_code', 'origin', 'weight_g', 'removed_at_ms'],
} as const;

export type RecordTable = keyof typeof FIELDS;
type Field<T extends RecordTable> = (typeof FIELDS)[T][number];
type Value = string | number | null;

const REMOVED = 'removed_at_ms';

const insertChange = sql<{
  command: number;
  entity: string;
  rid: number;
  field: string;
  before: Value;
  after: Value;
}>(
  `INSERT INTO record_change (command_rid, entity, entity_rid, field, before, after)
   VALUES (:command, :entity, :rid, :field, :before, :after)
   ON CONFLICT (command_rid, entity, entity_rid, field) DO UPDATE SET after = excluded.after`,
);
const changesOf = sql<
  { command: number },
  { entity: RecordTable; entity_rid: number; field: string; before: Value; after: Value }
>(
  `SELECT entity, entity_rid, field, before, after FROM record_change WHERE command_rid = :command
   ORDER BY entity, entity_rid, field`,
  { hot: true },
);

/** Puts a record in. `values` also carries columns that never change afterwards. Returns its row and its public id. */
export function createRecord(
  scope: CommandScope,
  ports: Pick<Ports, 'newId'>,
  table: RecordTable,
  values: Readonly<Record<string, Bindable>>,
): { readonly rid: number; readonly id: string } {
  const id = ports.newId();
  const columns = { id, created_at_ms: scope.atMs, ...values };
  const names = Object.keys(columns);
  const { rid } = scope.db.runComposed(
    `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((name) => `:${name}`).join(', ')})`,
    columns,
  );
  log(scope, table, rid, REMOVED, scope.atMs, null);
  return { rid, id };
}

/** Writes fields of a record and logs those that change; returns how many did. `undefined` keeps a field. */
export function writeRecord<T extends RecordTable>(
  scope: CommandScope,
  table: T,
  rid: number,
  values: Readonly<Partial<Record<Field<T>, Value | undefined>>>,
): number {
  let changed = 0;
  for (const [field, value] of Object.entries<Value | undefined>(values)) {
    if (value !== undefined && set(scope, table, rid, field, value)) changed += 1;
  }
  return changed;
}

export function removeRecord(scope: CommandScope, table: RecordTable, rid: number): void {
  set(scope, table, rid, REMOVED, scope.atMs);
}

function set(scope: CommandScope, table: RecordTable, rid: number, field: string, value: Value): boolean {
  const before = read(scope, table, rid, field);
  if (before === undefined || before === value) return false;
  scope.db.runComposed(`UPDATE ${table} SET ${column(table, field)} = :value WHERE rid = :rid`, {
    value,
    rid,
  });
  log(scope, table, rid, field, before, value);
  return true;
}

function read(scope: CommandScope, table: RecordTable, rid: number, field: string): Value | undefined {
  return scope.db.getComposed<{ value: Value }>(
    `SELECT ${column(table, field)} AS value FROM ${table} WHERE rid = :rid`,
    { rid },
  )?.value;
}

function column(table: RecordTable, field: string): string {
  const known: readonly string[] = FIELDS[table];
  if (field !== REMOVED && !known.includes(field)) throw new Error(`No recorded column ${table}.${field}`);
  return field;
}

function log(
  scope: CommandScope,
  table: RecordTable,
  rid: number,
  field: string,
  before: Value,
  after: Value,
): void {
  scope.db.run(insertChange, { command: scope.rid, entity: table, rid, field, before, after });
  scope.note(1);
  scope.touch('inventory');
}

export interface RevertedRecords {
  readonly applied: number;
  readonly tables: ReadonlySet<RecordTable>;
  /** Fields that somebody changed since and that stay as they are. */
  readonly changedSince: readonly Rejection[];
}

/**
 * Gives fields that still hold what the command left their former value.
 * Undoing an undo does the same, so redo needs nothing of its own.
 */
export function revertRecords(scope: CommandScope, commandRid: number): RevertedRecords {
  let applied = 0;
  const tables = new Set<RecordTable>();
  const changedSince: Rejection[] = [];
  for (const { entity, entity_rid: rid, field, before, after } of scope.db.all(changesOf, {
    command: commandRid,
  })) {
    const now = read(scope, entity, rid, field);
    if (now === before) continue;
    tables.add(entity);
    if (now === after && give(scope, entity, rid, field, before)) applied += 1;
    else {
      changedSince.push({
        listingId: '',
        field,
        code: 'CHANGED_SINCE',
        message: `${field} of this ${entity.replaceAll('_', ' ')} was changed since and was left alone`,
      });
    }
  }
  return { applied, tables, changedSince };
}

/** False where the former value is somebody else's by now, as the name of a place may be. */
function give(scope: CommandScope, table: RecordTable, rid: number, field: string, value: Value): boolean {
  try {
    return set(scope, table, rid, field, value);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_CONSTRAINT_UNIQUE') return false;
    throw error;
  }
}
