import { Button } from '@mantine/core';
import { IconBan, IconCheck, IconLoader2, IconPlugConnectedX, IconX } from '@tabler/icons-react';
import { useHasText, useText } from '../../lib/text.ts';
import { useEngineCommand } from '../../lib/engine.tsx';
import { useNow } from '../../lib/now.ts';
import { Age } from '../../ui/Age.tsx';
import { notifyError } from '../../ui/notify.tsx';
import type { Job } from '#shared/contract/workspace.ts';
import { fileName } from '../../lib/file-name.ts';
import { outcomeOf } from './job-outcome.ts';
import styles from './JobRow.module.css';
import table from './JobsScreen.module.css';

const ICONS = {
  running: IconLoader2,
  done: IconCheck,
  failed: IconX,
  cancelled: IconBan,
  interrupted: IconPlugConnectedX,
} as const;

export function JobRow({ job }: { readonly job: Job }) {
  const t = useText();
  const now = useNow();
  const cancel = useEngineCommand('jobs.cancel');
  const Icon = ICONS[job.state];
  const kind = t(`shell.job.${job.kind}`);
  return (
    <tr>
      <td className={styles['name']}>
        <strong>{kind}</strong>{' '}
        <span className={styles['label']} title={job.label}>
          {fileName(job.label)}
        </span>
      </td>
      <td className={styles['state']} data-state={job.state}>
        <Icon size={14} stroke={2.2} aria-hidden="true" /> {t(`jobs.state.${job.state}`)}
      </td>
      <td className={styles['result']}>
        <JobResult job={job} />
      </td>
      <td className={table['right']}>
        <Age at={job.startedAt} />
      </td>
      <td className={table['right']}>
        {t('jobs.seconds', { s: ((job.endedAt ?? now) - job.startedAt) / 1000 })}
      </td>
      <td className={table['right']}>
        {job.state === 'running' && (
          <Button
            variant="default"
            size="compact-sm"
            loading={cancel.isPending}
            aria-label={t('shell.job.cancel', { job: kind })}
            onClick={() => cancel.mutate({ jobId: job.jobId }, { onError: notifyError })}
          >
            {t('jobs.stop')}
          </Button>
        )}
      </td>
    </tr>
  );
}

function JobResult({ job }: { readonly job: Job }) {
  const t = useText();
  const has = useHasText();
  if (job.state === 'running') {
    const part = job.total ? Math.min(1, job.done / job.total) : null;
    return (
      <span className={styles['progress']}>
        <progress aria-label={t('jobs.progress')} {...(part === null ? {} : { value: part })} />
        {part === null ? t('jobs.soFar', { done: job.done }) : t('shell.percent', { part })}
        {job.etaMs !== null && (
          <span className="qs-muted">{t('jobs.eta', { s: Math.ceil(job.etaMs / 1000) })}</span>
        )}
      </span>
    );
  }
  if (job.error && job.state === 'failed')
    return (
      <span className={styles['failure']}>
        {has(`errors.${job.error.code}`) ? t(`errors.${job.error.code}`) : t('errors.INTERNAL')}.{' '}
        {job.error.message}
      </span>
    );
  const outcome = outcomeOf(job);
  if (outcome) return <>{t(`jobs.outcome.${outcome.text}`, outcome.values)}</>;
  return job.state === 'done' ? null : (
    <span className="qs-muted">{t(`jobs.state.${job.state}.meaning`)}</span>
  );
}
