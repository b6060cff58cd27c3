import { ActionIcon, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { OrderDetail } from '#shared/contract/orders.ts';
import { useText } from '../../../lib/text.ts';
import { AddressBlock, addressLines } from './AddressBlock.tsx';
import styles from './OrderPanel.module.css';

export function OrderAddress({ order }: { readonly order: OrderDetail }) {
  const t = useText();
  const { shipTo } = order;
  return (
    <section className={styles['section']}>
      <h3>
        {t('orders.shipTo')}
        <CopyButton value={addressLines(shipTo).join('\n')}>
          {({ copied, copy }) => (
            <ActionIcon
              size="sm"
              aria-label={t(copied ? 'orders.address.copied' : 'orders.address.copy')}
              title={t(copied ? 'orders.address.copied' : 'orders.address.copy')}
              onClick={copy}
            >
              {copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
            </ActionIcon>
          )}
        </CopyButton>
      </h3>
      {order.buyer === 'known' ? (
        <AddressBlock address={shipTo} />
      ) : (
        <p className="qs-muted">{t(`orders.buyer.${order.buyer}.text`)}</p>
      )}
      <p className={`${styles['contact']} qs-selectable`}>
        {[shipTo.phone, shipTo.email].filter(Boolean).join(' · ')}
      </p>
      {order.shippingMethod !== '' && (
        <p className="qs-muted">{t('orders.method', { method: order.shippingMethod })}</p>
      )}
    </section>
  );
}
