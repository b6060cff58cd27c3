import { Button, NumberInput, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useEngineCommand } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { notifyError } from '../../ui/notify.tsx';
import type { ItemDetail } from './ItemPanel.tsx';
import styles from './inventory.module.css';

/** Packs of an item: how many single units they hold, and the barcode on them. */
export function UnitsSection({ item }: { readonly item: ItemDetail }) {
  const t = useText();
  const [name, setName] = useState('');
  const [factor, setFactor] = useState(6);
  const [barcode, setBarcode] = useState('');
  const save = useEngineCommand('inventory.saveUnit');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate(
      { itemId: item.itemId, name, factor, ...(barcode.trim() === '' ? {} : { barcode }) },
      {
        onSuccess: () => {
          setName('');
          setBarcode('');
        },
        onError: notifyError,
      },
    );
  };
  return (
    <section className={styles['section']}>
      <h3>{t('inventory.packs')}</h3>
      {item.units.length > 0 && (
        <ul className={styles['places']}>
          {item.units.map((unit) => (
            <li key={unit.unitId}>
              <span>
                {t('inventory.pack.holds', { name: unit.name, count: unit.factor })}
                {unit.barcode !== null && <span className={styles['code']}> {unit.barcode}</span>}
              </span>
              <Button
                variant="subtle"
                size="compact-xs"
                aria-label={t('inventory.pack.remove', { name: unit.name })}
                onClick={() =>
                  save.mutate(
                    { itemId: item.itemId, name: unit.name, factor: null },
                    { onError: notifyError },
                  )
                }
              >
                ×
              </Button>
            </li>
          ))}
        </ul>
      )}
      <form className={styles['ruleForm']} onSubmit={submit}>
        <TextInput
          label={t('inventory.pack.name')}
          placeholder={t('inventory.pack.example')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NumberInput
          label={t('inventory.pack.factor')}
          value={factor}
          min={2}
          allowDecimal={false}
          hideControls
          onChange={(value) => setFactor(Number(value))}
        />
        <TextInput
          label={t('inventory.pack.barcode')}
          value={barcode}
          onChange={(event) => setBarcode(event.currentTarget.value)}
        />
        <Button
          type="submit"
          variant="default"
          disabled={name.trim() === '' || factor < 2}
          loading={save.isPending}
        >
          {t('inventory.pack.add')}
        </Button>
      </form>
    </section>
  );
}
