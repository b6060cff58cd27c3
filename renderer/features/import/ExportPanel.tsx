import { Button, Radio, SegmentedControl, Select, Stack } from '@mantine/core';
import { useState } from 'react';
import { IMPORT_FORMATS } from '#shared/contract/workspace.ts';
import type { Result } from '#shared/contract/methods.ts';
import { bridge } from '../../lib/bridge.ts';
import { useEngineCommand, useEngineQuery } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { fileName } from './import-flow.ts';
import { ImportProgress } from './ImportProgress.tsx';
import styles from './import.module.css';

const ALL = 'all';
const VIEW = 'view';
const KINDS = ['csv', 'xlsx', 'tsv', 'json', 'jsonl'] as const;

/** Listings as a table: of everything, of one account, or of the view that a person came from. */
export function ExportPanel({
  viewId,
  viewRows,
}: {
  readonly viewId?: string | undefined;
  readonly viewRows?: string | undefined;
}) {
  const t = useText();
  const accounts = useEngineQuery('channels.list', {}).data?.accounts ?? [];
  const [format, setFormat] = useState<(typeof IMPORT_FORMATS)[number]>('generic');
  const [kind, setKind] = useState<(typeof KINDS)[number]>('csv');
  const [scope, setScope] = useState(viewId === undefined ? ALL : VIEW);
  const [done, setDone] = useState<Result<'export.run'> | null>(null);
  const run = useEngineCommand('export.run');
  const account = accounts.find(({ accountId }) => accountId === scope);
  const save = async (): Promise<void> => {
    const name = (account?.name ?? t('import.export.fileName'))
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .toLowerCase();
    const file = await bridge().saveFile('table', `${name}-${format}.${kind}`);
    if (file === null) return;
    setDone(null);
    run.mutate(
      {
        file,
        format,
        ...(scope === VIEW && viewId !== undefined ? { viewId } : {}),
        ...(account ? { accountId: account.accountId } : {}),
      },
      { onSuccess: setDone },
    );
  };
  const listings = accounts.reduce((sum, each) => sum + each.listings, 0);
  const count = scope === VIEW ? Number(viewRows ?? Number.NaN) : (account?.listings ?? listings);
  return (
    <div className={styles['panel']}>
      <Stack gap="lg" className={styles['export']}>
        <p className="qs-muted">{t('import.export.about')}</p>
        <Select
          label={t('import.export.scope')}
          value={scope}
          data={[
            ...(viewId === undefined ? [] : [{ value: VIEW, label: t('import.export.view') }]),
            { value: ALL, label: t('import.export.all') },
            ...accounts.map(({ accountId, name }) => ({ value: accountId, label: name })),
          ]}
          onChange={(value) => setScope(value ?? ALL)}
        />
        <Radio.Group label={t('import.option.format')} value={format} onChange={(value) => setFormat(value)}>
          <Stack gap="sm" mt="xs">
            {IMPORT_FORMATS.toReversed().map((value) => (
              <Radio
                key={value}
                value={value}
                label={t(`import.format.${value}`)}
                description={t(`import.export.${value}`)}
              />
            ))}
          </Stack>
        </Radio.Group>
        <SegmentedControl
          aria-label={t('import.export.kind')}
          value={kind}
          onChange={(value) => setKind(value)}
          data={KINDS.map((value) => ({ value, label: t(`import.kind.${value}`) }))}
        />
        <div className={styles['buttons']}>
          <Button disabled={run.isPending || count === 0} onClick={() => void save()}>
            {Number.isNaN(count) ? t('import.export.run') : t('import.export.runCount', { count })}
          </Button>
        </div>
        {run.isPending && <ImportProgress kind="export" name={t('import.export.running')} />}
        {run.error !== null && run.error.code !== 'CANCELLED' && <ErrorNotice error={run.error} />}
        {done !== null && (
          <output className={styles['saved']}>
            {t('import.export.done', { rows: done.rows, file: fileName(done.file) })}{' '}
            <span className="qs-muted qs-selectable">{done.file}</span>
          </output>
        )}
      </Stack>
    </div>
  );
}
