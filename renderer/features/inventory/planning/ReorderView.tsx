import { Button, NumberInput } from '@mantine/core';
import { IconChartDots, IconTruckDelivery } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useIntl } from 'react-intl';
import { useOffer, type Action } from '../../../lib/actions.ts';
import { bridge } from '../../../lib/bridge.ts';
import { useEngineCommand, useEngineQuery } from '../../../lib/engine.tsx';
import { fileName } from '../../../lib/file-name.ts';
import { useText } from '../../../lib/text.ts';
import { Age } from '../../../ui/Age.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { moneyText } from '../../../ui/MoneyText.tsx';
import { notifyDone, notifyError } from '../../../ui/notify.tsx';
import { ScreenFrame } from '../../../ui/ScreenFrame.tsx';
import { DemandPanel } from './DemandPanel.tsx';
import { InventoryTabs, type InventoryTabsProps } from './InventoryTabs.tsx';
import { ReorderTable } from './ReorderTable.tsx';
import { useDraftOrders } from './use-draft-orders.ts';
import styles from './planning.module.css';

interface Policy {
  readonly leadDays: number;
  readonly coverDays: number;
  readonly reviewDays: number;
  /** Percent. */
  readonly service: number;
}
const POLICY: Policy = { leadDays: 14, coverDays: 28, reviewDays: 7, service: 95 };
const LIMITS: Readonly<Record<keyof Policy, readonly [number, number]>> = {
  leadDays: [0, 365],
  coverDays: [1, 365],
  reviewDays: [1, 90],
  service: [50, 99.9],
};
const FIELDS = Object.keys(POLICY) as (keyof Policy)[];

/** What to order now, from the forecast; every quantity can be opened for its reasons. */
export function ReorderView({ onView }: Pick<InventoryTabsProps, 'onView'>) {
  const t = useText();
  const { locale } = useIntl();
  const [policy, setPolicy] = useState(POLICY);
  const [budget, setBudget] = useState<number | ''>('');
  const [shown, setShown] = useState<string | null>(null);
  const asked = { ...policy, service: policy.service / 100 };
  const params = { ...asked, ...(budget === '' ? {} : { budgetMinor: Math.round(budget * 100) }) };
  const { data, error, refetch } = useEngineQuery('reorder.plan', params);
  const run = useEngineCommand('forecast.run');
  const save = useEngineCommand('reorder.export');
  const draft = useDraftOrders();
  const forecast = (): void =>
    run.mutate(
      {},
      {
        onSuccess: ({ skus, models }) => notifyDone(t('planning.forecast.done', { count: skus, models })),
        onError: notifyError,
      },
    );
  const exportPlan = (): void => {
    void (async () => {
      const file = await bridge().saveFile('csv', 'reorder.csv');
      if (file === null) return;
      save.mutate(
        { ...params, file },
        {
          onSuccess: ({ rows }) => notifyDone(t('planning.exported', { count: rows, file: fileName(file) })),
          onError: notifyError,
        },
      );
    })().catch(notifyError);
  };
  useReorderActions(forecast, exportPlan);
  const proposals = data?.proposals ?? [];
  const orderable = proposals.filter(({ supplier, affordable }) => supplier !== null && affordable);
  return (
    <ScreenFrame
      title={t('inventory.title')}
      subtitle={data ? t('planning.reorder.count', { count: data.total }) : undefined}
      tabs={<InventoryTabs value="reorder" onView={onView} />}
      actions={
        <>
          <Button variant="default" disabled={proposals.length === 0} onClick={exportPlan}>
            {t('planning.export')}
          </Button>
          <Button
            disabled={orderable.length === 0}
            loading={draft.working}
            onClick={() => draft.make(orderable)}
          >
            {t('planning.draft', { count: orderable.length })}
          </Button>
        </>
      }
    >
      <div className={styles['page']}>
        <div className={styles['bar']} role="toolbar" aria-label={t('planning.policy')}>
          {FIELDS.map((name) => (
            <NumberInput
              key={name}
              className={styles['field'] ?? ''}
              size="xs"
              label={t(`planning.policy.${name}`)}
              title={t(`planning.policy.${name}.meaning`)}
              value={policy[name]}
              min={LIMITS[name][0]}
              max={LIMITS[name][1]}
              clampBehavior="strict"
              allowDecimal={name === 'service'}
              decimalScale={1}
              suffix={name === 'service' ? ' %' : ''}
              onChange={(value) => {
                const next = Number(value);
                if (value === '' || !Number.isFinite(next) || next < LIMITS[name][0]) return;
                setPolicy((last) => ({ ...last, [name]: next }));
              }}
            />
          ))}
          <NumberInput
            className={styles['field'] ?? ''}
            size="xs"
            label={t('planning.policy.budget')}
            title={t('planning.policy.budget.meaning')}
            placeholder={t('planning.policy.budget.none')}
            value={budget}
            min={0}
            onChange={(value) => setBudget(value === '' ? '' : Number(value))}
          />
          <p>
            {data?.asOf ? (
              <>
                {t('planning.forecast.asOf')} <Age at={data.asOf} />
                {data.costs.length > 0 &&
                  ` · ${t('planning.cost', { units: data.units, cost: data.costs.map((cost) => moneyText(cost, locale)).join(' + ') })}`}
                {data.unpriced > 0 && ` · ${t('planning.unpriced', { count: data.unpriced })}`}
              </>
            ) : (
              t('planning.forecast.none')
            )}
          </p>
          <Button
            className={styles['end'] ?? ''}
            size="compact-sm"
            variant="default"
            loading={run.isPending}
            onClick={forecast}
          >
            {t('planning.forecast.run')}
          </Button>
        </div>
        <div className={styles['fill']}>
          {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
          {!data && !error && <Loading />}
          {data?.asOf === null && (
            <EmptyState
              icon={IconChartDots}
              title={t('planning.empty.forecast')}
              text={t('planning.empty.forecast.text')}
              action={
                <Button loading={run.isPending} onClick={forecast}>
                  {t('planning.forecast.run')}
                </Button>
              }
            />
          )}
          {data?.asOf != null && proposals.length === 0 && (
            <EmptyState
              icon={IconTruckDelivery}
              title={t('planning.empty.reorder')}
              text={t('planning.empty.reorder.text')}
            />
          )}
          {proposals.length > 0 && <ReorderTable proposals={proposals} onOpen={setShown} />}
        </div>
        {shown !== null && (
          <DemandPanel
            key={shown}
            sku={shown}
            proposal={proposals.find(({ sku }) => sku === shown) ?? null}
            policy={asked}
            onClose={() => setShown(null)}
          />
        )}
      </div>
    </ScreenFrame>
  );
}

function useReorderActions(forecast: () => void, exportPlan: () => void): void {
  const t = useText();
  // Both close over what is shown now; the offer itself stays the same from render to render.
  const latest = useRef({ forecast, exportPlan });
  useEffect(() => {
    latest.current = { forecast, exportPlan };
  });
  const actions = useMemo<Action[]>(() => {
    const group = t('inventory.title');
    return [
      {
        id: 'planning.forecast',
        label: t('planning.forecast.run'),
        group,
        run: () => latest.current.forecast(),
      },
      { id: 'planning.export', label: t('planning.export'), group, run: () => latest.current.exportPlan() },
    ];
  }, [t]);
  useOffer('planning.reorder', actions);
}
