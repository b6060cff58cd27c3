import BetterSqlite from 'better-sqlite3';
import { CodedError } from '#shared/errors/coded-error.ts';
import { assertBinding } from './binding.ts';
import { openTokens } from './sealing/search-tokens.ts';
import { lockedSealing, type Sealing } from './sealing/sealing.ts';
import type { Bindable, NamedParams, Statement } from './statement.ts';

export interface DatabaseOptions {
  readonly readonly?: boolean;
  readonly mustExist?: boolean;
  /** Told about statements that took longer than {@link SLOW_MS}. */
  readonly onSlow?: (sql: string, ms: number) => void;
  /** Seals and opens personal data; without it that stays closed. */
  readonly sealing?: Sealing;
}

const SLOW_MS = 100;

/**
 * One connection. There is exactly one writing connection per workspace; it
 * lives in the engine. Statements are synchronous on purpose: the engine's own
 * process is the thread they may block.
 */
export class Database {
  readonly file: string;
  readonly sealing: Sealing;
  private readonly handle: BetterSqlite.Database;
  private readonly prepared = new Map<string, BetterSqlite.Statement>();
  private readonly onSlow: ((sql: string, ms: number) => void) | undefined;
  private depth = 0;

  constructor(file: string, options: DatabaseOptions = {}) {
    this.file = file;
    this.onSlow = options.onSlow;
    this.sealing = options.sealing ?? lockedSealing();
    assertBinding();
    try {
      this.handle = new BetterSqlite(file, {
        readonly: options.readonly ?? false,
        fileMustExist: options.mustExist ?? false,
        timeout: 5_000,
      });
      this.configure(options.readonly ?? false);
      this.defineFunctions();
    } catch (error) {
      throw sqliteError(error, { file });
    }
  }

  private configure(readonly: boolean): void {
    const handle = this.handle;
    handle.pragma('foreign_keys = ON');
    handle.pragma('trusted_schema = OFF');
    handle.pragma('cache_size = -65536');
    handle.pragma('temp_store = MEMORY');
    if (!readonly) {
      handle.pragma('journal_mode = WAL');
      handle.pragma('journal_size_limit = 67108864');
      handle.pragma('synchronous = FULL');
    }
    // Asserted after a read: a pragma that did not take is a promise broken in silence.
    handle.prepare('SELECT count(*) FROM sqlite_schema').get();
    if (!readonly && handle.pragma('synchronous', { simple: true }) !== 2) {
      throw new CodedError('WORKSPACE_UNWRITABLE', 'The database refused synchronous=FULL');
    }
  }

  /** What statements may ask of the sealing; a stored view or trigger may not. */
  private defineFunctions(): void {
    const options = { directOnly: true, varargs: false };
    const { handle, sealing } = this;
    handle.function('person_seal', options, (id: unknown, text: unknown) =>
      typeof id === 'string' && typeof text === 'string' ? sealing.seal(id, text) : null,
    );
    handle.function('person_open', options, (id: unknown, sealed: unknown) =>
      typeof id === 'string' && Buffer.isBuffer(sealed) ? sealing.open(id, sealed) : null,
    );
    handle.function('person_tokens', options, (text: unknown) =>
      typeof text === 'string' ? sealing.tokens(text) : '',
    );
    handle.function('open_tokens', options, (text: unknown) =>
      typeof text === 'string' ? openTokens(text) : '',
    );
  }

  private statement(text: string): BetterSqlite.Statement {
    let statement = this.prepared.get(text);
    if (!statement) {
      statement = this.handle.prepare(text);
      this.prepared.set(text, statement);
    }
    return statement;
  }

  private timed<T>(text: string, work: () => T): T {
    const started = performance.now();
    try {
      return work();
    } catch (error) {
      throw sqliteError(error, { sql: text.slice(0, 300) });
    } finally {
      const ms = performance.now() - started;
      if (ms > SLOW_MS) this.onSlow?.(text, ms);
    }
  }

  get<P, R>(statement: Statement<P, R>, params: P): R | undefined {
    return this.timed(statement.sql, () => this.statement(statement.sql).get(params) as R | undefined);
  }

  all<P, R>(statement: Statement<P, R>, params: P): R[] {
    return this.timed(statement.sql, () => this.statement(statement.sql).all(params) as R[]);
  }

  run<P>(statement: Statement<P, never>, params: P): { changes: number; rid: number } {
    return this.timed(statement.sql, () => {
      const info = this.statement(statement.sql).run(params);
      return { changes: info.changes, rid: Number(info.lastInsertRowid) };
    });
  }

  /** Composed SQL; identifiers in it come from registries, values only through parameters. */
  allComposed<R>(text: string, params: NamedParams = {}): R[] {
    return this.timed(text, () => this.statement(text).all(params) as R[]);
  }

  getComposed<R>(text: string, params: NamedParams = {}): R | undefined {
    return this.timed(text, () => this.statement(text).get(params) as R | undefined);
  }

  runComposed(text: string, params: NamedParams = {}): { changes: number; rid: number } {
    return this.timed(text, () => {
      const info = this.statement(text).run(params);
      return { changes: info.changes, rid: Number(info.lastInsertRowid) };
    });
  }

  /** One column of many rows as plain values. */
  pluck<V extends Bindable>(text: string, params: NamedParams = {}): V[] {
    return this.timed(text, () => {
      const statement = this.handle.prepare(text).pluck();
      return statement.all(params) as V[];
    });
  }

  /** Rows as arrays of their columns: many rows cost less than as objects. */
  rowsOf(text: string, params: NamedParams = {}): (string | number | null)[][] {
    return this.timed(
      text,
      () => this.handle.prepare(text).raw().all(params) as (string | number | null)[][],
    );
  }

  /** One column, row by row; for a read-only connection of one's own, since it stays in use until the end. */
  *inTurn<V extends Bindable>(text: string): IterableIterator<V> {
    yield* this.handle.prepare(text).pluck().iterate() as IterableIterator<V>;
  }

  exec(text: string): void {
    this.timed(text, () => this.handle.exec(text));
  }

  pragma(text: string): unknown {
    return this.handle.pragma(text, { simple: true });
  }

  /** Runs `work` in one IMMEDIATE transaction; a nested call joins the outer one. */
  transaction<T>(work: () => T): T {
    if (this.depth > 0) return work();
    this.depth += 1;
    try {
      this.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        // Keys first: what they seal must never be stored without them.
        this.sealing.flush();
        this.exec('COMMIT');
        return result;
      } catch (error) {
        if (this.handle.inTransaction) this.handle.exec('ROLLBACK');
        throw error;
      }
    } finally {
      this.depth -= 1;
    }
  }

  /**
   * A transaction that does not wait for the disk: the death of the process
   * does not touch it, a power cut may undo it, and whatever is committed with
   * {@link transaction} later takes it along to the disk. Only for what is
   * found out again when it is lost.
   */
  relaxedTransaction<T>(work: () => T): T {
    if (this.depth > 0) return work();
    this.handle.pragma('synchronous = NORMAL');
    try {
      return this.transaction(work);
    } finally {
      this.handle.pragma('synchronous = FULL');
    }
  }

  /** Runs `work` within the open transaction; when it throws, only what it wrote is rolled back. */
  savepoint<T>(work: () => T): T {
    this.exec('SAVEPOINT attempt');
    try {
      const result = work();
      this.exec('RELEASE attempt');
      return result;
    } catch (error) {
      // A full disk or a broken file may have ended the whole transaction.
      if (this.handle.inTransaction) this.handle.exec('ROLLBACK TO attempt; RELEASE attempt');
      throw error;
    }
  }

  /** Runs `work` in a transaction of its own and rolls it back; gives what `work` gave. */
  rehearse<T>(work: () => T): T {
    if (this.depth > 0) throw new Error('A rehearsal cannot be part of a transaction');
    this.depth += 1;
    try {
      this.exec('BEGIN IMMEDIATE');
      return work();
    } finally {
      if (this.handle.inTransaction) this.handle.exec('ROLLBACK');
      this.depth -= 1;
    }
  }

  /** Runs `work` without CHECK constraints, for values that were checked as a set before; keys and types still hold. */
  withoutChecks<T>(work: () => T): T {
    this.handle.pragma('ignore_check_constraints = ON');
    try {
      return work();
    } finally {
      this.handle.pragma('ignore_check_constraints = OFF');
    }
  }

  get inTransaction(): boolean {
    return this.handle.inTransaction;
  }

  explain(text: string): string[] {
    const rows = this.handle.prepare(`EXPLAIN QUERY PLAN ${text}`).all(nullParams(text)) as {
      detail: string;
    }[];
    return rows.map((row) => row.detail);
  }

  /** Copies the database step by step; `pages` says before each step how many pages it takes, and may throw to end it. */
  async backupTo(file: string, pages?: () => number): Promise<void> {
    await this.handle.backup(file, pages ? { progress: pages } : undefined);
  }

  close(): void {
    this.prepared.clear();
    this.handle.close();
  }
}

function nullParams(text: string): Record<string, null> {
  return Object.fromEntries([...text.matchAll(/[:@](\w+)/g)].map((match) => [match[1] ?? '', null]));
}

/** SQLite's own codes as ours; everything else passes through. */
export function sqliteError(error: unknown, details: Record<string, unknown>): unknown {
  if (error instanceof CodedError || !(error instanceof Error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const coded = (target: ConstructorParameters<typeof CodedError>[0], message: string): CodedError =>
    new CodedError(target, message, { ...details, sqlite: code }, { cause: error });
  if (code === 'SQLITE_FULL') return coded('DISK_FULL', 'The disk is full; nothing of this change was saved');
  if (code === 'SQLITE_CORRUPT' || code === 'SQLITE_NOTADB') {
    return coded('WORKSPACE_CORRUPT', 'The workspace file is damaged; restore a backup');
  }
  if (code === 'SQLITE_READONLY' || code.startsWith('SQLITE_READONLY_') || code === 'SQLITE_CANTOPEN') {
    return coded('WORKSPACE_UNWRITABLE', 'The workspace folder cannot be written');
  }
  if (code === 'SQLITE_BUSY') return coded('WORKSPACE_IN_USE', 'Another process uses this workspace');
  if (code === 'ERR_DLOPEN_FAILED')
    return coded('SQLITE_BINDING', 'The SQLite binding does not load in this runtime');
  return error;
}
