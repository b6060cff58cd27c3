import { Textarea } from '@mantine/core';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import type { CellVerdict, GridActiveCell } from '../../grid/contract.ts';
import type { FieldTexts } from '../../lib/field-texts.ts';
import { useText } from '../../lib/text.ts';
import { Age } from '../../ui/Age.tsx';
import { StateBadge } from '../../ui/StateBadge.tsx';
import styles from './listings.module.css';

export interface EditBarProps {
  readonly active: GridActiveCell | null;
  readonly fields: FieldTexts;
  /** Writes into the active cell; says why when the text is no value of its column. */
  readonly onWrite: (text: string) => Promise<CellVerdict>;
  /** Puts the keyboard back into the spreadsheet. */
  readonly onLeave: () => void;
  readonly children?: ReactNode;
}

/** The whole content of the active cell, and where it stands on its way to the channel. */
export function EditBar({ active, fields, onWrite, onLeave, children }: EditBarProps) {
  const t = useText();
  const cell = active?.row?.cells[active.key];
  const sku = active?.row?.values['sku'];
  const skuText = typeof sku === 'string' ? sku : '';
  return (
    <section className={styles['editBar']} aria-label={t('listings.edit')}>
      <div className={styles['address']} title={active ? `${skuText} ${active.column.header}` : undefined}>
        {active ? (
          <>
            <span className="qs-mono">
              {typeof sku === 'string' ? sku : t('listings.row', { row: active.rowIndex + 1 })}
            </span>
            <span className="qs-muted">{active.column.header}</span>
          </>
        ) : (
          <span className="qs-muted">{t('listings.edit.none')}</span>
        )}
      </div>
      <CellText
        key={active ? `${active.rid} ${active.key}` : ''}
        active={active}
        onWrite={onWrite}
        onLeave={onLeave}
      />
      <div className={styles['cellState']}>
        {cell && active?.row && (
          <>
            <StateBadge state={cell.state} />
            {cell.channel !== undefined && cell.state !== 'verified' && (
              <span className={styles['channelValue']}>
                {t('listings.onChannel', {
                  value: fields.value(active.key, cell.theirs ?? cell.channel, active.row.currency),
                })}
              </span>
            )}
            <span className="qs-muted">
              <Age at={active.row.readAt} />
            </span>
          </>
        )}
      </div>
      {children}
    </section>
  );
}

function CellText({ active, onWrite, onLeave }: Pick<EditBarProps, 'active' | 'onWrite' | 'onLeave'>) {
  const t = useText();
  const [draft, setDraft] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [focused, setFocused] = useState(false);
  const shown = active?.text ?? '';
  const editable = active?.column.editable === true && active.row !== null;
  const write = async (): Promise<boolean> => {
    if (draft === null || draft === shown) return true;
    const verdict = await onWrite(draft);
    setRefusal(verdict.ok ? null : verdict.message);
    // What was typed meanwhile stays: the value may arrive after the next key.
    if (verdict.ok) setDraft((now) => (now === draft ? null : now));
    return verdict.ok;
  };
  const leaveWritten = async (): Promise<void> => {
    if (await write()) onLeave();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      setDraft(null);
      setRefusal(null);
      onLeave();
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void leaveWritten();
    }
  };
  return (
    <Textarea
      className={styles['cellText'] ?? ''}
      aria-label={active ? t('listings.edit.cell', { column: active.column.header }) : t('listings.edit')}
      value={draft ?? shown}
      readOnly={!editable}
      placeholder={active && editable ? t('listings.value.empty') : ''}
      error={refusal}
      autosize
      minRows={1}
      maxRows={focused ? 8 : 1}
      onFocus={() => setFocused(true)}
      onBlur={() => {
        setFocused(false);
        void write();
      }}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onKeyDown={onKeyDown}
    />
  );
}
