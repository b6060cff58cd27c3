import { Button } from '@mantine/core';
import { IconClipboardCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { bridge } from '../../../lib/bridge.ts';
import { useEngineCommand, useEngineQuery } from '../../../lib/engine.tsx';
import { fileName } from '../../../lib/file-name.ts';
import { useText } from '../../../lib/text.ts';
import { Age } from '../../../ui/Age.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { notifyDone, notifyError } from '../../../ui/notify.tsx';
import { ScreenFrame } from '../../../ui/ScreenFrame.tsx';
import { Unknown } from '../../../ui/Unknown.tsx';
import { VirtualTable } from '../../../ui/VirtualTable.tsx';
import { CountPanel } from '../CountPanel.tsx';
import { InventoryTabs, type InventoryTabsProps } from './InventoryTabs.tsx';
import { OpenCounts } from './OpenCounts.tsx';
import styles from './planning.module.css';

const COLUMNS = ['reason', 'sku', 'title', 'bin', 'class', 'counted', 'every'] as const;
const WIDTHS = [150, 176, 'auto', 80, 60, 110, 120] as const;
/** Items that one cycle count is started with. */
const BATCH = 50;

/** What to count today, how right the ledger was, and counts that travel between machines. */
export function CountingView({ onView }: Pick<InventoryTabsProps, 'onView'>) {
  const t = useText();
  const intl = useIntl();
  const { data, error, refetch } = useEngineQuery('counting.plan', { limit: 500 });
  const places = useEngineQuery('inventory.locations', {}).data?.locations ?? [];
  const start = useEngineCommand('inventory.startCount');
  const take = useEngineCommand('counting.import');
  const [counting, setCounting] = useState(false);
  const items = data?.items ?? [];
  const main = places.find((place) => place.main);
  const begin = (): void => {
    if (!main) return;
    start.mutate(
      {
        name: t('planning.count.name', { date: intl.formatDate(new Date()) }),
        locationId: main.locationId,
        blind: true,
        codes: items.slice(0, BATCH).map(({ sku }) => sku),
      },
      { onSuccess: () => setCounting(true), onError: notifyError },
    );
  };
  const importFile = (): void => {
    void (async () => {
      const file = await bridge().pickFile('count');
      if (file === null) return;
      take.mutate(
        { file },
        {
          onSuccess: ({ recorded, repeated, rejected }) =>
            notifyDone(
              t('planning.count.imported', {
                count: recorded,
                repeated,
                rejected: rejected.length,
                file: fileName(file),
              }),
            ),
          onError: notifyError,
        },
      );
    })().catch(notifyError);
  };
  return (
    <ScreenFrame
      title={t('inventory.title')}
      subtitle={data ? t('planning.count.due', { count: data.total }) : undefined}
      tabs={<InventoryTabs value="counting" onView={onView} />}
      actions={
        <>
          <Button variant="default" loading={take.isPending} onClick={importFile}>
            {t('planning.count.import')}
          </Button>
          <Button variant="default" onClick={() => setCounting(true)}>
            {t('planning.count.enter')}
          </Button>
          <Button disabled={items.length === 0} loading={start.isPending} onClick={begin}>
            {t('planning.count.start', { count: Math.min(BATCH, items.length) })}
          </Button>
        </>
      }
    >
      <div className={styles['columns']}>
        <div className={styles['fill']}>
          {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
          {!data && !error && <Loading />}
          {data && items.length === 0 && (
            <EmptyState
              icon={IconClipboardCheck}
              title={t('planning.empty.count')}
              text={t('planning.empty.count.text')}
            />
          )}
          {data && items.length > 0 && (
            <>
              <div className={styles['bar']}>
                <p>{t('planning.count.pace', { count: Math.ceil(data.perDay) })}</p>
              </div>
              <VirtualTable
                count={items.length}
                label={t('planning.view.counting')}
                widths={WIDTHS}
                head={COLUMNS.map((name) => (
                  <th key={name} scope="col">
                    {t(`planning.count.column.${name}`)}
                  </th>
                ))}
                renderRow={(index) => {
                  const item = items[index];
                  if (!item) return null;
                  return (
                    <>
                      <td>{t(`planning.count.reason.${item.reason}`)}</td>
                      <td className={styles['code']}>{item.sku}</td>
                      <td className={styles['cut']} title={item.title}>
                        {item.title}
                      </td>
                      <td>{item.bin ?? <Unknown reason={t('inventory.noBin')} />}</td>
                      <td>{item.abc ?? <Unknown reason={t('planning.noClass')} />}</td>
                      <td>
                        <Age at={item.countedAt} reason={t('planning.count.never')} />
                      </td>
                      <td>{t('planning.count.every', { count: item.everyDays })}</td>
                    </>
                  );
                }}
              />
            </>
          )}
        </div>
        <OpenCounts />
        {counting && (
          <CountPanel locations={places} onDone={() => undefined} onClose={() => setCounting(false)} />
        )}
      </div>
    </ScreenFrame>
  );
}
