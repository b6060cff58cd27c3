import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import type { Platform } from '#shared/domain/platforms.ts';
import type { QualityRule } from '#shared/domain/quality/rule-pack.ts';
import { sql } from '../db/statement.ts';
import type { Engine } from '../engine.ts';
import { isCurrent, sweepState } from './passes.ts';
import { rulePacks } from './rule-packs.ts';

const totals = sql<
  Record<string, never>,
  {
    rid: number;
    id: string;
    name: string;
    platform: Platform;
    listings: number;
    score: number;
    complete: number;
    rejected: number;
    improve: number;
  }
>(
  `SELECT a.rid, a.id, a.name, a.platform, t.listings, t.score, t.complete, t.rejected, t.improve
   FROM account a JOIN quality_total t ON t.account_rid = a.rid
   WHERE a.removed_at_ms IS NULL AND t.listings > 0 ORDER BY a.rid`,
  { hot: true },
);
const counts = sql<Record<string, never>, { rule: string; account_rid: number; listings: number }>(
  'SELECT rule, account_rid, listings FROM quality_count WHERE listings > 0',
);
const waiting = sql<Record<string, never>, { count: number }>(
  'SELECT count(*) AS count FROM (SELECT rid FROM quality_stale LIMIT 1000)',
);

/** A rule as it travels. */
export function wireRule(platform: Platform, rule: QualityRule): Result<'quality.breaks'>['rules'][number] {
  const { id, field, area, lane, severity, weight, validFrom, text, source } = rule;
  return { rule: id, platform, field, area, lane, severity, weight, validFrom, text, source, listings: 0 };
}

export function qualityOverview(
  engine: Engine,
  { accountIds }: ParsedParams<'quality.overview'>,
): Result<'quality.overview'> {
  const { db } = engine;
  const accounts = db.all(totals, {}).filter(({ id }) => accountIds?.includes(id) ?? true);
  const rids = new Set(accounts.map(({ rid }) => rid));
  const byRule = new Map<string, number>();
  for (const { rule, account_rid, listings } of db.all(counts, {})) {
    if (rids.has(account_rid)) byRule.set(rule, (byRule.get(rule) ?? 0) + listings);
  }
  const sweep = sweepState(engine);
  return {
    packs: rulePacks().map(({ platform, version }) => ({ platform, version })),
    pass: {
      running: !isCurrent(engine),
      startedAt: sweep.started_at_ms === 0 ? null : sweep.started_at_ms,
      finishedAt: sweep.finished_at_ms,
      waiting: db.get(waiting, {})?.count ?? 0,
    },
    accounts: accounts.map((account) => ({
      accountId: account.id,
      name: account.name,
      platform: account.platform,
      listings: account.listings,
      score: Math.round((10 * account.score) / account.listings) / 10,
      complete: Math.round((10 * account.complete) / account.listings) / 10,
      rejected: account.rejected,
      improve: account.improve,
    })),
    rules: rulePacks().flatMap(({ platform, rules }) =>
      rules.flatMap((rule) => {
        const listings = byRule.get(rule.id) ?? 0;
        return listings > 0 ? [{ ...wireRule(platform, rule), listings }] : [];
      }),
    ),
    starts: startsOf(),
  };
}

function startsOf(): Result<'quality.overview'>['starts'] {
  const byDay = new Map<string, string[]>();
  for (const { id, validFrom } of rulePacks().flatMap(({ rules }) => rules)) {
    if (validFrom !== null) byDay.set(validFrom, [...(byDay.get(validFrom) ?? []), id]);
  }
  return [...byDay].map(([day, rules]) => ({ day, rules })).toSorted((a, b) => b.day.localeCompare(a.day));
}
