import { useIntl } from 'react-intl';
import type { Params } from '#shared/contract/methods.ts';
import type { ReorderProposal } from '#shared/contract/reorder.ts';
import { useEngineQuery } from '../../../lib/engine.tsx';
import { useText } from '../../../lib/text.ts';
import { Age } from '../../../ui/Age.tsx';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { SidePanel } from '../../../ui/SidePanel.tsx';
import { DemandChart } from './DemandChart.tsx';
import { MarkDays } from './MarkDays.tsx';
import { ModelScores } from './ModelScores.tsx';
import styles from './planning.module.css';

export interface DemandPanelProps {
  readonly sku: string;
  /** What is proposed for it; null outside of a plan. */
  readonly proposal: ReorderProposal | null;
  readonly policy: Omit<Params<'reorder.backtest'>, 'sku'>;
  readonly onClose: () => void;
}

/** One SKU: what was sold, what is expected and by which model, and why this quantity. */
export function DemandPanel({ sku, proposal, policy, onClose }: DemandPanelProps) {
  const t = useText();
  const { data, error } = useEngineQuery('forecast.get', { sku });
  return (
    <SidePanel title={t('planning.demand', { sku })} onClose={onClose} width={560}>
      {error && <ErrorNotice error={error} />}
      {!data && !error && <Loading />}
      {data && (
        <>
          <p className="qs-muted">{data.title}</p>
          {data.history.length < 7 ? <p>{t('planning.demand.short')}</p> : <DemandChart demand={data} />}
          {data.forecast && (
            <p className={styles['facts']}>
              {t('planning.forecast.model', {
                model: t(`planning.model.${data.forecast.model}`),
                daily: data.forecast.daily,
              })}{' '}
              · {t('planning.forecast.asOf')} <Age at={data.forecast.asOf} />
            </p>
          )}
          {data.daysKnown > 0 && (
            <p className={styles['facts']}>
              {t('planning.lost', {
                known: data.daysKnown,
                out: data.daysOut,
                expected: Math.round(data.lost.expected),
                low: data.lost.low,
                high: data.lost.high,
              })}
            </p>
          )}
          {proposal && <WhyQuantity proposal={proposal} />}
          {data.forecast && <Backtest sku={sku} policy={policy} />}
          {data.forecast && <ModelScores forecast={data.forecast} />}
          <MarkDays sku={sku} />
        </>
      )}
    </SidePanel>
  );
}

function WhyQuantity({ proposal }: { readonly proposal: ReorderProposal }) {
  const t = useText();
  const intl = useIntl();
  const whole = (value: number): string => intl.formatNumber(value, { maximumFractionDigits: 1 });
  const steps: [string, string][] = [
    [
      t('planning.why.position', {
        available: proposal.available,
        transit: proposal.inTransit,
        incoming: proposal.incoming,
      }),
      whole(proposal.position),
    ],
    [t('planning.why.lead', { days: Math.round(proposal.leadDays) }), whole(proposal.leadDemand)],
    [t('planning.why.safety'), whole(proposal.safety)],
    [t('planning.why.point'), whole(proposal.reorderPoint)],
    [t('planning.why.upTo'), whole(proposal.upTo)],
    [t('planning.why.need'), whole(proposal.need)],
    [
      t(`planning.why.rounded.${proposal.rounded}`, { pack: proposal.pack, minimum: proposal.minimum }),
      whole(proposal.quantity),
    ],
  ];
  return (
    <section className={styles['section']}>
      <h3>{t('planning.why')}</h3>
      <dl className={styles['steps']}>
        {steps.map(([label, value]) => (
          <Step key={label} label={label} value={value} />
        ))}
      </dl>
    </section>
  );
}

function Step({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </>
  );
}

function Backtest({ sku, policy }: Pick<DemandPanelProps, 'sku' | 'policy'>) {
  const t = useText();
  const intl = useIntl();
  const { data, error } = useEngineQuery('reorder.backtest', { sku, ...policy });
  const percent = (value: number | null): string =>
    value === null ? '–' : intl.formatNumber(value, { style: 'percent', maximumFractionDigits: 1 });
  const whole = (value: number): string => intl.formatNumber(value, { maximumFractionDigits: 1 });
  return (
    <section className={styles['section']}>
      <h3>{t('planning.backtest')}</h3>
      {error && <ErrorNotice error={error} />}
      {data && !data.withSafety && <p className="qs-muted">{t('planning.backtest.short')}</p>}
      {data?.withSafety && data.withoutSafety && (
        <table className={styles['list']} aria-label={t('planning.backtest')}>
          <thead>
            <tr>
              <th scope="col">{t('planning.backtest.days', { days: data.withSafety.days })}</th>
              <th scope="col" className={styles['number']}>
                {t('planning.backtest.served')}
              </th>
              <th scope="col" className={styles['number']}>
                {t('planning.backtest.lost')}
              </th>
              <th scope="col" className={styles['number']}>
                {t('planning.backtest.stock')}
              </th>
              <th scope="col" className={styles['number']}>
                {t('planning.backtest.orders')}
              </th>
            </tr>
          </thead>
          <tbody>
            {([data.withSafety, data.withoutSafety] as const).map((one, at) => (
              <tr key={at}>
                <th scope="row">{t(at === 0 ? 'planning.backtest.with' : 'planning.backtest.without')}</th>
                <td className={styles['number']}>{percent(one.fillRate)}</td>
                <td className={styles['number']}>{whole(one.lost)}</td>
                <td className={styles['number']}>{whole(one.averageStock)}</td>
                <td className={styles['number']}>{whole(one.orders)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
