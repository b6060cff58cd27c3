import type { OrderDetail } from '#shared/contract/orders.ts';
import { useHasText, useText } from '../../../lib/text.ts';
import { Age } from '../../../ui/Age.tsx';
import styles from './OrderPanel.module.css';

/** What happened to the order, newest first. */
export function OrderEvents({ order }: { readonly order: OrderDetail }) {
  const t = useText();
  const has = useHasText();
  return (
    <section className={styles['section']}>
      <h3>{t('orders.events')}</h3>
      <ol className={styles['events']}>
        {order.events.map((event, index) => (
          <li key={index}>
            <span>
              {has(`orders.event.${event.kind}`)
                ? t(`orders.event.${event.kind}`, { units: 0, carrier: '', tracking: '', ...event.facts })
                : event.text}
            </span>
            <span className="qs-muted">
              <Age at={event.at} />
              {event.actor.startsWith('channel:') ? ` · ${event.actor.slice('channel:'.length)}` : ''}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
