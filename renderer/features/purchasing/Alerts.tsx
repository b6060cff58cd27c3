import { IconCalendarExclamation, IconClockExclamation } from '@tabler/icons-react';
import { useEngineQuery } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import type { View } from './PurchasingScreen.tsx';
import styles from './purchasing.module.css';

const SHOWN = 3;

/** Deliveries that should be there and agreements that end; nothing where there are none. */
export function Alerts({ onView }: { readonly onView: (view: View) => void }) {
  const t = useText();
  const { data } = useEngineQuery('purchasing.alerts', {});
  if (!data || data.overdue.length + data.terms.length === 0) return null;
  const rest = Math.max(0, data.overdue.length - SHOWN) + Math.max(0, data.terms.length - SHOWN);
  return (
    <ul className={styles['alerts']} aria-label={t('purchasing.alerts')}>
      {data.overdue.slice(0, SHOWN).map((order) => (
        <li key={order.orderId}>
          <IconClockExclamation size={14} aria-hidden="true" />
          <button type="button" onClick={() => onView({ kind: 'order', orderId: order.orderId })}>
            {order.number}
          </button>
          {t('purchasing.overdue', {
            supplier: order.supplier,
            days: order.daysLate,
            units: order.openUnits,
          })}
        </li>
      ))}
      {data.terms.slice(0, SHOWN).map((note) => (
        <li key={note.noteId}>
          <IconCalendarExclamation size={14} aria-hidden="true" />
          <button type="button" onClick={() => onView({ kind: 'suppliers', supplierId: note.supplierId })}>
            {note.supplier}
          </button>
          {t(note.endsInDays < 0 ? 'purchasing.terms.ended' : 'purchasing.terms.ending', {
            days: Math.abs(note.endsInDays),
            text: note.text.slice(0, 80),
          })}
        </li>
      ))}
      {rest > 0 && <li>{t('purchasing.alerts.more', { count: rest })}</li>}
    </ul>
  );
}
