import type { Database } from '../../db/database.ts';
import type { Bindable, Statement } from '../../db/statement.ts';

type Positional = Statement<readonly Bindable[], never>;

/** Rows of one insert statement. */
const WIDE = 40;

/**
 * Collects rows of one table and inserts them many at a time; binding by
 * position and many rows a statement is three times as fast as one by one.
 * Columns in which no row has had anything yet are not written at all: a file
 * fills a few of all the fields there are.
 */
export class BulkInsert {
  private readonly db: Database;
  private readonly table: string;
  private readonly columns: readonly string[];
  private readonly used: boolean[];
  private positions: readonly number[] = [];
  private many: Positional = { sql: '', hot: false };
  private rows: (readonly Bindable[])[] = [];

  constructor(db: Database, table: string, columns: readonly string[]) {
    this.db = db;
    this.table = table;
    this.columns = columns;
    this.used = columns.map(() => false);
  }

  add(row: readonly Bindable[]): void {
    this.rows.push(row);
    if (this.rows.length >= WIDE) this.write();
  }

  /** Writes what is left; reads of the table see all rows afterwards. */
  flush(): void {
    if (this.rows.length > 0) this.write();
  }

  private write(): void {
    const { rows } = this;
    this.rows = [];
    this.noteColumns(rows);
    const insert = rows.length === WIDE ? this.many : this.insert(rows.length);
    const values: Bindable[] = [];
    for (const row of rows) for (const position of this.positions) values.push(row[position] ?? null);
    this.db.run(insert, values);
  }

  /** A column stays once it is used, so there are few different statements. */
  private noteColumns(rows: readonly (readonly Bindable[])[]): void {
    let more = false;
    for (const [position, used] of this.used.entries()) {
      if (used || rows.every((row) => (row[position] ?? null) === null)) continue;
      this.used[position] = true;
      more = true;
    }
    if (!more) return;
    this.positions = this.used.flatMap((used, position) => (used ? [position] : []));
    this.many = this.insert(WIDE);
  }

  private insert(count: number): Positional {
    const names = this.positions.map((position) => this.columns[position]);
    const tuple = `(${names.map(() => '?').join(', ')})`;
    const tuples = Array.from({ length: count }, () => tuple).join(', ');
    return { sql: `INSERT INTO ${this.table} (${names.join(', ')}) VALUES ${tuples}`, hot: false };
  }
}
