import type { Account } from '#shared/contract/channels.ts';
import { useEngineQuery } from '../../lib/engine.tsx';
import { useFieldTexts } from '../../lib/field-texts.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { useText } from '../../lib/text.ts';
import { Age } from '../../ui/Age.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import styles from './Health.module.css';

/** So many are listed; the number of all is told. */
const SHOWN = 50;

/** Verified values that the last full read found changed in the shop. */
export function Drift({ account }: { readonly account: Account }) {
  const t = useText();
  const fields = useFieldTexts();
  const go = useNavigation((navigation) => navigation.go);
  const { accountId } = account;
  const { data, error } = useEngineQuery('channels.drift', { accountId, limit: SHOWN }, { keep: false });
  if (error) return <ErrorNotice error={error} />;
  if (!data) return <Loading />;
  if (data.total === 0)
    return (
      <p className="qs-muted">
        {t(account.lastVerifiedAt === null ? 'channels.neverVerified' : 'channels.drift.none')}
      </p>
    );
  const currency = account.currency ?? '';
  return (
    <>
      <p className="qs-muted">{t('channels.drift.lead', { count: data.total })}</p>
      <ul className={styles['rows']}>
        {data.cells.map(({ listingId, sku, title, field, verified, found, at }) => (
          <li key={`${listingId} ${field}`} className={styles['entry']}>
            <div className={styles['entryHead']}>
              <button type="button" className={styles['open']} onClick={() => go('listings', { listingId })}>
                {sku ?? title}
              </button>
              <span className="qs-muted">
                <Age at={at} />
              </span>
            </div>
            <span className={styles['detail']}>
              {t('channels.drift.change', {
                field: fields.name(field),
                verified: fields.value(field, verified, currency),
                found: fields.value(field, found, currency),
              })}
            </span>
          </li>
        ))}
      </ul>
      {data.total > data.cells.length && (
        <p className="qs-muted">{t('channels.drift.more', { count: data.total - data.cells.length })}</p>
      )}
    </>
  );
}
