import { useIntl } from 'react-intl';
import { useEngineQuery } from '../../../lib/engine.tsx';
import type { FieldTexts } from '../../../lib/field-texts.ts';
import { useText } from '../../../lib/text.ts';
import { Age } from '../../../ui/Age.tsx';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { Num } from '../../../ui/Num.tsx';
import styles from './quality-tab.module.css';

export interface QualityTabProps {
  readonly listingId: string;
  readonly fields: FieldTexts;
  readonly onOpen: (listingId: string) => void;
}

/** Where a listing's score comes from: every rule with what it found, what it gave and who says so. */
export function QualityTab({ listingId, fields, onOpen }: QualityTabProps) {
  const t = useText();
  const german = useIntl().locale.startsWith('de');
  const { data, error, refetch } = useEngineQuery('quality.listing', { listingId }, { keep: true });
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const { quality } = data;
  if (quality === null) return <p className="qs-muted">{t('quality.noRules')}</p>;
  const weights = quality.results.reduce((sum, { weight }) => sum + weight, 0);
  const lost = ({ weight, points }: (typeof quality.results)[number]): number =>
    (100 * weight * (1 - points)) / weights;
  const broken = quality.results.filter(({ ok }) => !ok).toSorted((a, b) => lost(b) - lost(a));
  const missing = [...quality.missingRequired, ...quality.missingRecommended];
  const { readability, searchTermBytes } = quality;
  return (
    <div className={styles['tab']}>
      <p>
        <strong className={styles['score']}>
          <Num value={quality.score} />
        </strong>{' '}
        {t('quality.of100')} · {t('quality.completeIs', { percent: quality.complete })}
        <br />
        <span className="qs-muted">
          {t('quality.pack')} {quality.pack} · <Age at={quality.asOf} />
        </span>
      </p>
      <dl className={styles['areas']}>
        {quality.areas.map(({ area, score }) => (
          <div key={area}>
            <dt>{t(`quality.area.${area}`)}</dt>
            <dd>
              <Num value={score} />
            </dd>
          </div>
        ))}
      </dl>
      {missing.length > 0 && (
        <p>{t('quality.missing', { fields: missing.map((field) => fields.name(field)).join(', ') })}</p>
      )}
      {searchTermBytes && <p>{t('quality.bytes', searchTermBytes)}</p>}
      {readability && <p>{t(`quality.readability.${readability.formula}`, { ...readability })}</p>}
      {quality.keywords.length > 0 && (
        <p>
          {t('quality.keywords.covered', {
            covered: quality.keywords.filter(({ covered }) => covered).length,
            count: quality.keywords.length,
          })}{' '}
          {quality.keywords
            .filter(({ covered }) => !covered)
            .map(({ phrase }) => phrase)
            .join(', ')}
        </p>
      )}
      {(['rejected', 'improve'] as const).map((lane) => {
        const rules = broken.filter((rule) => rule.lane === lane);
        return rules.length === 0 ? null : (
          <section key={lane}>
            <h3>{t(`quality.lane.${lane}`)}</h3>
            <ul className={styles['rules']}>
              {rules.map((rule) => (
                <li key={rule.rule}>
                  <span>{german ? rule.text.de : rule.text.en}</span>
                  <span className="qs-muted">
                    {fields.name(rule.field)}
                    {rule.found !== null &&
                      ` · ${t('quality.foundIs', { found: String(rule.found) })}`} ·{' '}
                    {t('quality.lost', { points: lost(rule) })} · {rule.source}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      {quality.doubles.length > 0 && (
        <section>
          <h3>{t('quality.view.doubles')}</h3>
          <ul className={styles['rules']}>
            {quality.doubles.map((double) => (
              <li key={`${double.by} ${double.listingId}`}>
                <button type="button" onClick={() => onOpen(double.listingId)}>
                  {double.sku ?? t('shell.noSku')}
                </button>
                <span className="qs-muted">
                  {t(`quality.doubles.${double.by}`)} · {double.title}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <p className="qs-muted">
        {t('quality.kept', { count: quality.results.length - broken.length })} {t('quality.unchecked')}
      </p>
    </div>
  );
}
