import { useIntl } from 'react-intl';
import type { ReorderProposal } from '#shared/contract/reorder.ts';
import { useText } from '../../../lib/text.ts';
import { MoneyText } from '../../../ui/MoneyText.tsx';
import { Unknown } from '../../../ui/Unknown.tsx';
import { VirtualTable } from '../../../ui/VirtualTable.tsx';
import styles from './planning.module.css';

const COLUMNS = [
  'sku',
  'title',
  'class',
  'supplier',
  'position',
  'daily',
  'daysLeft',
  'odds',
  'quantity',
  'cost',
] as const;
const WIDTHS = [168, 'auto', 60, 120, 92, 92, 92, 92, 92, 116] as const;
const RIGHT: ReadonlySet<string> = new Set(['position', 'daily', 'daysLeft', 'odds', 'quantity', 'cost']);

export interface ReorderTableProps {
  readonly proposals: readonly ReorderProposal[];
  readonly onOpen: (sku: string) => void;
}

export function ReorderTable({ proposals, onOpen }: ReorderTableProps) {
  const t = useText();
  const intl = useIntl();
  const number = (value: number, digits = 0): string =>
    intl.formatNumber(value, { maximumFractionDigits: digits });
  return (
    <VirtualTable
      count={proposals.length}
      label={t('planning.proposals')}
      widths={WIDTHS}
      head={COLUMNS.map((name) => (
        <th
          key={name}
          scope="col"
          className={RIGHT.has(name) ? styles['number'] : undefined}
          title={t(`planning.column.${name}.meaning`)}
        >
          {t(`planning.column.${name}`)}
        </th>
      ))}
      renderRow={(index) => {
        const row = proposals[index];
        if (!row) return null;
        return (
          <>
            <td>
              <button type="button" className={styles['open']} onClick={() => onOpen(row.sku)}>
                {row.sku}
              </button>
            </td>
            <td className={styles['cut']} title={row.title}>
              {row.title}
            </td>
            <td>{`${row.abc ?? ''}${row.xyz ?? ''}` || <Unknown reason={t('planning.noClass')} />}</td>
            <td className={styles['cut']}>
              {row.supplier?.name ?? <Unknown reason={t('planning.noSupplier')} />}
            </td>
            <td className={styles['number']}>{number(row.position)}</td>
            <td className={styles['number']}>{number(row.daily, 2)}</td>
            <td className={styles['number']}>{row.daysLeft === null ? '–' : number(row.daysLeft)}</td>
            <td className={`${styles['number'] ?? ''} ${row.odds >= 0.5 ? (styles['warn'] ?? '') : ''}`}>
              {intl.formatNumber(row.odds, { style: 'percent', maximumFractionDigits: 0 })}
            </td>
            <td className={styles['number']}>
              <strong>{number(row.quantity)}</strong>
            </td>
            <td className={styles['number']}>
              {row.affordable ? (
                <MoneyText money={row.cost} reason={t('planning.noPrice')} />
              ) : (
                <span className="qs-muted">{t('planning.overBudget')}</span>
              )}
            </td>
          </>
        );
      }}
    />
  );
}
