import { IconChecks, IconRulerMeasure } from '@tabler/icons-react';
import type { Result } from '#shared/contract/methods.ts';
import { QUALITY_LANES, type QualityLane } from '#shared/domain/quality/rule-pack.ts';
import { useFieldTexts } from '../../lib/field-texts.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { useText } from '../../lib/text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Num } from '../../ui/Num.tsx';
import { PlatformMark } from '../../ui/PlatformMark.tsx';
import styles from './quality.module.css';
import { useRuleText } from './use-rule-text.ts';

type Rules = Result<'quality.overview'>['rules'];

/** Two lanes, grouped by rule; a count leads to its listings in the spreadsheet. */
export function RuleLanes({ rules, empty }: { readonly rules: Rules; readonly empty: boolean }) {
  const t = useText();
  if (empty) {
    return (
      <EmptyState icon={IconRulerMeasure} title={t('quality.none.title')} text={t('quality.none.text')} />
    );
  }
  return (
    <div className={styles['lanes']}>
      {QUALITY_LANES.map((lane) => (
        <Lane key={lane} lane={lane} rules={rules.filter((rule) => rule.lane === lane)} />
      ))}
    </div>
  );
}

function Lane({ lane, rules }: { readonly lane: QualityLane; readonly rules: Rules }) {
  const t = useText();
  const fields = useFieldTexts();
  const ruleText = useRuleText();
  const go = useNavigation((navigation) => navigation.go);
  const sorted = rules.toSorted((a, b) => b.listings * b.weight - a.listings * a.weight);
  return (
    <section className={styles['lane']} aria-label={t(`quality.lane.${lane}`)}>
      <header className={styles['laneHead']} data-lane={lane}>
        <h2>{t(`quality.lane.${lane}`)}</h2>
        <span className="qs-muted">{t(`quality.lane.${lane}.meaning`)}</span>
        {sorted.length > 0 && (
          <button type="button" className={styles['link']} onClick={() => go('listings', { lane })}>
            {t('quality.showAll')}
          </button>
        )}
      </header>
      {sorted.length === 0 ? (
        <EmptyState icon={IconChecks} title={t('quality.clean.title')} text={t(`quality.clean.${lane}`)} />
      ) : (
        <ul className={styles['rules']}>
          {sorted.map((rule) => (
            <li key={rule.rule}>
              <div className={styles['ruleWords']}>
                <span>{ruleText(rule)}</span>
                <span className="qs-muted">
                  <PlatformMark platform={rule.platform} name="" /> {fields.name(rule.field)} ·{' '}
                  {t(`quality.area.${rule.area}`)}
                  {rule.validFrom !== null && ` · ${t('quality.since', { day: rule.validFrom })}`} ·{' '}
                  {rule.source}
                </span>
              </div>
              <button
                type="button"
                className={styles['count']}
                aria-label={t('quality.show', { count: rule.listings, rule: ruleText(rule) })}
                onClick={() => go('listings', { rule: rule.rule })}
              >
                <Num value={rule.listings} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
