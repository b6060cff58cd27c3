import { Button } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Account } from '#shared/contract/channels.ts';
import { useEngine } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { notifyDone } from '../../ui/notify.tsx';
import { CredentialFields } from './CredentialFields.tsx';
import { cleanCredentials, type Credentials } from './credentials.ts';
import styles from './forms.module.css';
import { signsIn, waysToConnect } from './sign-in-keys.ts';
import { SignInWaiting } from './SignInWaiting.tsx';
import { isCancelled, useSignIn } from './use-sign-in.ts';

/** New keys for an account. They are tried at once; what waits goes on when the shop accepts them. */
export function KeysForm({ account, onDone }: { readonly account: Account; readonly onDone: () => void }) {
  const t = useText();
  const { platform } = account;
  const engine = useEngine();
  const [credentials, setCredentials] = useState<Credentials>({});
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const signIn = useSignIn();
  /** `entered`: new keys take the place of the kept ones; else the kept ones sign in again. */
  const renew = async (entered: boolean, inBrowser: boolean): Promise<void> => {
    const { accountId } = account;
    if (entered)
      await engine.call('channels.update', { accountId, credentials: cleanCredentials(credentials) });
    if (inBrowser) await signIn.run(accountId);
    await engine.call('channels.test', { accountId });
    notifyDone(t('channels.keys.accepted', { name: account.name }));
    onDone();
  };
  const start = (entered: boolean, inBrowser: boolean): void => {
    setBusy(true);
    setError(null);
    renew(entered, inBrowser)
      .catch((failure: unknown) => {
        if (!isCancelled(failure)) setError(failure);
      })
      .finally(() => setBusy(false));
  };
  if (platform === 'local') return null;
  if (signIn.waiting) return <SignInWaiting {...signIn.waiting} onCancel={signIn.cancel} />;
  const ways = waysToConnect(platform, credentials);
  const untouched = Object.keys(cleanCredentials(credentials)).length === 0;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    start(true, ways.signIn);
  };
  return (
    <form className={styles['form']} onSubmit={submit}>
      {signsIn(platform) && untouched && (
        <div className={styles['again']}>
          <p>{t('channels.signIn.again')}</p>
          <Button loading={busy} onClick={() => start(false, true)}>
            {t('channels.signIn')}
          </Button>
        </div>
      )}
      <CredentialFields platform={platform} values={credentials} onChange={setCredentials} />
      {error !== null && <ErrorNotice error={error} />}
      <div className={styles['buttons']}>
        <Button variant="default" onClick={onDone}>
          {t('channels.cancel')}
        </Button>
        {ways.signIn && ways.keysReady && (
          <Button variant="default" disabled={busy} onClick={() => start(true, false)}>
            {t('channels.signIn.without')}
          </Button>
        )}
        {!(signsIn(platform) && untouched) && (
          <Button type="submit" loading={busy} disabled={!(ways.signIn ? ways.signInReady : ways.keysReady)}>
            {t(ways.signIn ? 'channels.signIn' : 'channels.keys.save')}
          </Button>
        )}
      </div>
    </form>
  );
}
