import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import type { StockLotRow } from '#shared/contract/inventory-items.ts';
import { useEngineCommand } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { notifyError } from '../../ui/notify.tsx';
import styles from './inventory.module.css';

export interface LotTableProps {
  readonly lots: readonly StockLotRow[];
  /** Whether the item is named too. */
  readonly named: boolean;
}

/** Lots with their last day and where they lie; each can be blocked, with a reason, and freed. */
export function LotTable({ lots, named }: LotTableProps) {
  const t = useText();
  return (
    <table className={styles['ledger']} aria-label={t('inventory.lots')}>
      <thead>
        <tr>
          <th scope="col">{t('inventory.lot')}</th>
          <th scope="col">{t('inventory.expiresOn')}</th>
          <th scope="col" className={styles['number']}>
            {t('inventory.quantity')}
          </th>
          <th scope="col">
            <span className="qs-hidden">{t('inventory.lot.block')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {lots.map((lot) => (
          <LotRow key={lot.lotId} lot={lot} named={named} />
        ))}
      </tbody>
    </table>
  );
}

function LotRow({ lot, named }: { readonly lot: StockLotRow; readonly named: boolean }) {
  const t = useText();
  const intl = useIntl();
  const [reason, setReason] = useState<string | null>(null);
  const change = useEngineCommand('inventory.changeLot');
  const set = (blocked: boolean): void =>
    change.mutate(
      { lotId: lot.lotId, blocked, ...(blocked && reason ? { reason } : {}) },
      { onSuccess: () => setReason(null), onError: notifyError },
    );
  const days = lot.expiresInDays;
  return (
    <tr>
      <td>
        <span className={styles['code']}>{lot.code}</span>
        <span className="qs-muted">
          {named && `${lot.sku} · `}
          {lot.places.map(({ location, bin }) => (bin === null ? location : `${location} ${bin}`)).join(', ')}
        </span>
        {lot.blocked && (
          <span className={styles['bad']}>{t('inventory.lot.blocked', { reason: lot.blockedReason })}</span>
        )}
        {reason !== null && (
          <TextInput
            aria-label={t('inventory.lot.reason')}
            placeholder={t('inventory.lot.reason')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
      </td>
      <td>
        {lot.expiresOn === null || days === null ? (
          '–'
        ) : (
          <>
            {intl.formatDate(`${lot.expiresOn}T12:00:00Z`, { dateStyle: 'medium', timeZone: 'UTC' })}
            <span className={days < 0 ? styles['bad'] : 'qs-muted'} style={{ display: 'block' }}>
              {days < 0 ? t('inventory.lot.expired', { days: -days }) : t('inventory.lot.expires', { days })}
            </span>
          </>
        )}
      </td>
      <td className={styles['number']}>{intl.formatNumber(lot.quantity)}</td>
      <td>
        {lot.blocked ? (
          <Button size="compact-xs" variant="subtle" loading={change.isPending} onClick={() => set(false)}>
            {t('inventory.lot.free')}
          </Button>
        ) : (
          <Button
            size="compact-xs"
            variant="subtle"
            disabled={reason !== null && reason.trim() === ''}
            loading={change.isPending}
            onClick={() => (reason === null ? setReason('') : set(true))}
          >
            {t('inventory.lot.block')}
          </Button>
        )}
      </td>
    </tr>
  );
}
