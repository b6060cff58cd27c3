import { stringify } from 'csv-stringify/sync';
import { writeFileSync } from 'node:fs';
import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import type { ReorderProposal } from '#shared/contract/reorder.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../../db/database.ts';
import { escapeFormula } from '../../jobs/import/formula-escape.ts';
import { proposals } from './plan.ts';

const COLUMNS: readonly (readonly [string, (one: ReorderProposal) => string | number | null])[] = [
  ['sku', (one) => one.sku],
  ['title', (one) => one.title],
  ['supplier', (one) => one.supplier?.name ?? ''],
  ['quantity', (one) => one.quantity],
  ['available', (one) => one.available],
  ['in_transit', (one) => one.inTransit],
  ['incoming', (one) => one.incoming],
  ['units_a_day', (one) => one.daily.toFixed(3)],
  ['model', (one) => one.model],
  ['lead_days', (one) => one.leadDays.toFixed(1)],
  ['demand_until_there', (one) => one.leadDemand.toFixed(1)],
  ['safety', (one) => one.safety.toFixed(1)],
  ['reorder_point', (one) => one.reorderPoint],
  ['fill_up_to', (one) => one.upTo],
  ['minimum', (one) => one.minimum],
  ['pack', (one) => one.pack],
  ['odds_sold_out', (one) => one.odds.toFixed(4)],
  ['unit_price_minor', (one) => one.price?.minor ?? ''],
  ['currency', (one) => one.price?.currency ?? ''],
  ['in_budget', (one) => (one.affordable ? 'yes' : 'no')],
];

/** Writes all proposals, one row an item; what a spreadsheet would run as a formula is escaped. */
export function exportPlan(
  db: Database,
  { file, ...input }: ParsedParams<'reorder.export'>,
  now: number,
): Result<'reorder.export'> {
  const all = proposals(db, input, now);
  const rows = all.map((one) => COLUMNS.map(([, value]) => escapeFormula(String(value(one) ?? ''))));
  try {
    writeFileSync(file, stringify([COLUMNS.map(([name]) => name), ...rows], { record_delimiter: '\r\n' }));
  } catch (error) {
    throw new CodedError(
      'FILE_UNREADABLE',
      `${file} cannot be written; choose another folder`,
      { file },
      { cause: error },
    );
  }
  return { file, rows: rows.length };
}
