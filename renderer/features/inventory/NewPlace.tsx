import { Button, Select, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useEngineCommand } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { notifyDone, notifyError } from '../../ui/notify.tsx';
import styles from './inventory.module.css';
import type { Location } from './stock-columns.ts';

/** Adds a bin to a location, or a location. */
export function NewPlace({ locations }: { readonly locations: readonly Location[] }) {
  const t = useText();
  const own = locations.filter(({ kind }) => kind !== 'transit');
  const [kind, setKind] = useState<string>(own[0]?.locationId ?? 'warehouse');
  const [name, setName] = useState('');
  const bin = useEngineCommand('inventory.addBin');
  const location = useEngineCommand('inventory.addLocation');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const text = name.trim();
    if (text === '') return;
    const said = {
      onSuccess: () => {
        setName('');
        notifyDone(t('inventory.place.added', { name: text }));
      },
      onError: notifyError,
    };
    if (kind === 'warehouse' || kind === 'quarantine') location.mutate({ name: text, kind }, said);
    else bin.mutate({ locationId: kind, code: text }, said);
  };
  return (
    <section className={styles['section']}>
      <h3>{t('inventory.place.new')}</h3>
      <form className={styles['placeForm']} onSubmit={submit}>
        <Select
          label={t('inventory.place.kind')}
          data={[
            ...own.map((place) => ({
              value: place.locationId,
              label: t('inventory.place.bin', { name: place.name }),
            })),
            { value: 'warehouse', label: t('inventory.place.warehouse') },
            { value: 'quarantine', label: t('inventory.place.quarantine') },
          ]}
          value={kind}
          allowDeselect={false}
          onChange={(value) => setKind(value ?? kind)}
        />
        <TextInput
          label={t('inventory.place.name')}
          value={name}
          maxLength={60}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={name.trim() === ''}>
          {t('inventory.place.add')}
        </Button>
      </form>
    </section>
  );
}
