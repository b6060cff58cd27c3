import { Button, NumberInput, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useIntl } from 'react-intl';
import type { Supplier, SupplierItem } from '#shared/contract/purchasing-suppliers.ts';
import { formatMinor } from '#shared/domain/money.ts';
import { useEngineCommand } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { moneyText } from '../../ui/MoneyText.tsx';
import { notifyError } from '../../ui/notify.tsx';
import { readBreaks } from './break-text.ts';
import styles from './purchasing.module.css';

export interface SupplierItemsProps {
  readonly supplier: Supplier;
  readonly items: readonly SupplierItem[];
}

interface Draft {
  readonly code: string;
  readonly supplierCode: string;
  readonly pack: number;
  readonly minimum: number | null;
  readonly weightG: number | null;
  readonly breaks: string;
}
const EMPTY: Draft = { code: '', supplierCode: '', pack: 1, minimum: null, weightG: null, breaks: '' };

/** What the supplier sells: its own number, packs, fewest units, and prices from a quantity on. */
export function SupplierItems({ supplier, items }: SupplierItemsProps) {
  const t = useText();
  const { locale } = useIntl();
  const [draft, setDraft] = useState<Draft>(EMPTY);
  const save = useEngineCommand('purchasing.saveItem');
  const remove = useEngineCommand('purchasing.removeItem');
  const breaks = readBreaks(draft.breaks);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (breaks === null) return;
    save.mutate(
      { supplierId: supplier.supplierId, ...draft, code: draft.code.trim(), breaks },
      { onSuccess: () => setDraft(EMPTY), onError: notifyError },
    );
  };
  const change = (item: SupplierItem): void =>
    setDraft({
      code: item.sku,
      supplierCode: item.code,
      pack: item.pack,
      minimum: item.minimum,
      weightG: item.weightG,
      breaks: item.breaks
        .map(({ from, minor }) => `${from}: ${formatMinor(minor, supplier.currency)}`)
        .join('; '),
    });
  const number = (key: 'pack' | 'minimum' | 'weightG') => (
    <NumberInput
      label={t(`purchasing.item.${key}`)}
      value={draft[key] ?? ''}
      min={1}
      allowDecimal={false}
      hideControls
      onChange={(value) =>
        setDraft({ ...draft, [key]: value === '' ? (key === 'pack' ? 1 : null) : Number(value) })
      }
    />
  );
  return (
    <section className={styles['section']}>
      <h3>{t('purchasing.items')}</h3>
      {items.length === 0 && <p className="qs-muted">{t('purchasing.items.none')}</p>}
      {items.length > 0 && (
        <table className={styles['table']} aria-label={t('purchasing.items')}>
          <thead>
            <tr>
              <th scope="col">{t('purchasing.line.sku')}</th>
              <th scope="col" className={styles['number']}>
                {t('purchasing.item.pack')}
              </th>
              <th scope="col">{t('purchasing.item.breaks')}</th>
              <th scope="col">
                <span className="qs-hidden">{t('purchasing.item.change')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <tr key={item.supplierItemId}>
                <td>
                  <button type="button" className={styles['open']} onClick={() => change(item)}>
                    <span className={styles['code']}>{item.sku}</span>
                  </button>
                  <span className={styles['sub']}>{[item.code, item.title].filter(Boolean).join(' · ')}</span>
                </td>
                <td className={styles['number']}>
                  {item.pack}
                  {item.minimum !== null && (
                    <span className={styles['sub']}>
                      {t('purchasing.item.atLeast', { count: item.minimum })}
                    </span>
                  )}
                </td>
                <td>
                  {item.breaks.map(({ from, minor }) => (
                    <span key={from} className={styles['sub']}>
                      {t('purchasing.item.from', {
                        from,
                        price: moneyText({ minor, currency: supplier.currency }, locale),
                      })}
                    </span>
                  ))}
                </td>
                <td>
                  <Button
                    variant="subtle"
                    size="compact-xs"
                    aria-label={t('purchasing.item.remove', { sku: item.sku })}
                    onClick={() =>
                      remove.mutate({ supplierItemId: item.supplierItemId }, { onError: notifyError })
                    }
                  >
                    ×
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <form className={styles['form']} style={{ marginTop: 10 }} onSubmit={submit}>
        <div className={styles['pair']}>
          <TextInput
            label={t('purchasing.line.code')}
            value={draft.code}
            onChange={(event) => setDraft({ ...draft, code: event.currentTarget.value })}
          />
          <TextInput
            label={t('purchasing.line.supplierCode')}
            value={draft.supplierCode}
            onChange={(event) => setDraft({ ...draft, supplierCode: event.currentTarget.value })}
          />
          {number('pack')}
          {number('minimum')}
          {number('weightG')}
          <TextInput
            label={t('purchasing.item.breaks')}
            placeholder="1: 2.00; 100: 1.80"
            title={t('purchasing.item.breaks.hint')}
            error={breaks === null ? t('purchasing.item.breaks.bad') : undefined}
            value={draft.breaks}
            onChange={(event) => setDraft({ ...draft, breaks: event.currentTarget.value })}
          />
        </div>
        <div className={styles['buttons']}>
          <Button
            type="submit"
            variant="default"
            disabled={draft.code.trim() === '' || breaks === null}
            loading={save.isPending}
          >
            {t('purchasing.item.save')}
          </Button>
        </div>
      </form>
    </section>
  );
}
