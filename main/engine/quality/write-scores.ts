import { imagesOf, textOf } from '#shared/domain/quality/facts.ts';
import { scoreListing } from '#shared/domain/quality/score.ts';
import { titleKey } from '#shared/domain/quality/text-measures.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import { readJudged, type KeywordBanks } from './read-facts.ts';

const put = sql<{
  rid: number;
  account: number;
  score: number;
  complete: number;
  rejected: number;
  improve: number;
  title: string | null;
  image: string | null;
  pack: string;
  at: number;
}>(
  `INSERT INTO quality_score (listing_rid, account_rid, score, complete, rejected, improve, title_key, image_key, pack, as_of_ms)
   VALUES (:rid, :account, :score, :complete, :rejected, :improve, :title, :image, :pack, :at)
   ON CONFLICT (listing_rid) DO UPDATE SET score = excluded.score, complete = excluded.complete, rejected = excluded.rejected,
     improve = excluded.improve, title_key = excluded.title_key, image_key = excluded.image_key, pack = excluded.pack,
     as_of_ms = excluded.as_of_ms`,
  { hot: true },
);
const drop = sql<{ rid: number }>('DELETE FROM quality_score WHERE listing_rid = :rid', { hot: true });
const findingsOf = sql<{ rid: number }, { rule: string }>(
  'SELECT rule FROM quality_finding WHERE listing_rid = :rid',
  { hot: true },
);
const addFinding = sql<{ rule: string; rid: number; account: number }>(
  'INSERT OR IGNORE INTO quality_finding (rule, listing_rid, account_rid) VALUES (:rule, :rid, :account)',
  { hot: true },
);
const dropFinding = sql<{ rule: string; rid: number }>(
  'DELETE FROM quality_finding WHERE rule = :rule AND listing_rid = :rid',
  { hot: true },
);

/** Judges rows as of a moment and writes what came out; call it in a transaction. */
export function scoreRows(db: Database, rids: readonly number[], banks: KeywordBanks, atMs: number): void {
  const gone = new Set(rids);
  for (const { rid, accountRid, pack, facts } of readJudged(db, rids, banks)) {
    gone.delete(rid);
    const quality = scoreListing(pack, facts, atMs);
    const [image] = imagesOf(facts.values.images);
    const key = titleKey(textOf(facts.values.title));
    db.run(put, {
      rid,
      account: accountRid,
      score: quality.score,
      complete: quality.completeness.percent,
      rejected: quality.rejected,
      improve: quality.improve,
      title: key === '' ? null : key,
      image: image?.src || null,
      pack: pack.version,
      at: atMs,
    });
    writeFindings(
      db,
      rid,
      accountRid,
      quality.results.flatMap(({ ok, rule }) => (ok ? [] : [rule.id])),
    );
  }
  for (const rid of gone) {
    db.run(drop, { rid });
    writeFindings(db, rid, 0, []);
  }
}

/** Only what changed is written: most listings break the same rules as before. */
function writeFindings(db: Database, rid: number, account: number, rules: readonly string[]): void {
  const before = new Set(db.all(findingsOf, { rid }).map(({ rule }) => rule));
  for (const rule of rules) {
    if (!before.delete(rule)) db.run(addFinding, { rule, rid, account });
  }
  for (const rule of before) db.run(dropFinding, { rule, rid });
}
