import { Button, TextInput } from '@mantine/core';
import { IconCalendarCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { Result } from '#shared/contract/methods.ts';
import { useEngineQuery } from '../../lib/engine.tsx';
import { useNavigation } from '../../lib/navigation.ts';
import { useText } from '../../lib/text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import styles from './quality.module.css';
import { useRuleText } from './use-rule-text.ts';

const DAY_MS = 86_400_000;
const dayBefore = (day: string): string => new Date(Date.parse(day) - DAY_MS).toISOString().slice(0, 10);
const isDay = (day: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day));

/** What passes on one day and fails on another, by the rules that begin between them. */
export function BreaksView({ starts }: { readonly starts: Result<'quality.overview'>['starts'] }) {
  const t = useText();
  const [days, setDays] = useState(() => {
    const newest = starts[0]?.day ?? new Date().toISOString().slice(0, 10);
    return { from: dayBefore(newest), to: newest };
  });
  return (
    <>
      <div className={styles['bar']}>
        <TextInput
          size="xs"
          type="date"
          label={t('quality.from')}
          value={days.from}
          onChange={({ currentTarget: { value } }) => setDays((before) => ({ ...before, from: value }))}
        />
        <TextInput
          size="xs"
          type="date"
          label={t('quality.to')}
          value={days.to}
          onChange={({ currentTarget: { value } }) => setDays((before) => ({ ...before, to: value }))}
        />
        {starts.map(({ day, rules }) => (
          <Button
            key={day}
            size="compact-xs"
            variant={days.to === day ? 'light' : 'default'}
            aria-pressed={days.to === day}
            onClick={() => setDays({ from: dayBefore(day), to: day })}
          >
            {t('quality.start', { day, count: rules.length })}
          </Button>
        ))}
      </div>
      {isDay(days.from) && isDay(days.to) ? (
        <Breaking from={days.from} to={days.to} />
      ) : (
        <p className="qs-muted">{t('quality.noDay')}</p>
      )}
    </>
  );
}

function Breaking({ from, to }: { readonly from: string; readonly to: string }) {
  const t = useText();
  const ruleText = useRuleText();
  const go = useNavigation((navigation) => navigation.go);
  const { data, error, refetch } = useEngineQuery('quality.breaks', { from, to }, { keep: true });
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  if (data.breaking === 0) {
    return (
      <EmptyState
        icon={IconCalendarCheck}
        title={t('quality.nothingBreaks')}
        text={t('quality.nothingBreaks.text', { count: data.checked, rules: data.rules.length, from, to })}
      />
    );
  }
  const words = new Map(data.rules.map((rule) => [rule.rule, ruleText(rule)]));
  return (
    <section aria-label={t('quality.breaking')}>
      <p>
        <strong>{t('quality.breaks', { count: data.breaking, checked: data.checked, to })}</strong>
      </p>
      <ul className={styles['rules']}>
        {data.rules
          .filter(({ listings }) => listings > 0)
          .map((rule) => (
            <li key={rule.rule}>
              <span className={styles['ruleWords']}>
                <span>{ruleText(rule)}</span>
                <span className="qs-muted">
                  {t('quality.since', { day: rule.validFrom })} · {rule.source}
                </span>
              </span>
              <button
                type="button"
                className={styles['count']}
                aria-label={t('quality.show', { count: rule.listings, rule: ruleText(rule) })}
                onClick={() => go('listings', { rule: rule.rule })}
              >
                {rule.listings}
              </button>
            </li>
          ))}
      </ul>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('quality.sku')}</th>
            <th scope="col">{t('quality.titleOf')}</th>
            <th scope="col">{t('quality.found')}</th>
            <th scope="col">{t('quality.rule')}</th>
          </tr>
        </thead>
        <tbody>
          {data.listings.map(({ listingId, sku, title, rules, found }) => (
            <tr key={listingId}>
              <td>
                <button
                  type="button"
                  className={styles['link']}
                  onClick={() => go('listings', { listingId })}
                >
                  {sku ?? t('shell.noSku')}
                </button>
              </td>
              <td className={styles['clip']}>{title}</td>
              <td>{found}</td>
              <td>{rules.map((id) => words.get(id) ?? id).join('; ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {data.listings.length < data.breaking && (
        <p className="qs-muted">{t('quality.first', { count: data.listings.length })}</p>
      )}
    </section>
  );
}
