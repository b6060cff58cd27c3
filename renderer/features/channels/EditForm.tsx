import { Button, Select, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Account } from '#shared/contract/channels.ts';
import { useEngineCommand } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import styles from './forms.module.css';
import { shopAddress } from './shop-address.ts';
import { timeZones } from './time-zones.ts';

/** Name, address and zone of an account. */
export function EditForm({ account, onDone }: { readonly account: Account; readonly onDone: () => void }) {
  const t = useText();
  const update = useEngineCommand('channels.update');
  const [name, setName] = useState(account.name);
  const [address, setAddress] = useState(account.baseUrl);
  const [timeZone, setTimeZone] = useState(account.timeZone);
  const local = account.platform === 'local';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    update.mutate(
      {
        accountId: account.accountId,
        name: name.trim(),
        ...(local || shopAddress(address) === account.baseUrl ? {} : { baseUrl: shopAddress(address) }),
        timeZone,
      },
      { onSuccess: onDone },
    );
  };
  return (
    <form className={styles['form']} onSubmit={submit}>
      <TextInput
        label={t('channels.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        required
        maxLength={100}
      />
      {!local && (
        <TextInput
          label={t('channels.address')}
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
          required
        />
      )}
      <Select
        label={t('channels.timeZone')}
        description={t('channels.timeZone.hint')}
        data={[...new Set([account.timeZone, ...timeZones()])]}
        searchable
        value={timeZone}
        onChange={(zone) => setTimeZone(zone ?? account.timeZone)}
      />
      {update.error && <ErrorNotice error={update.error} />}
      <div className={styles['buttons']}>
        <Button variant="default" onClick={onDone}>
          {t('channels.cancel')}
        </Button>
        <Button type="submit" loading={update.isPending}>
          {t('channels.save')}
        </Button>
      </div>
    </form>
  );
}
