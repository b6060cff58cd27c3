import { Button, SegmentedControl, Select, Switch, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { CREDENTIAL_FORMS } from '#shared/domain/channel-credentials.ts';
import type { Platform } from '#shared/domain/platforms.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { useEngine } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { notifyDone, notifyError } from '../../ui/notify.tsx';
import { CredentialFields } from './CredentialFields.tsx';
import { cleanCredentials, CONNECTABLE, type Credentials } from './credentials.ts';
import styles from './forms.module.css';
import { FIXED_ADDRESSES, shopAddress, shopName } from './shop-address.ts';
import { waysToConnect } from './sign-in-keys.ts';
import { SignInWaiting } from './SignInWaiting.tsx';
import { ownTimeZone, timeZones } from './time-zones.ts';
import { isCancelled, useSignIn } from './use-sign-in.ts';

/**
 * Connects a shop. The shop is asked before the form closes; when
 * it refuses, the account stays in the form to be corrected, not added again.
 */
export function ConnectForm({ onDone }: { readonly onDone: () => void }) {
  const t = useText();
  const engine = useEngine();
  const [address, setAddress] = useState('');
  const [name, setName] = useState('');
  const [platform, setPlatform] = useState<Platform>(CONNECTABLE[0] ?? 'woocommerce');
  const [credentials, setCredentials] = useState<Credentials>({});
  const [withoutKeys, setWithoutKeys] = useState(false);
  const [timeZone, setTimeZone] = useState(ownTimeZone);
  const [accountId, setAccountId] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const signIn = useSignIn();
  const form = CREDENTIAL_FORMS[platform];
  const files = withoutKeys ? form?.byFiles : undefined;
  const named = files === undefined || address.trim().length > files.addressStart.length;
  const ways = files
    ? { signIn: false, signInReady: false, keysReady: named }
    : waysToConnect(platform, credentials);
  // All shops of such a platform have one address, which names none of them.
  const ownName =
    FIXED_ADDRESSES[platform] === undefined ? shopName(address) : t(`shell.platform.${platform}`);
  const chooseWay = (without: boolean): void => {
    setWithoutKeys(without);
    setCredentials({});
    setAddress((without ? form?.byFiles?.addressStart : FIXED_ADDRESSES[platform]) ?? '');
  };

  const connect = async (inBrowser: boolean): Promise<void> => {
    const details = {
      name: name.trim() || ownName,
      baseUrl: shopAddress(address),
      credentials: cleanCredentials(credentials),
      timeZone,
    };
    let id = accountId;
    if (id === null) {
      id = (await engine.call('channels.add', { platform, ...details })).accountId;
      setAccountId(id);
    } else await engine.call('channels.update', { accountId: id, ...details });
    if (files) {
      notifyDone(t('channels.files.connected', { name: details.name }));
      onDone();
      return;
    }
    if (inBrowser) await signIn.run(id);
    await engine.call('channels.test', { accountId: id });
    notifyDone(t('channels.connected', { name: details.name }));
    // Reading may take minutes; the status bar shows it.
    engine.call('sync.pull', { accountId: id }).catch(notifyError);
    onDone();
  };
  const start = (inBrowser: boolean): void => {
    setBusy(true);
    setError(null);
    connect(inBrowser)
      .catch((failure: unknown) => {
        if (!isCancelled(failure)) setError(failure);
      })
      .finally(() => setBusy(false));
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    start(ways.signIn);
  };
  const giveUp = (): void => {
    if (accountId !== null) engine.call('channels.remove', { accountId, discard: true }).catch(notifyError);
    onDone();
  };
  const unreachable = error instanceof CodedError && error.code === 'CHANNEL_TRANSIENT';
  if (signIn.waiting) return <SignInWaiting {...signIn.waiting} onCancel={signIn.cancel} />;
  return (
    <form className={styles['form']} onSubmit={submit}>
      <p className="qs-muted">{t('channels.add.lead')}</p>
      <SegmentedControl
        aria-label={t('channels.platform')}
        data={CONNECTABLE.map((value) => ({ value, label: t(`shell.platform.${value}`) }))}
        value={platform}
        // An account keeps its platform; another one begins with other keys.
        disabled={accountId !== null}
        onChange={(next) => {
          setPlatform(next);
          setCredentials({});
          setWithoutKeys(false);
          if (withoutKeys || address.trim() === '' || address === FIXED_ADDRESSES[platform])
            setAddress(FIXED_ADDRESSES[next] ?? '');
        }}
      />
      {form?.byFiles && (
        <Switch
          label={t(form.byFiles.choiceId)}
          checked={withoutKeys}
          disabled={accountId !== null}
          onChange={(event) => chooseWay(event.currentTarget.checked)}
        />
      )}
      {files && <p className="qs-muted">{t(files.leadId)}</p>}
      <TextInput
        label={t((files ?? form)?.addressLabelId ?? 'channels.address')}
        description={t((files ?? form)?.addressHelpId ?? 'channels.address')}
        placeholder={platform === 'shopify' ? 'https://shop.myshopify.com' : 'https://shop.example'}
        value={address}
        onChange={(event) => setAddress(event.currentTarget.value)}
        required
        data-autofocus
        autoComplete="off"
      />
      <TextInput
        label={t('channels.name')}
        description={t('channels.name.hint')}
        placeholder={ownName}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={100}
        autoComplete="off"
      />
      {!files && <CredentialFields platform={platform} values={credentials} onChange={setCredentials} />}
      <Select
        label={t('channels.timeZone')}
        description={t('channels.timeZone.hint')}
        data={timeZones()}
        searchable
        value={timeZone}
        onChange={(zone) => setTimeZone(zone ?? ownTimeZone())}
      />
      {error !== null && <ErrorNotice error={error} />}
      <div className={styles['buttons']}>
        {unreachable && (
          <Button variant="subtle" onClick={onDone}>
            {t('channels.keep')}
          </Button>
        )}
        <Button variant="default" onClick={giveUp}>
          {t('channels.cancel')}
        </Button>
        {ways.signIn && ways.keysReady && (
          <Button variant="default" disabled={busy} onClick={() => start(false)}>
            {t('channels.signIn.without')}
          </Button>
        )}
        <Button type="submit" loading={busy} disabled={!(ways.signIn ? ways.signInReady : ways.keysReady)}>
          {t(files ? 'channels.files.add' : ways.signIn ? 'channels.signIn' : 'channels.connect')}
        </Button>
      </div>
    </form>
  );
}
