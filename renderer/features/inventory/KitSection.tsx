import { Button, NumberInput, Select, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useIntl } from 'react-intl';
import { useEngineCommand } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { moneyText } from '../../ui/MoneyText.tsx';
import { notifyDone, notifyError } from '../../ui/notify.tsx';
import type { ItemDetail } from './ItemPanel.tsx';
import type { Location } from './stock-columns.ts';
import styles from './inventory.module.css';

const KINDS = ['virtual', 'built'] as const;
type Kind = (typeof KINDS)[number];

export interface KitSectionProps {
  readonly item: ItemDetail;
  readonly locations: readonly Location[];
}

/** Parts of a kit; every change is saved as it is made. */
export function KitSection({ item, locations }: KitSectionProps) {
  const t = useText();
  const { kit } = item;
  const [kind, setKind] = useState<Kind>(kit?.kind ?? 'virtual');
  const [code, setCode] = useState('');
  const [quantity, setQuantity] = useState(1);
  const save = useEngineCommand('inventory.saveKit');
  const parts = (kit?.parts ?? []).map((part) => ({ code: part.sku, quantity: part.quantity }));
  const write = (next: Kind, list: readonly { code: string; quantity: number }[]): void =>
    save.mutate(
      { itemId: item.itemId, kind: next, parts: [...list] },
      { onSuccess: () => setCode(''), onError: notifyError },
    );
  const add = (event: FormEvent): void => {
    event.preventDefault();
    if (code.trim() !== '') write(kind, [...parts, { code: code.trim(), quantity }]);
  };
  return (
    <section className={styles['section']}>
      <h3>{t('inventory.kit')}</h3>
      {item.partOf.length > 0 && (
        <p className="qs-muted">
          {t('inventory.kit.partOf', { skus: item.partOf.map(({ sku }) => sku).join(', ') })}
        </p>
      )}
      {kit && (
        <>
          <p className="qs-muted">{t('inventory.kit.possible', { count: kit.possible })}</p>
          <ul className={styles['places']}>
            {kit.parts.map((part) => (
              <li key={part.itemId}>
                <span>
                  {part.quantity} × <span className={styles['code']}>{part.sku}</span>{' '}
                  <span className="qs-muted">{t('inventory.kit.available', { count: part.available })}</span>
                </span>
                <Button
                  variant="subtle"
                  size="compact-xs"
                  aria-label={t('inventory.kit.remove', { sku: part.sku })}
                  onClick={() =>
                    write(
                      kit.kind,
                      parts.filter((one) => one.code !== part.sku),
                    )
                  }
                >
                  ×
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
      <form className={styles['ruleForm']} onSubmit={add}>
        <Select
          label={t('inventory.kit.kind')}
          data={KINDS.map((value) => ({ value, label: t(`inventory.kit.${value}`) }))}
          value={kind}
          allowDeselect={false}
          onChange={(value) => {
            setKind(value ?? kind);
            if (value && kit) write(value, parts);
          }}
        />
        <TextInput
          label={t('inventory.kit.part')}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <NumberInput
          label={t('inventory.quantity')}
          value={quantity}
          min={1}
          allowDecimal={false}
          hideControls
          onChange={(value) => setQuantity(Number(value))}
        />
        <Button type="submit" variant="default" disabled={code.trim() === ''} loading={save.isPending}>
          {t('inventory.kit.add')}
        </Button>
      </form>
      <p className="qs-muted">{t(`inventory.kit.${kind}.meaning`)}</p>
      {kit?.kind === 'built' && <Assemble itemId={item.itemId} locations={locations} />}
    </section>
  );
}

function Assemble({
  itemId,
  locations,
}: {
  readonly itemId: string;
  readonly locations: readonly Location[];
}) {
  const t = useText();
  const { locale } = useIntl();
  const places = locations.filter(({ kind }) => kind !== 'transit');
  const [locationId, setLocationId] = useState(places[0]?.locationId ?? '');
  const [quantity, setQuantity] = useState(1);
  const assemble = useEngineCommand('inventory.assemble');
  const { mutate: undo } = useEngineCommand('history.undo');
  const run = (direction: 'assemble' | 'disassemble'): void =>
    assemble.mutate(
      { itemId, locationId, quantity, direction },
      {
        onSuccess: ({ commandId, cost }) =>
          notifyDone(
            cost === null
              ? t(`inventory.kit.${direction}.done`, { count: quantity })
              : t(`inventory.kit.${direction}.cost`, { count: quantity, cost: moneyText(cost, locale) }),
            commandId === null ? {} : { undo: () => undo({ commandId }, { onError: notifyError }) },
          ),
        onError: notifyError,
      },
    );
  return (
    <>
      <div className={styles['ruleForm']}>
        <Select
          label={t('inventory.location')}
          data={places.map(({ locationId: value, name }) => ({ value, label: name }))}
          value={locationId}
          allowDeselect={false}
          onChange={(value) => setLocationId(value ?? locationId)}
        />
        <NumberInput
          label={t('inventory.quantity')}
          value={quantity}
          min={1}
          allowDecimal={false}
          hideControls
          onChange={(value) => setQuantity(Number(value))}
        />
      </div>
      <div className={styles['buttons']}>
        {(['disassemble', 'assemble'] as const).map((direction) => (
          <Button
            key={direction}
            variant="default"
            disabled={quantity < 1 || locationId === ''}
            loading={assemble.isPending}
            onClick={() => run(direction)}
          >
            {t(`inventory.kit.${direction}`, { count: quantity })}
          </Button>
        ))}
      </div>
    </>
  );
}
