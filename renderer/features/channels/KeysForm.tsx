import { Button } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Account } from '#shared/contract/channels.ts';
import { useEngine } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { notifyDone } from '../../ui/notify.tsx';
import { CredentialFields } from './CredentialFields.tsx';
import { cleanCredentials, isComplete, type Credentials } from './credentials.ts';
import styles from './forms.module.css';

/** New keys for an account. They are tried at once; what waits goes on when the shop accepts them. */
export function KeysForm({ account, onDone }: { readonly account: Account; readonly onDone: () => void }) {
  const t = useText();
  const { platform } = account;
  const engine = useEngine();
  const [credentials, setCredentials] = useState<Credentials>({});
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const save = async (): Promise<void> => {
    const { accountId } = account;
    await engine.call('channels.update', {
      accountId,
      credentials: cleanCredentials(credentials),
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
  if (platform === 'local') return null;
  return (
    <form className={styles['form']} onSubmit={submit}>
      <CredentialFields platform={platform} values={credentials} onChange={setCredentials} />
      {error !== null && <ErrorNotice error={error} />}
      <div className={styles['buttons']}>
        <Button variant="default" onClick={onDone}>
          {t('channels.cancel')}
        </Button>
        <Button type="submit" loading={busy} disabled={!isComplete(platform, credentials)}>
          {t('channels.keys.save')}
        </Button>
      </div>
    </form>
  );
}
