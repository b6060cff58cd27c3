import { Button } from '@mantine/core';
import { useState } from 'react';
import type { OrderAction } from '#shared/contract/order-actions.ts';
import type { OrderDetail } from '#shared/contract/orders.ts';
import { useEngineCommand, useEngineQuery } from '../../../lib/engine.tsx';
import { useText } from '../../../lib/text.ts';
import { Age } from '../../../ui/Age.tsx';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { MoneyText } from '../../../ui/MoneyText.tsx';
import { notifyError } from '../../../ui/notify.tsx';
import { StateBadge } from '../../../ui/StateBadge.tsx';
import { CancelForm } from './CancelForm.tsx';
import styles from './OrderPanel.module.css';
import { RefundForm } from './RefundForm.tsx';
import { ShopLink } from './ShopLink.tsx';

const BADGES = {
  pending: 'pending',
  sent: 'pending',
  accepted: 'pending',
  retry_wait: 'pending',
  needs_verify: 'pending',
  by_hand: 'dirty',
  verified: 'verified',
  rejected: 'rejected',
  taken_back: 'clean',
} as const;

/** Cancelling and refunding: what was asked for and how far it is; where the channel cannot be asked, a checklist. */
export function OrderRequests({ order }: { readonly order: OrderDetail }) {
  const t = useText();
  const { orderId } = order;
  const { data, error, refetch } = useEngineQuery('orders.actions', { orderId });
  const [form, setForm] = useState<'cancel' | 'refund' | null>(null);
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  const close = (): void => setForm(null);
  return (
    <section className={styles['section']} aria-label={t('orders.requests')}>
      <h3>{t('orders.requests')}</h3>
      {data.actions.length > 0 && (
        <ul className={styles['shipments']}>
          {data.actions.map((action) => (
            <Request key={action.actionId} action={action} order={order} />
          ))}
        </ul>
      )}
      <div className={styles['buttons']}>
        <Button
          variant="default"
          size="compact-sm"
          disabled={!data.canCancel}
          onClick={() => setForm('cancel')}
        >
          {t('orders.cancelOrder')}
        </Button>
        <Button
          variant="default"
          size="compact-sm"
          disabled={data.refundable.minor === 0}
          onClick={() => setForm('refund')}
        >
          {t('orders.refund')}
        </Button>
      </div>
      {data.abilities === null && <p className="qs-muted">{t('orders.requests.byHand')}</p>}
      {form === 'cancel' && <CancelForm order={order} abilities={data.abilities} onClose={close} />}
      {form === 'refund' && (
        <RefundForm order={order} abilities={data.abilities} refundable={data.refundable} onClose={close} />
      )}
    </section>
  );
}

function Request({ action, order }: { readonly action: OrderAction; readonly order: OrderDetail }) {
  const t = useText();
  const takeBack = useEngineCommand('orders.takeBackAction');
  const confirm = useEngineCommand('orders.confirmAction');
  const { actionId, kind, state, message, at, nextAttemptAt } = action;
  const amount = action.refunded ?? action.amount;
  const options = { onError: notifyError };
  return (
    <li>
      <div className={styles['shipmentHead']}>
        <strong>{t(`orders.request.${kind}`)}</strong>
        {amount && <MoneyText money={amount} />}
        <span className="qs-muted">
          <Age at={at} />
        </span>
      </div>
      <span className={styles['push']}>
        <StateBadge compact state={BADGES[state]} />
        <span>{t(`orders.request.state.${state}`)}</span>
        {nextAttemptAt !== null && state === 'retry_wait' && (
          <span className="qs-muted">
            {t('orders.request.next')} <Age at={nextAttemptAt} />
          </span>
        )}
      </span>
      {message !== null && state !== 'verified' && <p className={styles['failure']}>{message}</p>}
      {state === 'by_hand' && (
        <ol className={styles['steps']}>
          <li>
            {t(`orders.request.hand.${kind}`)} <ShopLink order={order} />
          </li>
          <li>{t('orders.request.hand.confirm')}</li>
        </ol>
      )}
      <div className={styles['buttons']}>
        {state === 'by_hand' && (
          <Button
            size="compact-xs"
            loading={confirm.isPending}
            onClick={() => confirm.mutate({ actionId }, options)}
          >
            {t('orders.request.done')}
          </Button>
        )}
        {action.canTakeBack && (
          <Button
            variant="default"
            size="compact-xs"
            loading={takeBack.isPending}
            onClick={() => takeBack.mutate({ actionId }, options)}
          >
            {t('orders.request.takeBack')}
          </Button>
        )}
      </div>
    </li>
  );
}
