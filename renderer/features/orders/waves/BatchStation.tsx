import { ActionIcon, Progress } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useText, type Text } from '../../../lib/text.ts';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { useScanner } from '../scanner/use-scanner.ts';
import station from '../station/Station.module.css';
import { BatchStop } from './BatchStop.tsx';
import styles from './BatchStation.module.css';
import { nextStop, totesOf } from './batch-walk.ts';
import { useBatch, type BatchSaid, type BatchWork } from './use-batch.ts';

/** One round with a cart: stop by stop in walking order, the tote large; nothing has to be clicked. */
export function BatchStation({
  batchId,
  onClose,
}: {
  readonly batchId: string;
  readonly onClose: () => void;
}) {
  const t = useText();
  const work = useBatch(batchId);
  const { batch } = work;
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => box.current?.focus(), []);
  const stop = batch ? nextStop(batch) : null;
  useScanner({
    onScan: work.scan,
    onKey: (event) => batchKey(work, event, stop !== null, onClose),
  });
  const done = batch ? batch.picked + batch.missing : 0;
  const totes = batch ? totesOf(batch) : [];
  return (
    <dialog
      ref={box}
      open
      className={station['station']}
      aria-modal="true"
      aria-label={t('waves.station')}
      tabIndex={-1}
    >
      <header className={station['head']}>
        <h1 className={station['step']}>{t('waves.station')}</h1>
        {batch && (
          <>
            <span className={station['number']}>{t('waves.round', { number: batch.number })}</span>
            <span className={station['customer']}>
              {[batch.wave, batch.zone === '' ? '' : t('waves.zone', { zone: batch.zone }), batch.operator]
                .filter(Boolean)
                .join(' · ')}
            </span>
            <span className={station['batch']}>
              {t('waves.route', { rule: t(`waves.rule.${batch.route.rule}`), metres: batch.route.metres })}
            </span>
          </>
        )}
        <ActionIcon size="lg" aria-label={t('orders.station.leave')} onClick={onClose}>
          <IconX size={20} />
        </ActionIcon>
      </header>
      <Progress
        className={station['progress'] ?? ''}
        value={batch && batch.units > 0 ? (done / batch.units) * 100 : 0}
        radius={0}
        size={6}
        aria-label={t('orders.station.progress', { done, total: batch?.units ?? 0 })}
      />
      <div className={station['body']}>
        {work.error && !batch ? (
          <ErrorNotice error={work.error} onRetry={work.retry} />
        ) : !batch ? (
          <Loading />
        ) : stop ? (
          <BatchStop batch={batch} stop={stop} />
        ) : (
          <div className={station['middle']}>
            <p className={styles['done']}>{t('waves.done')}</p>
            <p>{t('waves.done.text', { picked: batch.picked, missing: batch.missing })}</p>
          </div>
        )}
      </div>
      {batch && (
        <ul className={styles['totes']} aria-label={t('waves.totes')}>
          {totes.map((tote) => (
            <li key={tote.tote} data-now={tote.tote === stop?.tote} data-full={tote.done >= tote.units}>
              <strong>{tote.tote}</strong>
              <span>{tote.number}</span>
              <span>{tote.stopped ? t('waves.stopped') : `${tote.done}/${tote.units}`}</span>
            </li>
          ))}
        </ul>
      )}
      <footer className={station['foot']}>
        <output
          className={station['said']}
          data-mood={work.said ? moodOf(work.said) : 'neutral'}
          aria-live="assertive"
          aria-atomic="true"
        >
          <span className={station['saidWords']}>
            {work.said ? <strong>{saidText(t, work.said)}</strong> : t('orders.station.ready.pick')}
          </span>
          {work.waiting > 1 && (
            <span className={station['waiting']}>{t('orders.station.waiting', { count: work.waiting })}</span>
          )}
        </output>
        <ul className={station['keys']} aria-label={t('orders.keys')}>
          {keysOf(t, work, stop !== null).map(([key, text]) => (
            <li key={key}>
              <KeyHint keys={key} /> {text}
            </li>
          ))}
        </ul>
      </footer>
    </dialog>
  );
}

function moodOf({ kind }: BatchSaid): 'good' | 'bad' | 'neutral' {
  if (kind === 'taken' || kind === 'complete') return 'good';
  return kind === 'undone' || kind === 'missing' ? 'neutral' : 'bad';
}

function saidText(t: Text, said: BatchSaid): string {
  switch (said.kind) {
    case 'taken':
    case 'complete':
      return t(`waves.said.${said.kind}`, { code: said.code, tote: said.tote ?? 0 });
    case 'wrong_item':
    case 'too_many':
      return t(`waves.said.${said.kind}`, { code: said.code });
    case 'missing':
      return t('waves.said.missing', { count: said.units, sku: said.sku });
    case 'undone':
      return t('waves.said.undone');
    case 'nothing_to_undo':
      return t('orders.said.nothing_to_undo');
    case 'error':
      return said.message;
  }
}

function keysOf(t: Text, work: BatchWork, working: boolean): (readonly [string, string])[] {
  return [
    ...(working
      ? ([
          ['Enter', t('orders.keys.one')],
          ['Delete', t('orders.keys.missing')],
          ['shift+Delete', t('orders.keys.damaged')],
        ] as const)
      : []),
    ...(work.canUndo ? ([['Backspace', t('orders.keys.undo')]] as const) : []),
    ['Escape', t('orders.keys.leave')],
  ];
}

/** True when the key meant something. Letters belong to the scanner. */
function batchKey(work: BatchWork, event: KeyboardEvent, working: boolean, leave: () => void): boolean {
  if (event.altKey || event.ctrlKey || event.metaKey) return false;
  switch (event.key) {
    case 'Escape':
      leave();
      return true;
    case 'Enter':
      if (working) work.takeOne();
      else leave();
      return true;
    case 'Backspace':
      work.undo();
      return true;
    case 'Delete':
      work.short(event.shiftKey ? 'damaged' : 'not_found');
      return true;
    default:
      return false;
  }
}
