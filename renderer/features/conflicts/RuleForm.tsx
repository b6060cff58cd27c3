import { Button, Modal, SegmentedControl, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Account } from '#shared/contract/channels.ts';
import { CONFLICT_CHOICES, type Conflict, type ConflictRule } from '#shared/contract/publish.ts';
import { useEngineCommand } from '../../lib/engine.tsx';
import type { FieldTexts } from '../../lib/field-texts.ts';
import { useText } from '../../lib/text.ts';
import { notifyDone, notifyError } from '../../ui/notify.tsx';
import styles from './conflicts.module.css';

/** From one conflict to a rule for all of its kind: where it counts, and what it does. */
export function RuleForm({
  conflict,
  account,
  fields,
  onClose,
}: {
  readonly conflict: Conflict;
  readonly account: Account | undefined;
  readonly fields: FieldTexts;
  readonly onClose: () => void;
}) {
  const t = useText();
  const [choice, setChoice] = useState<ConflictRule['choice']>('theirs');
  const [where, setWhere] = useState<'account' | 'everywhere'>('account');
  const [pattern, setPattern] = useState('');
  const { mutate, isPending } = useEngineCommand('conflicts.addRule');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    mutate(
      {
        field: conflict.field,
        choice,
        ...(where === 'account' ? { accountId: conflict.accountId } : {}),
        ...(pattern.trim() === '' ? {} : { skuPattern: pattern.trim() }),
      },
      {
        onSuccess: ({ resolved }) => {
          notifyDone(t('conflicts.rule.added', { count: resolved }));
          onClose();
        },
        onError: notifyError,
      },
    );
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('conflicts.rule.title', { field: fields.name(conflict.field) })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <form className={styles['ruleForm']} onSubmit={submit}>
        <SegmentedControl
          aria-label={t('conflicts.rule.choice')}
          value={choice}
          data={CONFLICT_CHOICES.map((value) => ({ value, label: t(`conflicts.rule.do.${value}`) }))}
          onChange={(value) => setChoice(value)}
        />
        <SegmentedControl
          aria-label={t('conflicts.rule.where')}
          value={where}
          data={[
            { value: 'account', label: account?.name ?? t('conflicts.rule.account') },
            { value: 'everywhere', label: t('conflicts.rule.everywhere') },
          ]}
          onChange={(value) => setWhere(value)}
        />
        <TextInput
          label={t('conflicts.rule.pattern')}
          description={t('conflicts.rule.pattern.hint')}
          placeholder={conflict.sku ?? ''}
          maxLength={300}
          value={pattern}
          onChange={(event) => setPattern(event.currentTarget.value)}
        />
        <p className="qs-muted">{t('conflicts.rule.explain')}</p>
        <div className={styles['ruleEnd']}>
          <Button variant="default" onClick={onClose}>
            {t('conflicts.own.cancel')}
          </Button>
          <Button type="submit" loading={isPending}>
            {t('conflicts.rule.save')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
