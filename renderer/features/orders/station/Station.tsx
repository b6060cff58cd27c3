import { IconX } from '@tabler/icons-react';
import { ActionIcon, Progress } from '@mantine/core';
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { bridge } from '../../../lib/bridge.ts';
import { useEngine, useEngineEvents } from '../../../lib/engine.tsx';
import { useSettings } from '../../../lib/settings.ts';
import { useText } from '../../../lib/text.ts';
import { clearNotices } from '../../../ui/notify.tsx';
import { PlatformMark } from '../../../ui/PlatformMark.tsx';
import { DocumentPreview } from '../documents/DocumentPreview.tsx';
import { useScanner } from '../scanner/use-scanner.ts';
import { batchKey, createScanKeeper } from './kept-scans.ts';
import { unitsLeft, type StationStep } from './station-lines.ts';
import { StationSession } from './station-session.ts';
import styles from './Station.module.css';
import { StationBody } from './StationBody.tsx';
import { StationSaid } from './StationSaid.tsx';
import { playTone } from './tones.ts';

const SCANS_KEY = 'orders.scans';
/** What was written in this run, ahead of the settings that the window read at its start. */
let storedScans: string | undefined;

function writeScans(text: string): void {
  storedScans = text;
  // Past the window's settings: a burst must not draw the whole window anew.
  void bridge().setSettings({ screens: { [SCANS_KEY]: text } });
}

export interface StationProps {
  readonly step: StationStep;
  readonly orderIds: readonly string[];
  readonly onClose: () => void;
}

/** Pick or pack at a bench: the whole window, a scanner and a few large keys; nothing has to be clicked. */
export function Station({ step, orderIds, onClose }: StationProps) {
  const t = useText();
  const engine = useEngine();
  const { settings } = useSettings();
  const { sound } = settings;
  const [session] = useState(
    () =>
      new StationSession(
        step,
        orderIds,
        engine,
        createScanKeeper(batchKey(step, orderIds), {
          stored: storedScans ?? settings.screens[SCANS_KEY],
          write: writeScans,
        }),
      ),
  );
  useEffect(
    () =>
      session.onTone((tone) => {
        if (sound) playTone(tone);
      }),
    [session, sound],
  );
  const state = useSyncExternalStore(session.subscribe, session.get);
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    box.current?.focus();
    clearNotices();
    return () => session.close();
  }, [session]);
  useEngineEvents(
    useCallback(
      ({ event }) => {
        if (event === 'orders' || event === 'outbox') session.refresh();
      },
      [session],
    ),
  );

  // Fields and documents listen for themselves.
  const [slip, setSlip] = useState<string | null>(null);
  const paused = state.phase === 'ship' || slip !== null;
  useScanner({
    onScan: (code) => session.scan(code),
    onKey: (event) => stationKey(session, event, () => session.leave(onClose)),
    paused,
  });

  const { order } = state;
  const total = order?.items.reduce((sum, line) => sum + line.quantity, 0) ?? 0;
  const done = order
    ? total - unitsLeft(step, order.items) - (step === 'pack' ? notPicked(order.items) : 0)
    : 0;
  return (
    <dialog
      ref={box}
      open
      className={styles['station']}
      aria-modal="true"
      aria-label={t(`orders.station.${step}`)}
      tabIndex={-1}
    >
      <header className={styles['head']}>
        <h1 className={styles['step']}>{t(`orders.station.${step}`)}</h1>
        {order && (
          <>
            <span className={styles['number']}>{t('orders.order', { number: order.number })}</span>
            <PlatformMark platform={order.platform} name={order.accountName} />
            <span className={styles['customer']}>{order.customerName}</span>
          </>
        )}
        <span className={styles['batch']}>
          {t('orders.station.batch', {
            index: Math.min(state.index + 1, state.orderIds.length),
            count: state.orderIds.length,
          })}
        </span>
        <ActionIcon size="lg" aria-label={t('orders.station.leave')} onClick={() => session.leave(onClose)}>
          <IconX size={20} />
        </ActionIcon>
      </header>
      <Progress
        className={styles['progress'] ?? ''}
        value={total === 0 ? 0 : (done / total) * 100}
        radius={0}
        size={6}
        aria-label={t('orders.station.progress', { done, total })}
      />
      <div className={styles['body']}>
        <StationBody session={session} state={state} onClose={onClose} onSlip={setSlip} />
      </div>
      <StationSaid step={step} state={state} />
      {slip !== null && (
        <DocumentPreview kind="packing-slip" orderIds={[slip]} onClose={() => setSlip(null)} />
      )}
    </dialog>
  );
}

function notPicked(items: readonly { readonly quantity: number; readonly picked: number }[]): number {
  return items.reduce((sum, line) => sum + line.quantity - line.picked, 0);
}

/** Keys of the station; true when the key meant something. Letters belong to the scanner. */
function stationKey(session: StationSession, event: KeyboardEvent, leave: () => void): boolean {
  const modified = event.ctrlKey || event.metaKey;
  if (event.altKey || (modified && event.key !== 'Delete')) return false;
  const { phase } = session.get();
  switch (event.key) {
    case 'Escape':
      leave();
      return true;
    case 'Enter':
      if (phase === 'working') session.take(event.shiftKey ? 'all' : 'one');
      else if (phase === 'done') leave();
      else if (phase !== 'loading') session.skip();
      return true;
    case 'Backspace':
      session.undo();
      return true;
    case 'Delete':
      session.short(modified ? 'other' : event.shiftKey ? 'damaged' : 'not_found');
      return true;
    case 'ArrowDown':
    case 'ArrowUp':
      session.move(event.key === 'ArrowDown' ? 1 : -1);
      return true;
    case 'PageDown':
      session.skip();
      return true;
    default:
      return false;
  }
}
