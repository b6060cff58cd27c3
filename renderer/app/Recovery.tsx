import { Button } from '@mantine/core';
import { IconFolderOpen, IconHistory, IconRefresh, IconFileText } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useIntl } from 'react-intl';
import type { AppInfo } from '#shared/contract/bridge.ts';
import { bridge } from '../lib/bridge.ts';
import { useSettings } from '../lib/settings.ts';
import { useHasText, useText } from '../lib/text.ts';
import { Age } from '../ui/Age.tsx';
import { notifyError } from '../ui/notify.tsx';
import styles from './Recovery.module.css';

/** Shown when no engine comes up: what happened, and every way on. Nothing is changed before a person chooses. */
export function Recovery({ code, message }: { readonly code: string; readonly message: string }) {
  const t = useText();
  const has = useHasText();
  const { info } = useSettings();
  const [backups, setBackups] = useState<AppInfo['backups']>(info.backups);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    let live = true;
    bridge()
      .appInfo()
      .then((fresh) => live && setBackups(fresh.backups), notifyError);
    return () => {
      live = false;
    };
  }, []);
  const attempt = (work: () => Promise<unknown>): void => {
    setBusy(true);
    work()
      .catch(notifyError)
      .finally(() => setBusy(false));
  };
  const restoreFrom = async (file: string | null): Promise<void> => {
    if (file !== null) await bridge().restore(file);
  };
  return (
    <main className={styles['recovery']} aria-labelledby="recovery-title">
      <div className={styles['sheet']}>
        <h1 id="recovery-title" className={styles['title']}>
          {has(`errors.${code}`) ? t(`errors.${code}`) : t('errors.ENGINE_UNAVAILABLE')}
        </h1>
        <p className={styles['detail']}>{message}</p>
        {has(`errors.${code}.next`) && <p>{t(`errors.${code}.next`)}</p>}
        <p className="qs-muted">
          {t('shell.recovery.safe')} <span className="qs-mono">{info.workspaceDir}</span>{' '}
          <span className="qs-mono">{code}</span>
        </p>
        <div className={styles['actions']}>
          <Button
            leftSection={<IconRefresh size={15} />}
            loading={busy}
            onClick={() => attempt(() => bridge().connect())}
          >
            {t('shell.recovery.again')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconFileText size={15} />}
            onClick={() => attempt(() => bridge().openOutside('logs'))}
          >
            {t('shell.recovery.logs')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconFolderOpen size={15} />}
            disabled={busy}
            onClick={() =>
              attempt(async () => {
                const dir = await bridge().pickFile('folder');
                if (dir !== null) await bridge().openWorkspace({ kind: 'dir', dir });
              })
            }
          >
            {t('shell.recovery.other')}
          </Button>
          {!info.sample && (
            <Button
              variant="default"
              disabled={busy}
              onClick={() => attempt(() => bridge().openWorkspace({ kind: 'sample' }))}
            >
              {t('shell.recovery.sample')}
            </Button>
          )}
        </div>
        <section className={styles['restore']} aria-labelledby="recovery-restore">
          <h2 id="recovery-restore" className={styles['subtitle']}>
            <IconHistory size={16} aria-hidden="true" /> {t('shell.recovery.restore')}
          </h2>
          <p className="qs-muted">{t('shell.recovery.restore.text')}</p>
          {backups.length === 0 ? (
            <p>{t('shell.recovery.none')}</p>
          ) : (
            <ul className={styles['backups']}>
              {backups.map((backup) => (
                <BackupRow
                  key={backup.file}
                  backup={backup}
                  busy={busy}
                  onRestore={() => attempt(() => restoreFrom(backup.file))}
                />
              ))}
            </ul>
          )}
          <Button
            variant="default"
            disabled={busy}
            onClick={() => attempt(async () => restoreFrom(await bridge().pickFile('backup')))}
          >
            {t('shell.recovery.file')}
          </Button>
        </section>
      </div>
    </main>
  );
}

function BackupRow({
  backup,
  busy,
  onRestore,
}: {
  readonly backup: AppInfo['backups'][number];
  readonly busy: boolean;
  readonly onRestore: () => void;
}) {
  const t = useText();
  const intl = useIntl();
  const when = intl.formatDate(backup.at, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <li className={styles['backup']}>
      <span>{when}</span>
      <span className="qs-muted">
        <Age at={backup.at} />
      </span>
      <span className="qs-muted">{t('shell.bytes', { mb: backup.bytes / 1_000_000 })}</span>
      <Button
        variant="subtle"
        disabled={busy}
        onClick={onRestore}
        aria-label={t('shell.recovery.use', { when })}
      >
        {t('shell.recovery.use.short')}
      </Button>
    </li>
  );
}
