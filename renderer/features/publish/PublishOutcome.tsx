import { ActionIcon, Button } from '@mantine/core';
import { IconArrowUp, IconCheck, IconGitFork, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { FormattedTime } from 'react-intl';
import type { Account } from '#shared/contract/channels.ts';
import type { FieldTexts } from '../../lib/field-texts.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { useText } from '../../lib/text.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { usePublishRun } from './publish-run.ts';
import styles from './publish.module.css';

/** How a publish ended: read back, refused and why, in conflict, still waiting and why. */
export function PublishOutcome({
  accounts,
  fields,
}: {
  readonly accounts: readonly Account[];
  readonly fields: FieldTexts;
}) {
  const t = useText();
  const go = useNavigation((navigation) => navigation.go);
  const { phase, result, error, dismiss } = usePublishRun();
  const { verified, rejected, conflicts, waiting } = result;
  return (
    <section className={styles['outcome']} aria-label={t('publish.outcome')}>
      <output className={styles['outcomeHead']}>
        <strong>{t(`publish.outcome.${phase}`)}</strong>
        <span className={styles['grow']} />
        <ActionIcon aria-label={t('shell.close')} onClick={dismiss}>
          <IconX size={15} />
        </ActionIcon>
      </output>
      {error !== null && <ErrorNotice error={error} />}
      <ul className={styles['outcomeList']}>
        <Line state="verified" icon={<IconCheck size={15} />} shown={verified > 0}>
          {t('publish.outcome.verified', { count: verified })}
        </Line>
        <Line state="rejected" icon={<IconX size={15} />} shown={rejected.length > 0}>
          {t('publish.outcome.rejected', { count: rejected.length })}
          {rejected.slice(0, 3).map(({ listingId, field, code, message }) => (
            <span key={`${listingId} ${field}`} className={styles['reason']}>
              {fields.name(field)}: {fields.reason(code, message)}
            </span>
          ))}
        </Line>
        <Line state="conflict" icon={<IconGitFork size={15} />} shown={conflicts.length > 0}>
          {t('publish.outcome.conflicts', { count: conflicts.length })}
          <Button variant="default" size="compact-xs" onClick={() => go('conflicts')}>
            {t('publish.outcome.decide')}
          </Button>
        </Line>
        {waiting.map(({ accountId, ops, code, message, nextAttemptAt }) => (
          <Line key={accountId} state="pending" icon={<IconArrowUp size={15} />} shown>
            {t('publish.outcome.waiting', {
              count: ops,
              account: accounts.find((account) => account.accountId === accountId)?.name ?? '',
            })}
            <span className={styles['reason']}>
              {code === 'CHANNEL_TRANSIENT' ? t('publish.outcome.offline') : fields.reason(code, message)}
              {nextAttemptAt !== null && (
                <>
                  {' · '}
                  {t('publish.outcome.next')} <Clock at={nextAttemptAt} />
                </>
              )}
            </span>
          </Line>
        ))}
        {verified + rejected.length + conflicts.length + waiting.length === 0 && error === null && (
          <li className="qs-muted">{t('publish.outcome.nothing')}</li>
        )}
      </ul>
    </section>
  );
}

function Clock({ at }: { readonly at: number }) {
  return (
    <time dateTime={new Date(at).toISOString()}>
      <FormattedTime value={at} />
    </time>
  );
}

function Line({
  state,
  icon,
  shown,
  children,
}: {
  readonly state: string;
  readonly icon: ReactNode;
  readonly shown: boolean;
  readonly children: ReactNode;
}) {
  if (!shown) return null;
  return (
    <li data-state={state}>
      <span className={styles['mark']} aria-hidden="true">
        {icon}
      </span>
      <span className={styles['line']}>{children}</span>
    </li>
  );
}
