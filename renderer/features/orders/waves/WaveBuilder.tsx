import { Button, NumberInput, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import { PICK_MODES } from '#shared/domain/warehouse/wave-plan.ts';
import { useEngine, useEngineCommand, useEngineQuery } from '../../../lib/engine.tsx';
import { useText } from '../../../lib/text.ts';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { notifyDone, notifyError } from '../../../ui/notify.tsx';
import { RouteFacts } from './RouteFacts.tsx';
import { criteriaOf, CUT_OFFS, FIRST_FORM, type WaveForm } from './wave-form.ts';
import styles from './Waves.module.css';

/** Chooses orders for a wave and shows what its rounds would cost before it is made. */
export function WaveBuilder() {
  const t = useText();
  const engine = useEngine();
  const [form, setForm] = useState<WaveForm>(FIRST_FORM);
  const [settled] = useDebouncedValue(form, 150);
  // The cut-off counts from when the builder was opened, so that the figures stay while they are read.
  const [openedAt] = useState(() => Date.now());
  const criteria = useMemo(() => criteriaOf(settled, openedAt), [settled, openedAt]);
  const preview = useEngineQuery('waves.preview', criteria ?? { mode: 'single', totes: 1 }, {
    enabled: criteria !== null,
    keep: true,
  });
  const create = useEngineCommand('waves.create');
  const change = (patch: Partial<WaveForm>): void => setForm((before) => ({ ...before, ...patch }));
  const plan = preview.data;
  return (
    <section className={styles['builder']} aria-label={t('waves.new')}>
      <div className={styles['fields']}>
        <Select
          label={t('waves.due')}
          value={form.due}
          onChange={(due) => change({ due: due ?? 'any' })}
          data={CUT_OFFS.map((value) => ({ value, label: t(`waves.due.${value}`) }))}
        />
        <TextInput
          label={t('waves.shipping')}
          placeholder={t('waves.any')}
          value={form.shipping}
          onChange={(event) => change({ shipping: event.currentTarget.value })}
        />
        <TextInput
          label={t('waves.from')}
          placeholder="A"
          value={form.from}
          onChange={(event) => change({ from: event.currentTarget.value })}
        />
        <TextInput
          label={t('waves.to')}
          placeholder="F"
          value={form.to}
          onChange={(event) => change({ to: event.currentTarget.value })}
        />
        <Select
          label={t('waves.lines')}
          value={form.lines}
          onChange={(lines) => change({ lines: lines ?? 'any' })}
          data={(['any', 'single', 'multi'] as const).map((value) => ({
            value,
            label: t(`waves.lines.${value}`),
          }))}
        />
        <Select
          label={t('waves.mode')}
          value={form.mode}
          onChange={(mode) => change({ mode: mode ?? 'multi' })}
          data={PICK_MODES.map((value) => ({ value, label: t(`waves.mode.${value}`) }))}
        />
        <NumberInput
          label={t('waves.totesOnCart')}
          min={1}
          max={100}
          disabled={form.mode === 'single'}
          value={form.totes}
          onChange={(value) => change({ totes: Math.max(1, Math.round(Number(value) || 1)) })}
        />
        <NumberInput
          label={t('waves.unitsOnCart')}
          min={0}
          placeholder={t('waves.any')}
          value={form.units === 0 ? '' : form.units}
          onChange={(value) => change({ units: Math.max(0, Math.round(Number(value) || 0)) })}
        />
      </div>
      <p className={styles['hint']}>{t(`waves.mode.${form.mode}.text`)}</p>
      {preview.error ? (
        <ErrorNotice error={preview.error} onRetry={() => void preview.refetch()} />
      ) : (
        plan && (
          <>
            <p className={styles['figures']}>
              {t('waves.plan', {
                orders: plan.orders,
                units: plan.units,
                rounds: plan.batches.length,
                metres: plan.metres,
                single: plan.oneByOne,
              })}
            </p>
            {plan.held > 0 && <p className={styles['hint']}>{t('waves.held', { count: plan.held })}</p>}
            {plan.beyond > 0 && <p className={styles['hint']}>{t('waves.beyond', { count: plan.beyond })}</p>}
            <ul className={styles['rounds']} aria-label={t('waves.rounds')}>
              {plan.batches.slice(0, 12).map((batch, index) => (
                // The rounds of a preview have no identity but their place.
                // eslint-disable-next-line react/no-array-index-key
                <li key={index}>
                  <strong>{t('waves.round', { number: index + 1 })}</strong>
                  <span>
                    {t('waves.round.size', { orders: batch.orders, units: batch.units, stops: batch.stops })}
                  </span>
                  <RouteFacts route={batch.route} />
                </li>
              ))}
            </ul>
          </>
        )
      )}
      <div className={styles['end']}>
        <Button
          loading={create.isPending}
          disabled={criteria === null || !plan || plan.orders === 0}
          onClick={() => {
            if (!criteria) return;
            create.mutate(criteria, {
              onSuccess: ({ commandId, orders, batches }) =>
                notifyDone(t('waves.made', { orders, batches }), {
                  undo: () => {
                    if (commandId) engine.call('history.undo', { commandId }).catch(notifyError);
                  },
                }),
              onError: notifyError,
            });
          }}
        >
          {t('waves.make')}
        </Button>
      </div>
    </section>
  );
}
