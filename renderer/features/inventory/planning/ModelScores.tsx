import { useIntl } from 'react-intl';
import type { Result } from '#shared/contract/methods.ts';
import { useText } from '../../../lib/text.ts';
import styles from './planning.module.css';

type Forecast = NonNullable<Result<'forecast.get'>['forecast']>;

/** How every model did on the last weeks, the published one marked; "as last week" is the one to beat. */
export function ModelScores({ forecast }: { readonly forecast: Forecast }) {
  const t = useText();
  const intl = useIntl();
  const figure = (value: number | null): string =>
    value === null ? '–' : intl.formatNumber(value, { maximumFractionDigits: 2, minimumFractionDigits: 2 });
  return (
    <section className={styles['section']}>
      <h3>{t('planning.scores')}</h3>
      <p className={styles['facts']}>
        {t('planning.scores.class', {
          class: forecast.class === null ? t('planning.class.none') : t(`planning.class.${forecast.class}`),
          adi: figure(forecast.adi),
          cv2: figure(forecast.cv2),
          days: forecast.daysUsed,
        })}
      </p>
      {forecast.scores.length === 0 ? (
        <p className="qs-muted">{t('planning.scores.short')}</p>
      ) : (
        <table className={styles['list']} aria-label={t('planning.scores')}>
          <thead>
            <tr>
              <th scope="col">{t('planning.scores.weeks', { weeks: forecast.weeksCompared })}</th>
              <th scope="col" className={styles['number']} title={t('planning.scores.mase.meaning')}>
                MASE
              </th>
              <th scope="col" className={styles['number']} title={t('planning.scores.pinball.meaning')}>
                {t('planning.scores.pinball')}
              </th>
              <th scope="col" className={styles['number']} title={t('planning.scores.covered.meaning')}>
                {t('planning.scores.covered')}
              </th>
            </tr>
          </thead>
          <tbody>
            {forecast.scores.map((score) => (
              <tr key={score.model} data-chosen={score.model === forecast.model}>
                <td>
                  {t(`planning.model.${score.model}`)}
                  {score.model === forecast.model && ` · ${t('planning.scores.chosen')}`}
                </td>
                <td className={styles['number']}>{figure(score.mase)}</td>
                <td className={styles['number']}>{figure(score.pinball)}</td>
                <td className={styles['number']}>
                  {intl.formatNumber(score.covered, { style: 'percent', maximumFractionDigits: 0 })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className={styles['facts']}>
        {t('planning.baselines', {
          naive: figure(forecast.baselines.seasonal_naive),
          average: figure(forecast.baselines.moving_average),
        })}
      </p>
    </section>
  );
}
