import { ActionIcon, Button, Progress } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconClock, IconX } from '@tabler/icons-react';
import type { Account } from '#shared/contract/channels.ts';
import { useEngineCommand, useEngineQuery } from '../../lib/engine.tsx';
import type { FieldTexts } from '../../lib/field-texts.ts';
import { useText } from '../../lib/text.ts';
import { Age } from '../../ui/Age.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { notifyError } from '../../ui/notify.tsx';
import { useAskChannel } from './ask-channel.ts';
import { durationText } from './duration.ts';
import styles from './publish.module.css';

/** How far the asking is; then what the channels would say, and when they were asked. */
export function AskOutcome(props: { readonly accounts: readonly Account[]; readonly fields: FieldTexts }) {
  const phase = useAskChannel((state) => state.phase);
  if (phase === 'idle') return null;
  return phase === 'asking' ? <Asking /> : <Answer {...props} />;
}

function Asking() {
  const t = useText();
  const { count, stop } = useAskChannel();
  const jobs = useEngineQuery('status.get', {}).data?.jobs ?? [];
  const job = jobs.find(({ kind, state }) => kind === 'validate' && state === 'running');
  const { mutate: cancel, isPending } = useEngineCommand('jobs.cancel');
  const done = job?.done ?? 0;
  const total = job?.total ?? count;
  return (
    <section className={styles['progress']} aria-label={t('publish.asking')}>
      <output className={styles['progressHead']}>
        <strong>{t('publish.asking.count', { done, total })}</strong>
        <span className="qs-muted">
          {job?.label}{' '}
          {job && job.etaMs !== null ? `· ${t('publish.left', { time: durationText(job.etaMs, t) })}` : ''}
        </span>
        <span className={styles['grow']} />
        <Button
          variant="default"
          size="compact-xs"
          loading={isPending}
          onClick={() => {
            stop();
            if (job) cancel({ jobId: job.jobId }, { onError: notifyError });
          }}
        >
          {t('publish.stop')}
        </Button>
      </output>
      <Progress
        value={total > 0 ? (100 * done) / total : 0}
        animated={done === 0}
        striped={done === 0}
        aria-label={t('publish.asking')}
      />
    </section>
  );
}

function Answer({
  accounts,
  fields,
}: {
  readonly accounts: readonly Account[];
  readonly fields: FieldTexts;
}) {
  const t = useText();
  const { phase, answer, at, error, dismiss } = useAskChannel();
  const cells = new Set(answer.findings.map(({ listingId, field }) => `${listingId} ${field}`));
  const refused = answer.findings.filter(({ severity }) => severity === 'error');
  const refusedCells = new Set(refused.map(({ listingId, field }) => `${listingId} ${field}`)).size;
  const taken = answer.asked - refusedCells;
  const hints = cells.size - refusedCells;
  return (
    <section className={styles['outcome']} aria-label={t('publish.asked')}>
      <output className={styles['outcomeHead']}>
        <strong>{t(phase === 'failed' ? 'publish.asked.failed' : 'publish.asked')}</strong>
        <span className="qs-muted">
          {t('publish.asked.nothingSent')} · <Age at={at} />
        </span>
        <span className={styles['grow']} />
        <ActionIcon aria-label={t('shell.close')} onClick={dismiss}>
          <IconX size={15} />
        </ActionIcon>
      </output>
      {error !== null && <ErrorNotice error={error} />}
      <ul className={styles['outcomeList']}>
        {taken > 0 && (
          <li data-state="verified">
            <span className={styles['mark']}>
              <IconCheck size={15} aria-hidden="true" />
            </span>
            <div className={styles['line']}>{t('publish.asked.taken', { count: taken })}</div>
          </li>
        )}
        {refusedCells > 0 && (
          <li data-state="rejected">
            <span className={styles['mark']}>
              <IconX size={15} aria-hidden="true" />
            </span>
            <div className={styles['line']}>{t('publish.asked.refused', { count: refusedCells })}</div>
          </li>
        )}
        {hints > 0 && (
          <li data-state="conflict">
            <span className={styles['mark']}>
              <IconAlertTriangle size={15} aria-hidden="true" />
            </span>
            <div className={styles['line']}>{t('publish.asked.hints', { count: hints })}</div>
          </li>
        )}
        {answer.skipped.map(({ accountId, ops, code, message }) => (
          <li key={accountId} data-state="pending">
            <span className={styles['mark']}>
              <IconClock size={15} aria-hidden="true" />
            </span>
            <div className={styles['line']}>
              {t('publish.asked.skipped', {
                count: ops,
                account: accounts.find((account) => account.accountId === accountId)?.name ?? '',
              })}
              <span className={styles['reason']}>{fields.reason(code, message)}</span>
            </div>
          </li>
        ))}
        {answer.stopped && <li>{t('publish.asked.stopped')}</li>}
      </ul>
    </section>
  );
}
