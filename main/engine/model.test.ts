import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { v7 } from 'uuid';
import type { StoredValue } from '#shared/domain/listing-fields.ts';
import { pasteIntoView } from './catalog/bulk.ts';
import { editListings } from './catalog/edit.ts';
import { verifyWorkspace } from './jobs/maintenance.ts';
import { COMMAND_CRASH_POINTS, type CommandCrashPoint } from './journal/journal.ts';
import { redo, undo } from './journal/undo.ts';
import { CRASH_POINTS } from './sync/crash-points.ts';
import { addAccount } from './sync/manage-accounts.ts';
import { publish } from './sync/publish.ts';
import { pull } from './sync/pull.ts';
import { FakeShop, type FakeFault } from './testing/fake-shop.ts';
import { testEngine, type TestEngine } from './testing/test-engine.ts';

/**
 * The engine against a model of a few lines: what a person must see after any
 * order of edits, pastes, undos, pulls, pushes, faults, crashes and restarts.
 */

const ROWS = 4;
/** Only we change these; the shop changes `weight`. */
type Field = 'price' | 'title';
type Cell = `${number}.${Field}`;
type Change = ReadonlyMap<Cell, { before: StoredValue; after: StoredValue }>;

class Model {
  readonly cells = new Map<Cell, StoredValue>();
  readonly done: Change[] = [];
  readonly undone: Change[] = [];

  /** One command over some cells; nothing happened when all of them had their value. */
  edit(values: ReadonlyMap<Cell, StoredValue>): void {
    const change = new Map<Cell, { before: StoredValue; after: StoredValue }>();
    for (const [cell, after] of values) {
      const before = this.cells.get(cell) ?? null;
      if (before !== after) change.set(cell, { before, after });
    }
    if (change.size === 0) return;
    this.write(change, 'after');
    this.done.push(change);
    this.undone.length = 0;
  }

  undo(): void {
    const change = this.done.pop();
    if (!change) return;
    this.write(change, 'before');
    this.undone.push(change);
  }

  redo(): void {
    const change = this.undone.pop();
    if (!change) return;
    this.write(change, 'after');
    this.done.push(change);
  }

  private write(change: Change, side: 'before' | 'after'): void {
    for (const [cell, sides] of change) this.cells.set(cell, sides[side]);
  }
}

class Real {
  test!: TestEngine;
  readonly shop = new FakeShop();
  crashAt: string | null = null;
  readonly call = { actor: 'test' };
  readonly signal = new AbortController().signal;

  async start(model: Model): Promise<void> {
    for (let row = 0; row < ROWS; row += 1) {
      this.shop.add(String(row), {
        title: `P${row}`,
        sku: `S${row}`,
        price: 1_000,
        weight: '1',
        status: 'publish',
      });
      model.cells.set(`${row}.price`, 1_000).set(`${row}.title`, `P${row}`);
    }
    this.test = await testEngine({
      connectors: [this.shop],
      atPoint: (point) => {
        if (point !== this.crashAt) return;
        this.crashAt = null;
        throw new Error('CRASH');
      },
    });
    const shop = {
      platform: 'woocommerce',
      name: 'Shop',
      baseUrl: 'https://shop.example',
      credentials: {},
    } as const;
    await addAccount(this.test.engine, shop, this.call);
    await pull(this.test.engine, {}, this.signal);
  }

  get db() {
    return this.test.engine.db;
  }

  listing(row: number): { rid: number; id: string } {
    const [found] = this.db.allComposed<{ rid: number; id: string }>(
      'SELECT l.rid, l.id FROM listing l JOIN product p ON p.rid = l.product_rid WHERE p.external_id = :row',
      { row: String(row) },
    );
    if (!found) throw new Error(`row ${row} is gone`);
    return found;
  }

  /** Runs a command; with a crash point the process "dies" there and a new one opens the workspace. */
  async command(work: () => unknown, crash: CommandCrashPoint | null): Promise<boolean> {
    this.crashAt = crash;
    try {
      work();
      return true;
    } catch (error) {
      if (!(error instanceof Error) || error.message !== 'CRASH') throw error;
      this.test = await this.test.restart();
      return crash === 'command.committed' || crash === 'command.told';
    } finally {
      this.crashAt = null;
    }
  }

  async sync(work: () => Promise<unknown>, crash: string | null): Promise<void> {
    this.crashAt = crash;
    try {
      await work();
    } catch {
      // A fault of the shop or a crash: what is true afterwards is checked, not how it ended.
    }
    this.crashAt = null;
    if (crash) this.test = await this.test.restart();
  }
}

type Step = fc.AsyncCommand<Model, Real>;

class Edit implements Step {
  readonly cells: ReadonlyMap<Cell, StoredValue>;
  readonly crash: CommandCrashPoint | null;
  constructor(cells: ReadonlyMap<Cell, StoredValue>, crash: CommandCrashPoint | null) {
    this.cells = cells;
    this.crash = crash;
  }
  check = (): boolean => true;
  async run(model: Model, real: Real): Promise<void> {
    const changes = [...this.cells].map(([cell, value]) => {
      const [row = '0', field = ''] = cell.split('.');
      return { listingId: real.listing(Number(row)).id, field, value: wire(field, value) };
    });
    const happened = await real.command(
      () => editListings(real.test.engine.journal, { changes }, { ...real.call, requestId: v7() }),
      this.crash,
    );
    if (happened) model.edit(this.cells);
    agree(model, real);
  }
  toString = (): string => `edit(${[...this.cells].join(' ')}${this.crash ? ` dies at ${this.crash}` : ''})`;
}

class Paste implements Step {
  readonly from: number;
  readonly texts: readonly string[];
  constructor(from: number, texts: readonly string[]) {
    this.from = from;
    this.texts = texts;
  }
  check = (): boolean => true;
  async run(model: Model, real: Real): Promise<void> {
    const { views } = real.test.engine;
    const view = views.open(undefined, undefined, undefined, 0);
    const texts = this.texts.slice(0, ROWS - this.from);
    pasteIntoView(
      real.test.engine,
      { viewId: view.id, fromRow: this.from, fields: ['title'], block: texts.map((text) => [text]) },
      real.call,
    );
    views.close(view.id);
    model.edit(new Map(texts.map((text, index): [Cell, string] => [`${this.from + index}.title`, text])));
    agree(model, real);
  }
  toString = (): string => `paste(${this.from}: ${this.texts.join(', ')})`;
}

class Take implements Step {
  readonly way: 'undo' | 'redo';
  constructor(way: 'undo' | 'redo') {
    this.way = way;
  }
  check = (model: Readonly<Model>): boolean => (this.way === 'undo' ? model.done : model.undone).length > 0;
  async run(model: Model, real: Real): Promise<void> {
    takeBack(model, real, this.way);
    agree(model, real);
  }
  toString = (): string => this.way;
}

class Pull implements Step {
  readonly crash: string | null;
  constructor(crash: string | null) {
    this.crash = crash;
  }
  check = (): boolean => true;
  async run(model: Model, real: Real): Promise<void> {
    await real.sync(() => pull(real.test.engine, {}, real.signal), this.crash);
    agree(model, real, this.crash === null);
  }
  toString = (): string => `pull(${this.crash ?? ''})`;
}

class ShopEdit implements Step {
  readonly row: number;
  readonly weight: string;
  constructor(row: number, weight: string) {
    this.row = row;
    this.weight = weight;
  }
  check = (): boolean => true;
  async run(_model: Model, real: Real): Promise<void> {
    real.shop.edit(String(this.row), { weight: this.weight });
    await Promise.resolve();
  }
  toString = (): string => `shop(${this.row}: ${this.weight})`;
}

class Push implements Step {
  readonly crash: string | null;
  readonly fault: FakeFault | null;
  constructor(crash: string | null, fault: FakeFault | null) {
    this.crash = crash;
    this.fault = fault;
  }
  check = (): boolean => true;
  async run(model: Model, real: Real): Promise<void> {
    if (this.fault) real.shop.pushFaults.push(this.fault);
    await real.sync(() => publish(real.test.engine, {}, real.signal), this.crash);
    real.shop.pushFaults.length = 0;
    agree(model, real);
  }
  toString = (): string => `push(${[this.crash, this.fault].filter(Boolean).join(' ')})`;
}

class Restart implements Step {
  check = (): boolean => true;
  async run(model: Model, real: Real): Promise<void> {
    real.test = await real.test.restart();
    agree(model, real);
  }
  toString = (): string => 'restart';
}

function takeBack(model: Model, real: Real, way: 'undo' | 'redo'): void {
  const { journal, undoHooks } = real.test.engine;
  const outcome = (way === 'undo' ? undo : redo)(journal, undoHooks, real.call);
  // Nobody else writes these cells, so nothing can have changed since.
  expect(outcome.changedSinceTotal).toBe(0);
  model[way]();
}

const wire = (field: string, value: StoredValue): string =>
  field === 'price' ? (Number(value) / 100).toFixed(2) : String(value);

interface StoredRow {
  row: string;
  price: StoredValue;
  title: StoredValue;
  weight: StoredValue;
}

/** What holds after every step, whatever happened before; right after a read the shop's own field is here too. */
function agree(model: Model, real: Real, read = false): void {
  const rows = real.db.allComposed<StoredRow>(
    `SELECT p.external_id AS row, l.price_minor AS price, p.title, l.weight FROM listing l JOIN product p ON p.rid = l.product_rid ORDER BY l.rid`,
  );
  expect(rows).toHaveLength(ROWS);
  for (const { row, price, title, weight } of rows) {
    expect(price, `price of ${row}`).toBe(model.cells.get(`${Number(row)}.price`));
    expect(title, `title of ${row}`).toBe(model.cells.get(`${Number(row)}.title`));
    if (read) expect(weight, `weight of ${row}`).toBe(real.shop.value(row, 'weight'));
  }
  replays(real);
  nothingLost(model, real);
  expect(verifyWorkspace(real.test.engine)).toMatchObject({ ok: true });
}

/** Every cell's changes form one chain that ends in the value it has now. */
function replays(real: Real): void {
  const changes = real.db.allComposed<{ cell: string; before: StoredValue; after: StoredValue }>(
    "SELECT entity || '.' || entity_rid || '.' || field AS cell, before, after FROM change WHERE field IN ('price', 'title') ORDER BY command_rid",
  );
  const last = new Map<string, StoredValue>();
  for (const { cell, before, after } of changes) {
    if (last.has(cell)) expect(before, `chain of ${cell}`).toBe(last.get(cell));
    last.set(cell, after);
  }
  for (const [cell, value] of last) {
    const [entity = '', rid = '', field = ''] = cell.split('.');
    const column = field === 'price' ? 'price_minor' : 'title';
    const [now] = real.db.pluck<string | number>(
      `SELECT ${column} FROM ${entity} WHERE rid = ${Number(rid)}`,
    );
    expect(now, `end of ${cell}`).toBe(value);
  }
}

/** A cell that differs from the shop has an op that will bring it there, one that waits at most, and none that does nothing. */
function nothingLost(model: Model, real: Real): void {
  const ops = real.db.allComposed<{ cell: string; n: number; waiting: number }>(
    `SELECT p.external_id || '.' || o.field AS cell, count(*) AS n, sum(o.state IN ('pending', 'retry_wait', 'rejected', 'conflict')) AS waiting
     FROM outbox o LEFT JOIN listing l ON o.entity = 'listing' AND l.rid = o.entity_rid
     JOIN product p ON p.rid = coalesce(l.product_rid, o.entity_rid)
     WHERE o.state NOT IN ('verified', 'superseded', 'cancelled') GROUP BY 1`,
  );
  const idle = real.db.allComposed<{ rid: number }>(
    `SELECT o.rid FROM outbox o LEFT JOIN listing l ON o.entity = 'listing' AND l.rid = o.entity_rid
     LEFT JOIN product p ON o.entity = 'product' AND p.rid = o.entity_rid
     WHERE o.state IN ('pending', 'retry_wait') AND o.base IS CASE o.field WHEN 'price' THEN l.price_minor ELSE p.title END
       AND NOT EXISTS (SELECT 1 FROM outbox f WHERE f.entity = o.entity AND f.entity_rid = o.entity_rid AND f.field = o.field
         AND f.state IN ('leased', 'sent', 'accepted', 'needs_verify'))`,
  );
  expect(idle, 'ops that would change nothing').toEqual([]);
  const open = new Map(ops.map(({ cell, waiting }) => [cell, waiting]));
  for (const waiting of open.values()) expect(waiting).toBeLessThanOrEqual(1);
  for (const [cell, value] of model.cells) {
    const [row = '', field = ''] = cell.split('.');
    if (real.shop.value(row, field as Field) !== value) expect(open.has(cell), `op of ${cell}`).toBe(true);
  }
}

/** A value went to the shop once, however often its answer was lost. */
function nothingTwice(real: Real): void {
  const last = new Map<string, StoredValue>();
  for (const { id, field, value } of real.shop.applied) {
    const cell = `${id}.${field}`;
    expect(last.get(cell), `${cell} was sent twice`).not.toBe(value);
    last.set(cell, value);
  }
}

const row = fc.integer({ min: 0, max: ROWS - 1 });
const value = fc.record({ row, price: fc.integer({ min: 900, max: 905 }) });
const commandCrash = fc.option(fc.constantFrom(...COMMAND_CRASH_POINTS), { freq: 4 });
const crash = (area: string) =>
  fc.option(fc.constantFrom(...CRASH_POINTS.filter((point) => point.startsWith(area))), { freq: 3 });
const faults = fc.option(fc.constantFrom<FakeFault>('rate', 'drop-before', 'drop-after', 'partial'), {
  freq: 3,
});

const steps = fc.commands(
  [
    fc
      .tuple(fc.array(value, { minLength: 1, maxLength: 3 }), commandCrash)
      .map(
        ([cells, at]) =>
          new Edit(new Map(cells.map((cell): [Cell, number] => [`${cell.row}.price`, cell.price])), at),
      ),
    fc
      .tuple(row, fc.array(fc.constantFrom('A', 'B', 'C'), { minLength: 1, maxLength: 4 }))
      .map(([from, texts]) => new Paste(from, texts)),
    fc.constantFrom('undo' as const, 'redo' as const).map((way) => new Take(way)),
    fc.tuple(row, fc.constantFrom('1', '2', '3')).map(([at, weight]) => new ShopEdit(at, weight)),
    crash('pull.').map((at) => new Pull(at)),
    fc.tuple(crash('publish.'), faults).map(([at, fault]) => new Push(at, fault)),
    fc.constant(new Restart()),
  ],
  { maxCommands: 40 },
);

describe('the engine as a whole', () => {
  it(
    'agrees with the model after every step, and in the end the shop has everything once',
    { timeout: 120_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(steps, async (commands) => {
          const model = new Model();
          const real = new Real();
          await real.start(model);
          try {
            await fc.asyncModelRun(() => ({ model, real }), commands);
            for (let round = 0; round < 4; round += 1) await publish(real.test.engine, {}, real.signal);
            for (const [cell, expected] of model.cells) {
              const [at = '', field = ''] = cell.split('.');
              expect(real.shop.value(at, field as Field), `${cell} at the shop`).toBe(expected);
            }
            nothingTwice(real);
          } finally {
            real.test.close();
          }
        }),
        { numRuns: 150 },
      );
    },
  );
});
