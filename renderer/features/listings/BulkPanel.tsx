import { Button, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import type { EditOutcome } from '#shared/contract/listings.ts';
import { useEngineCommand } from '../../lib/engine.tsx';
import type { FieldTexts } from '../../lib/field-texts.ts';
import { useText } from '../../lib/text.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { SidePanel } from '../../ui/SidePanel.tsx';
import { BulkFields } from './BulkFields.tsx';
import { BulkPreview } from './BulkPreview.tsx';
import { editableFields, opsOfField, readCondition, readForm, startForm } from './bulk-edits.ts';
import type { BulkForm, BulkOp, BulkTarget } from './bulk-edits.ts';
import styles from './listings.module.css';
import { useBulkPreview } from './use-bulk-preview.ts';

export interface BulkPanelProps {
  readonly op: BulkOp;
  readonly target: BulkTarget;
  readonly viewId: string;
  /** Rows of the whole view. */
  readonly count: number;
  /** Currency that typed prices are read in; the engine checks each row in its own. */
  readonly currency: string;
  readonly fields: FieldTexts;
  readonly onDone: (outcome: EditOutcome) => void;
  readonly onClose: () => void;
}

/** One operation over many rows: fill in, look at what it would do, apply as one undo step. */
export function BulkPanel({ op, target, viewId, count, currency, fields, onDone, onClose }: BulkPanelProps) {
  const t = useText();
  const { locale } = useIntl();
  const [form, setForm] = useState<BulkForm>(() => startForm(target, op));
  const put = (change: Partial<BulkForm>): void => setForm((before) => ({ ...before, ...change }));
  const scoped = form.scope === 'selection' && target.rows > 0;
  const selection = {
    viewId,
    ...(scoped ? { spans: target.spans.map(([from, to]): [number, number] => [from, to]) } : {}),
  };
  const reading = readForm(form, locale, currency);
  const condition = readCondition(form.when);
  const when = condition.ok ? condition.when : null;
  const preview = useBulkPreview(selection, reading.ok && condition.ok ? reading.edit : null, when);
  const apply = useEngineCommand('listings.bulkEdit');
  const changes = preview.data?.changes ?? 0;
  const ready = reading.ok && condition.ok && !preview.waiting && changes > 0 && !apply.isPending;

  const run = (): void => {
    if (!reading.ok || !ready) return;
    const label = t('listings.bulk.label', {
      op: form.op,
      field: fields.name(form.field),
      rows: preview.data?.rows ?? (scoped ? target.rows : count),
      expression: form.expression,
    });
    apply.mutate(
      { selection, edits: [reading.edit], label, ...(when === null ? {} : { when }) },
      { onSuccess: onDone },
    );
  };
  return (
    <SidePanel title={t('listings.bulk.title')} onClose={onClose} width={460}>
      <form
        className={styles['stack']}
        onSubmit={(event) => {
          event.preventDefault();
          run();
        }}
      >
        <SegmentedControl
          fullWidth
          aria-label={t('listings.bulk.scope')}
          data={[
            {
              value: 'selection',
              label: t('listings.bulk.selection', { rows: target.rows }),
              disabled: target.rows === 0,
            },
            { value: 'view', label: t('listings.bulk.view', { rows: count }) },
          ]}
          value={scoped ? 'selection' : 'view'}
          onChange={(value) => put({ scope: value })}
        />
        <div className={styles['pair']}>
          <Select
            label={t('listings.bulk.field')}
            data={editableFields().map((name) => ({ value: name, label: fields.name(name) }))}
            value={form.field}
            searchable
            onChange={(value) => {
              if (!value) return;
              const field = value;
              put({ field, ...(opsOfField(field).includes(form.op) ? {} : { op: 'set' }) });
            }}
          />
          <Select
            label={t('listings.bulk.op')}
            data={opsOfField(form.field).map((value) => ({ value, label: t(`listings.bulk.op.${value}`) }))}
            value={form.op}
            onChange={(value) => value && put({ op: value })}
          />
        </div>
        <BulkFields form={form} fields={fields} onChange={put} />
        <TextInput
          label={t('listings.bulk.when')}
          placeholder="quantity = 0"
          description={t('listings.bulk.when.hint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          classNames={{ input: 'qs-mono' }}
          spellCheck={false}
          value={form.when}
          error={condition.ok ? undefined : fields.reason(condition.code, condition.message)}
          onChange={(event) => put({ when: event.currentTarget.value })}
        />
        {!reading.ok && reading.code !== null && (
          <p className={styles['problem']} role="alert">
            {fields.reason(reading.code, reading.message)}
          </p>
        )}
        {apply.error && <ErrorNotice error={apply.error} />}
        {preview.error ? (
          <ErrorNotice error={preview.error} />
        ) : (
          reading.ok &&
          condition.ok && <BulkPreview preview={preview.data} fields={fields} currency={currency} />
        )}
        <div className={styles['panelActions']}>
          <Button variant="default" onClick={onClose}>
            {t('listings.cancel')}
          </Button>
          <Button type="submit" disabled={!ready} loading={apply.isPending}>
            {t('listings.bulk.apply', { count: changes })}
          </Button>
        </div>
      </form>
    </SidePanel>
  );
}
