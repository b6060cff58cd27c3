import { ActionIcon, Button, Checkbox, Popover, TextInput } from '@mantine/core';
import { IconColumns3, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { GridColumn } from '../../grid/contract.ts';
import { useText } from '../../lib/text.ts';
import styles from './listings.module.css';

export interface ColumnMenuProps {
  readonly columns: readonly GridColumn[];
  readonly hidden: ReadonlySet<string>;
  readonly onHide: (key: string, hidden: boolean) => void;
  readonly onReset: () => void;
  /** What a column is listed under. */
  readonly groupName: (column: GridColumn) => string;
}

/** Which columns are shown, found by name. */
export function ColumnMenu({ columns, hidden, onHide, onReset, groupName }: ColumnMenuProps) {
  const t = useText();
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const found = columns.filter(({ header }) => header.toLowerCase().includes(wanted));
  const groups = new Map<string, GridColumn[]>();
  for (const column of found) {
    const name = groupName(column);
    groups.set(name, [...(groups.get(name) ?? []), column]);
  }
  return (
    <Popover position="bottom-end" trapFocus returnFocus width={280}>
      <Popover.Target>
        <ActionIcon
          variant="default"
          size={30}
          aria-label={t('listings.columns')}
          title={t('listings.columns')}
        >
          <IconColumns3 size={16} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <section className={styles['columnMenu']} aria-label={t('listings.columns')}>
          <TextInput
            data-autofocus
            aria-label={t('listings.columns.find')}
            placeholder={t('listings.columns.find')}
            leftSection={<IconSearch size={14} />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <div className={styles['columnList']}>
            {[...groups].map(([group, members]) => (
              <fieldset key={group} className={styles['columnGroup']}>
                <legend>{group}</legend>
                {members.map(({ key, header }) => (
                  <Checkbox
                    key={key}
                    label={header}
                    checked={!hidden.has(key)}
                    onChange={(event) => onHide(key, !event.currentTarget.checked)}
                  />
                ))}
              </fieldset>
            ))}
            {found.length === 0 && <p className="qs-muted">{t('listings.columns.none')}</p>}
          </div>
          <Button variant="subtle" onClick={onReset}>
            {t('listings.columns.reset')}
          </Button>
        </section>
      </Popover.Dropdown>
    </Popover>
  );
}
