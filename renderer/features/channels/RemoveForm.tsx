import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { Account } from '#shared/contract/channels.ts';
import { useEngineCommand } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { notifyDone } from '../../ui/notify.tsx';
import styles from './forms.module.css';

/** Says what goes and what waits before an account is removed. */
export function RemoveForm({ account, onDone }: { readonly account: Account; readonly onDone: () => void }) {
  const t = useText();
  const remove = useEngineCommand('channels.remove');
  const [discard, setDiscard] = useState(false);
  const waiting = account.outbox > 0;
  return (
    <div className={styles['form']}>
      <p>{t('channels.remove.lead')}</p>
      <ul className={styles['list']}>
        <li>{t('channels.remove.listings', { count: account.listings })}</li>
        <li>{t('channels.remove.orders', { count: account.openOrders })}</li>
        <li>{t('channels.remove.waiting', { count: account.outbox })}</li>
        {account.platform !== 'local' && <li>{t('channels.remove.shop')}</li>}
      </ul>
      {waiting && (
        <Checkbox
          label={t('channels.remove.discard', { count: account.outbox })}
          checked={discard}
          onChange={(event) => setDiscard(event.currentTarget.checked)}
        />
      )}
      {remove.error && <ErrorNotice error={remove.error} />}
      <div className={styles['buttons']}>
        <Button variant="default" onClick={onDone}>
          {t('channels.cancel')}
        </Button>
        <Button
          color="red"
          disabled={waiting && !discard}
          loading={remove.isPending}
          onClick={() =>
            remove.mutate(
              { accountId: account.accountId, ...(waiting ? { discard } : {}) },
              {
                onSuccess: () => {
                  notifyDone(t('channels.removed', { name: account.name }));
                  onDone();
                },
              },
            )
          }
        >
          {t('channels.remove.action', { name: account.name })}
        </Button>
      </div>
    </div>
  );
}
