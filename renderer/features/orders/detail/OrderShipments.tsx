import { Button, Collapse } from '@mantine/core';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import type { OrderDetail } from '#shared/contract/orders.ts';
import { useEngineCommand, useEngineQuery } from '../../../lib/engine.tsx';
import { useText } from '../../../lib/text.ts';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { notifyError } from '../../../ui/notify.tsx';
import { Unknown } from '../../../ui/Unknown.tsx';
import type { OrderActions } from '../use-order-actions.ts';
import styles from './OrderPanel.module.css';
import { PushState } from './PushState.tsx';

type Shipment = OrderDetail['shipments'][number];

/** States in which a shipment has surely not left this machine, as the engine sees it. */
const UNSENT: readonly Shipment['state'][] = ['pending', 'retry_wait', 'rejected'];

export function isUnsent(shipment: Shipment): boolean {
  return UNSENT.includes(shipment.state);
}

export function OrderShipments({
  order,
  actions,
}: {
  readonly order: OrderDetail;
  readonly actions: OrderActions;
}) {
  const t = useText();
  if (order.shipments.length === 0) return null;
  return (
    <section className={styles['section']}>
      <h3>{t('orders.shipments')}</h3>
      <ul className={styles['shipments']}>
        {order.shipments.map((shipment) => (
          <ShipmentRow key={shipment.shipmentId} order={order} shipment={shipment} actions={actions} />
        ))}
      </ul>
    </section>
  );
}

function ShipmentRow({
  order,
  shipment,
  actions,
}: {
  readonly order: OrderDetail;
  readonly shipment: Shipment;
  readonly actions: OrderActions;
}) {
  const t = useText();
  const intl = useIntl();
  const [why, setWhy] = useState(false);
  const retry = useEngineCommand('publish.retry');
  const units = shipment.lines.reduce((sum, line) => sum + line.quantity, 0);
  return (
    <li>
      <div className={styles['shipmentHead']}>
        <strong>{shipment.carrier || <Unknown reason={t('orders.carrier.none')} />}</strong>
        <span className="qs-mono qs-selectable">
          {shipment.tracking || <Unknown reason={t('orders.tracking.none')} />}
        </span>
        <span className="qs-muted">
          {t('orders.shipped.when', {
            units,
            when: intl.formatDate(shipment.shippedAt, { dateStyle: 'medium', timeStyle: 'short' }),
          })}
        </span>
      </div>
      <PushState shipment={shipment} accountId={order.accountId} />
      {shipment.message !== null && <p className={styles['failure']}>{shipment.message}</p>}
      <div className={styles['buttons']}>
        <Button
          variant="subtle"
          size="compact-xs"
          aria-expanded={why}
          onClick={() => setWhy((before) => !before)}
        >
          {t('orders.why')}
        </Button>
        {shipment.state === 'rejected' && (
          <Button
            variant="default"
            size="compact-xs"
            loading={retry.isPending}
            onClick={() => retry.mutate({ opIds: [shipment.opId] }, { onError: notifyError })}
          >
            {t('orders.push.retry')}
          </Button>
        )}
        {isUnsent(shipment) && (
          <Button
            variant="default"
            size="compact-xs"
            onClick={() => actions.unship(shipment.shipmentId, order.number)}
          >
            {t('orders.unship')}
          </Button>
        )}
      </div>
      <Collapse expanded={why}>{why && <Trail opId={shipment.opId} />}</Collapse>
    </li>
  );
}

/** What was sent, when, what came back and what was read back. */
function Trail({ opId }: { readonly opId: string }) {
  const t = useText();
  const intl = useIntl();
  const trail = useEngineQuery('outbox.trail', { opId });
  if (trail.error) return <ErrorNotice error={trail.error} />;
  if (!trail.data) return null;
  if (trail.data.steps.length === 0) return <p className="qs-muted">{t('orders.why.nothing')}</p>;
  return (
    <ol className={styles['trail']}>
      {trail.data.steps.map((step, index) => (
        <li key={index}>
          <time dateTime={new Date(step.at).toISOString()}>
            {intl.formatDate(step.at, { dateStyle: 'short', timeStyle: 'medium' })}
          </time>
          <span>{step.text}</span>
        </li>
      ))}
    </ol>
  );
}
