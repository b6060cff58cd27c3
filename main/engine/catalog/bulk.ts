import type { EditOutcome, FieldEdit, PasteTarget } from '#shared/contract/listings.ts';
import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { toWireValue } from '#shared/domain/field-values.ts';
import {
  listingField,
  type ListingField,
  type ListingFieldName,
  type StoredValue,
} from '#shared/domain/listing-fields.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { parseCellText } from '#shared/grid/parse-cell.ts';
import type { Engine } from '../engine.ts';
import { applyPlan, type Caller } from './edit.ts';
import { editRowsByRid, EditPlan, type EditRow } from './edit-plan.ts';
import { editColumn } from './edit-column.ts';
import { compileCondition, compileEdit, setEdit, type CompiledEdit } from './field-edit.ts';
import { composeFilter, LISTING_FROM } from './filter-sql.ts';
import { readRows } from './rows.ts';
import type { View } from './views.ts';

type Selection = ParsedParams<'listings.bulkEdit'>['selection'];

/** From here on a column is changed as a whole; events of so many rows name none of them. */
const MANY_ROWS = 1_001;

/** Rows handled at a time; bounds memory, not the transaction. */
const CHUNK = 20_000;

/** One operation over many rows of a view as one command. */
export function bulkEdit(
  engine: Engine,
  input: ParsedParams<'listings.bulkEdit'>,
  caller: Caller,
): EditOutcome {
  const rids = selectedRids(engine, input.selection, input.where);
  const label = input.label ?? labelOf(input.edits);
  const [edit] = input.edits;
  if (edit && input.edits.length === 1 && rids.length >= MANY_ROWS) {
    const condition = input.when === undefined ? null : compileCondition(input.when);
    const command = { method: 'listings.bulkEdit', label, ...caller };
    const outcome = editColumn(engine.journal, command, rids, compileEdit(edit), condition);
    if (outcome) return outcome;
  }
  const plan = new EditPlan();
  planEdits(engine, plan, rids, input);
  return applyPlan(engine.journal, plan, 'listings.bulkEdit', label, caller);
}

function selectedRids(
  engine: Engine,
  selection: Selection,
  where: ParsedParams<'listings.bulkEdit'>['where'],
): Int32Array {
  const rids = engine.views.slice(selection.viewId, selection.spans);
  if (!where) return rids;
  const { where: condition, params } = composeFilter([], where, engine.ports.clock.now());
  const matching = new Set(
    engine.db.pluck<number>(`SELECT l.rid FROM ${LISTING_FROM} WHERE ${condition}`, params),
  );
  return rids.filter((rid) => matching.has(rid));
}

/** How many rows the edits were for. */
function planEdits(
  engine: Engine,
  plan: EditPlan,
  rids: Int32Array,
  input: { readonly edits: readonly FieldEdit[]; readonly when?: string | undefined },
): number {
  const edits: readonly CompiledEdit[] = input.edits.map(compileEdit);
  const condition = input.when === undefined ? null : compileCondition(input.when);
  const needed = [...new Set([...edits.flatMap((edit) => edit.reads), ...(condition?.reads ?? [])])];
  let count = 0;
  forEachRow(engine, rids, needed, (row, values) => {
    if (condition && !condition.holds(row, values)) return;
    count += 1;
    for (const edit of edits) {
      const outcome = edit.apply(row, values);
      if (outcome.kind === 'set') plan.add(row, edit.field.name, outcome.value);
      else if (outcome.kind === 'refuse') plan.reject(row.id, edit.field.name, outcome.code, outcome.message);
    }
  });
  return count;
}

type Values = Readonly<Record<string, StoredValue>>;

function forEachRow(
  engine: Engine,
  rids: Int32Array,
  fields: readonly ListingFieldName[],
  visit: (row: EditRow, values: Values, position: number) => void,
): void {
  for (let from = 0; from < rids.length; from += CHUNK) {
    const chunk = [...rids.subarray(from, from + CHUNK)];
    const rows = editRowsByRid(engine.db, chunk);
    const values =
      fields.length > 0 ? new Map(readRows(engine.db, chunk, fields).map((row) => [row.rid, row])) : null;
    chunk.forEach((rid, index) => {
      const row = rows.get(rid);
      if (row) visit(row, values?.get(rid) ?? {}, from + index);
    });
  }
}

/** What a bulk edit would do, without doing it. */
export function bulkPreview(
  engine: Engine,
  input: ParsedParams<'listings.bulkPreview'>,
): Result<'listings.bulkPreview'> {
  const rids = selectedRids(engine, input.selection, input.where);
  const plan = new EditPlan();
  const rows = planEdits(engine, plan, rids, input);
  plan.checkRows();
  plan.checkSkus(engine.db);
  return { rows, ...describePlan(engine, plan) };
}

type Described = Omit<Result<'listings.bulkPreview'>, 'rows'>;
const SAMPLES = 200;

function describePlan(engine: Engine, plan: EditPlan): Described {
  let changes = 0;
  let unchanged = 0;
  const samples: (Described['samples'][number] & { weight: number })[] = [];
  const stakes = new Map<string, number>();
  const rids = Int32Array.from(plan.touchedRids());
  const columns = plan.rowColumns();
  const fields = [...new Set<ListingFieldName>([...columns.keys(), 'title', 'sku', 'quantity'])];
  forEachRow(engine, rids, fields, (row, values) => {
    for (const [name, cells] of columns) {
      const after = cells.get(row.rid);
      const field = listingField(name);
      if (after === undefined || !field) continue;
      const before = values[name] ?? null;
      if (before === after) {
        unchanged += 1;
        continue;
      }
      changes += 1;
      const weight = weightOf(field, before, after);
      if (field.type === 'money') addStake(stakes, row.currency, before, after, values['quantity'] ?? null);
      samples.push({
        listingId: row.id,
        sku: row.sku,
        title: String(values['title'] ?? ''),
        field: field.name,
        before: toWireValue(field, before, row.currency),
        after: toWireValue(field, after, row.currency),
        weight,
      });
      if (samples.length > SAMPLES * 4) keepWorst(samples);
    }
  });
  keepWorst(samples);
  return {
    changes,
    unchanged,
    rejected: [...plan.rejected],
    rejectedTotal: plan.rejectedTotal,
    samples: samples.map(({ weight: _weight, ...sample }) => sample),
    moneyAtStake: [...stakes].map(([currency, minor]) => ({ minor, currency })),
  };
}

function keepWorst(samples: { weight: number }[]): void {
  samples.sort((a, b) => b.weight - a.weight);
  samples.length = Math.min(samples.length, SAMPLES);
}

/** The relative jump of a number; texts and clears weigh little, clears more than texts. */
function weightOf(field: ListingField, before: StoredValue, after: StoredValue): number {
  if (after === null) return 0.5;
  if (field.type !== 'money' && field.type !== 'integer') return 0.1;
  const [from, to] = [Number(before ?? 0), Number(after)];
  return from === 0 ? 1 : Math.abs(to - from) / Math.abs(from);
}

function addStake(
  stakes: Map<string, number>,
  currency: string,
  before: StoredValue,
  after: StoredValue,
  quantity: StoredValue,
): void {
  if (typeof before !== 'number' || typeof after !== 'number') return;
  const units = typeof quantity === 'number' && quantity > 0 ? quantity : 1;
  stakes.set(currency, (stakes.get(currency) ?? 0) + (after - before) * units);
}

/** Pastes texts into one or several places as one step. Every cell is checked, the refused ones are named. */
export function pasteIntoView(
  engine: Engine,
  input: ParsedParams<'listings.paste'>,
  caller: Caller,
): EditOutcome {
  const view = engine.views.get(input.viewId);
  const plan = new EditPlan();
  const locale = input.locale ?? 'en';
  for (const target of [input, ...(input.also ?? [])]) planPaste(engine, plan, view, target, locale);
  const height = Math.max(input.rows ?? input.block.length, 1);
  const label = input.label ?? `Paste ${height} x ${input.fields.length}`;
  return applyPlan(engine.journal, plan, 'listings.paste', label, caller);
}

/** A block repeats from the top over a taller target. */
function planPaste(engine: Engine, plan: EditPlan, view: View, target: PasteTarget, locale: string): void {
  const height = Math.max(target.rows ?? target.block.length, 1);
  const rids = view.rids.subarray(target.fromRow, target.fromRow + height);
  const fields = target.fields.map(requireField);
  forEachRow(engine, rids, [], (row, _values, position) => {
    const texts = target.block[position % target.block.length] ?? [];
    fields.forEach((field, column) => {
      const text = texts[column];
      if (text === null || text === undefined) return;
      const parsed = parseCellText(field, text, { locale, currency: row.currency });
      if (parsed.ok) plan.add(row, field.name, parsed.value);
      else plan.reject(row.id, field.name, parsed.code, `${row.sku ?? row.id}: ${parsed.message}`);
    });
  });
}

/** One value into every cell of some ranges; null clears. */
export function setRanges(
  engine: Engine,
  input: ParsedParams<'listings.setRanges'>,
  caller: Caller,
): EditOutcome {
  const view = engine.views.get(input.viewId);
  const ranges = input.ranges.map((range) => ({
    rids: view.rids.subarray(range.fromRow, range.toRow + 1),
    fields: range.fields.map(requireField),
  }));
  const cells = ranges.reduce((sum, { rids, fields }) => sum + rids.length * fields.length, 0);
  const label = input.label ?? (input.value === null ? `Clear ${cells} cells` : `Set ${cells} cells`);
  const [range] = ranges;
  const field = range?.fields[0];
  if (range && field && cells === range.rids.length && cells >= MANY_ROWS) {
    const command = { method: 'listings.setRanges', label, ...caller };
    const outcome = editColumn(engine.journal, command, range.rids, setEdit(field, input.value), null);
    if (outcome) return outcome;
  }
  const plan = new EditPlan();
  for (const { rids, fields } of ranges) {
    forEachRow(engine, rids, [], (row) => {
      for (const each of fields) plan.add(row, each.name, input.value);
    });
  }
  return applyPlan(engine.journal, plan, 'listings.setRanges', label, caller);
}

function requireField(name: ListingFieldName): ListingField {
  const field = listingField(name);
  if (!field) throw new CodedError('UNKNOWN_FIELD', `There is no field ${name}`, { field: name });
  return field;
}

function labelOf(edits: readonly FieldEdit[]): string {
  const [first] = edits;
  if (!first || edits.length > 1) return 'Bulk edit';
  switch (first.op) {
    case 'set':
      return `Set ${first.field}`;
    case 'clear':
      return `Clear ${first.field}`;
    case 'expression':
      return `${first.field} = ${first.expression}`;
    case 'replace':
      return `Replace "${first.find.slice(0, 30)}" in ${first.field}`;
  }
}
