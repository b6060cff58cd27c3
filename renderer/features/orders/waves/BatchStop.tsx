import type { BatchDetail, BatchStop as Stop } from '#shared/contract/waves.ts';
import { useText } from '../../../lib/text.ts';
import station from '../station/Station.module.css';
import styles from './BatchStation.module.css';
import { binsAfter, leftAt } from './batch-walk.ts';

/** Where to go, what to take, how many, and into which tote. */
export function BatchStop({ batch, stop }: { readonly batch: BatchDetail; readonly stop: Stop }) {
  const t = useText();
  const line = batch.lines.find(({ lineId }) => lineId === stop.lineId);
  const rest = binsAfter(batch, stop);
  const sorted = batch.mode === 'multi' || batch.mode === 'zone';
  return (
    <div className={station['work']}>
      <section className={station['line']} aria-label={line?.title ?? ''}>
        <div className={station['facts']}>
          <p className={station['bin']}>
            <span className={station['label']}>{t('waves.bin')}</span>
            {stop.bin === '' ? (
              <span className={station['noBin']}>{t('waves.noBin')}</span>
            ) : (
              <span className={station['binCode']}>{stop.bin}</span>
            )}
            {!stop.onMap && stop.bin !== '' && <span className={station['noBin']}>{t('waves.offMap')}</span>}
          </p>
          <h2 className={station['title']}>{line?.title}</h2>
          {line && line.variant !== '' && <p className={station['variant']}>{line.variant}</p>}
          <p className={station['codes']}>
            <span>{line?.sku ?? t('orders.sku.none')}</span>
            {line?.gtin && <span>{line.gtin}</span>}
          </p>
        </div>
        <div className={station['quantity']}>
          <strong>{leftAt(stop)}</strong>
          <span>{t('orders.station.left.pick', { count: leftAt(stop) })}</span>
        </div>
        {sorted && (
          <div className={styles['tote']}>
            <span>{t('waves.tote')}</span>
            <strong>{stop.tote}</strong>
          </div>
        )}
      </section>
      {rest.length > 0 && (
        <section className={station['rest']} aria-label={t('orders.station.then')}>
          <h2 className={station['label']}>{t('orders.station.then')}</h2>
          <ul>
            {rest.slice(0, 6).map(({ bin, units }) => (
              <li key={bin}>
                <span className={station['restCount']}>{units} ×</span>
                <span className={station['restCode']}>{bin === '' ? t('waves.noBin') : bin}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
