import { useIntl } from 'react-intl';
import { useText } from '../../lib/text.ts';
import styles from './DailyBars.module.css';

const WIDTH = 280;
const HEIGHT = 44;
const GAP = 3;
/** A day without orders still has a place on the line. */
const LEAST = 1.5;

/** Orders of each day, oldest first; the last bar is today. */
export function DailyBars({ daily }: { readonly daily: readonly number[] }) {
  const t = useText();
  const intl = useIntl();
  const most = Math.max(1, ...daily);
  const step = (WIDTH + GAP) / Math.max(1, daily.length);
  return (
    <figure className={styles['figure']}>
      <svg
        className={styles['bars']}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('today.pulse.daily', {
          days: daily.length,
          values: intl.formatList(daily.map(String), { type: 'unit' }),
        })}
      >
        {daily.map((count, day) => {
          const height = Math.max(LEAST, (count / most) * HEIGHT);
          return (
            <rect
              key={day}
              x={day * step}
              y={HEIGHT - height}
              width={step - GAP}
              height={height}
              data-today={day === daily.length - 1}
            >
              <title>{t('today.pulse.day', { count, ago: daily.length - 1 - day })}</title>
            </rect>
          );
        })}
      </svg>
      <figcaption className={styles['caption']} aria-hidden="true">
        <span>{t('today.pulse.days', { days: daily.length })}</span>
        <span>{t('today.pulse.most', { count: Math.max(0, ...daily) })}</span>
      </figcaption>
    </figure>
  );
}
