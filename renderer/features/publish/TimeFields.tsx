import { TextInput } from '@mantine/core';
import { useText } from '../../lib/text.ts';
import { fromZonedField } from './zoned-time.ts';

/** As the two fields show them, on the clock of the shop. */
export interface Times {
  readonly start: string;
  readonly end: string;
}

export type TimeProblem = 'startMissing' | 'startPassed' | 'endEarly';

/** `begun`: only the end can still be chosen. */
export function timesOf(
  times: Times,
  zone: string,
  now: number,
  begun = false,
): { startAt: number | null; endAt: number | null; problem: TimeProblem | null } {
  const startAt = fromZonedField(times.start, zone);
  const endAt = fromZonedField(times.end, zone);
  const problem =
    startAt === null
      ? 'startMissing'
      : !begun && startAt <= now
        ? 'startPassed'
        : endAt !== null && endAt <= Math.max(startAt, now)
          ? 'endEarly'
          : null;
  return { startAt, endAt, problem };
}

export function TimeFields({
  times,
  zone,
  problem,
  begun = false,
  onTimes,
}: {
  readonly times: Times;
  readonly zone: string;
  readonly problem: TimeProblem | null;
  readonly begun?: boolean;
  readonly onTimes: (times: Times) => void;
}) {
  const t = useText();
  return (
    <>
      <TextInput
        type="datetime-local"
        label={t('publish.schedule.start')}
        description={t('publish.schedule.zone', { zone })}
        value={times.start}
        disabled={begun}
        error={problem !== null && problem !== 'endEarly' && t(`publish.schedule.problem.${problem}`)}
        onChange={(event) => onTimes({ ...times, start: event.currentTarget.value })}
      />
      <TextInput
        type="datetime-local"
        label={t('publish.schedule.end')}
        description={t('publish.schedule.end.hint')}
        value={times.end}
        error={problem === 'endEarly' && t('publish.schedule.problem.endEarly')}
        onChange={(event) => onTimes({ ...times, end: event.currentTarget.value })}
      />
    </>
  );
}
