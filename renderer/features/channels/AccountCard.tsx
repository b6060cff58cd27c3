import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { Account } from '#shared/contract/channels.ts';
import { CodedError, type ErrorCode } from '#shared/errors/coded-error.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { useText } from '../../lib/text.ts';
import { Age } from '../../ui/Age.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { PlatformMark } from '../../ui/PlatformMark.tsx';
import styles from './AccountCard.module.css';
import { AccountFacts } from './AccountFacts.tsx';
import { ExpiryWarning } from './ExpiryWarning.tsx';
import type { Panel } from './panel.ts';
import { ShopLinks } from './ShopLinks.tsx';
import { useAccountActions } from './use-account-actions.ts';
import { useBringFile } from './use-bring-file.ts';

export interface AccountCardProps {
  readonly account: Account;
  readonly focused: boolean;
  readonly onPanel: (panel: Panel) => void;
}

/** One account with its health; what it cannot do is named with the reason. */
export function AccountCard({ account, focused, onPanel }: AccountCardProps) {
  const t = useText();
  const go = useNavigation((navigation) => navigation.go);
  const card = useRef<HTMLLIElement>(null);
  const { test, pull, pause } = useAccountActions(account);
  const bring = useBringFile(account);
  const { accountId, lastError, limits } = account;
  const local = account.platform === 'local';
  const byHand = account.byHand ?? false;
  const health = local
    ? 'local'
    : account.status !== 'active'
      ? account.status
      : account.offline
        ? 'offline'
        : 'active';
  useEffect(() => {
    if (focused) card.current?.scrollIntoView({ block: 'nearest' });
  }, [focused]);
  return (
    <li ref={card} className={styles['card']} data-focused={focused}>
      <header className={styles['head']}>
        <h2 className={styles['name']}>
          <PlatformMark platform={account.platform} name={account.name} />
        </h2>
        <span className={styles['health']} data-health={health}>
          <span className={styles['dot']} aria-hidden="true" />
          {t(`channels.health.${health}`)}
        </span>
        {account.sample && <span className={styles['sample']}>{t('shell.sample')}</span>}
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon className={styles['more']} aria-label={t('channels.more', { name: account.name })}>
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => onPanel({ kind: 'edit', accountId })}>{t('channels.edit')}</Menu.Item>
            {byHand && (
              <Menu.Item onClick={() => pause.run(account.status !== 'paused')}>
                {t(account.status === 'paused' ? 'channels.resume' : 'channels.pause')}
              </Menu.Item>
            )}
            {!local && !byHand && (
              <>
                <Menu.Item onClick={() => onPanel({ kind: 'keys', accountId })}>
                  {t('channels.keys')}
                </Menu.Item>
                <Menu.Item onClick={() => pull.run(true)}>{t('channels.pull.full')}</Menu.Item>
                <Menu.Item onClick={() => pause.run(account.status !== 'paused')}>
                  {t(account.status === 'paused' ? 'channels.resume' : 'channels.pause')}
                </Menu.Item>
              </>
            )}
            {!local && (
              <Menu.Item onClick={() => go('publish', { view: 'paused', platform: account.platform })}>
                {t('channels.pause.channel', { channel: t(`shell.platform.${account.platform}`) })}
              </Menu.Item>
            )}
            <Menu.Divider />
            <Menu.Item color="red" onClick={() => onPanel({ kind: 'remove', accountId })}>
              {t('channels.remove')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </header>
      {!local && (
        <p className={styles['address']} title={account.baseUrl}>
          {account.baseUrl}
        </p>
      )}
      {account.status === 'auth_required' && (
        <div className={styles['call']}>
          <span>{t('channels.auth.text')}</span>
          <Button onClick={() => onPanel({ kind: 'keys', accountId })}>{t('channels.auth.action')}</Button>
        </div>
      )}
      {account.status === 'paused' && (
        <div className={styles['call']}>
          <span>{t('channels.paused.text')}</span>
          <Button variant="default" loading={pause.pending} onClick={() => pause.run(false)}>
            {t('channels.resume')}
          </Button>
        </div>
      )}
      {!local && !byHand && (
        <ExpiryWarning account={account} onRenew={() => onPanel({ kind: 'keys', accountId })} />
      )}
      {lastError && (
        <div className={styles['trouble']}>
          <ErrorNotice error={new CodedError(lastError.code as ErrorCode, lastError.message)} />
          <span className="qs-muted">
            {t('channels.lastError')} <Age at={lastError.at} />
          </span>
        </div>
      )}
      <AccountFacts
        account={account}
        onQuarantine={() => onPanel({ kind: 'quarantine', accountId })}
        onHealth={() => onPanel({ kind: 'health', accountId })}
      />
      {limits.length > 0 && (
        <details className={styles['limits']}>
          <summary>{t('channels.limits', { count: limits.length })}</summary>
          <ul>
            {limits.map(({ capability, reason }) => (
              <li key={capability}>{reason}</li>
            ))}
          </ul>
        </details>
      )}
      <ShopLinks platform={account.platform} baseUrl={account.baseUrl} />
      {byHand && (
        <footer className={styles['buttons']}>
          <Button variant="default" loading={bring.pending} onClick={bring.run}>
            {t('channels.files.import')}
          </Button>
          <Button
            variant="default"
            aria-label={t('channels.handList.title', { name: account.name })}
            onClick={() => onPanel({ kind: 'handList', accountId })}
          >
            {t('channels.handList.open')}
          </Button>
        </footer>
      )}
      {!local && !byHand && (
        <footer className={styles['buttons']}>
          <Button variant="default" loading={pull.pending} onClick={() => pull.run(false)}>
            {t('channels.pull')}
          </Button>
          <Button variant="default" loading={test.pending} onClick={test.run}>
            {t('channels.test')}
          </Button>
          <Button
            variant="default"
            aria-label={t('channels.health.title', { name: account.name })}
            onClick={() => onPanel({ kind: 'health', accountId })}
          >
            {t('channels.health.open')}
          </Button>
        </footer>
      )}
    </li>
  );
}
