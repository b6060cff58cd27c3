import { useIntl } from 'react-intl';
import type { PurchaseOrderDetail } from '#shared/contract/purchasing.ts';
import { useText } from '../../lib/text.ts';
import { Age } from '../../ui/Age.tsx';
import { moneyText, MoneyText } from '../../ui/MoneyText.tsx';
import { DayText } from './DayText.tsx';
import styles from './purchasing.module.css';

export interface OrderFactsProps {
  readonly detail: PurchaseOrderDetail;
  readonly onReceipts: () => void;
}

/** What stands above the lines, and what should give pause before sending. */
export function OrderFacts({ detail: { order, lines, receipts }, onReceipts }: OrderFactsProps) {
  const t = useText();
  const { locale } = useIntl();
  const cheaper = lines.flatMap(({ sku, cheaper: lot }) => (lot ? [{ sku, ...lot }] : []));
  const [best] = cheaper.toSorted((a, b) => b.savesMinor - a.savesMinor);
  const money = (minor: number): string => moneyText({ minor, currency: order.currency }, locale);
  return (
    <dl className={styles['facts']}>
      <div>
        <dt>{t('purchasing.deliverTo')}</dt>
        <dd>{order.location}</dd>
      </div>
      <div>
        <dt>{t('purchasing.expected')}</dt>
        <dd>
          <DayText day={order.expectedOn} />
        </dd>
      </div>
      <div>
        <dt>{t('purchasing.column.total')}</dt>
        <dd>
          <MoneyText money={{ minor: order.totalMinor, currency: order.currency }} />
          {order.unpriced > 0 && (
            <span className={styles['warn']}> · {t('purchasing.unpriced', { count: order.unpriced })}</span>
          )}
        </dd>
      </div>
      {order.openUnits > 0 && order.sentAt !== null && (
        <div>
          <dt>{t('purchasing.column.open')}</dt>
          <dd>{t('purchasing.units', { count: order.openUnits })}</dd>
        </div>
      )}
      <div>
        <dt>{t(order.sentAt === null ? 'purchasing.drafted' : 'purchasing.sentAt')}</dt>
        <dd>
          <Age at={order.sentAt ?? order.createdAt} />
        </dd>
      </div>
      {order.reference !== '' && (
        <div>
          <dt>{t('purchasing.reference')}</dt>
          <dd className={styles['code']}>{order.reference}</dd>
        </div>
      )}
      {order.closeReason !== '' && (
        <div>
          <dt>{t('purchasing.reason')}</dt>
          <dd>{order.closeReason}</dd>
        </div>
      )}
      {receipts.length > 0 && (
        <div>
          <dd>
            <button type="button" className={styles['open']} onClick={onReceipts}>
              {t('purchasing.receipts.count', { count: receipts.length })}
            </button>
          </dd>
        </div>
      )}
      {order.state === 'draft' && order.belowMinimumMinor > 0 && lines.length > 0 && (
        <div>
          <dd className={styles['warn']}>
            {t('purchasing.belowMinimum', { amount: money(order.belowMinimumMinor) })}
          </dd>
        </div>
      )}
      {best && (
        <div>
          <dd className={styles['warn']}>
            {t('purchasing.cheaper', {
              sku: best.sku,
              quantity: best.quantity,
              amount: money(best.savesMinor),
            })}
          </dd>
        </div>
      )}
    </dl>
  );
}
