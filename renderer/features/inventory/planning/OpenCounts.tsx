import { Button } from '@mantine/core';
import { useIntl } from 'react-intl';
import { bridge } from '../../../lib/bridge.ts';
import { useEngineCommand, useEngineQuery } from '../../../lib/engine.tsx';
import { fileName } from '../../../lib/file-name.ts';
import { useText } from '../../../lib/text.ts';
import { Age } from '../../../ui/Age.tsx';
import { notifyDone, notifyError } from '../../../ui/notify.tsx';
import styles from './planning.module.css';

/** Counts that are open, each with its file for other machines, and how right the ledger was in the finished ones. */
export function OpenCounts() {
  const t = useText();
  const intl = useIntl();
  const open = (useEngineQuery('inventory.counts', {}).data?.counts ?? []).filter(
    ({ finishedAt }) => finishedAt === null,
  );
  const { data } = useEngineQuery('counting.accuracy', {});
  const save = useEngineCommand('counting.export');
  const percent = (value: number | null): string =>
    value === null ? '–' : intl.formatNumber(value, { style: 'percent', maximumFractionDigits: 1 });
  const exportFile = (countId: string, name: string): void => {
    void (async () => {
      const file = await bridge().saveFile('count', `${name.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}.json`);
      if (file === null) return;
      save.mutate(
        { countId, file },
        {
          onSuccess: ({ entries }) =>
            notifyDone(t('planning.count.exported', { count: entries, file: fileName(file) })),
          onError: notifyError,
        },
      );
    })().catch(notifyError);
  };
  return (
    <aside className={styles['aside']} aria-label={t('planning.counts')}>
      <h3>{t('planning.counts.open')}</h3>
      {open.length === 0 && <p className="qs-muted">{t('planning.counts.none')}</p>}
      {open.map(({ countId, name, location, entries, startedAt }) => (
        <div key={countId} className={styles['rule']}>
          <strong>{name}</strong>
          <span className="qs-muted">
            {location} · {t('planning.counts.entries', { count: entries })} · <Age at={startedAt} />
          </span>
          <div>
            <Button
              size="compact-xs"
              variant="default"
              aria-label={t('planning.counts.exportOf', { name })}
              onClick={() => exportFile(countId, name)}
            >
              {t('planning.counts.export')}
            </Button>
          </div>
        </div>
      ))}
      <section className={styles['section']}>
        <h3>{t('planning.accuracy')}</h3>
        {data && data.counts.length === 0 && <p className="qs-muted">{t('planning.accuracy.none')}</p>}
        {data && data.counts.length > 0 && (
          <>
            <p className={styles['facts']}>
              {t('planning.accuracy.all', { accuracy: percent(data.accuracy), count: data.counts.length })}
            </p>
            <table className={styles['list']} aria-label={t('planning.accuracy')}>
              <thead>
                <tr>
                  <th scope="col">{t('planning.accuracy.count')}</th>
                  <th scope="col" className={styles['number']}>
                    {t('planning.accuracy.right')}
                  </th>
                  <th scope="col" className={styles['number']}>
                    +/−
                  </th>
                </tr>
              </thead>
              <tbody>
                {data.counts.map((count) => (
                  <tr key={count.countId}>
                    <td>
                      {count.name}
                      <br />
                      <span className="qs-muted">
                        <Age at={count.finishedAt} />
                      </span>
                    </td>
                    <td className={styles['number']}>{percent(count.accuracy)}</td>
                    <td className={styles['number']}>
                      +{intl.formatNumber(count.over)} / −{intl.formatNumber(count.short)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </>
        )}
      </section>
    </aside>
  );
}
