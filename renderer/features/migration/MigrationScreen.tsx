import { Button, Select } from '@mantine/core';
import { IconTransfer } from '@tabler/icons-react';
import { useState } from 'react';
import { bridge } from '../../lib/bridge.ts';
import { useEngineCommand, useEngineQuery } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { notifyDone, notifyError } from '../../ui/notify.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import styles from './migration.module.css';

/** Moving the products of one account to another: choose, see what is lost, create, go back. */
export function MigrationScreen() {
  const t = useText();
  const accounts = useEngineQuery('channels.list', {}).data?.accounts ?? [];
  const [source, setSource] = useState<string | null>(null);
  const [target, setTarget] = useState<string | null>(null);
  const options = accounts.map(({ accountId, name }) => ({ value: accountId, label: name }));
  return (
    <ScreenFrame title={t('migration.title')}>
      <div className={styles['body']}>
        <div className={styles['bar']}>
          <Select label={t('migration.source')} value={source} data={options} onChange={setSource} />
          <Select
            label={t('migration.target')}
            value={target}
            data={options.filter(({ value }) => value !== source)}
            onChange={setTarget}
          />
        </div>
        {source === null || target === null || source === target ? (
          <EmptyState icon={IconTransfer} title={t('migration.choose')} text={t('migration.choose.text')} />
        ) : (
          <Plan key={`${source} ${target}`} pair={{ sourceAccountId: source, targetAccountId: target }} />
        )}
      </div>
    </ScreenFrame>
  );
}

function Plan({
  pair,
}: {
  readonly pair: { readonly sourceAccountId: string; readonly targetAccountId: string };
}) {
  const t = useText();
  const { data: plan, error, refetch } = useEngineQuery('migration.plan', pair);
  const run = useEngineCommand('migration.run');
  const back = useEngineCommand('migration.rollback');
  const redirects = useEngineCommand('migration.redirects');
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!plan) return <Loading />;
  const start = (): void =>
    run.mutate(pair, {
      onSuccess: ({ created, found, failed }) =>
        notifyDone(t('migration.done', { created, found, failed: failed.length })),
      onError: notifyError,
    });
  const save = async (): Promise<void> => {
    const file = await bridge().saveFile('table', 'redirects.csv');
    if (file !== null)
      redirects.mutate({ ...pair, file }, { onSuccess: () => notifyDone(file), onError: notifyError });
  };
  return (
    <>
      <p>{t('migration.counts', { products: plan.products, variants: plan.variants, moved: plan.moved })}</p>
      {!plan.canCreate && <p className="qs-muted">{t('migration.byFile')}</p>}
      <div className={styles['bar']}>
        <Button
          loading={run.isPending}
          disabled={!plan.canCreate || plan.moved >= plan.products}
          onClick={start}
        >
          {t('migration.run')}
        </Button>
        <Button variant="default" disabled={plan.moved === 0} onClick={() => void save()}>
          {t('migration.redirects')}
        </Button>
        <Button
          variant="default"
          loading={back.isPending}
          disabled={plan.moved === 0}
          onClick={() =>
            back.mutate(pair, {
              onSuccess: ({ removed }) => notifyDone(t('migration.backDone', { removed })),
              onError: notifyError,
            })
          }
        >
          {t('migration.back')}
        </Button>
      </div>
      {run.data?.failed.map(({ productId, title, message }) => (
        <p key={productId} role="alert">{`${title}: ${message}`}</p>
      ))}
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('migration.field')}</th>
            <th scope="col">{t('migration.what')}</th>
            <th scope="col">{t('migration.count')}</th>
            <th scope="col">{t('migration.why')}</th>
          </tr>
        </thead>
        <tbody>
          {plan.losses.map(({ field, code, severity, count, detail }) => (
            <tr key={`${field} ${code}`}>
              <td>{field}</td>
              <td>{t(`migration.severity.${severity}`)}</td>
              <td>{count}</td>
              <td>{detail}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
