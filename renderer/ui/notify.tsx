import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useHasText, useText } from '../lib/text.ts';
import { errorFacts } from './error-facts.ts';
import styles from './notify.module.css';

const DONE_MS = 4_000;
/** Long enough to read and to reach the button. */
const UNDO_MS = 8_000;

export interface DoneOptions {
  /** Offered as a button in the toast. */
  readonly undo?: (() => void) | undefined;
}

/** Says that something is done; failures of `undo` are the caller's to report. */
export function notifyDone(text: string, options: DoneOptions = {}): void {
  const { undo } = options;
  const id = notifications.show({
    className: styles['toast'],
    withBorder: true,
    color: 'var(--qs-state-verified)',
    icon: <IconCheck size={16} aria-hidden="true" />,
    autoClose: undo ? UNDO_MS : DONE_MS,
    message: (
      <Done
        text={text}
        onUndo={
          undo &&
          (() => {
            notifications.hide(id);
            undo();
          })
        }
      />
    ),
  });
}

function Done({ text, onUndo }: { readonly text: string; readonly onUndo: (() => void) | undefined }) {
  const t = useText();
  return (
    <span className={styles['row']}>
      <span>{text}</span>
      {onUndo && (
        <Button variant="subtle" size="compact-xs" onClick={onUndo}>
          {t('shell.undo')}
        </Button>
      )}
    </span>
  );
}

/** Takes away what was said before: a full-screen station has its own way to tell things. */
export function clearNotices(): void {
  notifications.clean();
}

/** Says what failed, why and what next; stays until it is closed. */
export function notifyError(error: unknown): void {
  const { code } = errorFacts(error);
  if (code === 'CANCELLED') return;
  notifications.show({
    className: styles['toast'],
    withBorder: true,
    color: 'var(--qs-state-rejected)',
    icon: <IconAlertTriangle size={16} aria-hidden="true" />,
    autoClose: false,
    message: <Failed error={error} />,
  });
}

function Failed({ error }: { readonly error: unknown }) {
  const t = useText();
  const has = useHasText();
  const { code, message } = errorFacts(error);
  return (
    <span className={styles['failure']} role="alert">
      <strong>{has(`errors.${code}`) ? t(`errors.${code}`) : t('errors.INTERNAL')}</strong>
      <span>{message}</span>
      {has(`errors.${code}.next`) && <span>{t(`errors.${code}.next`)}</span>}
    </span>
  );
}
