import type { Params } from '#shared/contract/methods.ts';
import type { OrderRule, RuleClause } from '#shared/contract/order-rules.ts';
import type { HoldReason } from '#shared/domain/order-marks.ts';

export const WORD_FACTS = ['country', 'platform', 'account', 'sku', 'tag', 'method'] as const;
export const NUMBER_FACTS = ['weight', 'lines', 'units', 'total'] as const;
export type Fact = RuleClause['fact'];

/** A clause as it stands in the form; what does not belong to its fact is left alone. */
export interface ClauseDraft {
  readonly fact: Fact;
  readonly any: readonly string[];
  readonly min: string;
  readonly max: string;
  readonly currency: string;
}

export interface RuleDraft {
  readonly ruleId: string | null;
  readonly name: string;
  readonly enabled: boolean;
  readonly when: readonly ClauseDraft[];
  readonly carrier: string;
  readonly service: string;
  readonly tags: readonly string[];
  readonly priority: string;
  readonly hold: HoldReason | '';
  readonly locationId: string;
}

export const NEW_CLAUSE: ClauseDraft = { fact: 'country', any: [], min: '', max: '', currency: 'EUR' };
export const NEW_DRAFT: RuleDraft = {
  ruleId: null,
  name: '',
  enabled: true,
  when: [NEW_CLAUSE],
  carrier: '',
  service: '',
  tags: [],
  priority: '',
  hold: '',
  locationId: '',
};

export const readsWords = (fact: Fact): boolean => (WORD_FACTS as readonly string[]).includes(fact);

export function draftOf({ ruleId, name, enabled, when, outcome }: OrderRule): RuleDraft {
  return {
    ruleId,
    name,
    enabled,
    when: when.map((clause) =>
      'any' in clause
        ? { ...NEW_CLAUSE, fact: clause.fact, any: clause.any }
        : {
            ...NEW_CLAUSE,
            fact: clause.fact,
            min: String(clause.min ?? ''),
            max: String(clause.max ?? ''),
            currency: clause.currency ?? NEW_CLAUSE.currency,
          },
    ),
    carrier: outcome.carrier ?? '',
    service: outcome.service ?? '',
    tags: outcome.tags ?? [],
    priority: String(outcome.priority ?? ''),
    hold: outcome.hold ?? '',
    locationId: outcome.locationId ?? '',
  };
}

/** What the engine takes; null while something is missing. */
export function ruleOf(draft: RuleDraft): Params<'orderRules.save'> | null {
  const when = draft.when.map(clauseOf);
  const outcome = {
    ...(draft.carrier.trim() === '' ? {} : { carrier: draft.carrier.trim() }),
    ...(draft.service.trim() === '' ? {} : { service: draft.service.trim() }),
    ...(draft.tags.length === 0 ? {} : { tags: [...draft.tags] }),
    ...(draft.priority === '' ? {} : { priority: Number(draft.priority) }),
    ...(draft.hold === '' ? {} : { hold: draft.hold }),
    ...(draft.locationId === '' ? {} : { locationId: draft.locationId }),
  };
  const clauses = when.flatMap((clause) => clause ?? []);
  if (draft.name.trim() === '' || clauses.length < when.length || Object.keys(outcome).length === 0)
    return null;
  return {
    ...(draft.ruleId === null ? {} : { ruleId: draft.ruleId }),
    name: draft.name.trim(),
    enabled: draft.enabled,
    when: clauses,
    outcome,
  };
}

function clauseOf({ fact, any, min, max, currency }: ClauseDraft): RuleClause | null {
  if (fact === 'weight' || fact === 'lines' || fact === 'units' || fact === 'total') {
    if (![min, max].every((text) => /^\d*$/.test(text)) || min + max === '') return null;
    return {
      fact,
      ...(min === '' ? {} : { min: Number(min) }),
      ...(max === '' ? {} : { max: Number(max) }),
      ...(fact === 'total' ? { currency } : {}),
    };
  }
  return any.length === 0 ? null : { fact, any: [...any] };
}
