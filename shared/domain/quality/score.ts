import { fieldAccess } from '../channel-fields.ts';
import type { ListingFieldName } from '../listing-fields.ts';
import { isFilled, textOf, type ListingFacts } from './facts.ts';
import { QUALITY_AREAS, holdsAt, type QualityArea, type QualityRule, type RulePack } from './rule-pack.ts';
import { runCheck, type CheckResult } from './run-check.ts';

export interface RuleResult extends CheckResult {
  readonly rule: QualityRule;
}

export interface Completeness {
  /** 0 to 100; a required field counts twice. */
  readonly percent: number;
  readonly missingRequired: readonly ListingFieldName[];
  readonly missingRecommended: readonly ListingFieldName[];
}

export interface ListingQuality {
  /** 100 * sum(w * s) / sum(w) over all rules that apply; 100 where none does. */
  readonly score: number;
  /** The same within each area that has a rule. */
  readonly areas: Readonly<Partial<Record<QualityArea, number>>>;
  readonly results: readonly RuleResult[];
  /** Rules broken, by lane. */
  readonly rejected: number;
  readonly improve: number;
  readonly completeness: Completeness;
}

/** The results of every rule that applies to a listing at a moment (epoch ms). */
export function judge(rules: readonly QualityRule[], facts: ListingFacts, atMs: number): RuleResult[] {
  const results: RuleResult[] = [];
  for (const rule of rules) {
    if (!holdsAt(rule, atMs) || !concerns(rule, facts)) continue;
    const result = runCheck(rule.check, rule.field, facts);
    if (result !== null) results.push({ ...result, rule });
  }
  return results;
}

export function scoreListing(pack: RulePack, facts: ListingFacts, atMs: number): ListingQuality {
  const results = judge(pack.rules, facts, atMs);
  const areas: Partial<Record<QualityArea, number>> = {};
  for (const area of QUALITY_AREAS) {
    const within = results.filter(({ rule }) => rule.area === area);
    if (within.length > 0) areas[area] = weighted(within);
  }
  const broken = results.filter(({ ok }) => !ok);
  return {
    score: weighted(results),
    areas,
    results,
    rejected: broken.filter(({ rule }) => rule.lane === 'rejected').length,
    improve: broken.filter(({ rule }) => rule.lane === 'improve').length,
    completeness: completenessOf(pack, facts),
  };
}

export function completenessOf({ complete, platform }: RulePack, { values }: ListingFacts): Completeness {
  const known = (names: readonly ListingFieldName[]): ListingFieldName[] =>
    names.filter((name) => fieldAccess(platform, name) !== 'none');
  const missing = (names: readonly ListingFieldName[]): ListingFieldName[] =>
    names.filter((name) => !isFilled(values[name]));
  const required = known(complete.required);
  const recommended = known(complete.recommended);
  const missingRequired = missing(required);
  const missingRecommended = missing(recommended);
  const all = 2 * required.length + recommended.length;
  const gone = 2 * missingRequired.length + missingRecommended.length;
  return {
    percent: all === 0 ? 100 : rounded(100 * (1 - gone / all)),
    missingRequired,
    missingRecommended,
  };
}

function concerns({ field, marketplaces, productTypes }: QualityRule, facts: ListingFacts): boolean {
  if (fieldAccess(facts.platform, field) === 'none') return false;
  return (
    inScope(marketplaces, facts.marketplace) &&
    inScope(productTypes, textOf(facts.values.productType) || null)
  );
}

/** What is not known does not free from a rule. */
function inScope(scope: QualityRule['marketplaces'], name: string | null): boolean {
  if (!scope || name === null) return true;
  return !(scope.except ?? []).includes(name) && (scope.only?.includes(name) ?? true);
}

function weighted(results: readonly RuleResult[]): number {
  let sum = 0;
  let weights = 0;
  for (const { rule, score } of results) {
    sum += rule.weight * score;
    weights += rule.weight;
  }
  return weights === 0 ? 100 : rounded((100 * sum) / weights);
}

const rounded = (value: number): number => Math.round(value * 10) / 10;
