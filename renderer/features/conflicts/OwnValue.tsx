import { Button, Select, TextInput, Textarea } from '@mantine/core';
import { useState, type KeyboardEvent } from 'react';
import { useIntl } from 'react-intl';
import type { Conflict } from '#shared/contract/publish.ts';
import { listingField, type WireValue } from '#shared/domain/listing-fields.ts';
import { canonicalText, localText } from '#shared/grid/cell-text.ts';
import { parseCellText } from '#shared/grid/parse-cell.ts';
import type { FieldTexts } from '../../lib/field-texts.ts';
import { useText } from '../../lib/text.ts';
import styles from './conflicts.module.css';

export interface OwnValueProps {
  readonly conflict: Conflict;
  readonly currency: string;
  readonly fields: FieldTexts;
  readonly onSave: (value: WireValue) => void;
  readonly onCancel: () => void;
}

/** A third value, typed: neither mine nor theirs. */
export function OwnValue({ conflict, currency, fields, onSave, onCancel }: OwnValueProps) {
  const t = useText();
  const { locale } = useIntl();
  const field = listingField(conflict.field);
  const type = field?.type ?? 'text';
  const [text, setText] = useState(localText(type, canonicalText(type, conflict.mine), locale));
  const [problem, setProblem] = useState<string | null>(null);
  const save = (): void => {
    if (!field) return;
    const parsed = parseCellText(field, text, { locale, currency });
    if (parsed.ok) onSave(parsed.value);
    else setProblem(fields.reason(parsed.code, parsed.message));
  };
  const long = type === 'html' || text.length > 80;
  const Input = long ? Textarea : TextInput;
  return (
    <form
      className={styles['own']}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {type === 'enum' ? (
        <Select
          label={t('conflicts.own.value')}
          data={(field?.options ?? []).map((value) => ({
            value,
            label: fields.option(conflict.field, value),
          }))}
          value={text}
          error={problem}
          onChange={(value) => setText(value ?? '')}
        />
      ) : (
        <Input
          // The person pressed a key to type here.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          label={t('conflicts.own.value')}
          value={text}
          error={problem}
          {...(long ? { autosize: true, minRows: 3, maxRows: 12 } : {})}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event: KeyboardEvent) => {
            if (event.key === 'Escape') onCancel();
          }}
        />
      )}
      <div className={styles['foot']}>
        <Button type="submit">{t('conflicts.own.save')}</Button>
        <Button variant="default" onClick={onCancel}>
          {t('conflicts.own.cancel')}
        </Button>
      </div>
    </form>
  );
}
