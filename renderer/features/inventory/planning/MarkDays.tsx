import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useIntl } from 'react-intl';
import { useEngineCommand, useEngineQuery } from '../../../lib/engine.tsx';
import { useText } from '../../../lib/text.ts';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { notifyDone, notifyError } from '../../../ui/notify.tsx';
import styles from './planning.module.css';

/** Days of a SKU that the next forecast leaves out, such as a promotion. */
export function MarkDays({ sku }: { readonly sku: string }) {
  const t = useText();
  const intl = useIntl();
  const marks = (useEngineQuery('forecast.marks', {}).data?.marks ?? []).filter(
    (mark) => mark.sku === sku || mark.sku === null,
  );
  const add = useEngineCommand('forecast.mark');
  const remove = useEngineCommand('forecast.unmark');
  const { mutate: undo } = useEngineCommand('history.undo');
  const [name, setName] = useState('');
  const [fromDay, setFromDay] = useState('');
  const [toDay, setToDay] = useState('');
  const done = (text: string, commandId: string | null): void =>
    notifyDone(text, commandId === null ? {} : { undo: () => undo({ commandId }, { onError: notifyError }) });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    add.mutate(
      { sku, name: name.trim(), fromDay, toDay: toDay === '' ? fromDay : toDay },
      {
        onSuccess: ({ commandId }) => {
          setName('');
          done(t('planning.mark.done'), commandId);
        },
      },
    );
  };
  const day = (text: string): string => intl.formatDate(`${text}T00:00:00Z`, { timeZone: 'UTC' });
  return (
    <section className={styles['section']}>
      <h3>{t('planning.mark')}</h3>
      <p className={styles['facts']}>{t('planning.mark.meaning')}</p>
      {marks.map(({ markId, name: label, fromDay: from, toDay: to, sku: own }) => (
        <p key={markId} className={styles['facts']}>
          {label}: {day(from)} – {day(to)}
          {own === null && ` · ${t('planning.mark.all')}`}{' '}
          <Button
            size="compact-xs"
            variant="subtle"
            aria-label={`${t('planning.mark.remove')}: ${label}`}
            onClick={() =>
              remove.mutate(
                { markId },
                {
                  onSuccess: ({ commandId }) => done(t('planning.mark.removed'), commandId),
                  onError: notifyError,
                },
              )
            }
          >
            {t('planning.mark.remove')}
          </Button>
        </p>
      ))}
      <form className={styles['buttons']} onSubmit={submit}>
        <TextInput
          size="xs"
          label={t('planning.mark.name')}
          value={name}
          maxLength={120}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          type="date"
          label={t('planning.mark.from')}
          value={fromDay}
          onChange={(event) => setFromDay(event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          type="date"
          label={t('planning.mark.to')}
          value={toDay}
          onChange={(event) => setToDay(event.currentTarget.value)}
        />
        <Button
          className={styles['mark'] ?? ''}
          size="xs"
          type="submit"
          variant="default"
          loading={add.isPending}
          disabled={name.trim() === '' || fromDay === ''}
        >
          {t('planning.mark.do')}
        </Button>
      </form>
      {add.error && <ErrorNotice error={add.error} />}
    </section>
  );
}
