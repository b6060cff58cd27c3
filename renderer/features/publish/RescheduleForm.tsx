import { Button, Modal } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Schedule } from '#shared/contract/publish.ts';
import { useEngineCommand } from '../../lib/engine.tsx';
import { useNow } from '../../lib/now.ts';
import { useText } from '../../lib/text.ts';
import { notifyDone, notifyError } from '../../ui/notify.tsx';
import styles from './publish.module.css';
import { TimeFields, timesOf, type Times } from './TimeFields.tsx';
import { toZonedField } from './zoned-time.ts';

/** Other times for a schedule; one that has begun gets another end. */
export function RescheduleForm({
  schedule,
  zone,
  onClose,
}: {
  readonly schedule: Schedule;
  readonly zone: string;
  readonly onClose: () => void;
}) {
  const t = useText();
  const now = useNow();
  const { scheduleId, label, state } = schedule;
  const begun = state === 'live' || state === 'end_missed';
  const { mutate, isPending } = useEngineCommand('publish.reschedule');
  const [times, setTimes] = useState<Times>({
    start: toZonedField(schedule.startAt, zone),
    end: schedule.endAt === null ? '' : toZonedField(schedule.endAt, zone),
  });
  const { startAt, endAt, problem } = timesOf(times, zone, now, begun);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (startAt === null || problem !== null) return;
    mutate(
      { scheduleId, endAt, ...(begun ? {} : { startAt }) },
      {
        onSuccess: () => {
          notifyDone(t('publish.schedule.changed', { label }));
          onClose();
        },
        onError: notifyError,
      },
    );
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('publish.reschedule.title', { label })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <form className={styles['form']} onSubmit={submit}>
        <TimeFields times={times} zone={zone} problem={problem} begun={begun} onTimes={setTimes} />
        <div className={styles['formEnd']}>
          <Button variant="default" onClick={onClose}>
            {t('publish.schedule.cancel')}
          </Button>
          <Button type="submit" loading={isPending} disabled={problem !== null}>
            {t('publish.schedule.save')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
