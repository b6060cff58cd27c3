import {
  OUTCOME_FIELDS,
  type OrderRule,
  type RuleClause,
  type RuleOutcome,
  type RuleTrace,
} from '#shared/contract/order-rules.ts';

/** What rules may read of an order: what stood before the run, never what another rule did. */
export interface OrderFacts {
  readonly platform: string;
  readonly account: string;
  readonly country: string;
  readonly method: string;
  readonly currency: string;
  readonly total: number;
  readonly lines: number;
  readonly units: number;
  /** Grams; null when the weight of an article is not known. */
  readonly weight: number | null;
  readonly skus: readonly string[];
  readonly tags: readonly string[];
}

export interface Evaluation {
  /** What the run sets; the topmost rule that matches decides a field, tags of all are joined. */
  readonly outcome: RuleOutcome;
  readonly rules: RuleTrace['rules'];
}

/** One pass over the rules from the top. Each sees the same facts, so there is nothing to loop over. */
export function evaluateRules(rules: readonly OrderRule[], facts: OrderFacts): Evaluation {
  let outcome: RuleOutcome = {};
  const traced = rules
    .filter(({ enabled }) => enabled)
    .map((rule) => {
      const clauses = rule.when.map((clause) => evaluateClause(clause, facts));
      const matched = clauses.every((clause) => clause.matched);
      const given = matched ? OUTCOME_FIELDS.filter((field) => rule.outcome[field] !== undefined) : [];
      const set = given.filter((field) => field === 'tags' || outcome[field] === undefined);
      for (const field of set) {
        outcome =
          field === 'tags'
            ? { ...outcome, tags: [...new Set([...(outcome.tags ?? []), ...(rule.outcome.tags ?? [])])] }
            : { ...outcome, [field]: rule.outcome[field] };
      }
      const overruled = given.filter((field) => !set.includes(field));
      return { ruleId: rule.ruleId, name: rule.name, matched, clauses, set, overruled };
    });
  return { outcome, rules: traced };
}

function evaluateClause(
  clause: RuleClause,
  facts: OrderFacts,
): RuleTrace['rules'][number]['clauses'][number] {
  if ('any' in clause) {
    const found = textsOf(clause.fact, facts);
    const matched = clause.any.some((wanted) => found.some((text) => fits(clause.fact, wanted, text)));
    return { fact: clause.fact, wanted: clause.any.join(', '), found: found.join(', '), matched };
  }
  const { fact, min, max, currency } = clause;
  const found = facts[fact];
  const matched =
    found !== null &&
    (min === undefined || found >= min) &&
    (max === undefined || found <= max) &&
    (fact !== 'total' || currency === facts.currency);
  const unit = fact === 'total' ? ` ${currency ?? ''}` : '';
  return {
    fact,
    wanted: `${min ?? ''}–${max ?? ''}${unit}`,
    found: found === null ? '' : `${found}${fact === 'total' ? ` ${facts.currency}` : ''}`,
    matched,
  };
}

type TextFact = Extract<RuleClause, { any: unknown }>['fact'];

function textsOf(fact: TextFact, facts: OrderFacts): readonly string[] {
  if (fact === 'sku') return facts.skus;
  if (fact === 'tag') return facts.tags;
  return facts[fact] === '' ? [] : [facts[fact]];
}

function fits(fact: TextFact, wanted: string, text: string): boolean {
  const [pattern, found] = [wanted.toLowerCase(), text.toLowerCase()];
  if (fact === 'method') return found.includes(pattern);
  return fact === 'sku' ? wildcard(pattern, found) : pattern === found;
}

/** `*` stands for any characters. Walks from part to part, so that no pattern takes long. */
function wildcard(pattern: string, text: string): boolean {
  const [head = '', ...parts] = pattern.split('*');
  if (parts.length === 0) return pattern === text;
  const tail = parts.pop() ?? '';
  if (!text.startsWith(head) || !text.endsWith(tail) || text.length < head.length + tail.length) return false;
  let at = head.length;
  const end = text.length - tail.length;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
