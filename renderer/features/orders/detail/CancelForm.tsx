import { Button, Checkbox, Modal, Select, Textarea } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { CANCEL_REASONS } from '#shared/contract/order-actions.ts';
import type { Result } from '#shared/contract/methods.ts';
import type { OrderDetail } from '#shared/contract/orders.ts';
import { useEngineCommand } from '../../../lib/engine.tsx';
import { useText } from '../../../lib/text.ts';
import styles from './OrderPanel.module.css';
import { useAsked } from './use-asked.ts';

export type Abilities = Result<'orders.actions'>['abilities'];

/** Why, and what goes with it; only what this channel lets one choose. */
export function CancelForm({
  order,
  abilities,
  onClose,
}: {
  readonly order: OrderDetail;
  readonly abilities: Abilities;
  readonly onClose: () => void;
}) {
  const t = useText();
  const asked = useAsked(t('orders.cancel.asked', { number: order.number }), onClose);
  const { mutate, isPending } = useEngineCommand('orders.cancel');
  const [reason, setReason] = useState<(typeof CANCEL_REASONS)[number]>('customer');
  const [restock, setRestock] = useState(true);
  const [refund, setRefund] = useState(true);
  const [notify, setNotify] = useState(false);
  const [note, setNote] = useState('');
  const canRefund = abilities?.refundOnCancel === 'choice';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    mutate({ orderId: order.orderId, reason, restock, refund: canRefund && refund, notify, note }, asked);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('orders.cancel.title', { number: order.number })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <form className={styles['form']} onSubmit={submit}>
        <Select
          label={t('orders.cancel.reason')}
          data={CANCEL_REASONS.map((value) => ({ value, label: t(`orders.cancel.reason.${value}`) }))}
          value={reason}
          allowDeselect={false}
          onChange={(value) => setReason(CANCEL_REASONS.find((each) => each === value) ?? 'other')}
        />
        {abilities?.restockOnCancel === 'choice' && (
          <Checkbox
            label={t('orders.cancel.restock')}
            checked={restock}
            onChange={(event) => setRestock(event.currentTarget.checked)}
          />
        )}
        {abilities?.restockOnCancel === 'always' && (
          <p className="qs-muted">{t('orders.cancel.restock.always')}</p>
        )}
        {canRefund && (
          <Checkbox
            label={t('orders.cancel.refund')}
            checked={refund}
            onChange={(event) => setRefund(event.currentTarget.checked)}
          />
        )}
        {abilities?.refundOnCancel === 'never' && (
          <p className="qs-muted">{t('orders.cancel.refund.never')}</p>
        )}
        {abilities?.notify === 'choice' && (
          <Checkbox
            label={t('orders.notify')}
            checked={notify}
            onChange={(event) => setNotify(event.currentTarget.checked)}
          />
        )}
        <Textarea
          label={t('orders.request.note')}
          maxLength={1_000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <p className="qs-muted">{t('orders.request.explain')}</p>
        <div className={styles['formEnd']}>
          <Button variant="default" onClick={onClose}>
            {t('orders.request.keep')}
          </Button>
          <Button type="submit" color="red" loading={isPending}>
            {t('orders.cancel.submit')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
