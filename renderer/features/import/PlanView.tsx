import { Tabs } from '@mantine/core';
import type { ImportPlan } from '#shared/contract/workspace.ts';
import { useText } from '../../lib/text.ts';
import { ColumnTable } from './ColumnTable.tsx';
import { Counts } from './Counts.tsx';
import { shownColumns, writesAnything, type ImportFlow } from './import-flow.ts';
import styles from './import.module.css';
import { Remarks } from './Remarks.tsx';
import { Samples } from './Samples.tsx';
import { SaveSkipped } from './SaveSkipped.tsx';
import type { ImportControl } from './use-import.ts';

/** What the import would do: counts, examples, columns, remarks, rows that are left out. */
export function PlanView({
  flow,
  plan,
  control,
}: {
  readonly flow: ImportFlow;
  readonly plan: ImportPlan;
  readonly control: ImportControl;
}) {
  const t = useText();
  const columns = shownColumns(flow);
  const ignored = columns.filter(({ header, target }) => target === null && header !== '').length;
  const generic = plan.format === 'generic';
  return (
    <div className={styles['plan']} aria-busy={flow.step === 'previewing'}>
      <Counts
        label={t('import.counts')}
        counts={[
          { id: 'create', value: plan.create },
          { id: 'change', value: plan.change },
          { id: 'unchanged', value: plan.unchanged },
          { id: 'skipped', value: plan.skippedTotal },
        ]}
      />
      <p className={styles['sentence']}>
        {writesAnything(plan)
          ? t('import.plan.sentence', {
              account: plan.account,
              products: plan.products,
              variants: plan.variants,
              images: plan.images,
              cells: plan.cells,
              newAccount: String(plan.newAccount),
            })
          : t('import.plan.nothing')}
        {plan.currencyAssumed && (
          <>
            {' '}
            <strong>{t('import.plan.currencyAssumed', { currency: plan.currency })}</strong>
          </>
        )}
      </p>
      <Tabs defaultValue="samples" className={styles['tabs']} keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="samples">{t('import.tab.samples')}</Tabs.Tab>
          <Tabs.Tab value="columns">{t('import.tab.columns', { count: columns.length, ignored })}</Tabs.Tab>
          <Tabs.Tab value="warnings">{t('import.tab.warnings', { count: plan.warnings.length })}</Tabs.Tab>
          <Tabs.Tab value="skipped">{t('import.tab.skipped', { count: plan.skippedTotal })}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="samples" className={styles['tab']}>
          <Samples samples={plan.samples} />
        </Tabs.Panel>
        <Tabs.Panel value="columns" className={styles['tab']}>
          <p className={styles['hint']}>{t(generic ? 'import.columns.learned' : 'import.columns.fixed')}</p>
          <ColumnTable columns={columns} editable={generic && flow.step !== 'applying'} onMap={control.map} />
        </Tabs.Panel>
        <Tabs.Panel value="warnings" className={styles['tab']}>
          <Remarks remarks={plan.warnings} empty={t('import.warnings.none')} />
        </Tabs.Panel>
        <Tabs.Panel value="skipped" className={styles['tab']}>
          {plan.skippedTotal > 0 && flow.step === 'ready' && (
            <div className={styles['hintRow']}>
              <span className="qs-muted">{t('import.skipped.hint')}</span>
              <SaveSkipped request={flow.request} planId={plan.planId} />
            </div>
          )}
          <Remarks remarks={plan.skipped} total={plan.skippedTotal} empty={t('import.skipped.none')} />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}
