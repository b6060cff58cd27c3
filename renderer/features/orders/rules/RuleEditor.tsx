import { Button, Select, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Params, Result } from '#shared/contract/methods.ts';
import { HOLD_REASONS, PRIORITIES, type HoldReason } from '#shared/domain/order-marks.ts';
import { useEngine, useEngineCommand, useEngineQuery } from '../../../lib/engine.tsx';
import { useText } from '../../../lib/text.ts';
import { notifyError } from '../../../ui/notify.tsx';
import styles from '../detail/OrderDesk.module.css';
import {
  NEW_CLAUSE,
  NUMBER_FACTS,
  readsWords,
  ruleOf,
  WORD_FACTS,
  type ClauseDraft,
  type RuleDraft,
} from './rule-draft.ts';

export interface RuleEditorProps {
  readonly draft: RuleDraft;
  readonly onChange: (draft: RuleDraft) => void;
  readonly onClose: () => void;
}

/** One rule: when, then, and what it would do to the open orders before it is saved. */
export function RuleEditor({ draft, onChange, onClose }: RuleEditorProps) {
  const t = useText();
  const engine = useEngine();
  const save = useEngineCommand('orderRules.save');
  const [dry, setDry] = useState<Result<'orderRules.dryRun'> | null>(null);
  const rule = ruleOf(draft);
  const put = (change: Partial<RuleDraft>): void => {
    setDry(null);
    onChange({ ...draft, ...change });
  };
  const change = (at: number, clause: ClauseDraft | null): void =>
    put({ when: draft.when.flatMap((old, index) => (index === at ? (clause ?? []) : old)) });
  const rehearse = (wanted: Params<'orderRules.save'>): void => {
    engine.call('orderRules.dryRun', { draft: wanted }).then(setDry, notifyError);
  };
  return (
    <div className={styles['rows']}>
      <TextInput
        label={t('orders.rules.name')}
        value={draft.name}
        maxLength={120}
        data-autofocus
        onChange={(event) => put({ name: event.currentTarget.value })}
      />
      <h3>{t('orders.rules.when')}</h3>
      {draft.when.map((clause, index) => (
        // Clauses have no name of their own; they are only added at the end and removed.
        // oxlint-disable-next-line react/no-array-index-key
        <Clause key={index} clause={clause} onChange={(next) => change(index, next)} />
      ))}
      <div className={styles['row']}>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => put({ when: [...draft.when, NEW_CLAUSE] })}
        >
          {t('orders.rules.addClause')}
        </Button>
        {draft.when.length === 0 && <span className="qs-muted">{t('orders.trace.always')}</span>}
      </div>
      <h3>{t('orders.rules.then')}</h3>
      <Outcome draft={draft} put={put} />
      <div className={styles['row']}>
        <Button
          disabled={rule === null}
          loading={save.isPending}
          onClick={() => rule && save.mutate(rule, { onSuccess: onClose, onError: notifyError })}
        >
          {t('orders.rules.save')}
        </Button>
        <Button variant="default" disabled={rule === null} onClick={() => rule && rehearse(rule)}>
          {t('orders.rules.dryRun')}
        </Button>
        <Button variant="subtle" onClick={onClose}>
          {t('orders.rules.cancel')}
        </Button>
      </div>
      {dry && <DryRun dry={dry} ruleId={draft.ruleId} />}
    </div>
  );
}

function Clause({
  clause,
  onChange,
}: {
  readonly clause: ClauseDraft;
  readonly onChange: (clause: ClauseDraft | null) => void;
}) {
  const t = useText();
  const { fact } = clause;
  const bound = (key: 'min' | 'max') => (
    <TextInput
      label={t(`orders.rules.${key}`)}
      inputMode="numeric"
      value={clause[key]}
      onChange={(event) => onChange({ ...clause, [key]: event.currentTarget.value.trim() })}
    />
  );
  return (
    <div className={styles['row']}>
      <Select
        label={t('orders.rules.fact')}
        allowDeselect={false}
        value={fact}
        onChange={(value) => onChange({ ...clause, fact: value ?? fact })}
        data={[...WORD_FACTS.filter((name) => name !== 'account'), ...NUMBER_FACTS].map((value) => ({
          value,
          label: t(`orders.rules.fact.${value}`),
        }))}
      />
      {readsWords(fact) ? (
        <TagsInput
          className={styles['grow'] ?? ''}
          label={t('orders.rules.any')}
          description={t(`orders.rules.hint.${fact}`)}
          value={[...clause.any]}
          onChange={(any) => onChange({ ...clause, any })}
        />
      ) : (
        <>
          {bound('min')}
          {bound('max')}
          {fact === 'total' && (
            <TextInput
              label={t('orders.rules.currency')}
              maxLength={3}
              value={clause.currency}
              onChange={(event) => onChange({ ...clause, currency: event.currentTarget.value.toUpperCase() })}
            />
          )}
        </>
      )}
      <Button size="compact-sm" variant="default" onClick={() => onChange(null)}>
        {t('orders.rules.remove')}
      </Button>
    </div>
  );
}

function Outcome({
  draft,
  put,
}: {
  readonly draft: RuleDraft;
  readonly put: (change: Partial<RuleDraft>) => void;
}) {
  const t = useText();
  const locations = useEngineQuery('inventory.locations', {}).data?.locations ?? [];
  const none = { value: '', label: t('orders.rules.keep') };
  return (
    <div className={styles['marks']}>
      <TextInput
        label={t('orders.rules.field.carrier')}
        value={draft.carrier}
        maxLength={100}
        onChange={(event) => put({ carrier: event.currentTarget.value })}
      />
      <TextInput
        label={t('orders.rules.field.service')}
        value={draft.service}
        maxLength={100}
        onChange={(event) => put({ service: event.currentTarget.value })}
      />
      <Select
        label={t('orders.rules.field.priority')}
        allowDeselect={false}
        value={draft.priority}
        onChange={(value) => put({ priority: value ?? '' })}
        data={[
          none,
          ...PRIORITIES.toReversed().map((value) => ({
            value: String(value),
            label: t(`orders.priority.${value === -1 ? 'low' : value}`),
          })),
        ]}
      />
      <Select
        label={t('orders.rules.field.hold')}
        allowDeselect={false}
        value={draft.hold}
        onChange={(value) => put({ hold: (value ?? '') as HoldReason | '' })}
        data={[none, ...HOLD_REASONS.map((value) => ({ value, label: t(`orders.hold.${value}`) }))]}
      />
      <Select
        label={t('orders.rules.field.locationId')}
        allowDeselect={false}
        value={draft.locationId}
        onChange={(value) => put({ locationId: value ?? '' })}
        data={[none, ...locations.map(({ locationId, name }) => ({ value: locationId, label: name }))]}
      />
      <TagsInput
        label={t('orders.rules.field.tags')}
        value={[...draft.tags]}
        maxTags={20}
        onChange={(tags) => put({ tags })}
      />
    </div>
  );
}

function DryRun({
  dry,
  ruleId,
}: {
  readonly dry: Result<'orderRules.dryRun'>;
  readonly ruleId: string | null;
}) {
  const t = useText();
  const mine = dry.rules.find((rule) => rule.ruleId === ruleId);
  return (
    <output>
      <p>
        {t('orders.rules.dry', { orders: dry.orders, matched: mine?.matched ?? 0, set: mine?.set ?? 0 })}
        {dry.capped && ` ${t('orders.rules.dry.capped')}`}
      </p>
      {mine && mine.examples.length > 0 && (
        <p className="qs-muted">{t('orders.rules.dry.examples', { orders: mine.examples.join(', ') })}</p>
      )}
    </output>
  );
}
