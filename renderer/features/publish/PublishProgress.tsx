import { Button, Progress } from '@mantine/core';
import { useEngineCommand, useEngineQuery } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { notifyError } from '../../ui/notify.tsx';
import { durationText } from './duration.ts';
import { usePublishRun } from './publish-run.ts';
import styles from './publish.module.css';

/** How far the publish is, how long it still takes, and the way to stop it. */
export function PublishProgress() {
  const t = useText();
  const { count, stop } = usePublishRun();
  const jobs = useEngineQuery('status.get', {}).data?.jobs ?? [];
  const job = jobs.find(({ kind, state }) => kind === 'publish' && state === 'running');
  const { mutate: cancel, isPending } = useEngineCommand('jobs.cancel');
  const done = job?.done ?? 0;
  const total = job?.total ?? count;
  return (
    <section className={styles['progress']} aria-label={t('publish.running')}>
      <output className={styles['progressHead']}>
        <strong>{t('publish.running.count', { done, total })}</strong>
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
        aria-label={t('publish.running')}
      />
    </section>
  );
}
