import type { EditOutcome } from '#shared/contract/listings.ts';
import type { MatrixPaste } from '#shared/contract/matrix.ts';
import type { ParsedParams } from '#shared/contract/methods.ts';
import { MASTER_FIELDS } from '#shared/domain/master-fields.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { parseCellText } from '#shared/grid/parse-cell.ts';
import type { Engine } from '../../engine.ts';
import type { Caller } from '../edit.ts';
import type { View } from '../views.ts';
import { requireColumns } from './matrix-cells.ts';
import { MatrixPlan } from './matrix-plan.ts';
import { requireSkus } from './open-matrix.ts';
import { onAccount, skuStates, type SkuState } from './sku-state.ts';

/** SKUs handled at a time; bounds what is read at once, not the transaction. */
const CHUNK = 10_000;

function run(
  engine: Engine,
  method: string,
  label: string,
  caller: Caller,
  collect: (plan: MatrixPlan) => void,
): EditOutcome {
  const { journal, db, ports } = engine;
  const { result } = journal.run({ method, label, ...caller, reversible: true }, (scope) => {
    const plan = new MatrixPlan();
    collect(plan);
    plan.spread(db);
    return plan.write(scope, () => ports.newId());
  });
  return result;
}

function forEachState(
  engine: Engine,
  skus: readonly string[],
  visit: (state: SkuState, index: number) => void,
): void {
  for (let from = 0; from < skus.length; from += CHUNK) {
    for (const [index, state] of skuStates(engine.db, skus.slice(from, from + CHUNK)).entries()) {
      visit(state, from + index);
    }
  }
}

/** Changes named cells as one command. */
export function editMatrix(engine: Engine, input: ParsedParams<'matrix.edit'>, caller: Caller): EditOutcome {
  const label = input.label ?? `Edit ${input.changes.length} cells of SKUs`;
  return run(engine, 'matrix.edit', label, caller, (plan) => {
    forEachNamed(engine, input.changes, (state, { column: key, value }) => {
      for (const column of requireColumns([key])) plan.add(state, column, value);
    });
  });
}

/** Pastes texts into one or several places as one step. */
export function pasteMatrix(
  engine: Engine,
  input: ParsedParams<'matrix.paste'>,
  caller: Caller,
): EditOutcome {
  const view = engine.views.get(input.viewId);
  const height = Math.max(input.rows ?? input.block.length, 1);
  const label = input.label ?? `Paste ${height} x ${input.columns.length}`;
  return run(engine, 'matrix.paste', label, caller, (plan) => {
    for (const target of [input, ...(input.also ?? [])])
      planPaste(engine, plan, view, target, input.locale ?? 'en');
  });
}

function planPaste(engine: Engine, plan: MatrixPlan, view: View, target: MatrixPaste, locale: string): void {
  const height = Math.max(target.rows ?? target.block.length, 1);
  const columns = requireColumns(target.columns);
  const skus = requireSkus(view).slice(target.fromRow, target.fromRow + height);
  forEachState(engine, skus, (state, index) => {
    const texts = target.block[index % target.block.length] ?? [];
    columns.forEach((column, at) => {
      const text = texts[at];
      if (text === null || text === undefined) return;
      const { field } = column;
      const master = column.kind === 'master';
      const currency = master
        ? state.currency
        : (onAccount(state, column.accountId)[0]?.currency ?? state.currency);
      const spec = master ? { ...field.listing, clearable: true } : field.listing;
      const parsed = parseCellText(spec, text, { locale, currency });
      if (parsed.ok) plan.add(state, column, parsed.value);
      else plan.reject(state.sku, column, parsed.code, parsed.message);
    });
  });
}

/** One value into every cell of some ranges; null clears. */
export function setMatrix(engine: Engine, input: ParsedParams<'matrix.set'>, caller: Caller): EditOutcome {
  const cells = input.ranges.reduce(
    (sum, { fromRow, toRow, columns }) => sum + (toRow - fromRow + 1) * columns.length,
    0,
  );
  const label = input.label ?? (input.value === null ? `Clear ${cells} cells` : `Set ${cells} cells`);
  return run(engine, 'matrix.set', label, caller, (plan) => {
    overRanges(engine, input, (state, column) => plan.add(state, column, input.value));
  });
}

/** Lets the channels' cells of some ranges, or some by name, inherit, override or be detached. */
export function linkMatrix(engine: Engine, input: ParsedParams<'matrix.link'>, caller: Caller): EditOutcome {
  const { viewId, ranges, cells = [], link } = input;
  return run(engine, 'matrix.link', input.label ?? LABELS[link], caller, (plan) => {
    if (viewId !== undefined && ranges) {
      overRanges(engine, { viewId, ranges }, (state, column) => plan.link(state, column, link));
      return;
    }
    forEachNamed(engine, cells, (state, { column: key }) => {
      for (const column of requireColumns([key])) plan.link(state, column, link);
    });
  });
}

/** Cells that are named one by one, those of a SKU together. */
function forEachNamed<T extends { readonly sku: string }>(
  engine: Engine,
  cells: readonly T[],
  visit: (state: SkuState, cell: T) => void,
): void {
  const bySku = new Map<string, T[]>();
  for (const cell of cells) {
    const known = bySku.get(cell.sku);
    if (known) known.push(cell);
    else bySku.set(cell.sku, [cell]);
  }
  forEachState(engine, [...bySku.keys()], (state) => {
    for (const cell of bySku.get(state.sku) ?? []) visit(state, cell);
  });
}

const LABELS = {
  inherit: 'Inherit the master',
  override: 'Override the master',
  detached: 'Detach from the master',
} as const;

function overRanges(
  engine: Engine,
  { viewId, ranges }: Pick<ParsedParams<'matrix.set'>, 'viewId' | 'ranges'>,
  visit: (state: SkuState, column: ReturnType<typeof requireColumns>[number]) => void,
): void {
  const skus = requireSkus(engine.views.get(viewId));
  for (const { fromRow, toRow, columns: keys } of ranges) {
    const columns = requireColumns(keys);
    forEachState(engine, skus.slice(fromRow, toRow + 1), (state) => {
      for (const column of columns) visit(state, column);
    });
  }
}

/** Makes the values of one account the masters of SKUs. */
export function adoptMasters(
  engine: Engine,
  input: ParsedParams<'matrix.adopt'>,
  caller: Caller,
): EditOutcome {
  const account = engine.db.getComposed<{ name: string }>(
    'SELECT name FROM account WHERE id = :id AND removed_at_ms IS NULL',
    { id: input.accountId },
  );
  if (!account) {
    throw new CodedError('NOT_FOUND', `There is no account ${input.accountId}`, {
      accountId: input.accountId,
    });
  }
  const chosen = adopted(engine, input);
  const fields = MASTER_FIELDS.filter(({ name }) => input.fields?.includes(name) ?? true);
  return run(engine, 'matrix.adopt', input.label ?? `Masters from ${account.name}`, caller, (plan) => {
    forEachState(engine, chosen, (state) => {
      for (const field of fields) plan.adopt(state, input.accountId, field, input.replace ?? false);
    });
  });
}

function adopted(
  { db, views }: Engine,
  { viewId, spans, accountId }: ParsedParams<'matrix.adopt'>,
): readonly string[] {
  if (viewId === undefined) {
    return db.pluck<string>(
      `SELECT DISTINCT l.sku FROM listing l WHERE l.account_rid = (SELECT rid FROM account WHERE id = :account)
         AND l.removed_at_ms IS NULL AND l.sku > '' ORDER BY l.sku`,
      { account: accountId },
    );
  }
  const skus = requireSkus(views.get(viewId));
  return spans ? [...new Set(spans.flatMap(([from, to]) => skus.slice(from, to + 1)))] : skus;
}
