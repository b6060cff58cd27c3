import { Button, TextInput } from '@mantine/core';
import { IconSearch, IconTruckDelivery } from '@tabler/icons-react';
import { useState } from 'react';
import { useEngineQuery } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { MoneyText } from '../../ui/MoneyText.tsx';
import { Num } from '../../ui/Num.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { Unknown } from '../../ui/Unknown.tsx';
import { VirtualTable } from '../../ui/VirtualTable.tsx';
import { DayText } from './DayText.tsx';
import type { View } from './PurchasingScreen.tsx';
import { SupplierPanel } from './SupplierPanel.tsx';
import { ViewTabs } from './ViewTabs.tsx';
import styles from './purchasing.module.css';

const COLUMNS = ['name', 'contact', 'items', 'openOrders', 'leadDays', 'minimum', 'termsUntil'] as const;
const WIDTHS = ['auto', 200, 80, 110, 120, 140, 140] as const;
const RIGHT: ReadonlySet<string> = new Set(['items', 'openOrders', 'leadDays', 'minimum']);

export interface SupplierListProps {
  /** Whose panel is open; null = a new one. */
  readonly shown: string | null | undefined;
  readonly onView: (view: View) => void;
}

export function SupplierList({ shown, onView }: SupplierListProps) {
  const t = useText();
  const [text, setText] = useState('');
  const { data, error, refetch } = useEngineQuery(
    'purchasing.suppliers',
    text.trim() === '' ? {} : { text: text.trim() },
  );
  const rows = data?.suppliers;
  const open = (supplierId: string | null): void => onView({ kind: 'suppliers', supplierId });
  return (
    <ScreenFrame
      title={t('purchasing.title')}
      subtitle={rows ? t('purchasing.suppliers.count', { count: rows.length }) : undefined}
      tabs={<ViewTabs value="suppliers" onView={onView} />}
      search={
        <TextInput
          aria-label={t('purchasing.suppliers.search')}
          placeholder={t('purchasing.suppliers.search')}
          leftSection={<IconSearch size={14} />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      }
      actions={<Button onClick={() => open(null)}>{t('purchasing.supplier.new')}</Button>}
    >
      <div className={styles['page']}>
        <div className={styles['fill']}>
          {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
          {!rows && !error && <Loading />}
          {rows?.length === 0 && (
            <EmptyState
              icon={text.trim() === '' ? IconTruckDelivery : IconSearch}
              title={t(text.trim() === '' ? 'purchasing.empty.suppliers' : 'purchasing.none')}
              text={t(text.trim() === '' ? 'purchasing.empty.suppliers.text' : 'purchasing.none.text')}
              action={
                text.trim() === '' ? (
                  <Button onClick={() => open(null)}>{t('purchasing.supplier.new')}</Button>
                ) : (
                  <Button onClick={() => setText('')}>{t('purchasing.none.clear')}</Button>
                )
              }
            />
          )}
          {rows && rows.length > 0 && (
            <VirtualTable
              count={rows.length}
              label={t('purchasing.suppliers')}
              widths={WIDTHS}
              head={COLUMNS.map((name) => (
                <th key={name} scope="col" className={RIGHT.has(name) ? styles['number'] : undefined}>
                  {t(`purchasing.column.${name}`)}
                </th>
              ))}
              renderRow={(index) => {
                const row = rows[index];
                if (!row) return null;
                return (
                  <>
                    <td>
                      <button type="button" className={styles['open']} onClick={() => open(row.supplierId)}>
                        {row.name}
                      </button>
                    </td>
                    <td>
                      {row.contact === '' ? <Unknown reason={t('purchasing.noContact')} /> : row.contact}
                    </td>
                    <td className={styles['number']}>
                      <Num value={row.items} />
                    </td>
                    <td className={styles['number']}>
                      <Num value={row.openOrders} />
                    </td>
                    <td className={styles['number']}>
                      {row.leadDays === null ? (
                        <Unknown reason={t('purchasing.noLeadDays')} />
                      ) : (
                        t('purchasing.days', { count: row.leadDays })
                      )}
                    </td>
                    <td className={styles['number']}>
                      <MoneyText
                        money={
                          row.minimumMinor === null
                            ? null
                            : { minor: row.minimumMinor, currency: row.currency }
                        }
                        reason={t('purchasing.noMinimum')}
                      />
                    </td>
                    <td>
                      <DayText day={row.termsUntil} reason={t('purchasing.noTerms')} />
                    </td>
                  </>
                );
              }}
            />
          )}
        </div>
        {shown !== undefined && (
          <SupplierPanel
            key={shown ?? 'new'}
            supplierId={shown}
            onSaved={open}
            onClose={() => onView({ kind: 'suppliers' })}
          />
        )}
      </div>
    </ScreenFrame>
  );
}
