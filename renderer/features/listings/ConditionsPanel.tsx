import { ActionIcon, Button, SegmentedControl, Select, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { ListingFilter } from '#shared/contract/common.ts';
import { LISTING_FIELDS, listingField } from '#shared/domain/listing-fields.ts';
import type { FieldTexts } from '../../lib/field-texts.ts';
import { useText } from '../../lib/text.ts';
import { SidePanel } from '../../ui/SidePanel.tsx';
import { isComplete, newCondition, opsOf, withField, withoutValue } from './filters.ts';
import type { Condition } from './filters.ts';
import styles from './listings.module.css';

export interface ConditionsPanelProps {
  readonly filter: ListingFilter;
  readonly fields: FieldTexts;
  readonly onFilter: (filter: ListingFilter) => void;
  readonly onClose: () => void;
}

const FILTERABLE = LISTING_FIELDS.filter(({ type }) => type !== 'images');

/** Conditions on fields, joined by all or any. Each one counts as soon as it is complete. */
export function ConditionsPanel({ filter, fields, onFilter, onClose }: ConditionsPanelProps) {
  const t = useText();
  const [rows, setRows] = useState<readonly Condition[]>(filter.conditions ?? [newCondition('price')]);
  const [match, setMatch] = useState(filter.match ?? 'all');
  const apply = (next: readonly Condition[], how: 'all' | 'any'): void => {
    setRows(next);
    setMatch(how);
    onFilter({ ...filter, match: how, conditions: next.filter(isComplete) });
  };
  const replace = (at: number, condition: Condition): void => apply(rows.with(at, condition), match);
  return (
    <SidePanel title={t('listings.conditions.title')} onClose={onClose}>
      <div className={styles['stack']}>
        <SegmentedControl
          aria-label={t('listings.conditions.match')}
          data={[
            { value: 'all', label: t('listings.conditions.all') },
            { value: 'any', label: t('listings.conditions.any') },
          ]}
          value={match}
          onChange={(value) => apply(rows, value)}
        />
        {rows.map((row, at) => (
          <ConditionRow
            key={at}
            row={row}
            fields={fields}
            onChange={(next) => replace(at, next)}
            onRemove={() => apply(rows.toSpliced(at, 1), match)}
          />
        ))}
        <div>
          <Button
            variant="default"
            leftSection={<IconPlus size={14} />}
            onClick={() => setRows([...rows, newCondition('title')])}
          >
            {t('listings.conditions.add')}
          </Button>
        </div>
        <p className="qs-muted">{t('listings.conditions.hint')}</p>
      </div>
    </SidePanel>
  );
}

function ConditionRow({
  row,
  fields,
  onChange,
  onRemove,
}: {
  readonly row: Condition;
  readonly fields: FieldTexts;
  readonly onChange: (row: Condition) => void;
  readonly onRemove: () => void;
}) {
  const t = useText();
  const field = listingField(row.field);
  const type = field?.type ?? 'text';
  return (
    <fieldset className={styles['condition']} aria-label={fields.name(row.field)}>
      <Select
        aria-label={t('listings.conditions.field')}
        data={FILTERABLE.map(({ name }) => ({ value: name, label: fields.name(name) }))}
        value={row.field}
        onChange={(value) => value && onChange(withField(row, value))}
      />
      <Select
        aria-label={t('listings.conditions.op')}
        data={opsOf(type).map((op) => ({ value: op, label: t(`listings.op.${op}`) }))}
        value={row.op}
        onChange={(value) => value && onChange({ ...row, op: value })}
      />
      {withoutValue(row.op) ? (
        <span />
      ) : type === 'enum' || type === 'boolean' ? (
        <Select
          aria-label={t('listings.conditions.value')}
          data={
            type === 'boolean'
              ? [
                  { value: '1', label: t('listings.value.yes') },
                  { value: '0', label: t('listings.value.no') },
                ]
              : (field?.options ?? []).map((value) => ({ value, label: fields.option(row.field, value) }))
          }
          value={row.value === undefined || row.value === '' ? null : String(row.value)}
          onChange={(value) => value && onChange({ ...row, value })}
        />
      ) : (
        <TextInput
          aria-label={t('listings.conditions.value')}
          type={type === 'dateTime' ? 'date' : 'text'}
          value={String(row.value ?? '')}
          onChange={(event) => onChange({ ...row, value: numberText(type, event.currentTarget.value) })}
          error={row.value !== '' && !isComplete(row) ? t('listings.conditions.bad') : undefined}
        />
      )}
      <ActionIcon aria-label={t('listings.conditions.remove')} onClick={onRemove}>
        <IconTrash size={15} />
      </ActionIcon>
    </fieldset>
  );
}

/** A decimal comma is a decimal point to the engine. */
function numberText(type: string, text: string): string {
  return type === 'money' || type === 'decimal' ? text.replace(/^(-?\d+),(\d*)$/, '$1.$2') : text;
}
