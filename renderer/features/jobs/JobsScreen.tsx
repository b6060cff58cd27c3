import { IconSubtask } from '@tabler/icons-react';
import { useEngineQuery } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { JobRow } from './JobRow.tsx';
import styles from './JobsScreen.module.css';

const MOST = 200;

/** Running and past jobs, newest first: progress, stop, and what came of them. */
export function JobsScreen() {
  const t = useText();
  const { data, error, refetch } = useEngineQuery('jobs.list', { limit: MOST });
  const running = data?.jobs.filter(({ state }) => state === 'running').length ?? 0;
  return (
    <ScreenFrame title={t('shell.screen.jobs')} subtitle={data && t('jobs.running', { count: running })}>
      {error && (
        <div className={styles['error']}>
          <ErrorNotice error={error} onRetry={() => void refetch()} />
        </div>
      )}
      {!data && !error && <Loading />}
      {data?.jobs.length === 0 && (
        <EmptyState icon={IconSubtask} title={t('jobs.none')} text={t('jobs.none.text')} />
      )}
      {data && data.jobs.length > 0 && (
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">{t('jobs.job')}</th>
              <th scope="col">{t('jobs.state')}</th>
              <th scope="col">{t('jobs.result')}</th>
              <th scope="col" className={styles['right']}>
                {t('jobs.started')}
              </th>
              <th scope="col" className={styles['right']}>
                {t('jobs.duration')}
              </th>
              <th scope="col">
                <span className="qs-hidden">{t('jobs.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.jobs.map((job) => (
              <JobRow key={job.jobId} job={job} />
            ))}
          </tbody>
        </table>
      )}
    </ScreenFrame>
  );
}
