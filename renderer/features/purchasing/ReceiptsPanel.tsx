import type { PurchaseOrderDetail } from '#shared/contract/purchasing.ts';
import { useText } from '../../lib/text.ts';
import { Age } from '../../ui/Age.tsx';
import { MoneyText } from '../../ui/MoneyText.tsx';
import { Num } from '../../ui/Num.tsx';
import { SidePanel } from '../../ui/SidePanel.tsx';
import styles from './purchasing.module.css';

export interface ReceiptsPanelProps {
  readonly detail: PurchaseOrderDetail;
  readonly onClose: () => void;
}

/** Every delivery of an order, with what its goods cost and which share of freight and duty they carry. */
export function ReceiptsPanel({ detail: { order, receipts }, onClose }: ReceiptsPanelProps) {
  const t = useText();
  const money = (minor: number | null) => (
    <MoneyText
      money={minor === null ? null : { minor, currency: order.currency }}
      reason={t('purchasing.noPrice')}
    />
  );
  return (
    <SidePanel title={t('purchasing.receipts')} onClose={onClose} width={600}>
      {receipts.map((receipt) => (
        <section key={receipt.receiptId} className={styles['section']}>
          <h3>
            <Age at={receipt.at} />
            {receipt.reference !== '' && ` · ${receipt.reference}`}
          </h3>
          <table className={styles['table']}>
            <thead>
              <tr>
                <th scope="col">{t('purchasing.line.sku')}</th>
                {(['quantity', 'goods', 'freight', 'duty'] as const).map((name) => (
                  <th key={name} scope="col" className={styles['number']}>
                    {t(`purchasing.receipt.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {receipt.lines.map((line, index) => (
                <tr key={index}>
                  <td>
                    <span className={styles['code']}>{line.sku}</span>
                    {line.overReason !== '' && <span className={styles['sub']}>{line.overReason}</span>}
                  </td>
                  <td className={styles['number']}>
                    <Num value={line.quantity} />
                  </td>
                  <td className={styles['number']}>{money(line.goodsMinor)}</td>
                  <td className={styles['number']}>{money(line.freightMinor)}</td>
                  <td className={styles['number']}>{money(line.dutyMinor)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {receipt.freightMinor + receipt.dutyMinor > 0 && (
            <p className="qs-muted">{t(`purchasing.split.${receipt.split}.was`)}</p>
          )}
        </section>
      ))}
    </SidePanel>
  );
}
