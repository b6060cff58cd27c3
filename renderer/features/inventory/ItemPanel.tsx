import { Select } from '@mantine/core';
import { useIntl } from 'react-intl';
import type { Result } from '#shared/contract/methods.ts';
import { useEngineCommand, useEngineQuery } from '../../lib/engine.tsx';
import { useNavigation } from '../../lib/navigation.ts';
import { useText } from '../../lib/text.ts';
import { Age } from '../../ui/Age.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { moneyText } from '../../ui/MoneyText.tsx';
import { notifyError } from '../../ui/notify.tsx';
import { SidePanel } from '../../ui/SidePanel.tsx';
import { AssignLot } from './AssignLot.tsx';
import { KitSection } from './KitSection.tsx';
import { LotTable } from './LotTable.tsx';
import { RuleForm } from './RuleForm.tsx';
import type { Location } from './stock-columns.ts';
import { UnitsSection } from './UnitsSection.tsx';
import styles from './inventory.module.css';

export type ItemDetail = Result<'inventory.item'>;

export interface ItemPanelProps {
  readonly itemId: string;
  readonly sku: string;
  readonly locations: readonly Location[];
  readonly onClose: () => void;
}

/** How one item is kept: what is on order, lots, packs, kit, cost, and its own channel rule. */
export function ItemPanel({ itemId, sku, locations, onClose }: ItemPanelProps) {
  const t = useText();
  const { data, error } = useEngineQuery('inventory.item', { itemId });
  return (
    <SidePanel title={t('inventory.item', { sku })} onClose={onClose} width={520}>
      {error && <ErrorNotice error={error} />}
      {!data && !error && <Loading />}
      {data && (
        <>
          {data.title !== '' && <p className={styles['lead']}>{data.title}</p>}
          <Incoming item={data} />
          <LotsSection item={data} />
          <UnitsSection item={data} />
          <KitSection key={JSON.stringify(data.kit)} item={data} locations={locations} />
          <Cost item={data} />
          <section className={styles['section']}>
            <h3>{t('inventory.item.rule')}</h3>
            <RuleForm itemId={itemId} />
          </section>
        </>
      )}
    </SidePanel>
  );
}

function Incoming({ item }: { readonly item: ItemDetail }) {
  const t = useText();
  const intl = useIntl();
  const go = useNavigation((navigation) => navigation.go);
  if (item.incoming.length === 0) return null;
  return (
    <section className={styles['section']}>
      <h3>{t('inventory.column.incoming')}</h3>
      <ul className={styles['places']}>
        {item.incoming.map((order) => (
          <li key={order.orderId}>
            <span>
              <button
                type="button"
                className={styles['link']}
                onClick={() => go('purchasing', { orderId: order.orderId })}
              >
                {order.number}
              </button>{' '}
              <span className="qs-muted">
                {order.supplier}
                {' · '}
                {order.expectedOn === null
                  ? t('inventory.incoming.noDay')
                  : t('inventory.incoming.expected', {
                      day: intl.formatDate(`${order.expectedOn}T12:00:00Z`, {
                        dateStyle: 'medium',
                        timeZone: 'UTC',
                      }),
                    })}
              </span>
            </span>
            <span className={styles['number']}>{intl.formatNumber(order.units)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const TRACKING = ['none', 'lot', 'serial'] as const;

function LotsSection({ item }: { readonly item: ItemDetail }) {
  const t = useText();
  const track = useEngineCommand('inventory.setTracking');
  return (
    <section className={styles['section']}>
      <h3>{t('inventory.lots')}</h3>
      <Select
        aria-label={t('inventory.tracking')}
        data={TRACKING.map((value) => ({ value, label: t(`inventory.tracking.${value}`) }))}
        value={item.tracking}
        allowDeselect={false}
        disabled={track.isPending}
        onChange={(tracking) =>
          tracking && track.mutate({ itemId: item.itemId, tracking }, { onError: notifyError })
        }
      />
      {item.lots.length > 0 && <LotTable lots={item.lots} named={false} />}
      {item.tracking !== 'none' && item.withoutLot !== 0 && (
        <>
          <p className="qs-muted">{t('inventory.lots.without', { count: item.withoutLot })}</p>
          {item.withoutLot > 0 && <AssignLot key={item.withoutLot} item={item} />}
        </>
      )}
    </section>
  );
}

function Cost({ item: { cost } }: { readonly item: ItemDetail }) {
  const t = useText();
  const { locale } = useIntl();
  if (cost.layers.length === 0) return null;
  return (
    <section className={styles['section']}>
      <h3>{t('inventory.cost')}</h3>
      <ul className={styles['places']}>
        {cost.layers.map((layer, index) => (
          <li key={index}>
            <span>
              {t('inventory.units', { count: layer.quantity })}{' '}
              <span className="qs-muted">
                {layer.reference} · <Age at={layer.at} />
              </span>
            </span>
            <span className={styles['number']}>
              {moneyText({ minor: layer.costMinor, currency: layer.currency }, locale)}
            </span>
          </li>
        ))}
      </ul>
      {cost.unknownUnits > 0 && (
        <p className="qs-muted">{t('inventory.cost.unknown', { count: cost.unknownUnits })}</p>
      )}
    </section>
  );
}
