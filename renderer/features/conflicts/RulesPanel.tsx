import { Button } from '@mantine/core';
import type { Account } from '#shared/contract/channels.ts';
import { useEngineCommand, useEngineQuery } from '../../lib/engine.tsx';
import type { FieldTexts } from '../../lib/field-texts.ts';
import { useText } from '../../lib/text.ts';
import { Age } from '../../ui/Age.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { notifyError } from '../../ui/notify.tsx';
import { SidePanel } from '../../ui/SidePanel.tsx';
import styles from './conflicts.module.css';

/** Decisions that are taken by themselves, each with a way to forget it. */
export function RulesPanel({
  accounts,
  fields,
  onClose,
}: {
  readonly accounts: readonly Account[];
  readonly fields: FieldTexts;
  readonly onClose: () => void;
}) {
  const t = useText();
  const { data, error, refetch } = useEngineQuery('conflicts.rules', {});
  const { mutate, isPending } = useEngineCommand('conflicts.removeRule');
  return (
    <SidePanel title={t('conflicts.rules')} onClose={onClose}>
      <p className="qs-muted">{t('conflicts.rules.meaning')}</p>
      {error ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : data.rules.length === 0 ? (
        <p>{t('conflicts.rules.none')}</p>
      ) : (
        <ul className={styles['rules']} aria-label={t('conflicts.rules')}>
          {data.rules.map(({ ruleId, field, accountId, skuPattern, choice, at }) => (
            <li key={ruleId}>
              <div className={styles['ruleWords']}>
                <strong>{t(`conflicts.rule.${choice}`, { field: fields.name(field) })}</strong>
                <span>
                  {accountId === null
                    ? t('conflicts.rule.everywhere')
                    : (accounts.find((each) => each.accountId === accountId)?.name ?? accountId)}
                  {skuPattern !== null && <span className="qs-mono"> · {skuPattern}</span>}
                </span>
                <span className="qs-muted">
                  <Age at={at} />
                </span>
              </div>
              <Button
                variant="default"
                size="compact-sm"
                disabled={isPending}
                onClick={() => mutate({ ruleId }, { onError: notifyError })}
              >
                {t('conflicts.rule.remove')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </SidePanel>
  );
}
