import { useIntl } from 'react-intl';
import type { Result } from '#shared/contract/methods.ts';
import { useText } from '../../lib/text.ts';
import { Unknown } from '../../ui/Unknown.tsx';
import styles from './purchasing.module.css';

export interface ScorecardProps {
  readonly scorecard: Result<'purchasing.supplier'>['scorecard'];
}

/** How the supplier delivered, by own receipts: every figure says how many lines it rests on and since when. */
export function Scorecard({ scorecard: { onTime, fill, leadTime, from, to } }: ScorecardProps) {
  const t = useText();
  const intl = useIntl();
  const percent = (rate: number | null) =>
    rate === null ? (
      <Unknown reason={t('purchasing.score.none')} />
    ) : (
      intl.formatNumber(rate, { style: 'percent', maximumFractionDigits: 1 })
    );
  const days = (value: number | null): string =>
    value === null ? '–' : intl.formatNumber(value, { maximumFractionDigits: 1 });
  const dates =
    from === null || to === null
      ? t('purchasing.score.none')
      : t('purchasing.score.dates', {
          from: intl.formatDate(from, { dateStyle: 'medium' }),
          to: intl.formatDate(to, { dateStyle: 'medium' }),
        });
  return (
    <section aria-label={t('purchasing.score')}>
      <div className={styles['cards']}>
        <div className={styles['card']}>
          {t('purchasing.score.onTime')}
          <strong>{percent(onTime.rate)}</strong>
          <span className={styles['sub']}>
            {t('purchasing.score.of', { hits: onTime.hits, n: onTime.n })}
          </span>
        </div>
        <div className={styles['card']}>
          {t('purchasing.score.fill')}
          <strong>{percent(fill.rate)}</strong>
          <span className={styles['sub']}>
            {t('purchasing.score.units', { received: fill.received, ordered: fill.ordered })}
          </span>
        </div>
        <div className={styles['card']}>
          {t('purchasing.score.leadTime')}
          <strong>
            {leadTime.mean === null ? (
              <Unknown reason={t('purchasing.score.none')} />
            ) : (
              t('purchasing.score.days', { days: days(leadTime.mean) })
            )}
          </strong>
          <span className={styles['sub']}>
            {t('purchasing.score.spread', {
              sd: days(leadTime.sd),
              p90: days(leadTime.p90),
              p95: days(leadTime.p95),
              n: leadTime.n,
            })}
          </span>
        </div>
      </div>
      <p className="qs-muted">{dates}</p>
    </section>
  );
}
