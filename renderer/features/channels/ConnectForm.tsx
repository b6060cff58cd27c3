import { Button, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { CREDENTIAL_FORMS } from '#shared/domain/channel-credentials.ts';
import type { Platform } from '#shared/domain/platforms.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { useEngine } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { notifyDone, notifyError } from '../../ui/notify.tsx';
import { CredentialFields } from './CredentialFields.tsx';
import { cleanCredentials, CONNECTABLE, isComplete, type Credentials } from './credentials.ts';
import { shopAddress, shopName } from './shop-address.ts';
import styles from './forms.module.css';
import { ownTimeZone, timeZones } from './time-zones.ts';

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
  const [timeZone, setTimeZone] = useState(ownTimeZone);
  const [accountId, setAccountId] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const connect = async (): Promise<void> => {
    const details = {
      name: name.trim() || shopName(address),
      baseUrl: shopAddress(address),
      credentials: cleanCredentials(credentials),
      timeZone,
    };
    let id = accountId;
    if (id === null) {
      id = (await engine.call('channels.add', { platform, ...details })).accountId;
      setAccountId(id);
    } else await engine.call('channels.update', { accountId: id, ...details });
    await engine.call('channels.test', { accountId: id });
    notifyDone(t('channels.connected', { name: details.name }));
    // Reading may take minutes; the status bar shows it.
    engine.call('sync.pull', { accountId: id }).catch(notifyError);
    onDone();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    connect()
      .catch(setError)
      .finally(() => setBusy(false));
  };
  const giveUp = (): void => {
    if (accountId !== null) engine.call('channels.remove', { accountId, discard: true }).catch(notifyError);
    onDone();
  };
  const form = CREDENTIAL_FORMS[platform];
  const unreachable = error instanceof CodedError && error.code === 'CHANNEL_TRANSIENT';
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
        }}
      />
      <TextInput
        label={t(form?.addressLabelId ?? 'channels.address')}
        description={t(form?.addressHelpId ?? 'channels.address')}
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
        placeholder={shopName(address)}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={100}
        autoComplete="off"
      />
      <CredentialFields platform={platform} values={credentials} onChange={setCredentials} />
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
        <Button type="submit" loading={busy} disabled={!isComplete(platform, credentials)}>
          {t('channels.connect')}
        </Button>
      </div>
    </form>
  );
}
