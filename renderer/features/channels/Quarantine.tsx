import type { Account } from '#shared/contract/channels.ts';
import { useEngineQuery } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { Age } from '../../ui/Age.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import styles from './Quarantine.module.css';

export interface QuarantineProps {
  /** null shows those of all accounts. */
  readonly accountId: string | null;
  readonly accounts: readonly Account[];
}

/** Records that a shop sent and that could not be read: what, why, when, and as they came. */
export function Quarantine({ accountId, accounts }: QuarantineProps) {
  const t = useText();
  const { data, error } = useEngineQuery('channels.quarantine', accountId === null ? {} : { accountId });
  if (error) return <ErrorNotice error={error} />;
  if (!data) return <Loading />;
  if (data.records.length === 0) return <p className="qs-muted">{t('channels.quarantine.none')}</p>;
  return (
    <>
      <p className={styles['lead']}>{t('channels.quarantine.lead')}</p>
      <ul className={styles['list']}>
        {data.records.map((record, index) => (
          <li key={index} className={styles['record']}>
            <div className={styles['head']}>
              <strong>
                {t(`channels.quarantine.${record.resource}`, {
                  id: record.externalId ?? t('channels.quarantine.noId'),
                })}
              </strong>
              <span className="qs-muted">
                {accounts.find((account) => account.accountId === record.accountId)?.name}{' '}
                <Age at={record.at} />
              </span>
            </div>
            <p className={styles['reason']}>{record.reason}</p>
            <details>
              <summary>{t('channels.quarantine.raw')}</summary>
              <pre className={styles['raw']}>{record.raw}</pre>
            </details>
          </li>
        ))}
      </ul>
    </>
  );
}
