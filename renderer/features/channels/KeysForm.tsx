import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Account } from '#shared/contract/channels.ts';
import { useEngine } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { notifyDone } from '../../ui/notify.tsx';
import styles from './forms.module.css';

/** New keys for an account. They are tried at once; what waits goes on when the shop accepts them. */
export function KeysForm({ account, onDone }: { readonly account: Account; readonly onDone: () => void }) {
  const t = useText();
  const engine = useEngine();
  const [consumerKey, setKey] = useState('');
  const [consumerSecret, setSecret] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const save = async (): Promise<void> => {
    const { accountId } = account;
    await engine.call('channels.update', {
      accountId,
      credentials: { consumerKey: consumerKey.trim(), consumerSecret: consumerSecret.trim() },
    });
    await engine.call('channels.test', { accountId });
    notifyDone(t('channels.keys.accepted', { name: account.name }));
    onDone();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    save()
      .catch(setError)
      .finally(() => setBusy(false));
  };
  return (
    <form className={styles['form']} onSubmit={submit}>
      <p className={styles['hint']}>{t('channels.keys.where')}</p>
      <TextInput
        label={t('channels.consumerKey')}
        value={consumerKey}
        onChange={(event) => setKey(event.currentTarget.value)}
        required
        autoComplete="off"
        classNames={{ input: 'qs-mono' }}
      />
      <PasswordInput
        label={t('channels.consumerSecret')}
        value={consumerSecret}
        onChange={(event) => setSecret(event.currentTarget.value)}
        required
        autoComplete="off"
        visibilityToggleButtonProps={{ 'aria-label': t('channels.secret.show') }}
      />
      {error !== null && <ErrorNotice error={error} />}
      <div className={styles['buttons']}>
        <Button variant="default" onClick={onDone}>
          {t('channels.cancel')}
        </Button>
        <Button type="submit" loading={busy}>
          {t('channels.keys.save')}
        </Button>
      </div>
    </form>
  );
}
