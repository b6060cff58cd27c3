import type { OrderDetail, OrderLine } from '#shared/contract/orders.ts';
import { useText } from '../../../lib/text.ts';
import { MoneyText } from '../../../ui/MoneyText.tsx';
import { Unknown } from '../../../ui/Unknown.tsx';
import { LineImage } from './LineImage.tsx';
import styles from './OrderPanel.module.css';

export function OrderItems({ order }: { readonly order: OrderDetail }) {
  const t = useText();
  const units = order.items.reduce((sum, line) => sum + line.quantity, 0);
  return (
    <section className={styles['section']}>
      <h3>{t('orders.items', { units, lines: order.items.filter((line) => line.quantity > 0).length })}</h3>
      <ul className={styles['items']}>
        {order.items.map((line) => (
          <Item key={line.lineId} line={line} />
        ))}
      </ul>
    </section>
  );
}

function Item({ line }: { readonly line: OrderLine }) {
  const t = useText();
  return (
    <li data-gone={line.quantity === 0 || undefined}>
      <LineImage line={line} size={44} />
      <div className={styles['itemWords']}>
        <span className={styles['itemTitle']} title={line.title}>
          {line.title}
        </span>
        {line.variant !== '' && <span>{line.variant}</span>}
        <span className={styles['itemCodes']}>
          <span className="qs-mono qs-selectable">
            {line.sku ?? <Unknown reason={t('orders.sku.none')} />}
          </span>
          <span>
            {t('orders.bin')} {line.bin ?? <Unknown reason={t('orders.bin.none')} />}
          </span>
        </span>
        <span className={styles['itemProgress']}>
          {line.quantity === 0
            ? t('orders.line.removed')
            : t(`orders.line.${progressWord(line)}`, {
                done: line.shipped || line.packed || line.picked,
                total: line.quantity,
              })}
          {line.missing > 0 && (
            <strong className={styles['missing']}>{t('orders.line.missing', { count: line.missing })}</strong>
          )}
        </span>
      </div>
      <div className={styles['itemNumbers']}>
        <strong>{line.quantity} ×</strong>
        <MoneyText money={line.unitPrice} />
      </div>
    </li>
  );
}

/** The furthest step that any unit of the line has taken. */
function progressWord(line: OrderLine): 'waiting' | 'picked' | 'packed' | 'shipped' {
  if (line.shipped > 0) return 'shipped';
  if (line.packed > 0) return 'packed';
  return line.picked > 0 ? 'picked' : 'waiting';
}
