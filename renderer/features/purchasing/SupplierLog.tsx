import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useIntl } from 'react-intl';
import type { Result } from '#shared/contract/methods.ts';
import type { Supplier } from '#shared/contract/purchasing-suppliers.ts';
import { dayOf } from '#shared/domain/purchasing/calendar-day.ts';
import { useEngineCommand } from '../../lib/engine.tsx';
import { useNow } from '../../lib/now.ts';
import { useText } from '../../lib/text.ts';
import { moneyText } from '../../ui/MoneyText.tsx';
import { notifyError } from '../../ui/notify.tsx';
import { DayText } from './DayText.tsx';
import styles from './purchasing.module.css';

const KINDS = ['note', 'negotiation', 'terms'] as const;
type Kind = (typeof KINDS)[number];
const SOON_DAYS = 30;

export interface SupplierLogProps {
  readonly supplier: Supplier;
  readonly notes: Result<'purchasing.supplier'>['notes'];
  readonly savingMinor: number;
}

/** What was said and agreed, until when, and what it saves a year. */
export function SupplierLog({ supplier, notes, savingMinor }: SupplierLogProps) {
  const t = useText();
  const { locale } = useIntl();
  const today = dayOf(useNow());
  const [kind, setKind] = useState<Kind>('note');
  const [text, setText] = useState('');
  const [validUntil, setValidUntil] = useState('');
  const [saving, setSaving] = useState('');
  const add = useEngineCommand('purchasing.addNote');
  const remove = useEngineCommand('purchasing.removeNote');
  const money = (minor: number): string => moneyText({ minor, currency: supplier.currency }, locale);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    add.mutate(
      {
        supplierId: supplier.supplierId,
        kind,
        day: today,
        text,
        ...(validUntil === '' ? {} : { validUntil }),
        ...(saving.trim() === '' ? {} : { saving: saving.trim().replace(',', '.') }),
      },
      {
        onSuccess: () => {
          setText('');
          setValidUntil('');
          setSaving('');
        },
        onError: notifyError,
      },
    );
  };
  return (
    <section className={styles['section']}>
      <h3>{t('purchasing.log')}</h3>
      {savingMinor > 0 && (
        <p className="qs-muted">{t('purchasing.log.saving', { amount: money(savingMinor) })}</p>
      )}
      <ul className={styles['list']} aria-label={t('purchasing.log')}>
        {notes.map((note) => (
          <li key={note.noteId}>
            <div className={styles['entryHead']}>
              <span>
                <strong>{t(`purchasing.note.${note.kind}`)}</strong>{' '}
                <span className="qs-muted">
                  <DayText day={note.day} />
                  {note.validUntil !== null && (
                    <>
                      {' · '}
                      <span className={(note.endsInDays ?? 0) <= SOON_DAYS ? styles['warn'] : undefined}>
                        {t('purchasing.note.until')} <DayText day={note.validUntil} />
                      </span>
                    </>
                  )}
                  {note.savingMinor !== null &&
                    ` · ${t('purchasing.note.saves', { amount: money(note.savingMinor) })}`}
                </span>
              </span>
              <Button
                variant="subtle"
                size="compact-xs"
                aria-label={t('purchasing.note.remove')}
                onClick={() => remove.mutate({ noteId: note.noteId }, { onError: notifyError })}
              >
                ×
              </Button>
            </div>
            {note.text}
          </li>
        ))}
      </ul>
      <form className={styles['form']} style={{ marginTop: 10 }} onSubmit={submit}>
        <div className={styles['pair']}>
          <Select
            label={t('purchasing.note.kind')}
            data={KINDS.map((value) => ({ value, label: t(`purchasing.note.${value}`) }))}
            value={kind}
            allowDeselect={false}
            onChange={(value) => setKind(value ?? kind)}
          />
          <TextInput
            type="date"
            label={t('purchasing.note.validUntil')}
            value={validUntil}
            onChange={(event) => setValidUntil(event.currentTarget.value)}
          />
        </div>
        <Textarea
          label={t('purchasing.note.text')}
          autosize
          minRows={2}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <TextInput
          label={t('purchasing.note.saving', { currency: supplier.currency })}
          inputMode="decimal"
          value={saving}
          onChange={(event) => setSaving(event.currentTarget.value)}
        />
        <div className={styles['buttons']}>
          <Button type="submit" variant="default" disabled={text.trim() === ''} loading={add.isPending}>
            {t('purchasing.note.add')}
          </Button>
        </div>
      </form>
    </section>
  );
}
