import { IconCircleCheck } from '@tabler/icons-react';
import { useEngineQuery } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { Pulse } from './Pulse.tsx';
import { TaskRow } from './TaskRow.tsx';
import styles from './TodayScreen.module.css';

/** What needs a person now, the most urgent first, and beside it how each channel does. */
export function TodayScreen() {
  const t = useText();
  const { data, error, refetch } = useEngineQuery('today.get', {});
  const urgent = data?.tasks.filter(({ severity }) => severity === 'urgent').length ?? 0;
  return (
    <ScreenFrame
      title={t('shell.screen.today')}
      subtitle={data && t('today.subtitle', { count: data.tasks.length, urgent })}
    >
      {error && (
        <div className={styles['error']}>
          <ErrorNotice error={error} onRetry={() => void refetch()} />
        </div>
      )}
      {!data && !error && <Loading />}
      {data && (
        <div className={styles['columns']}>
          <section className={styles['tasks']} aria-label={t('today.tasks')}>
            {data.tasks.length === 0 ? (
              <EmptyState icon={IconCircleCheck} title={t('today.clear')} text={t('today.clear.text')} />
            ) : (
              <ol className={styles['list']}>
                {data.tasks.map((task) => (
                  <TaskRow key={task.id} task={task} />
                ))}
              </ol>
            )}
          </section>
          {data.pulse.length > 0 && (
            <section className={styles['pulses']} aria-label={t('today.pulse')}>
              {data.pulse.map((pulse) => (
                <Pulse key={pulse.accountId} pulse={pulse} />
              ))}
            </section>
          )}
        </div>
      )}
    </ScreenFrame>
  );
}
