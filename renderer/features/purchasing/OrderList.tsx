import { Button, TextInput } from '@mantine/core';
import { IconSearch, IconTruckDelivery } from '@tabler/icons-react';
import { useState } from 'react';
import type { PurchaseOrderRow } from '#shared/contract/purchasing.ts';
import { ON_ORDER_STATES, type PurchaseState } from '#shared/domain/purchasing/purchase-states.ts';
import { useEngineQuery } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { MoneyText } from '../../ui/MoneyText.tsx';
import { Num } from '../../ui/Num.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { VirtualTable } from '../../ui/VirtualTable.tsx';
import { Alerts } from './Alerts.tsx';
import { DayText } from './DayText.tsx';
import { NewOrder } from './NewOrder.tsx';
import { OrderState } from './OrderState.tsx';
import type { View } from './PurchasingScreen.tsx';
import { ViewTabs } from './ViewTabs.tsx';
import styles from './purchasing.module.css';

const FILTERS = {
  draft: ['draft'],
  onOrder: [...ON_ORDER_STATES],
  received: ['received'],
  done: ['closed', 'cancelled'],
} as const satisfies Record<string, readonly PurchaseState[]>;
type Filter = keyof typeof FILTERS;
const FILTER_NAMES = Object.keys(FILTERS) as Filter[];

const COLUMNS = ['number', 'supplier', 'state', 'expected', 'lines', 'open', 'total'] as const;
const WIDTHS = [110, 'auto', 150, 130, 80, 110, 140] as const;
const RIGHT: ReadonlySet<string> = new Set(['lines', 'open', 'total']);

export interface OrderListProps {
  readonly adding: boolean;
  readonly onView: (view: View) => void;
}

export function OrderList({ adding, onView }: OrderListProps) {
  const t = useText();
  const [filter, setFilter] = useState<Filter | null>(null);
  const [text, setText] = useState('');
  const suppliers = useEngineQuery('purchasing.suppliers', {});
  const orders = useEngineQuery('purchasing.orders', {
    ...(filter ? { states: [...FILTERS[filter]] } : {}),
    ...(text.trim() === '' ? {} : { text: text.trim() }),
  });
  const rows = orders.data?.orders;
  const error = orders.error ?? suppliers.error;
  const noSupplier = suppliers.data?.suppliers.length === 0;
  const nothing = rows?.length === 0 && filter === null && text.trim() === '';
  return (
    <ScreenFrame
      title={t('purchasing.title')}
      subtitle={orders.data ? t('purchasing.orders.count', { count: orders.data.total }) : undefined}
      tabs={<ViewTabs value="orders" onView={onView} />}
      search={
        <TextInput
          aria-label={t('purchasing.orders.search')}
          placeholder={t('purchasing.orders.search')}
          leftSection={<IconSearch size={14} />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      }
      actions={
        <Button disabled={noSupplier} onClick={() => onView({ kind: 'orders', adding: true })}>
          {t('purchasing.order.new')}
        </Button>
      }
    >
      <div className={styles['page']}>
        <Alerts onView={onView} />
        <div className={styles['bar']} role="toolbar" aria-label={t('purchasing.filters')}>
          {FILTER_NAMES.map((name) => (
            <button
              key={name}
              type="button"
              className={styles['chip']}
              aria-pressed={filter === name}
              onClick={() => setFilter(filter === name ? null : name)}
            >
              {t(`purchasing.filter.${name}`)}
            </button>
          ))}
        </div>
        <div className={styles['fill']}>
          {error && <ErrorNotice error={error} onRetry={() => void orders.refetch()} />}
          {!rows && !error && <Loading />}
          {nothing && (
            <EmptyState
              icon={IconTruckDelivery}
              title={t(noSupplier ? 'purchasing.empty.suppliers' : 'purchasing.empty.orders')}
              text={t(noSupplier ? 'purchasing.empty.suppliers.text' : 'purchasing.empty.orders.text')}
              action={
                <Button
                  onClick={() =>
                    onView(
                      noSupplier ? { kind: 'suppliers', supplierId: null } : { kind: 'orders', adding: true },
                    )
                  }
                >
                  {t(noSupplier ? 'purchasing.supplier.new' : 'purchasing.order.new')}
                </Button>
              }
            />
          )}
          {rows && rows.length > 0 && (
            <VirtualTable
              count={rows.length}
              label={t('purchasing.orders')}
              widths={WIDTHS}
              head={COLUMNS.map((name) => (
                <th key={name} scope="col" className={RIGHT.has(name) ? styles['number'] : undefined}>
                  {t(`purchasing.column.${name}`)}
                </th>
              ))}
              renderRow={(index) => {
                const row = rows[index];
                return (
                  row && <Cells row={row} onOpen={() => onView({ kind: 'order', orderId: row.orderId })} />
                );
              }}
            />
          )}
          {rows?.length === 0 && !nothing && (
            <EmptyState
              icon={IconSearch}
              title={t('purchasing.none')}
              text={t('purchasing.none.text')}
              action={
                <Button
                  onClick={() => {
                    setFilter(null);
                    setText('');
                  }}
                >
                  {t('purchasing.none.clear')}
                </Button>
              }
            />
          )}
        </div>
        {adding && (
          <NewOrder
            suppliers={suppliers.data?.suppliers ?? []}
            onMade={(orderId) => onView({ kind: 'order', orderId })}
            onClose={() => onView({ kind: 'orders' })}
          />
        )}
      </div>
    </ScreenFrame>
  );
}

function Cells({ row, onOpen }: { readonly row: PurchaseOrderRow; readonly onOpen: () => void }) {
  const t = useText();
  return (
    <>
      <td>
        <button type="button" className={styles['open']} onClick={onOpen}>
          {row.number}
        </button>
      </td>
      <td>{row.supplier}</td>
      <td>
        <OrderState state={row.state} />
      </td>
      <td>
        <DayText day={row.expectedOn} />
      </td>
      <td className={styles['number']}>
        <Num value={row.lines} />
      </td>
      <td className={styles['number']}>
        <Num value={row.openUnits} />
      </td>
      <td
        className={styles['number']}
        title={row.unpriced > 0 ? t('purchasing.unpriced', { count: row.unpriced }) : undefined}
      >
        <MoneyText money={{ minor: row.totalMinor, currency: row.currency }} />
        {row.unpriced > 0 && ' +'}
      </td>
    </>
  );
}
