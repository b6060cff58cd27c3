import { Button, Progress } from '@mantine/core';
import { useEngineCommand, useEngineQuery } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { notifyError } from '../../ui/notify.tsx';
import styles from './import.module.css';

const RECENT = 5;

/** How far the running import or export is; stopping waits for its next safe point. */
export function ImportProgress({
  name,
  kind = 'import',
  onStop,
}: {
  readonly name: string;
  readonly kind?: 'import' | 'export';
  readonly onStop?: (() => void) | undefined;
}) {
  const t = useText();
  const jobs = useEngineQuery('jobs.list', { limit: RECENT }).data?.jobs ?? [];
  const cancel = useEngineCommand('jobs.cancel');
  const job = jobs.find((each) => each.kind === kind && each.state === 'running');
  const share = job && job.total ? Math.min(100, (job.done / job.total) * 100) : null;
  const stop = (): void => {
    if (onStop) onStop();
    else if (job) cancel.mutate({ jobId: job.jobId }, { onError: notifyError });
  };
  return (
    <output className={styles['progress']}>
      <div className={styles['progressWords']}>
        <strong>{name}</strong>
        <span className="qs-muted">
          {job === undefined || job.done === 0
            ? t('import.progress.begin')
            : job.total === null
              ? t('import.progress.rows', { rows: job.done })
              : job.done >= job.total
                ? t('import.progress.writing', { rows: job.done })
                : t('import.progress.of', { rows: job.done, total: job.total })}
        </span>
      </div>
      <Progress
        className={styles['bar']}
        value={share ?? 100}
        animated={share === null || share >= 100}
        size="sm"
        aria-label={name}
      />
      <Button
        variant="default"
        disabled={cancel.isPending || (onStop === undefined && job === undefined)}
        onClick={stop}
      >
        {t('import.stop')}
      </Button>
    </output>
  );
}
