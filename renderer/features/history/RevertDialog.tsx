import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Params, Result } from '#shared/contract/methods.ts';
import { commandLabel } from '../../lib/command-label.ts';
import { useEngine, useEngineCommand, useEngineQuery } from '../../lib/engine.tsx';
import { useFieldTexts } from '../../lib/field-texts.ts';
import { useText } from '../../lib/text.ts';
import { Age } from '../../ui/Age.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { notifyDone, notifyError } from '../../ui/notify.tsx';
import styles from './history.module.css';
import { fromLocalField, toLocalField } from './local-time.ts';

/** After a command, or at a time that the person enters. */
export type Moment = { readonly commandId: string; readonly label: string } | { readonly at: number };

/** Lines shown of each list; the figures count all. */
const SHOWN = 50;

/** Returns the workspace to a moment, after saying what would change and what would stay. */
export function RevertDialog({ moment, onClose }: { readonly moment: Moment; readonly onClose: () => void }) {
  const t = useText();
  const engine = useEngine();
  const [field, setField] = useState('at' in moment ? toLocalField(moment.at) : '');
  const at = fromLocalField(field);
  const request: Params<'history.revertTo'> | null =
    'commandId' in moment ? { commandId: moment.commandId } : at === null ? null : { at };
  const preview = useEngineQuery('history.previewRevert', request ?? { at: 0 }, {
    enabled: request !== null,
    keep: false,
  });
  const { mutate, isPending } = useEngineCommand('history.revertTo');
  const run = (): void => {
    if (!request) return;
    mutate(request, {
      onSuccess: ({ commandId, commands, applied, changedSinceTotal, keptTotal }) => {
        const left = changedSinceTotal + keptTotal;
        notifyDone(t('history.moment.done', { commands, cells: applied, left }), {
          undo: () => {
            engine.call('history.undo', { commandId }).catch(notifyError);
          },
        });
        onClose();
      },
      onError: notifyError,
    });
  };
  const plan = request ? preview.data : undefined;
  return (
    <Modal
      opened
      onClose={onClose}
      size={640}
      title={t('history.moment.title')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <div className={styles['dialog']}>
        {'commandId' in moment ? (
          <p>{t('history.moment.after', { what: commandLabel(moment.label, t) })}</p>
        ) : (
          <TextInput
            type="datetime-local"
            label={t('history.moment.at')}
            description={t('history.moment.at.hint')}
            value={field}
            onChange={(event) => setField(event.currentTarget.value)}
            data-autofocus
          />
        )}
        {preview.error ? (
          <ErrorNotice error={preview.error} onRetry={() => void preview.refetch()} />
        ) : plan ? (
          <Plan plan={plan} />
        ) : (
          request && <Loading />
        )}
        <p className="qs-muted">{t('history.moment.explain')}</p>
        <div className={styles['end']}>
          <Button variant="default" onClick={onClose}>
            {t('history.moment.cancel')}
          </Button>
          <Button loading={isPending} disabled={!plan || plan.commands === 0} onClick={run}>
            {t('history.moment.run', { commands: plan?.commands ?? 0 })}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

function Plan({ plan }: { readonly plan: Result<'history.previewRevert'> }) {
  const t = useText();
  const texts = useFieldTexts();
  const { commands, applied, rows, changedSince, changedSinceTotal, kept, keptTotal } = plan;
  return (
    <>
      <output className={styles['figures']}>
        {commands === 0
          ? t('history.moment.nothing')
          : t('history.moment.figures', { commands, cells: applied, rows })}
      </output>
      {keptTotal > 0 && (
        <section>
          <h3>{t('history.moment.kept', { count: keptTotal })}</h3>
          <ul className={styles['left']}>
            {kept.slice(0, SHOWN).map(({ commandId, label, at, message }) => (
              <li key={commandId}>
                {commandLabel(label, t)}{' '}
                <span className="qs-muted">
                  <Age at={at} /> · {message}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {changedSinceTotal > 0 && (
        <section>
          <h3>{t('history.moment.changed', { count: changedSinceTotal })}</h3>
          <ul className={styles['left']}>
            {changedSince.slice(0, SHOWN).map(({ listingId, field, message }) => (
              <li key={`${listingId} ${field}`}>
                {texts.name(field)} <span className="qs-muted">{message}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
