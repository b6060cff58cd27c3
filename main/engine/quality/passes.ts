import { rulesKey } from '#shared/domain/quality/rule-pack.ts';
import { sql } from '../db/statement.ts';
import type { Engine } from '../engine.ts';
import { KeywordBanks } from './read-facts.ts';
import { rulePacks } from './rule-packs.ts';
import { scoreRows } from './write-scores.ts';

const staleRows = sql<{ limit: number }, { rid: number }>(
  'SELECT rid FROM quality_stale ORDER BY rid LIMIT :limit',
);
const markFresh = sql<{ upTo: number }>('DELETE FROM quality_stale WHERE rid <= :upTo');
const nextRows = sql<{ after: number; limit: number }, { rid: number }>(
  'SELECT rid FROM listing WHERE rid > :after ORDER BY rid LIMIT :limit',
  { hot: true },
);
const sweepOf = sql<Record<string, never>, Sweep>(
  'SELECT rules, after_rid, started_at_ms, finished_at_ms FROM quality_sweep WHERE one = 1',
  { hot: true },
);
const restart = sql<{ rules: string; at: number }>(
  `UPDATE quality_sweep SET rules = :rules, after_rid = 0, started_at_ms = :at, finished_at_ms = NULL WHERE one = 1`,
);
const advance = sql<{ after: number }>('UPDATE quality_sweep SET after_rid = :after WHERE one = 1');
const finish = sql<{ at: number }>('UPDATE quality_sweep SET finished_at_ms = :at WHERE one = 1');

export interface Sweep {
  readonly rules: string;
  readonly after_rid: number;
  readonly started_at_ms: number;
  readonly finished_at_ms: number | null;
}

type Judging = Pick<Engine, 'db' | 'ports' | 'bus'>;

/** Rows of a slice at first; then as many as fit into {@link SLICE_MS}. */
export const SLICE = 16;
const FEWEST = 4;
const MOST = 64;
/** What a slice may take of the engine's time: calls come in between. */
const SLICE_MS = 10;

/** How many rows the next slice takes, from what the last one took. */
export function nextSlice(rows: number, ms: number): number {
  if (ms > SLICE_MS) return Math.max(FEWEST, Math.floor((rows * SLICE_MS) / ms));
  return ms < SLICE_MS / 2 ? Math.min(MOST, rows * 2) : rows;
}

export function sweepState({ db }: Pick<Engine, 'db'>): Sweep {
  return db.get(sweepOf, {}) ?? { rules: '', after_rid: 0, started_at_ms: 0, finished_at_ms: null };
}

/** Whether everything was judged by the rules that hold now. */
export function isCurrent(engine: Judging): boolean {
  const { rules, finished_at_ms } = sweepState(engine);
  return finished_at_ms !== null && rules === rulesKey(rulePacks(), engine.ports.clock.now());
}

export function restartSweep({ db, ports }: Judging): void {
  const now = ports.clock.now();
  db.run(restart, { rules: rulesKey(rulePacks(), now), at: now });
}

/** Judges rows that changed; returns them. */
export function scoreChanged({ db, ports }: Judging, limit = SLICE): number[] {
  const rids = db.all(staleRows, { limit }).map(({ rid }) => rid);
  const upTo = rids.at(-1);
  if (upTo === undefined) return rids;
  // A score that a power cut takes along is found again: its row is noted again with it.
  db.relaxedTransaction(() => {
    scoreRows(db, rids, new KeywordBanks(db), ports.clock.now());
    db.run(markFresh, { upTo });
  });
  return rids;
}

/** The next rows of the pass over all listings; returns how many, 0 at its end. */
export function sweepOn({ db, ports }: Judging, limit = SLICE): number {
  const rids = db.all(nextRows, { after: sweepState({ db }).after_rid, limit }).map(({ rid }) => rid);
  const last = rids.at(-1);
  const now = ports.clock.now();
  if (last === undefined) db.run(finish, { at: now });
  else {
    db.relaxedTransaction(() => {
      // Read anew: the bank may have changed since the pass began.
      scoreRows(db, rids, new KeywordBanks(db), now);
      db.run(advance, { after: last });
    });
  }
  return rids.length;
}
