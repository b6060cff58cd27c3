import { ActionIcon, Button } from '@mantine/core';
import { IconAlertTriangle, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { GridOutcome } from '../../grid/contract.ts';
import type { FieldTexts } from '../../lib/field-texts.ts';
import { useText } from '../../lib/text.ts';
import styles from './listings.module.css';

const LISTED = 200;

export interface RejectionStripProps {
  readonly outcome: GridOutcome;
  readonly fields: FieldTexts;
  /** Goes to the cell; false when the view does not show its row. */
  readonly onJump: (listingId: string, key: string) => void;
  readonly onClose: () => void;
}

/** What a change could not do: which cells kept their value, and why. */
export function RejectionStrip({ outcome, fields, onJump, onClose }: RejectionStripProps) {
  const t = useText();
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const { rejected, rejectedTotal, applied } = outcome;
  const shown = rejected[at];
  const step = (): void => {
    if (!shown) return;
    onJump(shown.id, shown.key);
    setAt((at + 1) % rejected.length);
  };
  return (
    <div className={styles['strip']} role="alert">
      <div className={styles['stripHead']}>
        <IconAlertTriangle size={16} aria-hidden="true" />
        <span className={styles['grow']}>
          <strong>{t('listings.rejected.title', { rejected: rejectedTotal, applied })}</strong>{' '}
          {shown && `${fields.name(shown.key)}: ${fields.reason(shown.code, shown.message)}`}
        </span>
        <Button variant="default" size="compact-xs" onClick={step}>
          {t('listings.rejected.jump', { at: at + 1, of: rejected.length })}
        </Button>
        {rejected.length > 1 && (
          <Button
            variant="default"
            size="compact-xs"
            aria-expanded={open}
            onClick={() => setOpen((before) => !before)}
          >
            {t(open ? 'listings.rejected.hide' : 'listings.rejected.list')}
          </Button>
        )}
        <ActionIcon aria-label={t('shell.close')} onClick={onClose}>
          <IconX size={15} />
        </ActionIcon>
      </div>
      {open && (
        <ul className={styles['stripList']}>
          {rejected.slice(0, LISTED).map(({ id, key, code, message }) => (
            <li key={`${id} ${key}`}>
              <button type="button" onClick={() => onJump(id, key)}>
                <strong>{fields.name(key)}</strong> {fields.reason(code, message)}
              </button>
            </li>
          ))}
          {rejectedTotal > LISTED && <li>{t('listings.more', { count: rejectedTotal - LISTED })}</li>}
        </ul>
      )}
    </div>
  );
}
