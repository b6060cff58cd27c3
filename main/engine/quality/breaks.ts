import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { textOf } from '#shared/domain/quality/facts.ts';
import { holdsAt, type RulePack } from '#shared/domain/quality/rule-pack.ts';
import { judge } from '#shared/domain/quality/score.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { sql } from '../db/statement.ts';
import type { Engine } from '../engine.ts';
import { wireRule } from './overview.ts';
import { KeywordBanks, readJudged } from './read-facts.ts';
import { rulePacks } from './rule-packs.ts';

const nextRows = sql<
  { after: number; platforms: string; accounts: string | null; limit: number },
  { rid: number }
>(
  `SELECT l.rid FROM listing l WHERE l.rid > :after AND l.removed_at_ms IS NULL AND l.account_rid IN (
     SELECT rid FROM account WHERE removed_at_ms IS NULL AND platform IN (SELECT value FROM json_each(:platforms))
       AND (:accounts IS NULL OR id IN (SELECT value FROM json_each(:accounts))))
   ORDER BY l.rid LIMIT :limit`,
);
const SLICE = 50;
const LIMIT = 200;

/**
 * Listings that keep every rule of one day which also holds on the other, and
 * break one that only holds on the other. Only such rules are run, in slices.
 */
export async function qualityBreaks(
  engine: Engine,
  { from, to, accountIds, limit = LIMIT }: ParsedParams<'quality.breaks'>,
  signal: AbortSignal,
): Promise<Result<'quality.breaks'>> {
  const [before, after] = [Date.parse(from), Date.parse(to)];
  const packs = new Map(
    rulePacks()
      .map((pack): [RulePack['platform'], RulePack] => [
        pack.platform,
        { ...pack, rules: pack.rules.filter((rule) => holdsAt(rule, after) && !holdsAt(rule, before)) },
      ])
      .filter(([, { rules }]) => rules.length > 0),
  );
  const { db } = engine;
  const banks = new KeywordBanks(db);
  const counts = new Map<string, number>();
  const listings: Result<'quality.breaks'>['listings'] = [];
  let checked = 0;
  let breaking = 0;
  let last = 0;
  const platforms = JSON.stringify([...packs.keys()]);
  const accounts = accountIds === undefined ? null : JSON.stringify(accountIds);
  while (packs.size > 0) {
    if (signal.aborted) throw new CodedError('CANCELLED', 'The comparison was stopped');
    const rids = db.all(nextRows, { after: last, platforms, accounts, limit: SLICE }).map(({ rid }) => rid);
    const end = rids.at(-1);
    if (end === undefined) break;
    last = end;
    for (const { id, accountId, facts } of readJudged(db, rids, banks)) {
      checked += 1;
      const broken = judge(packs.get(facts.platform)?.rules ?? [], facts, after).filter(({ ok }) => !ok);
      if (broken.length === 0) continue;
      breaking += 1;
      for (const { rule } of broken) counts.set(rule.id, (counts.get(rule.id) ?? 0) + 1);
      if (listings.length >= limit) continue;
      listings.push({
        listingId: id,
        accountId,
        sku: textOf(facts.values.sku) || null,
        title: textOf(facts.values.title),
        rules: broken.map(({ rule }) => rule.id),
        found: broken[0]?.found ?? null,
      });
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  const rules = [...packs.values()].flatMap(({ platform, rules: begun }) =>
    begun.map((rule) => ({ ...wireRule(platform, rule), listings: counts.get(rule.id) ?? 0 })),
  );
  return { checked, breaking, rules, listings };
}
