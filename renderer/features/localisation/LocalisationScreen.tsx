import { Button, Select, TextInput } from '@mantine/core';
import { IconLanguage } from '@tabler/icons-react';
import { useState } from 'react';
import { useEngineCommand, useEngineQuery } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { notifyDone, notifyError } from '../../ui/notify.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import styles from './localisation.module.css';
import { TextRows } from './TextRows.tsx';

/** Texts of an account in another language, original and translation side by side. */
export function LocalisationScreen() {
  const t = useText();
  const { data, error, refetch } = useEngineQuery('localisation.overview', {});
  const [accountId, setAccountId] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [added, setAdded] = useState('');
  const setLocales = useEngineCommand('localisation.setLocales');
  const push = useEngineCommand('localisation.push');
  const account = data?.accounts.find((one) => one.accountId === accountId) ?? data?.accounts[0];
  const current = account?.locales.find(({ locale }) => locale === chosen) ?? account?.locales[0];
  const add = (): void => {
    if (!account) return;
    const locales = [...account.locales.map(({ locale }) => locale), added.trim()];
    setLocales.mutate(
      { accountId: account.accountId, locales },
      { onSuccess: () => setAdded(''), onError: notifyError },
    );
  };
  const canSend =
    current !== undefined && account?.sends.includes(current.locale.split('-')[0] ?? '') === true;
  const send = (): void => {
    if (!account || !current) return;
    push.mutate(
      { accountId: account.accountId, locale: current.locale },
      {
        onSuccess: ({ confirmed, failed }) =>
          notifyDone(t('localisation.sent', { confirmed, failed: failed.length })),
        onError: notifyError,
      },
    );
  };
  return (
    <ScreenFrame
      title={t('localisation.title')}
      subtitle={
        current &&
        t('localisation.complete', { done: current.done, wanted: current.wanted, stale: current.stale })
      }
      actions={
        canSend ? (
          <Button loading={push.isPending} onClick={send}>
            {t('localisation.send')}
          </Button>
        ) : undefined
      }
    >
      <div className={styles['body']}>
        {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
        {!data && !error && <Loading />}
        {data && !account && (
          <EmptyState icon={IconLanguage} title={t('localisation.none')} text={t('localisation.none.text')} />
        )}
        {data && account && (
          <>
            <div className={styles['bar']}>
              <Select
                label={t('localisation.account')}
                value={account.accountId}
                data={data.accounts.map((one) => ({ value: one.accountId, label: one.name }))}
                onChange={setAccountId}
              />
              <Select
                label={t('localisation.language')}
                value={current?.locale ?? null}
                data={account.locales.map(({ locale }) => locale)}
                onChange={setChosen}
              />
              <TextInput
                label={t('localisation.add')}
                placeholder="de"
                value={added}
                onChange={(event) => setAdded(event.currentTarget.value)}
              />
              <Button variant="default" disabled={added.trim() === ''} onClick={add}>
                {t('localisation.addAction')}
              </Button>
            </div>
            {current ? (
              <TextRows
                key={`${account.accountId} ${current.locale}`}
                accountId={account.accountId}
                locale={current.locale}
              />
            ) : (
              <EmptyState
                icon={IconLanguage}
                title={t('localisation.noLanguage')}
                text={t('localisation.noLanguage.text')}
              />
            )}
          </>
        )}
      </div>
    </ScreenFrame>
  );
}
