import { MultiSelect, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEngineQuery } from '../../lib/engine.tsx';
import { useHasText, useText } from '../../lib/text.ts';
import { actorName } from './actor-name.ts';
import styles from './history.module.css';

export interface Filters {
  readonly actors: readonly string[];
  readonly areas: readonly string[];
}

/** Who, what kind, and words; only actors and areas that occur are offered. */
export function HistoryFilters({
  filters,
  text,
  onFilters,
  onText,
}: {
  readonly filters: Filters;
  readonly text: string;
  readonly onFilters: (change: Partial<Filters>) => void;
  readonly onText: (text: string) => void;
}) {
  const t = useText();
  const has = useHasText();
  const { data } = useEngineQuery('history.facets', {});
  const actors = [...new Set([...(data?.actors ?? []), ...filters.actors])].map((actor) => ({
    value: actor,
    label: actor === 'channel' ? t('history.actor.channel') : actorName(actor, t),
  }));
  const areas = [...new Set([...(data?.areas ?? []), ...filters.areas])].map((area) => ({
    value: area,
    label: has(`history.area.${area}`) ? t(`history.area.${area}`) : area,
  }));
  return (
    <div className={styles['filters']}>
      <TextInput
        aria-label={t('history.search')}
        placeholder={t('history.search')}
        leftSection={<IconSearch size={14} aria-hidden="true" />}
        value={text}
        maxLength={200}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      <MultiSelect
        aria-label={t('history.who')}
        placeholder={filters.actors.length === 0 ? t('history.who.all') : ''}
        data={actors}
        value={[...filters.actors]}
        onChange={(chosen) => onFilters({ actors: chosen })}
        clearable
      />
      <MultiSelect
        aria-label={t('history.area')}
        placeholder={filters.areas.length === 0 ? t('history.area.all') : ''}
        data={areas}
        value={[...filters.areas]}
        onChange={(chosen) => onFilters({ areas: chosen })}
        clearable
      />
    </div>
  );
}
