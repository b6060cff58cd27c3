import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconFilter, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ListingFilter } from '#shared/contract/common.ts';
import type { FieldTexts } from '../../lib/field-texts.ts';
import { useText } from '../../lib/text.ts';
import { PlatformMark } from '../../ui/PlatformMark.tsx';
import { CHIP_STATES, isFiltered, MENU_STATES, tidyFilter, toggled } from './filters.ts';
import type { ListingAccount } from './listing-account.ts';
import { statusesOnChannels } from './listing-columns.ts';
import styles from './listings.module.css';
import { QualityFilterText } from './quality/QualityFilterText.tsx';

export interface FilterBarProps {
  readonly text: string;
  readonly filter: ListingFilter;
  readonly accounts: readonly ListingAccount[];
  readonly fields: FieldTexts;
  readonly onFilter: (filter: ListingFilter) => void;
  readonly onClear: () => void;
  readonly onConditions: () => void;
  readonly children?: ReactNode;
}

/** Filters that are one click each; the rest is behind "Conditions". */
export function FilterBar(props: FilterBarProps) {
  const t = useText();
  const { text, filter, accounts, fields, onFilter } = props;
  const change = (part: Partial<ListingFilter>): void => onFilter(tidyFilter({ ...filter, ...part }));
  const statuses = statusesOnChannels(accounts.map(({ platform }) => platform));
  const conditions = filter.conditions?.length ?? 0;
  return (
    <div className={styles['filterBar']} role="toolbar" aria-label={t('listings.filters')}>
      {CHIP_STATES.map((state) => (
        <Chip
          key={state}
          on={filter.states?.includes(state) ?? false}
          onClick={() => change({ states: toggled(filter.states, state) })}
        >
          {t(`shell.state.${state}`)}
        </Chip>
      ))}
      <Choices
        label={t('listings.filter.states')}
        items={MENU_STATES.map((state) => ({
          value: state,
          label: t(`listings.filter.state.${state}`),
          name: t(`listings.filter.state.${state}`),
        }))}
        chosen={filter.states?.filter((state) => (MENU_STATES as readonly string[]).includes(state))}
        onChange={(chosen) =>
          change({
            states: [
              ...CHIP_STATES.filter((state) => filter.states?.includes(state)),
              ...MENU_STATES.filter((state) => chosen?.includes(state)),
            ],
          })
        }
      />
      <span className={styles['divider']} />
      {(['out', 'low'] as const).map((stock) => (
        <Chip
          key={stock}
          on={filter.stock === stock}
          onClick={() => change({ stock: filter.stock === stock ? undefined : stock })}
        >
          {t(`listings.stock.${stock}`)}
        </Chip>
      ))}
      <span className={styles['divider']} />
      {accounts.length > 1 && (
        <Choices
          label={t('listings.filter.channel')}
          items={accounts.map(({ accountId, name, platform }) => ({
            value: accountId,
            label: <PlatformMark platform={platform} name={name} />,
            name,
          }))}
          chosen={filter.accountIds}
          onChange={(accountIds) => change({ accountIds })}
        />
      )}
      <Choices
        label={fields.name('status')}
        items={statuses.map((value) => ({
          value,
          label: fields.option('status', value),
          name: fields.option('status', value),
        }))}
        chosen={filter.status}
        onChange={(status) => change({ status })}
      />
      <Chip on={conditions > 0} onClick={props.onConditions}>
        <IconFilter size={13} aria-hidden="true" />
        {t('listings.conditions', { count: conditions })}
      </Chip>
      {filter.quality && (
        <Chip on onClick={() => change({ quality: undefined })}>
          <QualityFilterText quality={filter.quality} />
        </Chip>
      )}
      {isFiltered(text, filter) && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          leftSection={<IconX size={13} />}
          onClick={props.onClear}
        >
          {t('listings.filter.clear')}
        </Button>
      )}
      <span className={styles['grow']} />
      {props.children}
    </div>
  );
}

function Chip({
  on,
  onClick,
  children,
}: {
  readonly on: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}) {
  return (
    <button type="button" className={styles['chip']} aria-pressed={on} onClick={onClick}>
      {children}
    </button>
  );
}

interface Choice {
  readonly value: string;
  readonly label: ReactNode;
  readonly name: string;
}

function Choices({
  label,
  items,
  chosen,
  onChange,
}: {
  readonly label: string;
  readonly items: readonly Choice[];
  readonly chosen: readonly string[] | undefined;
  readonly onChange: (chosen: string[] | undefined) => void;
}) {
  const names = items.filter(({ value }) => chosen?.includes(value)).map(({ name }) => name);
  return (
    <Menu closeOnItemClick={false} position="bottom-start">
      <Menu.Target>
        <button type="button" className={styles['chip']} data-on={names.length > 0 || undefined}>
          {names.length === 0 ? label : `${label}: ${names.join(', ')}`}
          <IconChevronDown size={13} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {items.map(({ value, label: text }) => (
          <Menu.Item
            key={value}
            role="menuitemcheckbox"
            aria-checked={chosen?.includes(value) ?? false}
            leftSection={<span className={styles['tick']}>{chosen?.includes(value) ? '✓' : ''}</span>}
            onClick={() => onChange(toggled(chosen, value))}
          >
            {text}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
