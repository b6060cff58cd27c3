import { Button } from '@mantine/core';
import { useIntl } from 'react-intl';
import type { Schedule } from '#shared/contract/publish.ts';
import { useEngineCommand } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { notifyDone, notifyError } from '../../ui/notify.tsx';
import styles from './publish.module.css';

/** One schedule with its times, what came of it, and what can be done with it now. */
export function ScheduleLine({
  schedule,
  zone,
  onMove,
}: {
  readonly schedule: Schedule;
  readonly zone: string;
  readonly onMove: () => void;
}) {
  const t = useText();
  const intl = useIntl();
  const fire = useEngineCommand('publish.scheduleNow');
  const drop = useEngineCommand('publish.unschedule');
  const { scheduleId, label, cells, startAt, endAt, state, applied, rejected, reverted, changedSince } =
    schedule;
  const time = (at: number): string =>
    intl.formatDate(at, { timeZone: zone, dateStyle: 'medium', timeStyle: 'short' });
  const busy = fire.isPending || drop.isPending;
  const begun = state === 'live' || state === 'end_missed';
  const open = begun || state === 'waiting' || state === 'missed';
  const done = {
    onSuccess: () => notifyDone(t('publish.schedule.changed', { label })),
    onError: notifyError,
  };
  return (
    <li aria-label={label}>
      <div className={styles['words']}>
        <strong>{label}</strong>
        <span>
          {t('publish.scheduled.when', {
            start: time(startAt),
            end: endAt === null ? '' : time(endAt),
            ends: endAt === null ? 'no' : 'yes',
          })}
        </span>
        <span className="qs-muted">
          {t(`publish.scheduled.state.${state}`, { cells, applied, rejected, reverted, changedSince })}
        </span>
      </div>
      {open && (
        <>
          <Button
            variant="default"
            size="compact-sm"
            loading={fire.isPending}
            disabled={busy}
            onClick={() => fire.mutate({ scheduleId }, done)}
          >
            {t(begun ? 'publish.scheduled.endNow' : 'publish.scheduled.now')}
          </Button>
          <Button variant="default" size="compact-sm" disabled={busy} onClick={onMove}>
            {t('publish.scheduled.move')}
          </Button>
          {!begun && (
            <Button
              variant="subtle"
              size="compact-sm"
              disabled={busy}
              onClick={() => drop.mutate({ scheduleId, restore: true }, done)}
            >
              {t('publish.scheduled.restore')}
            </Button>
          )}
          <Button
            variant="subtle"
            size="compact-sm"
            color="red"
            disabled={busy}
            onClick={() => drop.mutate({ scheduleId }, done)}
          >
            {t(begun ? 'publish.scheduled.keep' : 'publish.scheduled.drop')}
          </Button>
        </>
      )}
    </li>
  );
}
