import { Button, NumberInput, SegmentedControl, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { useRef, useState, type FormEvent } from 'react';
import { useIntl } from 'react-intl';
import { v7 } from 'uuid';
import { useEngineCommand, useEngineQuery } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { notifyDone, notifyError } from '../../ui/notify.tsx';
import { SidePanel } from '../../ui/SidePanel.tsx';
import styles from './inventory.module.css';
import type { Location } from './stock-columns.ts';

export interface CountPanelProps {
  readonly locations: readonly Location[];
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Counting: start a count, enter what is there by typing or scanning, finish it. */
export function CountPanel({ locations, onDone, onClose }: CountPanelProps) {
  const t = useText();
  const { data, error } = useEngineQuery('inventory.counts', {});
  const [chosen, setChosen] = useState<string | null>(null);
  const open = (data?.counts ?? []).filter(({ finishedAt }) => finishedAt === null);
  const countId = chosen ?? open[0]?.countId ?? null;
  return (
    <SidePanel title={t('inventory.count')} onClose={onClose} width={460}>
      {error && <ErrorNotice error={error} />}
      {!data && !error && <Loading />}
      {data && countId === null && <StartCount locations={locations} onStarted={setChosen} />}
      {data && countId !== null && (
        <OpenCount
          key={countId}
          countId={countId}
          onFinished={() => {
            setChosen(null);
            onDone();
          }}
        />
      )}
    </SidePanel>
  );
}

function StartCount({
  locations,
  onStarted,
}: {
  readonly locations: readonly Location[];
  readonly onStarted: (countId: string) => void;
}) {
  const t = useText();
  const intl = useIntl();
  const places = locations.filter(({ kind }) => kind !== 'transit');
  const [name, setName] = useState(() =>
    t('inventory.count.name.default', { date: intl.formatDate(new Date()) }),
  );
  const [locationId, setLocationId] = useState(places[0]?.locationId ?? '');
  const [scope, setScope] = useState('full');
  const [codes, setCodes] = useState('');
  const [blind, setBlind] = useState(true);
  const start = useEngineCommand('inventory.startCount');
  const list = codes.split(/[\n,;\t]/).flatMap((code) => (code.trim() === '' ? [] : [code.trim()]));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    start.mutate(
      { name: name.trim(), locationId, blind, ...(scope === 'list' ? { codes: list } : {}) },
      { onSuccess: ({ countId }) => onStarted(countId) },
    );
  };
  return (
    <form className={styles['form']} onSubmit={submit}>
      <TextInput
        label={t('inventory.count.name')}
        value={name}
        maxLength={120}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        label={t('inventory.location')}
        data={places.map(({ locationId: value, name: label }) => ({ value, label }))}
        value={locationId}
        allowDeselect={false}
        onChange={(value) => setLocationId(value ?? locationId)}
      />
      <SegmentedControl
        aria-label={t('inventory.count.scope')}
        data={[
          { value: 'full', label: t('inventory.count.full') },
          { value: 'list', label: t('inventory.count.list') },
        ]}
        value={scope}
        onChange={setScope}
      />
      {scope === 'list' && (
        <Textarea
          label={t('inventory.count.codes')}
          description={t('inventory.count.codes.hint')}
          autosize
          minRows={3}
          maxRows={8}
          value={codes}
          onChange={(event) => setCodes(event.currentTarget.value)}
        />
      )}
      <Switch
        label={t('inventory.count.blind')}
        description={t('inventory.count.blind.hint')}
        checked={blind}
        onChange={(event) => setBlind(event.currentTarget.checked)}
      />
      {start.error && <ErrorNotice error={start.error} />}
      <div className={styles['buttons']}>
        <Button
          type="submit"
          loading={start.isPending}
          disabled={name.trim() === '' || locationId === '' || (scope === 'list' && list.length === 0)}
        >
          {t('inventory.count.start')}
        </Button>
      </div>
    </form>
  );
}

function OpenCount({ countId, onFinished }: { readonly countId: string; readonly onFinished: () => void }) {
  const t = useText();
  const intl = useIntl();
  const { data, error } = useEngineQuery('inventory.getCount', { countId });
  const record = useEngineCommand('inventory.recordCount');
  const finish = useEngineCommand('inventory.finishCount');
  const { mutate: undo } = useEngineCommand('history.undo');
  const [code, setCode] = useState('');
  const [quantity, setQuantity] = useState(1);
  const [bin, setBin] = useState('');
  const [unit, setUnit] = useState('');
  const [refused, setRefused] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  if (error) return <ErrorNotice error={error} />;
  if (!data) return <Loading />;
  const enter = (event: FormEvent): void => {
    event.preventDefault();
    if (code.trim() === '') return;
    record.mutate(
      {
        countId,
        entries: [
          {
            entryId: v7(),
            code: code.trim(),
            quantity,
            ...(bin.trim() === '' ? {} : { bin: bin.trim() }),
            ...(unit.trim() === '' ? {} : { unit: unit.trim() }),
            countedAt: Date.now(),
          },
        ],
      },
      {
        onSuccess: ({ rejected }) => {
          setRefused(rejected[0]?.message ?? null);
          if (rejected.length === 0) {
            setCode('');
            setQuantity(1);
            setUnit('');
          }
          field.current?.focus();
        },
        onError: notifyError,
      },
    );
  };
  const end = (uncounted: 'keep' | 'zero'): void =>
    finish.mutate(
      { countId, uncounted },
      {
        onSuccess: ({ places, accuracy, over, short, commandId }) => {
          notifyDone(
            accuracy === null
              ? t('inventory.count.empty')
              : t('inventory.count.done', {
                  places,
                  accuracy: intl.formatNumber(accuracy, { style: 'percent', maximumFractionDigits: 1 }),
                  over,
                  short,
                }),
            commandId === null ? {} : { undo: () => undo({ commandId }, { onError: notifyError }) },
          );
          onFinished();
        },
        onError: notifyError,
      },
    );
  const left = data.lines.filter(({ counted }) => counted === null).length;
  return (
    <>
      <p className={styles['lead']}>
        <strong>{data.count.name}</strong>
        <span className="qs-muted">
          {data.count.location} · {t(data.count.blind ? 'inventory.count.isBlind' : 'inventory.count.isOpen')}
        </span>
      </p>
      <form className={styles['lineForm']} onSubmit={enter}>
        <TextInput
          ref={field}
          label={t('inventory.code')}
          value={code}
          error={refused}
          onChange={(event) => {
            setCode(event.currentTarget.value);
            setRefused(null);
          }}
        />
        <NumberInput
          label={t('inventory.counted')}
          value={quantity}
          min={0}
          allowDecimal={false}
          hideControls
          onChange={(value) => setQuantity(Number(value))}
        />
        <TextInput
          label={t('inventory.bin')}
          value={bin}
          onChange={(event) => setBin(event.currentTarget.value)}
        />
        <Button type="submit" variant="default">
          {t('inventory.count.enter')}
        </Button>
        <TextInput
          label={t('inventory.unit')}
          title={t('inventory.unit.hint')}
          value={unit}
          onChange={(event) => setUnit(event.currentTarget.value)}
        />
      </form>
      <table className={styles['ledger']} aria-label={t('inventory.count.lines')}>
        <thead>
          <tr>
            <th scope="col">{t('inventory.column.sku')}</th>
            <th scope="col" className={styles['number']}>
              {t('inventory.counted')}
            </th>
            {!data.count.blind && (
              <th scope="col" className={styles['number']}>
                {t('inventory.expected')}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {data.lines.map((line) => (
            <tr key={`${line.itemId} ${line.bin ?? ''}`}>
              <td>
                <span className={styles['code']}>{line.sku}</span>
                <span className="qs-muted">
                  {line.title}
                  {line.bin !== null && ` · ${line.bin}`}
                </span>
              </td>
              <td className={styles['number']}>
                {line.counted === null ? '–' : intl.formatNumber(line.counted)}
              </td>
              {!data.count.blind && (
                <td className={styles['number']}>
                  {line.expected === null ? '–' : intl.formatNumber(line.expected)}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <div className={styles['buttons']}>
        {left > 0 && (
          <Button variant="default" loading={finish.isPending} onClick={() => end('zero')}>
            {t('inventory.count.finish.zero', { count: left })}
          </Button>
        )}
        <Button loading={finish.isPending} onClick={() => end('keep')}>
          {t('inventory.count.finish')}
        </Button>
      </div>
    </>
  );
}
