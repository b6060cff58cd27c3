import type { EditOutcome } from '#shared/contract/listings.ts';
import {
  listingField,
  type ListingField,
  type ListingFieldName,
  type StoredValue,
} from '#shared/domain/listing-fields.ts';
import type { Database } from '../db/database.ts';
import type { Journal } from '../journal/journal.ts';
import { resetStage } from '../journal/write-cells.ts';
import { checkCell, type CellAccount } from './check-cell.ts';
import type { Caller } from './edit.ts';
import type { CompiledCondition, CompiledEdit } from './field-edit.ts';
import { fieldColumn } from './filter-sql.ts';
import { FALLBACK_CURRENCY } from './rows.ts';

interface ColumnCommand extends Caller {
  readonly method: string;
  readonly label: string;
}

/**
 * One edit of one column over many rows as one command, without an object a
 * row: what comes out is worked out once for rows that have the same values on
 * the same account. Gives null, with nothing written, as soon as a cell would
 * be refused; the caller then goes row by row and says which and why.
 */
export function editColumn(
  journal: Journal,
  command: ColumnCommand,
  rids: Int32Array,
  edit: CompiledEdit,
  condition: CompiledCondition | null,
): EditOutcome | null {
  const { field } = edit;
  const broken = brokenRule(field);
  if (broken === null) return null;
  const { result } = journal.run(
    {
      method: command.method,
      label: command.label,
      actor: command.actor,
      requestId: command.requestId,
      reversible: true,
    },
    (scope): EditOutcome | null => {
      const stage = stageColumn(journal.db, rids, edit, condition);
      if (stage === null || breaks(journal.db, broken)) return null;
      const applied = scope.writeStaged(field.entity, field.name);
      if (applied > 0) {
        scope.touch('listings');
        scope.touch('outbox');
      }
      return {
        commandId: applied > 0 ? scope.id : null,
        applied,
        unchanged: stage - applied,
        rejected: [],
        rejectedTotal: 0,
      };
    },
  );
  return result;
}

/** When a staged value breaks a rule between fields, as SQL; '' when none can, null when SQL does not know. */
function brokenRule({ name }: ListingField): string | null {
  switch (name) {
    case 'price':
      return 'l.sale_price_minor IS NOT NULL AND (s.after IS NULL OR l.sale_price_minor >= s.after)';
    case 'salePrice':
      return 's.after IS NOT NULL AND (l.price_minor IS NULL OR s.after >= l.price_minor)';
    case 'sku':
    case 'saleFrom':
    case 'saleTo':
      return null;
    default:
      return '';
  }
}

function breaks(db: Database, rule: string): boolean {
  if (rule === '') return false;
  return (
    db.getComposed(
      `SELECT 1 FROM temp.stage s CROSS JOIN listing l ON l.rid = s.rid WHERE ${rule} LIMIT 1`,
    ) !== undefined
  );
}

/** Fills temp.stage; gives the number of cells, or null when one would be refused. */
function stageColumn(
  db: Database,
  rids: Int32Array,
  edit: CompiledEdit,
  condition: CompiledCondition | null,
): number | null {
  resetStage(db);
  const judge = new Judge(accountsOf(db), edit, condition);
  if (judge.reads.length === 0) {
    const same = judge.sameForAll();
    if (same) return same.value === undefined ? 0 : stageSame(db, edit.field, rids, same.value);
  }
  return stageEach(db, edit.field, rids, judge);
}

const keyOf = ({ entity }: ListingField): string => (entity === 'product' ? 'l.product_rid' : 'l.rid');

function stageSame(db: Database, field: ListingField, rids: Int32Array, value: StoredValue): number {
  const runs = runsOf(rids);
  // Views mostly hold long runs of neighbours; where they do not, the rows are named one by one.
  const chosen =
    runs.length < rids.length / 8
      ? { ids: JSON.stringify(runs), on: 'l.rid BETWEEN r.value ->> 0 AND r.value ->> 1' }
      : { ids: `[${rids.join(',')}]`, on: 'l.rid = r.value' };
  return db.runComposed(
    `INSERT OR IGNORE INTO temp.stage (rid, after)
     SELECT ${keyOf(field)}, :value FROM json_each(:ids) r CROSS JOIN listing l ON ${chosen.on}
     WHERE l.removed_at_ms IS NULL`,
    { ids: chosen.ids, value },
  ).changes;
}

/** First and last of every run of neighbouring numbers, whatever their order. */
function runsOf(rids: Int32Array): [number, number][] {
  const runs: [number, number][] = [];
  for (const rid of rids.toSorted()) {
    const last = runs.at(-1);
    if (last && rid <= last[1] + 1) last[1] = rid;
    else runs.push([rid, rid]);
  }
  return runs;
}

/** Rows read at a time; bounds memory. */
const CHUNK = 20_000;

function stageEach(db: Database, field: ListingField, rids: Int32Array, judge: Judge): number | null {
  const columns = judge.reads.map((name) => {
    const read = listingField(name);
    return read ? `, ${fieldColumn(read)}` : '';
  });
  const product = columns.some((column) => column.startsWith(', p.'))
    ? 'CROSS JOIN product p ON p.rid = l.product_rid'
    : '';
  for (let from = 0; from < rids.length; from += CHUNK) {
    const rows = db.rowsOf(
      `SELECT ${keyOf(field)}, l.account_rid${columns.join('')}
       FROM json_each(:rids) r CROSS JOIN listing l ON l.rid = r.value ${product}
       WHERE l.removed_at_ms IS NULL ORDER BY r.key`,
      { rids: `[${rids.subarray(from, from + CHUNK).join(',')}]` },
    );
    const cells: string[] = [];
    for (const row of rows) {
      const verdict = judge.judge(row);
      if (verdict === null) return null;
      if (verdict.json !== undefined) cells.push(`[${Number(row[0])},${verdict.json}]`);
    }
    db.runComposed(
      `INSERT INTO temp.stage (rid, after) SELECT value ->> 0, value ->> 1 FROM json_each(:cells) WHERE true
       ON CONFLICT (rid) DO UPDATE SET after = excluded.after`,
      { cells: `[${cells.join(',')}]` },
    );
  }
  return db.pluck<number>('SELECT count(*) FROM temp.stage')[0] ?? 0;
}

function accountsOf(db: Database): Map<number, CellAccount> {
  const rows = db.allComposed<CellAccount & { rid: number }>(
    `SELECT rid, platform, coalesce(currency, '${FALLBACK_CURRENCY}') AS currency FROM account`,
  );
  return new Map(rows.map((row) => [row.rid, row]));
}

/** Value of a cell and its JSON; both undefined for a cell that stays out of the command. */
interface Verdict {
  readonly value?: StoredValue;
  readonly json?: string;
}

const OUT: Verdict = {};
/** Verdicts remembered; titles hardly repeat, prices and quantities do. */
const MEMORY = 50_000;

/** Works out cells, each different case once. Rows come as [key, account, ...reads]. */
class Judge {
  readonly reads: readonly ListingFieldName[];
  private readonly accounts: ReadonlyMap<number, CellAccount>;
  private readonly edit: CompiledEdit;
  private readonly condition: CompiledCondition | null;
  private readonly memory = new Map<string, Verdict>();

  constructor(
    accounts: ReadonlyMap<number, CellAccount>,
    edit: CompiledEdit,
    condition: CompiledCondition | null,
  ) {
    this.accounts = accounts;
    this.edit = edit;
    this.condition = condition;
    this.reads = [...new Set([...edit.reads, ...(condition?.reads ?? [])])];
  }

  judge(row: readonly (string | number | null)[]): Verdict | null {
    const key = row.length === 3 ? `${row[1]} ${typeof row[2]} ${row[2]}` : JSON.stringify(row.slice(1));
    const known = this.memory.get(key);
    if (known) return known;
    const account = this.accounts.get(Number(row[1]));
    const verdict = account ? this.decide(account, row.slice(2)) : null;
    if (verdict && this.memory.size < MEMORY) this.memory.set(key, verdict);
    return verdict;
  }

  /** The verdict of an edit that reads nothing, when all accounts agree; else null. */
  sameForAll(): Verdict | null {
    const verdicts = [...this.accounts.values()].map((account) => this.decide(account, []));
    const [first = null] = verdicts;
    return verdicts.every((verdict) => verdict !== null && verdict.json === first?.json) ? first : null;
  }

  private decide(account: CellAccount, read: readonly (string | number | null)[]): Verdict | null {
    const values: Record<string, StoredValue> = {};
    this.reads.forEach((name, index) => {
      values[name] = read[index] ?? null;
    });
    // Names only stand in refusals, which are worded elsewhere.
    const row = { id: '', sku: null, currency: account.currency };
    if (this.condition && !this.condition.holds(row, values)) return OUT;
    const step = this.edit.apply(row, values);
    if (step.kind === 'keep') return OUT;
    if (step.kind === 'refuse') return null;
    const checked = checkCell(this.edit.field, step.value, account);
    return checked.ok ? { value: checked.value, json: JSON.stringify(checked.value) } : null;
  }
}
