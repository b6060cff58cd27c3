import { Button, Modal, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Account } from '#shared/contract/channels.ts';
import type { Params } from '#shared/contract/methods.ts';
import { useEngineCommand } from '../../lib/engine.tsx';
import { useNow } from '../../lib/now.ts';
import { useText } from '../../lib/text.ts';
import { notifyDone, notifyError } from '../../ui/notify.tsx';
import styles from './publish.module.css';
import { TimeFields, timesOf, type Times } from './TimeFields.tsx';
import { toZonedField, zoneOf } from './zoned-time.ts';

export type Pending = NonNullable<Params<'publish.schedule'>['pending']>;

const HOUR = 3_600_000;

/** Edits that wait get a time: they leave the queue now and come back then. */
export function ScheduleForm({
  pending,
  accounts,
  onClose,
  onDone,
}: {
  readonly pending: Pending;
  readonly accounts: readonly Account[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const t = useText();
  const now = useNow();
  const zone = zoneOf(accounts, pending.accountId);
  const { mutate, isPending } = useEngineCommand('publish.schedule');
  const [label, setLabel] = useState('');
  const [times, setTimes] = useState<Times>({
    start: toZonedField(Math.ceil((now + HOUR) / HOUR) * HOUR, zone),
    end: '',
  });
  const { startAt, endAt, problem } = timesOf(times, zone, now);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (startAt === null || problem !== null || label.trim() === '') return;
    mutate(
      { label: label.trim(), pending, startAt, ...(endAt === null ? {} : { endAt }) },
      {
        onSuccess: ({ cells }) => {
          notifyDone(t('publish.schedule.done', { count: cells }));
          onDone();
        },
        onError: notifyError,
      },
    );
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('publish.schedule.title')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <form className={styles['form']} onSubmit={submit}>
        <TextInput
          data-autofocus
          label={t('publish.schedule.label')}
          placeholder={t('publish.schedule.label.example')}
          maxLength={200}
          value={label}
          onChange={(event) => setLabel(event.currentTarget.value)}
        />
        <TimeFields times={times} zone={zone} problem={problem} onTimes={setTimes} />
        <p className="qs-muted">{t('publish.schedule.explain')}</p>
        <div className={styles['formEnd']}>
          <Button variant="default" onClick={onClose}>
            {t('publish.schedule.cancel')}
          </Button>
          <Button type="submit" loading={isPending} disabled={problem !== null || label.trim() === ''}>
            {t('publish.schedule.save')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
