import { Button, NumberInput, Select } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import type { PrivacyAccount } from '#shared/contract/privacy.ts';
import { CHANNEL_RETENTION_DAYS, MAX_RETENTION_DAYS } from '#shared/domain/personal-data.ts';
import { useEngineCommand, useEngineQuery } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { notifyDone, notifyError } from '../../ui/notify.tsx';
import styles from './BuyersData.module.css';
import { Row, Section } from './Section.tsx';

type Rule = 'channel' | 'always' | 'days';

/** How long names and addresses of buyers are kept, and the proof of what was destroyed. */
export function BuyersData() {
  const t = useText();
  const overview = useEngineQuery('privacy.overview', {});
  const proofs = useEngineQuery('privacy.proofs', { limit: 100 }).data?.proofs ?? [];
  const purge = useEngineCommand('privacy.purge');
  const accounts = overview.data?.accounts ?? [];
  const due = accounts.reduce((sum, account) => sum + account.due, 0);
  const ask = (): void => {
    modals.openConfirmModal({
      title: t('settings.buyers.confirm', { count: due }),
      children: t('settings.buyers.confirm.text'),
      labels: { confirm: t('settings.buyers.purge'), cancel: t('settings.cancel') },
      confirmProps: { color: 'red' },
      closeButtonProps: { 'aria-label': t('shell.close') },
      onConfirm: () =>
        purge.mutate(
          {},
          {
            onSuccess: ({ purged }) => notifyDone(t('settings.buyers.purged', { count: purged })),
            onError: notifyError,
          },
        ),
    });
  };
  return (
    <Section title={t('settings.buyers')}>
      <Row label={t('settings.buyers.due', { count: due })} hint={t('settings.buyers.hint')}>
        <Button variant="default" disabled={due === 0} loading={purge.isPending} onClick={ask}>
          {t('settings.buyers.purge')}
        </Button>
      </Row>
      {overview.error && <ErrorNotice error={overview.error} onRetry={() => void overview.refetch()} />}
      {accounts.map((account) => (
        <AccountRule key={`${account.accountId} ${account.from} ${account.days}`} account={account} />
      ))}
      {proofs.length > 0 && <Proofs proofs={proofs} />}
    </Section>
  );
}

function AccountRule({ account }: { readonly account: PrivacyAccount }) {
  const t = useText();
  const set = useEngineCommand('privacy.setPolicy');
  const { accountId, accountName, days, from, held, platform } = account;
  const rule: Rule = from === 'channel' ? 'channel' : days === null ? 'always' : 'days';
  const [chosen, setChosen] = useState<Rule>(rule);
  const save = (value: number | null | undefined): void =>
    set.mutate({ accountId, ...(value === undefined ? {} : { days: value }) }, { onError: notifyError });
  const choose = (next: Rule): void => {
    setChosen(next);
    if (next === 'channel') save(undefined);
    if (next === 'always') save(null);
  };
  return (
    <Row label={accountName} hint={t('settings.buyers.held', { count: held })}>
      <Select
        aria-label={t('settings.buyers.rule', { name: accountName })}
        data={[
          {
            value: 'channel',
            label: t('settings.buyers.channel', { days: CHANNEL_RETENTION_DAYS[platform] ?? 0 }),
          },
          { value: 'always', label: t('settings.buyers.always') },
          { value: 'days', label: t('settings.buyers.days') },
        ]}
        value={chosen}
        allowDeselect={false}
        w={260}
        onChange={(value) => choose(value === 'channel' || value === 'always' ? value : 'days')}
      />
      {chosen === 'days' && (
        <NumberInput
          aria-label={t('settings.buyers.number', { name: accountName })}
          defaultValue={days ?? 90}
          min={0}
          max={MAX_RETENTION_DAYS}
          allowDecimal={false}
          w={110}
          suffix={` ${t('settings.buyers.unit')}`}
          onBlur={(event) => {
            const value = Number.parseInt(event.currentTarget.value, 10);
            if (Number.isInteger(value) && !(rule === 'days' && value === days)) save(value);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.blur();
          }}
        />
      )}
    </Row>
  );
}

function Proofs({
  proofs,
}: {
  readonly proofs: readonly {
    readonly proofId: string;
    readonly at: number;
    readonly accountName: string;
    readonly orders: number;
    readonly reason: 'policy' | 'request';
    readonly digest: string;
  }[];
}) {
  const t = useText();
  const intl = useIntl();
  return (
    <ul className={styles['proofs']} aria-label={t('settings.buyers.proofs')}>
      {proofs.map(({ proofId, at, accountName, orders, reason, digest }) => (
        <li key={proofId} className={styles['proof']}>
          <span className="qs-number">
            {intl.formatDate(at, { dateStyle: 'medium', timeStyle: 'short' })}
          </span>
          <span className={styles['clip']}>{accountName}</span>
          <span>{t('settings.buyers.orders', { count: orders })}</span>
          <span className="qs-muted">{t(`settings.buyers.reason.${reason}`)}</span>
          <code className={styles['clip']} title={t('settings.buyers.digest', { digest })}>
            {digest.slice(0, 12)}
          </code>
        </li>
      ))}
    </ul>
  );
}
