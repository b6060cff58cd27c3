import { useIntl } from 'react-intl';
import type { ChannelHealth } from '#shared/contract/channels.ts';
import { useHasText, useText } from '../../lib/text.ts';
import { rateOf } from './health.ts';
import styles from './Health.module.css';

/** Below this part of a limit its bar warns. */
const LOW_SHARE = 0.1;

/** What is left of each rate limit that was used so far. */
export function Quotas({ quotas }: { readonly quotas: ChannelHealth['quotas'] }) {
  const t = useText();
  const has = useHasText();
  const intl = useIntl();
  if (quotas.length === 0) return <p className="qs-muted">{t('channels.quota.none')}</p>;
  return (
    <ul className={styles['quotas']}>
      {quotas.map(({ operation, left, capacity, perSecond, closedUntil }) => {
        const name = has(`channels.quota.${operation}`) ? t(`channels.quota.${operation}`) : operation;
        const free = Math.max(0, left);
        const share = Math.min(1, free / capacity);
        const { unit, count } = rateOf(perSecond);
        return (
          <li key={operation} className={styles['quota']}>
            <span className={styles['quotaName']}>{name}</span>
            <span className={styles['quotaLeft']}>
              {t('channels.quota.left', { left: free, capacity })}
              {left < 0 && ` ${t('channels.quota.promised', { count: -left })}`}
            </span>
            <meter className={styles['meter']} aria-label={name} min={0} max={capacity} value={free} />
            <span className={styles['bar']} aria-hidden="true">
              <span style={{ width: `${share * 100}%` }} data-low={share < LOW_SHARE} />
            </span>
            <span className={`${styles['refill']} qs-muted`}>
              {t(`channels.quota.per.${unit}`, { count })}
              {closedUntil !== null &&
                ` · ${t('channels.quota.closed', { at: intl.formatTime(closedUntil, { timeStyle: 'medium' }) })}`}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
