import { Switch } from '@mantine/core';
import { useIntl } from 'react-intl';
import { useEngineCommand, useEngineQuery } from '../../../lib/engine.tsx';
import { useText } from '../../../lib/text.ts';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { notifyError } from '../../../ui/notify.tsx';
import styles from './planning.module.css';

/** From when on each shop's own shipments are posted to the ledger. */
export function SalesRules() {
  const t = useText();
  const intl = useIntl();
  const { data, error } = useEngineQuery('channelStock.rules', {});
  const set = useEngineCommand('channelStock.setRule');
  return (
    <aside className={styles['aside']} aria-label={t('planning.rules')}>
      <h3>{t('planning.rules')}</h3>
      <p className="qs-muted">{t('planning.rules.meaning')}</p>
      {error && <ErrorNotice error={error} />}
      {data?.accounts.length === 0 && <p className="qs-muted">{t('planning.rules.none')}</p>}
      {data?.accounts.map(({ accountId, name, since, restock, orders, posted }) => (
        <div key={accountId} className={styles['rule']}>
          <Switch
            label={name}
            description={
              since === null
                ? t('planning.rules.off')
                : t('planning.rules.since', {
                    date: intl.formatDate(since, { dateStyle: 'medium', timeStyle: 'short' }),
                    orders,
                    units: posted,
                  })
            }
            checked={since !== null}
            disabled={set.isPending}
            onChange={(event) =>
              set.mutate(
                { accountId, since: event.currentTarget.checked ? Date.now() : null },
                { onError: notifyError },
              )
            }
          />
          {since !== null && (
            <Switch
              size="xs"
              label={t('planning.rules.restock')}
              aria-label={t('planning.rules.restockOf', { name })}
              checked={restock}
              disabled={set.isPending}
              onChange={(event) =>
                set.mutate(
                  { accountId, since, restock: event.currentTarget.checked },
                  { onError: notifyError },
                )
              }
            />
          )}
        </div>
      ))}
    </aside>
  );
}
