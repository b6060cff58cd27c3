import type { EventTopic } from '#shared/contract/envelope.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import type { EventBus } from '../events.ts';
import type { Clock } from '../ports.ts';
import { REMOVED, type Entity } from './entities.ts';
import { stageCells, writeStagedCells, type CellWrite } from './write-cells.ts';

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
  /** The same over rows that are already staged in temp.stage. */
  writeStaged(entity: Entity, field: string): number;
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
const insertCommand = sql<{
  id: string;
  requestId: string | null;
  method: string;
  label: string;
  actor: string;
  at: number;
  undoOf: number | null;
  reversible: number;
}>(
  `INSERT INTO command (id, request_id, method, label, actor, at_ms, undo_of_rid, reversible)
   VALUES (:id, :requestId, :method, :label, :actor, :at, :undoOf, :reversible)`,
);
const finishCommand = sql<{ rid: number; cells: number; rows: number; result: string | null }>(
  'UPDATE command SET cells = :cells, rows = :rows, result = :result WHERE rid = :rid',
);
/** Seldom: whatever refers to commands is searched for references. */
const dropCommand = sql<{ rid: number }>('DELETE FROM command WHERE rid = :rid');
const countRows = sql<{ rid: number }, { rows: number }>(
  'SELECT count(*) AS rows FROM (SELECT DISTINCT entity, entity_rid FROM change WHERE command_rid = :rid)',
);
const insertChange = sql<{
  command: number;
  entity: string;
  field: string;
  rid: number;
  before: string | number | null;
  after: string | number | null;
}>(
  `INSERT INTO change (command_rid, entity, field, entity_rid, before, after)
   VALUES (:command, :entity, :field, :rid, :before, :after)`,
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
    const touched = new Map<EventTopic, Set<number> | null>();
    this.hooks.atPoint?.('command.before');
    const outcome = this.db.transaction(() => {
      const id = this.newId();
      const atMs = this.clock.now();
      let row: number | null = null;
      // An edit that changes nothing writes nothing, not even an entry that is taken out again.
      const commandRid = (): number =>
        (row ??= this.db.run(insertCommand, {
          id,
          requestId: spec.requestId ?? null,
          method: spec.method,
          label: spec.label,
          actor: spec.actor,
          at: atMs,
          undoOf: spec.undoOfRid ?? null,
          reversible: spec.reversible ? 1 : 0,
        }).rid);
      let cells = 0;
      let noted = 0;
      let columns = 0;
      const written = (changed: number): number => {
        cells += changed;
        columns += changed > 0 ? 1 : 0;
        return changed;
      };
      const scope: CommandScope = {
        get rid() {
          return commandRid();
        },
        id,
        atMs,
        actor: spec.actor,
        db: this.db,
        write: (entity, field, list) => {
          stageCells(this.db, list);
          return written(writeStagedCells(this.db, { commandRid, atMs }, entity, field));
        },
        writeStaged: (entity, field) =>
          written(writeStagedCells(this.db, { commandRid, atMs }, entity, field)),
        log: (entity, field, entityRid, before, after) => {
          this.db.run(insertChange, { command: commandRid(), entity, field, rid: entityRid, before, after });
          written(1);
        },
        logCreated: (entity, aboveRid) =>
          written(
            this.db.runComposed(
              `INSERT INTO change (command_rid, entity, field, entity_rid, before, after)
               SELECT :command, '${entity}', '${REMOVED}', rid, :at, NULL FROM main.${entity} WHERE rid > :above ORDER BY rid`,
              { command: commandRid(), at: atMs, above: aboveRid },
            ).changes,
          ),
        note: (changes) => {
          noted += changes;
        },
        touch: (topic, rids) => join(touched, topic, rids),
      };
      const result = body(scope);
      if (cells + noted === 0 && !spec.keepEmpty) {
        if (row !== null) this.db.run(dropCommand, { rid: row });
        return { result, commandId: null };
      }
      const done = { result, commandId: id };
      const rid = commandRid();
      // A row has one cell in a column.
      const rows = (columns > 1 ? (this.db.get(countRows, { rid })?.rows ?? 0) : cells) + noted;
      this.db.run(finishCommand, {
        rid,
        cells: cells + noted,
        rows,
        result: spec.requestId ? JSON.stringify(done) : null,
      });
      join(touched, 'history');
      // What a person may want to take back as a whole; reads of a channel come again by themselves.
      if (spec.reversible) this.hooks.beforeCommit?.(rows);
      this.hooks.atPoint?.('command.written');
      return done;
    });
    this.hooks.atPoint?.('command.committed');
    for (const [topic, rids] of touched) this.bus.emit(topic, rids ? [...rids] : undefined);
    this.hooks.atPoint?.('command.told');
    return outcome;
  }
}

function join(
  touched: Map<EventTopic, Set<number> | null>,
  topic: EventTopic,
  rids?: readonly number[],
): void {
  const known = touched.get(topic);
  if (known === null || !rids) {
    touched.set(topic, null);
    return;
  }
  const set = known ?? new Set<number>();
  for (const rid of rids) set.add(rid);
  touched.set(topic, set.size > 2_000 ? null : set);
}
