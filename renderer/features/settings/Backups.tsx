import { Button } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useIntl } from 'react-intl';
import { bridge } from '../../lib/bridge.ts';
import { useEngineCommand, useEngineQuery } from '../../lib/engine.tsx';
import { fileName } from '../../lib/file-name.ts';
import { useHasText, useText } from '../../lib/text.ts';
import { Age } from '../../ui/Age.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { notifyDone, notifyError } from '../../ui/notify.tsx';
import styles from './Backups.module.css';
import { Row, Section } from './Section.tsx';

/** Making backups, and going back to one. A restore keeps the present database beside the backups. */
export function Backups() {
  const t = useText();
  const has = useHasText();
  const intl = useIntl();
  const info = useEngineQuery('workspace.info', {}).data;
  const { data, error, refetch } = useEngineQuery('workspace.backups', {});
  const backup = useEngineCommand('workspace.backup');
  const run = (file?: string): void =>
    backup.mutate(file === undefined ? {} : { file }, {
      onSuccess: (made) => {
        notifyDone(
          t('settings.backup.made', {
            file: fileName(made.file),
            listings: made.listings,
            orders: made.orders,
          }),
        );
        void refetch();
      },
      onError: notifyError,
    });
  const restore = (file: string, what: string): void => {
    modals.openConfirmModal({
      title: t('settings.restore.title', { what }),
      children: t('settings.restore.text'),
      labels: { confirm: t('settings.restore'), cancel: t('settings.cancel') },
      confirmProps: { color: 'red' },
      closeButtonProps: { 'aria-label': t('shell.close') },
      onConfirm: () => {
        bridge().restore(file).catch(notifyError);
      },
    });
  };
  return (
    <Section title={t('settings.backup')}>
      <Row
        label={t('settings.backup.last')}
        hint={<Age at={info?.lastBackupAt ?? null} reason={t('settings.backup.never')} />}
      >
        <Button variant="default" loading={backup.isPending} onClick={() => run()}>
          {t('settings.backup.now')}
        </Button>
        <Button
          variant="default"
          disabled={backup.isPending}
          onClick={() => {
            bridge()
              .saveFile('backup', 'quayside-backup.db')
              .then((file) => file !== null && run(file), notifyError);
          }}
        >
          {t('settings.backup.file')}
        </Button>
        <Button
          variant="default"
          onClick={() => {
            bridge()
              .pickFile('backup')
              .then((file) => file !== null && restore(file, fileName(file)), notifyError);
          }}
        >
          {t('settings.restore.file')}
        </Button>
      </Row>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data && data.backups.length > 0 && (
        <ul className={styles['list']} aria-label={t('settings.backup.list')}>
          {data.backups.map(({ file, at, bytes, reason }) => {
            const when = intl.formatDate(at, { dateStyle: 'medium', timeStyle: 'short' });
            return (
              <li key={file} className={styles['backup']}>
                <span className={styles['when']}>{when}</span>
                <span className={styles['file']} title={file}>
                  {has(`settings.backup.reason.${reason}`) ? t(`settings.backup.reason.${reason}`) : reason}
                </span>
                <span className="qs-muted qs-number">{t('shell.bytes', { mb: bytes / 1_000_000 })}</span>
                <Button
                  variant="subtle"
                  size="compact-sm"
                  aria-label={t('shell.recovery.use', { when })}
                  onClick={() => restore(file, when)}
                >
                  {t('settings.restore')}
                </Button>
              </li>
            );
          })}
        </ul>
      )}
    </Section>
  );
}
