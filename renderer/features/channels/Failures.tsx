import type { ChannelHealth } from '#shared/contract/channels.ts';
import { useHasText, useText } from '../../lib/text.ts';
import { Age } from '../../ui/Age.tsx';
import styles from './Health.module.css';

/** The newest failures of an account: what was tried, what went wrong, and the engine's own words. */
export function Failures({ failures }: { readonly failures: ChannelHealth['failures'] }) {
  const t = useText();
  const has = useHasText();
  if (failures.length === 0) return <p className="qs-muted">{t('channels.failures.none')}</p>;
  return (
    <ol className={styles['rows']}>
      {failures.map(({ at, activity, code, message }, index) => (
        <li key={`${at} ${index}`} className={styles['entry']}>
          <div className={styles['entryHead']}>
            <strong>
              {t(`channels.failures.${activity}`)}:{' '}
              {t(has(`errors.${code}`) ? `errors.${code}` : 'errors.INTERNAL')}
            </strong>
            <span className="qs-muted">
              <Age at={at} />
            </span>
          </div>
          <span className={styles['detail']}>{message}</span>
        </li>
      ))}
    </ol>
  );
}
