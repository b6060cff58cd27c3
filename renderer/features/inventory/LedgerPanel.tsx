import { useIntl } from 'react-intl';
import { useEngineQuery } from '../../lib/engine.tsx';
import { useHasText, useText } from '../../lib/text.ts';
import { Age } from '../../ui/Age.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { SidePanel } from '../../ui/SidePanel.tsx';
import styles from './inventory.module.css';

export interface LedgerPanelProps {
  readonly itemId: string;
  /** Absent: everywhere. */
  readonly locationId?: string | undefined;
  readonly sku: string;
  readonly place: string | null;
  readonly onClose: () => void;
}

/** Every movement of one cell: how many, who, when, why, on which document, and what was left. */
export function LedgerPanel({ itemId, locationId, sku, place, onClose }: LedgerPanelProps) {
  const t = useText();
  const has = useHasText();
  const intl = useIntl();
  const { data, error } = useEngineQuery('inventory.ledger', {
    itemId,
    ...(locationId === undefined ? {} : { locationId }),
  });
  const title = place === null ? t('inventory.ledger.all', { sku }) : t('inventory.ledger', { sku, place });
  return (
    <SidePanel title={title} onClose={onClose} width={460}>
      {error && <ErrorNotice error={error} />}
      {!data && !error && <Loading />}
      {data && (
        <>
          <p className={styles['lead']}>
            {data.title !== '' && <span>{data.title}</span>}
            <strong>{t('inventory.onHand', { count: data.onHand })}</strong>
          </p>
          {data.places.length > 0 && (
            <ul className={styles['places']} aria-label={t('inventory.places')}>
              {data.places.map((at) => (
                <li key={`${at.locationId} ${at.binId ?? ''}`}>
                  <span>
                    {at.location} · {at.bin ?? t('inventory.noBin')}
                  </span>
                  <span className={styles['number']}>{intl.formatNumber(at.quantity)}</span>
                </li>
              ))}
            </ul>
          )}
          {data.movements.length === 0 ? (
            <p className="qs-muted">{t('inventory.ledger.none')}</p>
          ) : (
            <table className={styles['ledger']} aria-label={t('inventory.movements')}>
              <thead>
                <tr>
                  <th scope="col">{t('inventory.ledger.why')}</th>
                  <th scope="col" className={styles['number']}>
                    {t('inventory.ledger.change')}
                  </th>
                  <th scope="col" className={styles['number']}>
                    {t('inventory.ledger.balance')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {data.movements.map((movement) => (
                  <tr key={movement.seq}>
                    <td>
                      <span className={styles['why']}>
                        {t(`inventory.why.${movement.reason}`)}
                        {movement.document.reference !== '' && ` · ${movement.document.reference}`}
                      </span>
                      {movement.note !== '' && <span className={styles['note']}>{movement.note}</span>}
                      <span className="qs-muted">
                        {has(`inventory.actor.${movement.actor}`)
                          ? t(`inventory.actor.${movement.actor}`)
                          : movement.actor}
                        {' · '}
                        <Age at={movement.at} />
                        {` · ${locationId === undefined ? `${movement.location} · ` : ''}${movement.bin ?? t('inventory.noBin')}${movement.lot === null ? '' : ` · ${movement.lot}`}`}
                        {` · ${t('inventory.seq', { seq: movement.seq })}`}
                        {movement.reverses !== null &&
                          ` · ${t('inventory.reverses', { seq: movement.reverses })}`}
                      </span>
                    </td>
                    <td className={styles['number']}>
                      {intl.formatNumber(movement.quantity, { signDisplay: 'always' })}
                    </td>
                    <td className={styles['number']}>{intl.formatNumber(movement.balance)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {data.total > data.movements.length && (
            <p className="qs-muted">
              {t('inventory.ledger.more', { count: data.total - data.movements.length })}
            </p>
          )}
        </>
      )}
    </SidePanel>
  );
}
