import { Button } from '@mantine/core';
import type { Account } from '#shared/contract/channels.ts';
import type { Hold } from '#shared/contract/publish.ts';
import { useEngineCommand, useEngineQuery } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { Age } from '../../ui/Age.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { notifyError } from '../../ui/notify.tsx';
import styles from './Health.module.css';
import { useAccountActions } from './use-account-actions.ts';

/** What keeps changes of this account here: itself, its channel, or single SKUs of all shops. */
export function Holds({ account }: { readonly account: Account }) {
  const t = useText();
  const { data, error } = useEngineQuery('publish.paused', {});
  const resume = useEngineCommand('publish.resume');
  const { pause } = useAccountActions(account);
  if (error) return <ErrorNotice error={error} />;
  if (!data) return <Loading />;
  const holds = data.paused.filter(({ kind, value }) => kind === 'sku' || value === account.platform);
  const paused = account.status === 'paused';
  if (!paused && holds.length === 0) return <p className="qs-muted">{t('channels.held.none')}</p>;
  const release = ({ kind, value }: Hold): void => {
    if (kind === 'sku') resume.mutate({ sku: value }, { onError: notifyError });
    else if (account.platform !== 'local')
      resume.mutate({ platform: account.platform }, { onError: notifyError });
  };
  return (
    <ul className={styles['rows']}>
      {paused && (
        <li className={styles['row']}>
          <div className={styles['words']}>
            <strong>{t('channels.held.account', { name: account.name })}</strong>
            <span>{t('channels.paused.text')}</span>
          </div>
          <Button
            variant="default"
            aria-label={t('channels.held.resume', { what: account.name })}
            loading={pause.pending}
            onClick={() => pause.run(false)}
          >
            {t('channels.resume')}
          </Button>
        </li>
      )}
      {holds.map((hold) => {
        const what = hold.kind === 'sku' ? hold.value : t(`shell.platform.${hold.value}`);
        return (
          <li key={`${hold.kind} ${hold.value}`} className={styles['row']}>
            <div className={styles['words']}>
              <strong>{t(`channels.held.${hold.kind}`, { what })}</strong>
              {hold.reason !== '' && <span>{hold.reason}</span>}
              <span className="qs-muted">
                <Age at={hold.at} />
              </span>
            </div>
            <Button
              variant="default"
              aria-label={t('channels.held.resume', { what })}
              disabled={resume.isPending}
              onClick={() => release(hold)}
            >
              {t('channels.resume')}
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
