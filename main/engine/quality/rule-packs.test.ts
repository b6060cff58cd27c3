import { describe, expect, test } from 'vitest';
import { fieldAccess } from '#shared/domain/channel-fields.ts';
import { listingField } from '#shared/domain/listing-fields.ts';
import { validateValue } from '#shared/domain/listing-rules.ts';
import { caseFacts, caseValue } from '#shared/domain/quality/rule-case.ts';
import { runCheck } from '#shared/domain/quality/run-check.ts';
import { judge } from '#shared/domain/quality/score.ts';
import { rulePackSchema } from '#shared/domain/quality/rule-pack.ts';
import { rulePacks } from './rule-packs.ts';

const NOW = Date.UTC(2026, 10, 24);
const all = rulePacks().flatMap((pack) => pack.rules.map((rule) => ({ pack, rule, name: rule.id })));

describe('rule packs', () => {
  test('there is one of every channel, and a broken one is refused', () => {
    expect(rulePacks().map(({ platform }) => platform)).toEqual(['amazon', 'etsy', 'shopify', 'woocommerce']);
    const [pack] = rulePacks();
    expect(
      rulePackSchema.safeParse({ ...pack, rules: [...(pack?.rules ?? []), pack?.rules[0]] }).success,
    ).toBe(false);
    const [rule] = pack?.rules ?? [];
    const wrong = { ...rule, check: { kind: 'forbidden', pattern: '(' } };
    expect(rulePackSchema.safeParse({ ...pack, rules: [wrong] }).success).toBe(false);
  });

  test.each(all)('$name: its cases hold, on both sides', ({ pack, rule }) => {
    expect(fieldAccess(pack.platform, rule.field)).not.toBe('none');
    for (const tested of rule.cases) {
      const [result] = judge([rule], caseFacts(pack.platform, rule, tested), NOW);
      expect({ case: tested, passes: result?.ok ?? null }).toEqual({ case: tested, passes: tested.passes });
    }
    expect(rule.cases.some(({ passes }) => passes === true)).toBe(true);
    expect(rule.cases.some(({ passes }) => passes === false)).toBe(true);
  });

  test.each(all)('$name: says nothing against the gate of the cell', ({ pack, rule }) => {
    const severity = rule.lane === 'rejected' ? 'error' : 'warning';
    const against = rule.cases.filter((tested) => {
      const facts = caseFacts(pack.platform, rule, tested);
      const value = caseValue(tested.value);
      const finding = validateValue(pack.platform, rule.field, value, facts.currency, NOW);
      const same = finding?.code === rule.gate && finding?.severity === severity;
      if (rule.gate !== undefined && tested.passes !== null) return same === tested.passes;
      // Where the gate refuses a value, the pack as a whole may not let it through.
      return (
        finding?.severity === 'error' &&
        tested.passes === true &&
        judge(pack.rules, facts, NOW).every(({ ok, rule: { lane } }) => ok || lane === 'improve')
      );
    });
    expect(against).toEqual([]);
  });

  test('a rule of a day holds from that day on', () => {
    for (const { pack, rule } of all.filter(({ rule: { validFrom } }) => validFrom !== null)) {
      const day = Date.parse(rule.validFrom ?? '');
      const failing = rule.cases.find(({ passes }) => passes === false);
      if (!failing) throw new Error(`${rule.id} has no failing case`);
      const facts = caseFacts(pack.platform, rule, failing);
      expect(judge([rule], facts, day - 1)).toEqual([]);
      expect(judge([rule], facts, day)[0]?.ok).toBe(false);
      expect(runCheck(rule.check, rule.field, facts)?.ok).toBe(false);
    }
  });

  test('completeness names fields that the channel has', () => {
    for (const { platform, complete } of rulePacks()) {
      for (const name of [...complete.required, ...complete.recommended]) {
        expect(listingField(name)).toBeDefined();
        expect(fieldAccess(platform, name)).not.toBe('none');
      }
    }
  });
});
