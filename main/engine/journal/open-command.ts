import type { EventTopic } from '#shared/contract/envelope.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import { REMOVED, type Entity } from './entities.ts';
import type { CommandScope, CommandSpec } from './journal.ts';
import { leaveMaster, linkedField } from './leave-master.ts';
import { stageCells, writeStagedCells, type CellWrite } from './write-cells.ts';

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

const addColumn = sql<{ entity: string; field: string; command: number }>(
  'INSERT INTO command_column (entity, field, command_rid) VALUES (:entity, :field, :command)',
);

/** A command while its transaction is open: its entry, its counters, and whom to tell after the commit. */
export class OpenCommand implements CommandScope {
  readonly id: string;
  readonly atMs: number;
  readonly actor: string;
  readonly db: Database;
  readonly touched = new Map<EventTopic, Set<number> | null>();
  private readonly spec: CommandSpec;
  private row: number | null = null;
  private cells = 0;
  private noted = 0;
  private columns = 0;
  /** Columns with changes, as `entity field`; one that an attempt took back may be among them. */
  private readonly changed = new Set<string>();

  constructor(db: Database, spec: CommandSpec, id: string, atMs: number) {
    this.db = db;
    this.spec = spec;
    this.id = id;
    this.atMs = atMs;
    this.actor = spec.actor;
  }

  /** An edit that changes nothing writes nothing, not even an entry that is taken out again. */
  get rid(): number {
    const { spec } = this;
    return (this.row ??= this.db.run(insertCommand, {
      id: this.id,
      requestId: spec.requestId ?? null,
      method: spec.method,
      label: spec.label,
      actor: spec.actor,
      at: this.atMs,
      undoOf: spec.undoOfRid ?? null,
      reversible: spec.reversible ? 1 : 0,
    }).rid);
  }

  write(entity: Entity, field: string, list: readonly CellWrite[]): number {
    stageCells(this.db, list);
    return this.writeStaged(entity, field);
  }

  writeStaged(entity: Entity, field: string, options?: { readonly links: 'keep' }): number {
    const commandRid = (): number => this.rid;
    const write = { commandRid, atMs: this.atMs };
    const changed = this.count(entity, field, writeStagedCells(this.db, write, entity, field));
    const linked = options?.links === 'keep' ? undefined : linkedField(entity, field);
    if (changed > 0 && linked) this.count(entity, linked.link, leaveMaster(this.db, commandRid, linked));
    return changed;
  }

  log(
    entity: Entity,
    field: string,
    rid: number,
    before: string | number | null,
    after: string | number | null,
  ): void {
    this.db.run(insertChange, { command: this.rid, entity, field, rid, before, after });
    this.count(entity, field, 1);
  }

  logCreated(entity: 'product' | 'listing', aboveRid: number): number {
    const { changes } = this.db.runComposed(
      `INSERT INTO change (command_rid, entity, field, entity_rid, before, after)
       SELECT :command, '${entity}', '${REMOVED}', rid, :at, NULL FROM main.${entity} WHERE rid > :above ORDER BY rid`,
      { command: this.rid, at: this.atMs, above: aboveRid },
    );
    return this.count(entity, REMOVED, changes);
  }

  attempt(work: () => void): CodedError | null {
    const { row, cells, noted, columns } = this;
    try {
      this.db.savepoint(work);
      return null;
    } catch (error) {
      if (!(error instanceof CodedError) || !this.db.inTransaction) throw error;
      Object.assign(this, { row, cells, noted, columns });
      return error;
    }
  }

  note(changes: number): void {
    this.noted += changes;
  }

  touch(topic: EventTopic, rids?: readonly number[]): void {
    join(this.touched, topic, rids);
  }

  get isEmpty(): boolean {
    return this.cells + this.noted === 0;
  }

  drop(): void {
    if (this.row !== null) this.db.run(dropCommand, { rid: this.row });
  }

  /** Completes the entry; gives the number of rows that the command changed. */
  finish(result: string | null): number {
    const { rid, cells, noted } = this;
    // A row has one cell in a column.
    const rows = (this.columns > 1 ? (this.db.get(countRows, { rid })?.rows ?? 0) : cells) + noted;
    for (const column of this.changed) {
      const [entity = '', field = ''] = column.split(' ');
      this.db.run(addColumn, { entity, field, command: rid });
    }
    this.db.run(finishCommand, { rid, cells: cells + noted, rows, result });
    return rows;
  }

  private count(entity: Entity, field: string, changed: number): number {
    if (changed === 0) return 0;
    this.cells += changed;
    this.columns += 1;
    this.changed.add(`${entity} ${field}`);
    return changed;
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
