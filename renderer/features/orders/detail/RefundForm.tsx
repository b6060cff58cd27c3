import { Button, Checkbox, Modal, NumberInput, Select, TextInput, Textarea } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useIntl } from 'react-intl';
import { RESTOCKS } from '#shared/contract/order-actions.ts';
import type { OrderDetail } from '#shared/contract/orders.ts';
import { useEngineCommand } from '../../../lib/engine.tsx';
import { useText } from '../../../lib/text.ts';
import { MoneyText } from '../../../ui/MoneyText.tsx';
import type { Abilities } from './CancelForm.tsx';
import styles from './OrderPanel.module.css';
import { useAsked } from './use-asked.ts';
import { amountOf } from './refund-amount.ts';

/** Lines, shipping or an amount, and where the units go. */
export function RefundForm({
  order,
  abilities,
  refundable,
  onClose,
}: {
  readonly order: OrderDetail;
  readonly abilities: Abilities;
  readonly refundable: { readonly minor: number; readonly currency: string };
  readonly onClose: () => void;
}) {
  const t = useText();
  const asked = useAsked(t('orders.refund.asked', { number: order.number }), onClose);
  const { locale } = useIntl();
  const { mutate, isPending } = useEngineCommand('orders.refund');
  const [units, setUnits] = useState<Readonly<Record<string, number>>>({});
  const [restock, setRestock] = useState<(typeof RESTOCKS)[number]>('no');
  const [shipping, setShipping] = useState(false);
  const [amount, setAmount] = useState('');
  const [byHand, setByHand] = useState(false);
  const [notify, setNotify] = useState(false);
  const [note, setNote] = useState('');
  const typed = amountOf(amount, locale, refundable);
  const lines = order.items.flatMap(({ lineId }) => {
    const quantity = units[lineId] ?? 0;
    return quantity > 0 ? [{ lineId, quantity, restock }] : [];
  });
  const nothing = lines.length === 0 && !shipping && typed.minor === null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (nothing || typed.problem !== null) return;
    mutate(
      {
        orderId: order.orderId,
        lines,
        shipping,
        ...(typed.minor === null ? {} : { amountMinor: typed.minor }),
        money: byHand ? 'by_hand' : 'original',
        notify,
        note,
      },
      asked,
    );
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('orders.refund.title', { number: order.number })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <form className={styles['form']} onSubmit={submit}>
        <p className="qs-muted">
          {t('orders.refund.left')} <MoneyText money={refundable} />
        </p>
        {order.items.map(({ lineId, sku, title, quantity }) => (
          <NumberInput
            key={lineId}
            label={t('orders.refund.units', { what: sku ?? title, count: quantity })}
            min={0}
            max={quantity}
            clampBehavior="strict"
            allowDecimal={false}
            value={units[lineId] ?? 0}
            onChange={(value) => setUnits({ ...units, [lineId]: Number(value) || 0 })}
          />
        ))}
        {lines.length > 0 && (
          <Select
            label={t('orders.refund.restock')}
            data={RESTOCKS.map((value) => ({ value, label: t(`orders.refund.restock.${value}`) }))}
            value={restock}
            allowDeselect={false}
            onChange={(value) => setRestock(RESTOCKS.find((each) => each === value) ?? 'no')}
          />
        )}
        <Checkbox
          label={t('orders.refund.shipping')}
          checked={shipping}
          onChange={(event) => setShipping(event.currentTarget.checked)}
        />
        <TextInput
          label={t('orders.refund.amount', { currency: refundable.currency })}
          description={t('orders.refund.amount.hint')}
          value={amount}
          error={typed.problem !== null && t(`orders.refund.amount.${typed.problem}`)}
          onChange={(event) => setAmount(event.currentTarget.value)}
        />
        {abilities && (
          <Checkbox
            label={t('orders.refund.byHand')}
            checked={byHand}
            onChange={(event) => setByHand(event.currentTarget.checked)}
          />
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
          <Button type="submit" loading={isPending} disabled={nothing || typed.problem !== null}>
            {t('orders.refund.submit')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
