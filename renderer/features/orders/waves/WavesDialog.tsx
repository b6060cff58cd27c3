import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import type { WaveBatchRow, WaveRow } from '#shared/contract/waves.ts';
import { useEngine, useEngineQuery } from '../../../lib/engine.tsx';
import { useText } from '../../../lib/text.ts';
import { Age } from '../../../ui/Age.tsx';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { notifyDone, notifyError } from '../../../ui/notify.tsx';
import { RouteFacts } from './RouteFacts.tsx';
import { SheetPreview } from './SheetPreview.tsx';
import { WaveBuilder } from './WaveBuilder.tsx';
import styles from './Waves.module.css';

/** The wave builder above, the open waves with their rounds below. */
export function WavesDialog({
  onPick,
  onClose,
}: {
  readonly onPick: (batchId: string) => void;
  readonly onClose: () => void;
}) {
  const t = useText();
  const [sheet, setSheet] = useState<WaveBatchRow | null>(null);
  const waves = useEngineQuery('waves.list', { open: true });
  return (
    <Modal
      opened
      onClose={onClose}
      size={1080}
      // Escape closes the paper above first.
      closeOnEscape={sheet === null}
      title={t('waves.title')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <WaveBuilder />
      <h2 className={styles['heading']}>{t('waves.open')}</h2>
      {waves.error && <ErrorNotice error={waves.error} onRetry={() => void waves.refetch()} />}
      {waves.data?.waves.length === 0 && <p className={styles['hint']}>{t('waves.none')}</p>}
      {waves.data?.waves.map((wave) => (
        <Wave key={wave.waveId} wave={wave} onPick={onPick} onSheet={setSheet} />
      ))}
      {sheet && <SheetPreview batchId={sheet.batchId} number={sheet.number} onClose={() => setSheet(null)} />}
    </Modal>
  );
}

function Wave({
  wave,
  onPick,
  onSheet,
}: {
  readonly wave: WaveRow;
  readonly onPick: (batchId: string) => void;
  readonly onSheet: (batch: WaveBatchRow) => void;
}) {
  const t = useText();
  const engine = useEngine();
  const end = async (method: 'waves.close' | 'waves.cancel'): Promise<void> => {
    try {
      const { commandId, released } = await engine.call(method, { waveId: wave.waveId });
      notifyDone(t('waves.ended', { count: released }), {
        undo: () => {
          if (commandId) engine.call('history.undo', { commandId }).catch(notifyError);
        },
      });
    } catch (error) {
      notifyError(error);
    }
  };
  return (
    <section className={styles['wave']} aria-label={wave.name}>
      <header className={styles['waveHead']}>
        <h3>{wave.name}</h3>
        <span className={styles['muted']}>
          {t(`waves.mode.${wave.mode}`)} · {wave.location ?? t('waves.noLocation')} ·{' '}
          <Age at={wave.createdAt} />
        </span>
        <span className={styles['space']} />
        <Button size="xs" variant="default" onClick={() => void end('waves.cancel')}>
          {t('waves.cancel')}
        </Button>
        <Button size="xs" variant="default" onClick={() => void end('waves.close')}>
          {t('waves.close')}
        </Button>
      </header>
      <ul className={styles['rounds']} aria-label={t('waves.rounds')}>
        {wave.batches.map((batch) => (
          <li key={batch.batchId}>
            <strong>{t('waves.round', { number: batch.number })}</strong>
            <span>
              {t('waves.progress', { picked: batch.picked, units: batch.units, missing: batch.missing })}
              {batch.zone === '' ? '' : ` · ${t('waves.zone', { zone: batch.zone })}`}
            </span>
            <RouteFacts route={batch.route} />
            <Button size="xs" variant="default" onClick={() => onSheet(batch)}>
              {t('waves.paper')}
            </Button>
            <Button
              size="xs"
              aria-label={t('waves.pick.round', { number: batch.number })}
              onClick={() => onPick(batch.batchId)}
            >
              {t('waves.pick')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
