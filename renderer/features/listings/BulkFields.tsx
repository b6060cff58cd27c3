import { Checkbox, Select, TextInput, Textarea } from '@mantine/core';
import { listingField } from '#shared/domain/listing-fields.ts';
import { PRICE_ROUNDINGS } from '#shared/grid/round-price.ts';
import type { FieldTexts } from '../../lib/field-texts.ts';
import { useText } from '../../lib/text.ts';
import { EXPRESSION_NAMES, type BulkForm } from './bulk-edits.ts';
import styles from './listings.module.css';

export interface BulkFieldsProps {
  readonly form: BulkForm;
  readonly fields: FieldTexts;
  readonly onChange: (change: Partial<BulkForm>) => void;
}

/** The inputs of the chosen operation. */
export function BulkFields({ form, fields, onChange }: BulkFieldsProps) {
  switch (form.op) {
    case 'set':
      return <NewValue form={form} fields={fields} onChange={onChange} />;
    case 'expression':
      return <Formula form={form} fields={fields} onChange={onChange} />;
    case 'replace':
      return <Replacement form={form} fields={fields} onChange={onChange} />;
    case 'clear':
      return null;
  }
}

function NewValue({ form, fields, onChange }: BulkFieldsProps) {
  const t = useText();
  const field = listingField(form.field);
  const label = t('listings.bulk.value');
  if (field?.type === 'enum' || field?.type === 'boolean') {
    return (
      <Select
        label={label}
        data={
          field.type === 'boolean'
            ? [
                { value: 'true', label: t('listings.value.yes') },
                { value: 'false', label: t('listings.value.no') },
              ]
            : (field.options ?? []).map((value) => ({ value, label: fields.option(field.name, value) }))
        }
        value={form.value === '' ? null : form.value}
        onChange={(value) => onChange({ value: value ?? '' })}
      />
    );
  }
  const long = field?.type === 'html' || field?.name === 'bullets';
  const Input = long ? Textarea : TextInput;
  return (
    <Input
      data-autofocus
      label={label}
      value={form.value}
      {...(long ? { autosize: true, minRows: 3, maxRows: 10 } : {})}
      description={
        field?.type === 'tags'
          ? t('listings.bulk.tags')
          : field?.type === 'dateTime'
            ? t('listings.bulk.date')
            : undefined
      }
      onChange={(event) => onChange({ value: event.currentTarget.value })}
    />
  );
}

function Formula({ form, onChange }: BulkFieldsProps) {
  const t = useText();
  const money = listingField(form.field)?.type === 'money';
  const example = money
    ? `${form.field} * 1.1`
    : form.field === 'title'
      ? 'trim(title)'
      : `${form.field} + 1`;
  return (
    <>
      <TextInput
        data-autofocus
        label={t('listings.bulk.expression')}
        description={t('listings.bulk.expression.hint', { names: EXPRESSION_NAMES.join(', ') })}
        placeholder={example}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        classNames={{ input: 'qs-mono' }}
        spellCheck={false}
        value={form.expression}
        onChange={(event) => onChange({ expression: event.currentTarget.value })}
      />
      {money && (
        <Select
          label={t('listings.bulk.round')}
          data={PRICE_ROUNDINGS.map((value) => ({
            value,
            label:
              value === 'none'
                ? t('listings.bulk.round.none')
                : t('listings.bulk.round.to', { ending: value }),
          }))}
          value={form.round}
          onChange={(value) => value && onChange({ round: value })}
        />
      )}
    </>
  );
}

function Replacement({ form, onChange }: BulkFieldsProps) {
  const t = useText();
  return (
    <>
      <TextInput
        data-autofocus
        label={t('listings.bulk.find')}
        value={form.find}
        onChange={(event) => onChange({ find: event.currentTarget.value })}
      />
      <TextInput
        label={t('listings.bulk.replacement')}
        placeholder={t('listings.value.empty')}
        value={form.replacement}
        onChange={(event) => onChange({ replacement: event.currentTarget.value })}
      />
      <div className={styles['checks']}>
        {(['matchCase', 'wholeCell', 'regex'] as const).map((name) => (
          <Checkbox
            key={name}
            label={t(`listings.bulk.${name}`)}
            checked={form[name]}
            onChange={(event) => onChange({ [name]: event.currentTarget.checked })}
          />
        ))}
      </div>
    </>
  );
}
