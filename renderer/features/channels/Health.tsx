import { useEffect } from 'react';
import type { Account } from '#shared/contract/channels.ts';
import { useEngineQuery } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { Drift } from './Drift.tsx';
import { ExpiryNotice } from './ExpiryNotice.tsx';
import { Failures } from './Failures.tsx';
import styles from './Health.module.css';
import { Holds } from './Holds.tsx';
import { Quotas } from './Quotas.tsx';

/** Quotas fill up with time, of which no event tells. */
const REFILL_MS = 5_000;

export interface HealthProps {
  readonly account: Account;
  /** Opens the form for new keys. */
  readonly onRenew: () => void;
}

/** What a person should know about an account before something stops, and why something has. */
export function Health({ account, onRenew }: HealthProps) {
  const t = useText();
  const { accountId } = account;
  const { data, error, refetch } = useEngineQuery('channels.health', { accountId }, { keep: false });
  useEffect(() => {
    void refetch();
    const timer = setInterval(() => void refetch(), REFILL_MS);
    return () => clearInterval(timer);
  }, [refetch]);
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <div className={styles['health']}>
      <section className={styles['section']}>
        <h3>{t('channels.held')}</h3>
        <Holds account={account} />
      </section>
      <section className={styles['section']}>
        <h3>{t('channels.expiry')}</h3>
        <ExpiryNotice platform={account.platform} expiresAt={data.expiresAt} onRenew={onRenew} />
      </section>
      <section className={styles['section']}>
        <h3>{t('channels.quota')}</h3>
        <Quotas quotas={data.quotas} />
      </section>
      <section className={styles['section']}>
        <h3>{t('channels.drift')}</h3>
        <Drift account={account} />
      </section>
      <section className={styles['section']}>
        <h3>{t('channels.failures')}</h3>
        <Failures failures={data.failures} />
      </section>
    </div>
  );
}
