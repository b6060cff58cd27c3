import type { EventTopic } from '#shared/contract/envelope.ts';
import type { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import type { EventBus } from '../events.ts';
import type { Clock } from '../ports.ts';
import type { Entity } from './entities.ts';
import { OpenCommand } from './open-command.ts';
import type { CellWrite } from './write-cells.ts';

export interface CommandSpec {
  readonly method: string;
  readonly label: string;
  readonly actor: string;
  /** A repeated request id answers with the first result and changes nothing. */
  readonly requestId?: string | undefined;
  readonly reversible: boolean;
  /** Command that this one takes back. */
  readonly undoOfRid?: number | undefined;
  /** Keep the journal entry even when no cell changed (what happened is not a cell). */
  readonly keepEmpty?: boolean | undefined;
}

/** What a command's body may do. Everything happens in the command's one transaction. */
export interface CommandScope {
  /** Asking for it writes the command's entry. */
  readonly rid: number;
  readonly id: string;
  readonly atMs: number;
  readonly actor: string;
  readonly db: Database;
  /** Writes one column of many rows with change log and outbox; returns how many cells changed. */
  write(entity: Entity, field: string, cells: readonly CellWrite[]): number;
  /**
   * The same over rows that are already staged in temp.stage. `links: 'keep'` leaves
   * it to the caller how the cells stand to their masters.
   */
  writeStaged(entity: Entity, field: string, options?: { readonly links: 'keep' }): number;
  /** Logs a change of a row that the body wrote by itself. */
  log(
    entity: Entity,
    field: string,
    rid: number,
    before: string | number | null,
    after: string | number | null,
  ): void;
  /** Logs all rows above `aboveRid`, which the body put in, as created by this command; returns how many. */
  logCreated(entity: 'product' | 'listing', aboveRid: number): number;
  /**
   * Runs `work` so that it leaves nothing behind when it throws a CodedError,
   * which is then returned: what it wrote is rolled back, the command goes on.
   */
  attempt(work: () => void): CodedError | null;
  /** Counts changes that a domain keeps in a log of its own (stock movements); they make the command one that changed something. */
  note(changes: number): void;
  /** Sends an event after the commit; calls for one topic are joined. */
  touch(topic: EventTopic, rids?: readonly number[]): void;
}

/**
 * Where a process may die around a command's one transaction: before it, in it,
 * after the commit but before anybody knows, and after the event but before the
 * answer. Whatever the point, a repeated request id ends in exactly one command.
 */
export const COMMAND_CRASH_POINTS = [
  'command.before',
  'command.written',
  'command.committed',
  'command.told',
] as const;
export type CommandCrashPoint = (typeof COMMAND_CRASH_POINTS)[number];

export interface JournalHooks {
  /** Told how many rows a reversible command changed, while the last committed state is still the one before it. */
  readonly beforeCommit?: (rows: number) => void;
  readonly atPoint?: (point: CommandCrashPoint) => void;
}

interface CommandRow {
  rid: number;
  id: string;
  result: string | null;
}

const byRequest = sql<{ requestId: string }, CommandRow>(
  'SELECT rid, id, result FROM command WHERE request_id = :requestId',
  { hot: true },
);
/**
 * The one way to write. A command validates, then in one transaction changes
 * rows, logs every cell with before and after, and queues what has to reach a
 * channel; after the commit it sends one event a topic.
 */
export class Journal {
  readonly db: Database;
  private readonly clock: Clock;
  private readonly newId: () => string;
  private readonly bus: EventBus;
  private readonly hooks: JournalHooks;

  constructor(db: Database, clock: Clock, newId: () => string, bus: EventBus, hooks: JournalHooks = {}) {
    this.db = db;
    this.clock = clock;
    this.newId = newId;
    this.bus = bus;
    this.hooks = hooks;
  }

  /** Result of an earlier call with this request id, if there was one. */
  recall<T>(requestId: string | undefined): { readonly result: T } | null {
    if (!requestId) return null;
    const row = this.db.get(byRequest, { requestId });
    return row?.result ? { result: JSON.parse(row.result) as T } : null;
  }

  /**
   * Runs `body` as one command. `body` returns the call's result as plain JSON;
   * `commandId` is null when nothing changed, and then no entry is kept.
   */
  run<T>(
    spec: CommandSpec,
    body: (scope: CommandScope) => T,
  ): { readonly result: T; readonly commandId: string | null } {
    const known = this.recall<{ result: T; commandId: string | null }>(spec.requestId);
    if (known) return known.result;
    this.hooks.atPoint?.('command.before');
    const { done, touched } = this.db.transaction(() => this.perform(spec, body));
    this.hooks.atPoint?.('command.committed');
    for (const [topic, rids] of touched) this.bus.emit(topic, rids ? [...rids] : undefined);
    this.hooks.atPoint?.('command.told');
    return done;
  }

  /** What `body` would give as a command; whatever it wrote is rolled back and nobody hears of it. */
  rehearse<T>(spec: CommandSpec, body: (scope: CommandScope) => T): T {
    return this.db.rehearse(() => body(new OpenCommand(this.db, spec, this.newId(), this.clock.now())));
  }

  private perform<T>(
    spec: CommandSpec,
    body: (scope: CommandScope) => T,
  ): { done: { result: T; commandId: string | null }; touched: OpenCommand['touched'] } {
    const command = new OpenCommand(this.db, spec, this.newId(), this.clock.now());
    const result = body(command);
    const { touched } = command;
    if (command.isEmpty && !spec.keepEmpty) {
      command.drop();
      return { done: { result, commandId: null }, touched };
    }
    const done = { result, commandId: command.id };
    const rows = command.finish(spec.requestId ? JSON.stringify(done) : null);
    command.touch('history');
    // What a person may want to take back as a whole; reads of a channel come again by themselves.
    if (spec.reversible) this.hooks.beforeCommit?.(rows);
    this.hooks.atPoint?.('command.written');
    return { done, touched };
  }
}
