import { Button, NumberInput, Select } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useEngineCommand, useEngineQuery } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { notifyError } from '../../ui/notify.tsx';
import styles from './inventory.module.css';

const ALL = 'all';
const NO_RULE = { buffer: 0, floor: 0, maximum: null };

export interface RuleFormProps {
  /** Absent: the rule of every item. */
  readonly itemId?: string;
}

/** The rule of every item, or of one, on one channel or on all; rules of single items stand above the others. */
export function RuleForm({ itemId }: RuleFormProps) {
  const t = useText();
  const accounts = useEngineQuery('channels.list', {}).data?.accounts ?? [];
  const rules = useEngineQuery('inventory.rules', {}).data?.rules;
  const [account, setAccount] = useState(ALL);
  const accountId = account === ALL ? null : account;
  const item = itemId ?? null;
  const rule = rules?.find((one) => one.itemId === item && one.accountId === accountId);
  const own = item === null ? (rules?.filter((one) => one.itemId !== null).length ?? 0) : 0;
  const others =
    item === null ? undefined : rules?.find((one) => one.itemId === null && one.accountId === accountId);
  return (
    <section className={styles['section']}>
      <Select
        label={t('inventory.rule.account')}
        data={[
          { value: ALL, label: t('inventory.rule.all') },
          ...accounts.map(({ accountId: value, name }) => ({ value, label: name })),
        ]}
        value={account}
        allowDeselect={false}
        onChange={(value) => setAccount(value ?? ALL)}
      />
      {rules && (
        <Numbers
          key={`${account} ${JSON.stringify(rule ?? null)}`}
          itemId={item}
          accountId={accountId}
          rule={rule ?? NO_RULE}
        />
      )}
      {item !== null && !rule && others && (
        <p className="qs-muted">{t('inventory.rule.inherited', { buffer: others.buffer })}</p>
      )}
      {own > 0 && <p className="qs-muted">{t('inventory.rule.own', { count: own })}</p>}
    </section>
  );
}

interface NumbersProps {
  readonly itemId: string | null;
  readonly accountId: string | null;
  readonly rule: { readonly buffer: number; readonly floor: number; readonly maximum: number | null };
}

function Numbers({ itemId, accountId, rule }: NumbersProps) {
  const t = useText();
  const [buffer, setBuffer] = useState(rule.buffer);
  const [floor, setFloor] = useState(rule.floor);
  const [maximum, setMaximum] = useState(rule.maximum);
  const set = useEngineCommand('inventory.setRule');
  const changed = buffer !== rule.buffer || floor !== rule.floor || maximum !== rule.maximum;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const none = buffer === 0 && floor === 0 && maximum === null;
    set.mutate(
      { itemId, accountId, rule: none ? null : { buffer, floor, maximum } },
      { onError: notifyError },
    );
  };
  return (
    <form className={styles['ruleForm']} onSubmit={submit}>
      <NumberInput
        label={t('inventory.rule.buffer')}
        title={t('inventory.rule.buffer.hint')}
        value={buffer}
        min={0}
        allowDecimal={false}
        hideControls
        onChange={(value) => setBuffer(Number(value))}
      />
      <NumberInput
        label={t('inventory.rule.floor')}
        title={t('inventory.rule.floor.hint')}
        value={floor}
        min={0}
        allowDecimal={false}
        hideControls
        onChange={(value) => setFloor(Number(value))}
      />
      <NumberInput
        label={t('inventory.rule.maximum')}
        title={t('inventory.rule.maximum.hint')}
        value={maximum ?? ''}
        min={0}
        allowDecimal={false}
        hideControls
        onChange={(value) => setMaximum(value === '' ? null : Number(value))}
      />
      <Button type="submit" variant="default" disabled={!changed} loading={set.isPending}>
        {t('inventory.rule.save')}
      </Button>
    </form>
  );
}
