import { useIntl } from 'react-intl';
import { listingField } from '#shared/domain/listing-fields.ts';
import type { FieldTexts } from '../../lib/field-texts.ts';
import { useText } from '../../lib/text.ts';
import { moneyText } from '../../ui/MoneyText.tsx';
import styles from './listings.module.css';
import type { BulkPreviewData } from './use-bulk-preview.ts';

const SHOWN = 60;

/** Counts, money at stake, what would be refused, and the rows that change most. */
export function BulkPreview({
  preview,
  fields,
  currency,
}: {
  readonly preview: BulkPreviewData | null;
  readonly fields: FieldTexts;
  readonly currency: string;
}) {
  const t = useText();
  const { locale } = useIntl();
  if (!preview) return <p className="qs-muted">{t('listings.preview.waiting')}</p>;
  const { changes, unchanged, rejectedTotal, rejected, samples, moneyAtStake } = preview;
  const numbers = isNumber(samples[0]?.field ?? '');
  const stakes = moneyAtStake.filter(({ minor }) => minor !== 0);
  return (
    <section aria-label={t('listings.preview')} className={styles['stack']}>
      <dl className={styles['counts']}>
        <Count label={t('listings.preview.changes')} text={changes.toLocaleString(locale)} />
        <Count label={t('listings.preview.unchanged')} text={unchanged.toLocaleString(locale)} />
        <Count
          label={t('listings.preview.rejected')}
          text={rejectedTotal.toLocaleString(locale)}
          bad={rejectedTotal > 0}
        />
        {stakes.length > 0 && (
          <Count
            label={t('listings.preview.stake')}
            title={t('listings.preview.stake.meaning')}
            text={stakes.map((money) => signed(moneyText(money, locale), money.minor)).join(' · ')}
          />
        )}
      </dl>
      {rejected.length > 0 && (
        <ul className={styles['refusals']} aria-label={t('listings.preview.rejected')}>
          {rejected.slice(0, 5).map(({ listingId, field, code, message }) => (
            <li key={`${listingId} ${field}`}>{fields.reason(code, message)}</li>
          ))}
          {rejectedTotal > 5 && <li>{t('listings.more', { count: rejectedTotal - 5 })}</li>}
        </ul>
      )}
      {samples.length > 0 && (
        <table className={styles['diff']}>
          <thead>
            <tr>
              <th scope="col">{t('listings.field.sku')}</th>
              <th scope="col" data-number={numbers || undefined}>
                {t('listings.before')}
              </th>
              <th scope="col" data-number={numbers || undefined}>
                {t('listings.after')}
              </th>
            </tr>
          </thead>
          <tbody>
            {samples.slice(0, SHOWN).map(({ listingId, field, sku, title, before, after }) => (
              <tr key={`${listingId} ${field}`}>
                <td className="qs-mono" title={title}>
                  {sku ?? title}
                </td>
                <td
                  className={styles['was']}
                  data-number={isNumber(field) || undefined}
                  title={fields.value(field, before, currency)}
                >
                  {fields.value(field, before, currency)}
                </td>
                <td data-number={isNumber(field) || undefined} title={fields.value(field, after, currency)}>
                  {fields.value(field, after, currency)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {changes > SHOWN && <p className="qs-muted">{t('listings.preview.worst', { shown: SHOWN })}</p>}
    </section>
  );
}

function Count({
  label,
  text,
  title,
  bad = false,
}: {
  readonly label: string;
  readonly text: string;
  readonly title?: string;
  readonly bad?: boolean;
}) {
  return (
    <div title={title} data-bad={bad || undefined}>
      <dt>{label}</dt>
      <dd>{text}</dd>
    </div>
  );
}

function signed(text: string, minor: number): string {
  return minor > 0 ? `+${text}` : text;
}

function isNumber(field: string): boolean {
  const type = listingField(field)?.type;
  return type === 'money' || type === 'integer' || type === 'decimal';
}
