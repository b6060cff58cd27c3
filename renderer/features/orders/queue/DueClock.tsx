import { IconAlertTriangleFilled, IconClock, IconClockHour4 } from '@tabler/icons-react';
import { useIntl } from 'react-intl';
import type { OrderRow } from '#shared/contract/orders.ts';
import { useNow } from '../../../lib/now.ts';
import { useText } from '../../../lib/text.ts';
import { Unknown } from '../../../ui/Unknown.tsx';
import styles from './DueClock.module.css';
import { dueParts } from './due-text.ts';

const ICONS = { late: IconAlertTriangleFilled, today: IconClockHour4, later: IconClock } as const;

/** The promise to the buyer: a word, the time left and a colour. Moves by itself. */
export function DueClock({ order }: { readonly order: OrderRow }) {
  const t = useText();
  const intl = useIntl();
  const now = useNow();
  if (order.due === null) return <span className="qs-muted">{t('orders.due.none')}</span>;
  if (order.shipBy === null) return <Unknown reason={t('orders.due.unknown')} />;
  const { key, unit, count } = dueParts(order.shipBy, order.due, now);
  const Icon = ICONS[key];
  return (
    <span
      className={styles['clock']}
      data-due={key}
      title={t('orders.due.title', {
        when: intl.formatDate(order.shipBy, { dateStyle: 'medium', timeStyle: 'short' }),
      })}
    >
      <Icon size={14} aria-hidden="true" />
      <span>{t(`orders.due.${key}`, { unit, count })}</span>
    </span>
  );
}
