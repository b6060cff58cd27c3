import { ActionIcon, Button, Modal, Switch } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconListCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { OrderRule } from '#shared/contract/order-rules.ts';
import { useEngineCommand, useEngineQuery } from '../../../lib/engine.tsx';
import { useText } from '../../../lib/text.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { notifyDone, notifyError } from '../../../ui/notify.tsx';
import styles from '../detail/OrderDesk.module.css';
import { draftOf, NEW_DRAFT, type RuleDraft } from './rule-draft.ts';
import { RuleEditor } from './RuleEditor.tsx';

/** The rules from the top; the first that matches decides a field. */
export function RulesDialog({
  ids,
  onClose,
}: {
  readonly ids: readonly string[];
  readonly onClose: () => void;
}) {
  const t = useText();
  const { data, error, refetch } = useEngineQuery('orderRules.list', {});
  const [draft, setDraft] = useState<RuleDraft | null>(null);
  const apply = useEngineCommand('orderRules.apply');
  const undo = useEngineCommand('history.undo');
  const run = (): void =>
    apply.mutate(
      { orderIds: ids.slice(0, 1_000) },
      {
        onSuccess: ({ orders, changed, commandId }) =>
          notifyDone(
            t('orders.rules.ran', { orders, changed }),
            commandId === null ? {} : { undo: () => undo.mutate({ commandId }, { onError: notifyError }) },
          ),
        onError: notifyError,
      },
    );
  const add = <Button onClick={() => setDraft(NEW_DRAFT)}>{t('orders.rules.add')}</Button>;
  return (
    <Modal
      opened
      size="xl"
      onClose={onClose}
      title={t('orders.rules')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      {error ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : draft ? (
        <RuleEditor draft={draft} onChange={setDraft} onClose={() => setDraft(null)} />
      ) : data.rules.length === 0 ? (
        <EmptyState
          icon={IconListCheck}
          title={t('orders.rules.empty')}
          text={t('orders.rules.emptyText')}
          action={add}
        />
      ) : (
        <div className={styles['rows']}>
          <p className="qs-muted">{t('orders.rules.text')}</p>
          {data.rules.map((rule, index) => (
            <RuleRow
              key={rule.ruleId}
              rule={rule}
              rules={data.rules}
              index={index}
              onEdit={() => setDraft(draftOf(rule))}
            />
          ))}
          <div className={styles['row']}>
            {add}
            <Button variant="default" disabled={ids.length === 0} loading={apply.isPending} onClick={run}>
              {t('orders.rules.run', { count: ids.length })}
            </Button>
          </div>
        </div>
      )}
    </Modal>
  );
}

function RuleRow({
  rule,
  rules,
  index,
  onEdit,
}: {
  readonly rule: OrderRule;
  readonly rules: readonly OrderRule[];
  readonly index: number;
  readonly onEdit: () => void;
}) {
  const t = useText();
  const save = useEngineCommand('orderRules.save');
  const remove = useEngineCommand('orderRules.remove');
  const reorder = useEngineCommand('orderRules.reorder');
  const { ruleId, name, enabled, when, outcome } = rule;
  const options = { onError: notifyError };
  const move = (by: 1 | -1): void => {
    const ruleIds = rules.map((one) => one.ruleId).filter((id) => id !== ruleId);
    ruleIds.splice(index + by, 0, ruleId);
    reorder.mutate({ ruleIds }, options);
  };
  return (
    <div className={styles['row']}>
      <Switch
        aria-label={t('orders.rules.enabled', { name })}
        checked={enabled}
        onChange={(event) =>
          save.mutate({ ruleId, name, when, outcome, enabled: event.currentTarget.checked }, options)
        }
      />
      <strong className={styles['grow']}>{name}</strong>
      <ActionIcon
        variant="default"
        aria-label={t('orders.rules.up', { name })}
        disabled={index === 0}
        onClick={() => move(-1)}
      >
        <IconArrowUp size={14} />
      </ActionIcon>
      <ActionIcon
        variant="default"
        aria-label={t('orders.rules.down', { name })}
        disabled={index === rules.length - 1}
        onClick={() => move(1)}
      >
        <IconArrowDown size={14} />
      </ActionIcon>
      <Button size="compact-sm" variant="default" onClick={onEdit}>
        {t('orders.rules.edit')}
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => remove.mutate({ ruleId }, options)}>
        {t('orders.rules.remove')}
      </Button>
    </div>
  );
}
