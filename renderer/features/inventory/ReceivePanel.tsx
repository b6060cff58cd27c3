import { Button, NumberInput, Select, TextInput } from '@mantine/core';
import { useRef, useState, type FormEvent } from 'react';
import { useEngineCommand } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { notifyDone, notifyError } from '../../ui/notify.tsx';
import { SidePanel } from '../../ui/SidePanel.tsx';
import styles from './inventory.module.css';
import type { Location } from './stock-columns.ts';

interface Line {
  readonly code: string;
  readonly quantity: number;
  readonly bin: string;
  readonly unit: string;
  readonly lot: string;
  readonly expiresOn: string;
}

const EMPTY: Line = { code: '', quantity: 1, bin: '', unit: '', lot: '', expiresOn: '' };

export interface ReceivePanelProps {
  readonly locations: readonly Location[];
  /** SKU of the active row. */
  readonly sku: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Books goods in: lines are gathered by typing or scanning, then booked as one receipt. */
export function ReceivePanel({ locations, sku, onDone, onClose }: ReceivePanelProps) {
  const t = useText();
  const places = locations.filter(({ kind }) => kind !== 'transit');
  const [locationId, setLocationId] = useState(places[0]?.locationId ?? '');
  const [reference, setReference] = useState('');
  const [draft, setDraft] = useState<Line>({ ...EMPTY, code: sku });
  const [lines, setLines] = useState<readonly Line[]>([]);
  const code = useRef<HTMLInputElement>(null);
  const receive = useEngineCommand('inventory.receive');
  const { mutate: undo } = useEngineCommand('history.undo');
  const add = (event: FormEvent): void => {
    event.preventDefault();
    if (draft.code.trim() === '' || draft.quantity < 1) return;
    setLines([...lines, { ...draft, code: draft.code.trim() }]);
    setDraft({ ...EMPTY, bin: draft.bin });
    code.current?.focus();
  };
  const book = (): void =>
    receive.mutate(
      {
        locationId,
        reference,
        lines: lines.map(({ code, quantity, ...rest }) => ({
          code,
          quantity,
          ...Object.fromEntries(Object.entries(rest).filter(([, text]) => text.trim() !== '')),
        })),
      },
      {
        onSuccess: ({ units, commandId }) => {
          notifyDone(
            t('inventory.received', { count: units }),
            commandId === null ? {} : { undo: () => undo({ commandId }, { onError: notifyError }) },
          );
          onDone();
        },
      },
    );
  return (
    <SidePanel title={t('inventory.receive')} onClose={onClose}>
      <div className={styles['form']}>
        <Select
          label={t('inventory.location')}
          data={places.map(({ locationId: value, name }) => ({ value, label: name }))}
          value={locationId}
          allowDeselect={false}
          onChange={(value) => setLocationId(value ?? locationId)}
        />
        <TextInput
          label={t('inventory.reference')}
          description={t('inventory.reference.hint')}
          value={reference}
          maxLength={200}
          onChange={(event) => setReference(event.currentTarget.value)}
        />
      </div>
      <form className={styles['lineForm']} onSubmit={add}>
        <TextInput
          ref={code}
          label={t('inventory.code')}
          value={draft.code}
          onChange={(event) => setDraft({ ...draft, code: event.currentTarget.value })}
        />
        <NumberInput
          label={t('inventory.quantity')}
          value={draft.quantity}
          min={1}
          allowDecimal={false}
          hideControls
          onChange={(value) => setDraft({ ...draft, quantity: Number(value) })}
        />
        <TextInput
          label={t('inventory.bin')}
          value={draft.bin}
          onChange={(event) => setDraft({ ...draft, bin: event.currentTarget.value })}
        />
        <Button type="submit" variant="default">
          {t('inventory.line.add')}
        </Button>
        <TextInput
          label={t('inventory.lot')}
          title={t('inventory.lot.hint')}
          value={draft.lot}
          onChange={(event) => setDraft({ ...draft, lot: event.currentTarget.value })}
        />
        <TextInput
          label={t('inventory.unit')}
          title={t('inventory.unit.hint')}
          value={draft.unit}
          onChange={(event) => setDraft({ ...draft, unit: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          className={styles['wide'] ?? ''}
          label={t('inventory.expiresOn')}
          value={draft.expiresOn}
          onChange={(event) => setDraft({ ...draft, expiresOn: event.currentTarget.value })}
        />
      </form>
      {lines.length > 0 && (
        <ul className={styles['places']} aria-label={t('inventory.lines')}>
          {lines.map((line, index) => (
            <li key={index}>
              <span>
                {line.code}
                {[line.unit, line.bin, line.lot, line.expiresOn]
                  .filter((text) => text.trim() !== '')
                  .map((text) => ` · ${text}`)
                  .join('')}
              </span>
              <span className={styles['number']}>{line.quantity}</span>
              <Button
                variant="subtle"
                size="compact-xs"
                aria-label={t('inventory.line.remove', { code: line.code })}
                onClick={() => setLines(lines.filter((_line, at) => at !== index))}
              >
                ×
              </Button>
            </li>
          ))}
        </ul>
      )}
      {receive.error && <ErrorNotice error={receive.error} />}
      <div className={styles['buttons']}>
        <Button disabled={lines.length === 0 || locationId === ''} loading={receive.isPending} onClick={book}>
          {t('inventory.receive.do', { count: lines.reduce((sum, line) => sum + line.quantity, 0) })}
        </Button>
      </div>
    </SidePanel>
  );
}
