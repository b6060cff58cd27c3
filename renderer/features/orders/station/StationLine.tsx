import type { OrderLine } from '#shared/contract/orders.ts';
import { useText } from '../../../lib/text.ts';
import { LineImage } from '../detail/LineImage.tsx';
import { left, type StationStep } from './station-lines.ts';
import styles from './Station.module.css';

/** One line of the order, large enough to be read from two steps away, and what comes after it. */
export function StationLine({
  step,
  line,
  lines,
}: {
  readonly step: StationStep;
  readonly line: OrderLine;
  readonly lines: readonly OrderLine[];
}) {
  const t = useText();
  const open = left(step, line);
  const rest = lines.filter((other) => other.lineId !== line.lineId && left(step, other) > 0);
  return (
    <div className={styles['work']}>
      <section className={styles['line']} aria-label={line.title}>
        <LineImage line={line} size={260} />
        <div className={styles['facts']}>
          <div className={styles['bin']}>
            <span className={styles['label']}>{t('orders.bin')}</span>
            {line.bin === null ? (
              <span className={styles['noBin']}>{t('orders.bin.none')}</span>
            ) : (
              <span className={styles['binCode']}>{line.bin}</span>
            )}
          </div>
          <p className={styles['title']}>{line.title}</p>
          {line.variant !== '' && <p className={styles['variant']}>{line.variant}</p>}
          <p className={styles['codes']}>
            <span>{line.sku ?? t('orders.sku.none')}</span>
            {line.gtin !== null && <span>{line.gtin}</span>}
          </p>
        </div>
        <div className={styles['quantity']}>
          <strong>{open}</strong>
          <span>{t(`orders.station.left.${step}`, { count: open })}</span>
          <span className={styles['of']}>
            {t('orders.station.of', {
              done: step === 'pick' ? line.picked : line.packed,
              total: line.quantity,
            })}
          </span>
        </div>
      </section>
      {rest.length > 0 && (
        <section className={styles['rest']} aria-label={t('orders.station.then')}>
          <h2 className={styles['label']}>{t('orders.station.then')}</h2>
          <ul>
            {rest.slice(0, 6).map((other) => (
              <li key={other.lineId}>
                <span className={styles['restCount']}>{left(step, other)} ×</span>
                <span className={styles['restTitle']}>
                  {other.title}
                  {other.variant === '' ? '' : `, ${other.variant}`}
                </span>
                <span className={styles['restCode']}>{other.sku}</span>
                <span className={styles['restCode']}>{other.bin}</span>
              </li>
            ))}
            {rest.length > 6 && <li>{t('orders.station.more', { count: rest.length - 6 })}</li>}
          </ul>
        </section>
      )}
    </div>
  );
}
