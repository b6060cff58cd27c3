import { Button } from '@mantine/core';
import { IconCalendarClock } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { Schedule } from '#shared/contract/publish.ts';
import { useEngineQuery } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import styles from './publish.module.css';
import { RescheduleForm } from './RescheduleForm.tsx';
import { ScheduleLine } from './ScheduleLine.tsx';
import { zoneOf } from './zoned-time.ts';

/** In the order in which a person has to know of them. */
const SECTIONS = [
  { key: 'missed', states: ['missed', 'end_missed'] },
  { key: 'upcoming', states: ['waiting'] },
  { key: 'live', states: ['live'] },
  { key: 'past', states: ['done', 'cancelled'] },
] as const satisfies readonly { key: string; states: readonly Schedule['state'][] }[];

/** Changes that go live by themselves: missed ones first, which wait for a person and never happen late. */
export function ScheduledView({
  tabs,
  onChanges,
}: {
  readonly tabs: ReactNode;
  readonly onChanges: () => void;
}) {
  const t = useText();
  const list = useEngineQuery('publish.scheduled', {});
  const accounts = useEngineQuery('channels.list', {}).data?.accounts;
  const [moving, setMoving] = useState<Schedule | null>(null);
  if (!list.data || !accounts) {
    return (
      <ScreenFrame title={t('publish.title')} tabs={tabs}>
        {list.error ? <ErrorNotice error={list.error} onRetry={() => void list.refetch()} /> : <Loading />}
      </ScreenFrame>
    );
  }
  const { schedules } = list.data;
  const zone = zoneOf(accounts);
  return (
    <ScreenFrame title={t('publish.title')} tabs={tabs}>
      {schedules.length === 0 ? (
        <EmptyState
          icon={IconCalendarClock}
          title={t('publish.scheduled.none.title')}
          text={t('publish.scheduled.none.text')}
          action={<Button onClick={onChanges}>{t('publish.view.changes', { count: 0 })}</Button>}
        />
      ) : (
        <div className={styles['page']}>
          <p className="qs-muted">{t('publish.scheduled.meaning', { zone })}</p>
          {SECTIONS.map(({ key, states }) => {
            const some = schedules.filter(({ state }) => (states as readonly string[]).includes(state));
            if (key === 'upcoming') some.sort((a, b) => a.startAt - b.startAt);
            if (some.length === 0) return null;
            const title = t(`publish.scheduled.${key}`);
            return (
              <section key={key} className={styles['section']} data-state={key} aria-label={title}>
                <h2>{title}</h2>
                <ul className={styles['lines']}>
                  {some.map((schedule) => (
                    <ScheduleLine
                      key={schedule.scheduleId}
                      schedule={schedule}
                      zone={zone}
                      onMove={() => setMoving(schedule)}
                    />
                  ))}
                </ul>
              </section>
            );
          })}
        </div>
      )}
      {moving && (
        <RescheduleForm
          key={moving.scheduleId}
          schedule={moving}
          zone={zone}
          onClose={() => setMoving(null)}
        />
      )}
    </ScreenFrame>
  );
}
