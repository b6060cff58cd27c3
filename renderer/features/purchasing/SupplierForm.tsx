import { Button, NumberInput, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Supplier } from '#shared/contract/purchasing-suppliers.ts';
import { formatMinor } from '#shared/domain/money.ts';
import { useEngineCommand } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { notifyDone, notifyError } from '../../ui/notify.tsx';
import styles from './purchasing.module.css';

type Field = 'name' | 'contact' | 'email' | 'phone' | 'currency' | 'minimum';
type Area = 'address' | 'terms' | 'note';

interface Draft extends Record<Field | Area, string> {
  leadDays: number | null;
  minimumUnits: number | null;
}

function draftOf(supplier: Supplier | null): Draft {
  return {
    name: supplier?.name ?? '',
    contact: supplier?.contact ?? '',
    email: supplier?.email ?? '',
    phone: supplier?.phone ?? '',
    currency: supplier?.currency ?? 'EUR',
    minimum:
      supplier && supplier.minimumMinor !== null ? formatMinor(supplier.minimumMinor, supplier.currency) : '',
    address: supplier?.address ?? '',
    terms: supplier?.terms ?? '',
    note: supplier?.note ?? '',
    leadDays: supplier?.leadDays ?? null,
    minimumUnits: supplier?.minimumUnits ?? null,
  };
}

export interface SupplierFormProps {
  /** null = a new one. */
  readonly supplier: Supplier | null;
  readonly onSaved: (supplierId: string) => void;
}

/** Who a supplier is and what it asks for; saving sends what changed. */
export function SupplierForm({ supplier, onSaved }: SupplierFormProps) {
  const t = useText();
  const [draft, setDraft] = useState(() => draftOf(supplier));
  const save = useEngineCommand('purchasing.saveSupplier');
  const { mutate: undo } = useEngineCommand('history.undo');
  const before = draftOf(supplier);
  const changed = supplier === null || JSON.stringify(before) !== JSON.stringify(draft);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const { minimum, ...rest } = draft;
    save.mutate(
      {
        ...(supplier ? { supplierId: supplier.supplierId } : {}),
        ...rest,
        minimum: minimum.trim() === '' ? null : minimum.trim().replace(',', '.'),
      },
      {
        onSuccess: ({ supplierId, commandId }) => {
          notifyDone(
            t('purchasing.supplier.saved', { name: draft.name }),
            commandId === null ? {} : { undo: () => undo({ commandId }, { onError: notifyError }) },
          );
          onSaved(supplierId);
        },
      },
    );
  };
  const line = (field: Field, required = false) => (
    <TextInput
      label={t(`purchasing.supplier.${field}`)}
      required={required}
      value={draft[field]}
      onChange={(event) => setDraft({ ...draft, [field]: event.currentTarget.value })}
    />
  );
  const area = (field: Area) => (
    <Textarea
      label={t(`purchasing.supplier.${field}`)}
      autosize
      minRows={1}
      maxRows={6}
      value={draft[field]}
      onChange={(event) => setDraft({ ...draft, [field]: event.currentTarget.value })}
    />
  );
  const number = (field: 'leadDays' | 'minimumUnits', min: number) => (
    <NumberInput
      label={t(`purchasing.supplier.${field}`)}
      value={draft[field] ?? ''}
      min={min}
      allowDecimal={false}
      hideControls
      onChange={(value) => setDraft({ ...draft, [field]: value === '' ? null : Number(value) })}
    />
  );
  return (
    <form className={styles['form']} onSubmit={submit}>
      <div className={styles['pair']}>
        {line('name', true)}
        {line('contact')}
        {line('email')}
        {line('phone')}
        {line('currency', true)}
        {number('leadDays', 0)}
        {line('minimum')}
        {number('minimumUnits', 1)}
      </div>
      {area('address')}
      {area('terms')}
      {area('note')}
      {save.error && <ErrorNotice error={save.error} />}
      <div className={styles['buttons']}>
        <Button
          type="submit"
          variant={supplier ? 'default' : 'filled'}
          disabled={!changed || draft.name.trim() === ''}
          loading={save.isPending}
        >
          {t(supplier ? 'purchasing.supplier.save' : 'purchasing.supplier.add')}
        </Button>
      </div>
    </form>
  );
}
