import { useIntl } from 'react-intl';
import type { Result } from '#shared/contract/methods.ts';
import { useText } from '../../../lib/text.ts';
import styles from './planning.module.css';

type Demand = Result<'forecast.get'>;

const WEEK = 7;
const SHOWN_WEEKS = 26;
const HEIGHT = 100;
const STEP = 10;
const GAP = 2;

interface Bar {
  readonly units: number;
  readonly out: number;
  readonly marked: number;
  readonly day: string;
}

/** Weeks of the history, the newest last; what is left over at the beginning is no week. */
function weeksOf(history: Demand['history']): Bar[] {
  const weeks = Math.min(SHOWN_WEEKS, Math.floor(history.length / WEEK));
  return Array.from({ length: weeks }, (_, at) => {
    const from = history.length - (weeks - at) * WEEK;
    const days = history.slice(from, from + WEEK);
    return {
      units: days.reduce((sum, { units }) => sum + units, 0),
      out: days.filter(({ out }) => out).length,
      marked: days.filter(({ marked }) => marked).length,
      day: days[0]?.day ?? '',
    };
  });
}

/** Units of each week as bars, days without stock and marked days behind them, and the forecast with its range. */
export function DemandChart({ demand }: { readonly demand: Demand }) {
  const t = useText();
  const intl = useIntl();
  const bars = weeksOf(demand.history);
  const ahead = demand.forecast?.weeks ?? [];
  const most = Math.max(1, ...bars.map(({ units }) => units), ...ahead.map(({ high }) => high));
  const y = (units: number): number => HEIGHT - (units / most) * HEIGHT;
  const width = (bars.length + ahead.length) * STEP;
  const start = bars.length * STEP;
  const middle = (week: number): number => start + week * STEP + STEP / 2;
  return (
    <figure className={styles['chart']}>
      <svg
        viewBox={`0 0 ${Math.max(STEP, width)} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('planning.chart', {
          weeks: bars.length,
          values: intl.formatList(
            bars.map(({ units }) => intl.formatNumber(units)),
            { type: 'unit' },
          ),
        })}
      >
        {bars.map(({ units, out, marked, day }, week) => (
          <g key={day}>
            {out > 0 && (
              <rect
                className={styles['out']}
                x={week * STEP}
                y={0}
                width={STEP}
                height={HEIGHT}
                opacity={out / WEEK}
              />
            )}
            {marked > 0 && (
              <rect
                className={styles['marked']}
                x={week * STEP}
                y={0}
                width={STEP}
                height={HEIGHT}
                opacity={marked / WEEK}
              />
            )}
            <rect
              className={styles['sold']}
              x={week * STEP + GAP / 2}
              y={y(units)}
              width={STEP - GAP}
              height={HEIGHT - y(units)}
            >
              <title>{t('planning.chart.week', { day: intl.formatDate(day), count: units, out })}</title>
            </rect>
          </g>
        ))}
        {ahead.map(({ low, high, expected }, week) => (
          <rect
            key={week}
            className={styles['range']}
            x={start + week * STEP}
            y={y(high)}
            width={STEP}
            height={Math.max(1, y(low) - y(high))}
          >
            <title>
              {t('planning.chart.ahead', {
                week: week + 1,
                low,
                high,
                expected: Math.round(expected * 10) / 10,
              })}
            </title>
          </rect>
        ))}
        <polyline
          className={styles['line']}
          points={ahead.map(({ expected }, week) => `${middle(week)},${y(expected)}`).join(' ')}
        />
      </svg>
      <figcaption aria-hidden="true">
        <Key className="sold" text={t('planning.key.sold')} />
        <Key className="out" text={t('planning.key.out')} />
        <Key className="marked" text={t('planning.key.marked')} />
        {ahead.length > 0 && <Key className="expected" text={t('planning.key.expected')} />}
        {ahead.length > 0 && <Key className="range" text={t('planning.key.range')} />}
        <span>{t('planning.key.most', { count: most })}</span>
      </figcaption>
    </figure>
  );
}

function Key({ className, text }: { readonly className: string; readonly text: string }) {
  return (
    <span>
      <span className={`${styles['key'] ?? ''} ${styles[className] ?? ''}`} />
      {text}
    </span>
  );
}
