import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { Job } from '#shared/contract/workspace.ts';
import { useEngineCommand } from '../lib/engine.tsx';
import { useNavigation } from '../lib/navigation.ts';
import { useText } from '../lib/text.ts';
import { notifyError } from '../ui/notify.tsx';
import styles from './StatusJobs.module.css';

/** The running jobs: the oldest with its progress and its stop, the others as a number. */
export function StatusJobs({ jobs }: { readonly jobs: readonly Job[] }) {
  const t = useText();
  const { go } = useNavigation();
  const cancel = useEngineCommand('jobs.cancel');
  const [job] = jobs;
  if (!job) return null;
  const part = job.total ? Math.min(1, job.done / job.total) : null;
  const kind = t(`shell.job.${job.kind}`);
  return (
    <span className={styles['jobs']}>
      <button type="button" className={styles['job']} title={job.label} onClick={() => go('jobs')}>
        <span>{jobs.length > 1 ? t('shell.jobs', { count: jobs.length }) : kind}</span>
        <progress className={styles['bar']} aria-label={kind} {...(part === null ? {} : { value: part })} />
        {part !== null && <span>{t('shell.percent', { part })}</span>}
      </button>
      {jobs.length === 1 && (
        <ActionIcon
          size="sm"
          aria-label={t('shell.job.cancel', { job: kind })}
          title={t('shell.job.cancel', { job: kind })}
          loading={cancel.isPending}
          onClick={() => cancel.mutate({ jobId: job.jobId }, { onError: notifyError })}
        >
          <IconX size={13} />
        </ActionIcon>
      )}
    </span>
  );
}
