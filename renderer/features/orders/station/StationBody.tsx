import { Button, Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../../../lib/text.ts';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { lineInFocus } from './station-lines.ts';
import type { StationSession } from './station-session.ts';
import type { StationState } from './station-state.ts';
import styles from './Station.module.css';
import { StationLine } from './StationLine.tsx';
import { StationShip } from './StationShip.tsx';
import { StationShipped } from './StationShipped.tsx';

export interface StationBodyProps {
  readonly session: StationSession;
  readonly state: StationState;
  readonly onClose: () => void;
  /** Shows the packing slip of an order. */
  readonly onSlip: (orderId: string) => void;
}

/** What the bench shows in each phase. */
export function StationBody({ session, state, onClose, onSlip }: StationBodyProps) {
  const t = useText();
  const { order, phase } = state;
  if (phase === 'loading') return <Loader className={styles['middle'] ?? ''} />;
  if (phase === 'failed') return <ErrorNotice error={state.error} />;
  if (phase === 'done' || !order) {
    return (
      <Message
        title={t('orders.station.done')}
        text={t(`orders.station.done.${session.step}`, { count: state.finished })}
      >
        <Button size="md" onClick={onClose}>
          {t('orders.station.leave')}
        </Button>
      </Message>
    );
  }
  switch (phase) {
    case 'working': {
      const line = lineInFocus(session.step, state.lines, state.focus);
      return line ? <StationLine step={session.step} line={line} lines={state.lines} /> : null;
    }
    case 'ship':
      return <StationShip key={order.orderId} session={session} order={order} onLeave={onClose} />;
    case 'shipped':
      return <StationShipped order={order} shipmentId={state.shipmentId ?? ''} onSlip={onSlip} />;
    case 'blocked':
      return (
        <Message
          bad
          title={t('orders.station.blocked', { state: t(`orders.state.${order.state}`) })}
          text={t('orders.station.blocked.text')}
        />
      );
    case 'unpicked':
      return <Message bad title={t('orders.station.unpicked')} text={t('orders.station.unpicked.text')} />;
    case 'picked':
    case 'packed':
      return <Message title={t(`orders.station.${phase}`)} text={t('orders.station.next')} />;
  }
}

function Message({
  title,
  text,
  bad,
  children,
}: {
  readonly title: string;
  readonly text: string;
  readonly bad?: boolean;
  readonly children?: ReactNode;
}) {
  return (
    <div className={styles['message']} data-bad={bad ?? undefined}>
      <p className={styles['messageTitle']}>{title}</p>
      <p>{text}</p>
      {children}
    </div>
  );
}
