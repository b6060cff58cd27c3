import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowUp,
  IconFlask,
  IconInfoCircle,
} from '@tabler/icons-react';
import type { Result } from '#shared/contract/methods.ts';
import { commandLabel } from '../lib/command-label.ts';
import { useEngineQuery } from '../lib/engine.tsx';
import { useNavigation } from '../lib/navigation.ts';
import { useSettings } from '../lib/settings.ts';
import { useStatusLine } from '../lib/status-line.ts';
import { useText } from '../lib/text.ts';
import { Age } from '../ui/Age.tsx';
import { PlatformMark } from '../ui/PlatformMark.tsx';
import styles from './StatusBar.module.css';
import { StatusJobs } from './StatusJobs.tsx';
import { useUndo } from './use-undo.ts';

type Status = Result<'status.get'>;

/** Always in sight: whether the shops are reached, how old their values are, what waits, and what Ctrl+Z would undo. */
export function StatusBar({ restarting }: { readonly restarting: boolean }) {
  const t = useText();
  const { go } = useNavigation();
  const { info } = useSettings();
  const status = useEngineQuery('status.get', {}).data;
  const selection = useStatusLine((line) => line.text);
  const { undo, redo } = useUndo();
  if (!status) return <footer className={styles['bar']} />;
  const undoLabel = status.undo === null ? null : commandLabel(status.undo, t);
  const redoLabel = status.redo === null ? null : commandLabel(status.redo, t);
  return (
    <footer className={styles['bar']} aria-label={t('shell.status')}>
      {restarting && <output className={styles['restarting']}>{t('shell.restarting')}</output>}
      <output
        className={styles['online']}
        data-online={status.online}
        title={t(`shell.online.${status.online}.meaning`)}
      >
        <span className={styles['dot']} aria-hidden="true" />
        {t(`shell.online.${status.online}`)}
      </output>
      <span className={styles['accounts']} data-many={status.accounts.length > 2}>
        {status.accounts.map((account) => (
          <AccountAge key={account.accountId} account={account} />
        ))}
      </span>
      <StatusJobs jobs={status.jobs} />
      {status.unpublished + status.pending > 0 && (
        <button type="button" className={styles['item']} onClick={() => go('publish')}>
          <IconArrowUp size={13} aria-hidden="true" />
          {status.unpublished > 0 && t('shell.unpublished', { count: status.unpublished })}
          {status.unpublished > 0 && status.pending > 0 && ' · '}
          {status.pending > 0 && t('shell.sending', { count: status.pending })}
        </button>
      )}
      {status.lastVerifiedAt !== null && (
        <span className={styles['quiet']} title={t('shell.verified.meaning')}>
          {t('shell.verified')} <Age at={status.lastVerifiedAt} />
        </span>
      )}
      <span className={styles['gap']} />
      {selection !== '' && <output className={styles['selection']}>{selection}</output>}
      <button
        type="button"
        className={styles['undo']}
        disabled={status.undo === null}
        title={undoLabel ?? t('shell.undo.nothing')}
        onClick={undo}
      >
        <IconArrowBackUp size={14} aria-hidden="true" />
        <span className={styles['clip']}>
          {undoLabel === null ? t('shell.undo') : t('shell.undo.what', { what: undoLabel })}
        </span>
      </button>
      <button
        type="button"
        className={styles['undo']}
        disabled={status.redo === null}
        title={redoLabel ?? t('shell.redo.nothing')}
        aria-label={redoLabel === null ? t('shell.redo') : t('shell.redo.what', { what: redoLabel })}
        onClick={redo}
      >
        <IconArrowForwardUp size={14} aria-hidden="true" />
      </button>
      {info.sample && (
        <span className={styles['sample']} title={t('shell.sample.meaning')}>
          <IconFlask size={13} aria-hidden="true" />
          {t('shell.sample')}
        </span>
      )}
      {info.developmentRuntime && (
        <span className={styles['quiet']} title={t('shell.runtime.meaning', { version: info.electron })}>
          <IconInfoCircle size={13} aria-hidden="true" />
          {t('shell.runtime')}
        </span>
      )}
    </footer>
  );
}

function AccountAge({ account }: { readonly account: Status['accounts'][number] }) {
  const t = useText();
  const { go } = useNavigation();
  const trouble =
    account.status === 'auth_required' || account.status === 'paused'
      ? t(`shell.account.${account.status}`)
      : account.offline
        ? t('shell.account.offline')
        : null;
  return (
    <button
      type="button"
      className={styles['account']}
      data-trouble={trouble !== null}
      onClick={() => go('channels', { accountId: account.accountId })}
    >
      <PlatformMark platform={account.platform} name={account.name} />
      {trouble ?? <Age at={account.lastPullAt} />}
    </button>
  );
}
