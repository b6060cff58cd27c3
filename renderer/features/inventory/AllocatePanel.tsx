import { Button } from '@mantine/core';
import { useIntl } from 'react-intl';
import { useEngineCommand, useEngineQuery } from '../../lib/engine.tsx';
import { useNavigation } from '../../lib/navigation.ts';
import { useText } from '../../lib/text.ts';
import { Age } from '../../ui/Age.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { notifyDone, notifyError } from '../../ui/notify.tsx';
import { SidePanel } from '../../ui/SidePanel.tsx';
import { Unknown } from '../../ui/Unknown.tsx';
import { RuleForm } from './RuleForm.tsx';
import styles from './inventory.module.css';

/** What the channels would show by the rules, and what is risked by it; writing it is one edit that waits to be published. */
export function AllocatePanel({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const intl = useIntl();
  const go = useNavigation((navigation) => navigation.go);
  const { data, error } = useEngineQuery('inventory.allocationPreview', {});
  const accounts = useEngineQuery('channels.list', {}).data?.accounts ?? [];
  const allocate = useEngineCommand('inventory.allocate');
  const { mutate: undo } = useEngineCommand('history.undo');
  const nameOf = (id: string): string => accounts.find(({ accountId }) => accountId === id)?.name ?? '';
  return (
    <SidePanel title={t('inventory.allocate')} onClose={onClose} width={620}>
      <RuleForm />
      {error && <ErrorNotice error={error} />}
      {!data && !error && <Loading />}
      {data && (
        <>
          <p className="qs-muted">
            {t('inventory.allocate.changes', { count: data.changes })}
            {data.untracked > 0 && ` ${t('inventory.allocate.untracked', { count: data.untracked })}`}
          </p>
          {data.lines.length > 0 && (
            <table className={styles['ledger']} aria-label={t('inventory.allocate.preview')}>
              <thead>
                <tr>
                  <th scope="col">{t('inventory.column.sku')}</th>
                  <th scope="col" className={styles['number']}>
                    {t('inventory.column.available')}
                  </th>
                  <th scope="col" className={styles['number']}>
                    {t('inventory.allocate.shown')}
                  </th>
                  <th scope="col" className={styles['number']}>
                    {t('inventory.allocate.rate')}
                  </th>
                  <th scope="col" className={styles['number']}>
                    {t('inventory.allocate.odds')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {data.lines.slice(0, 200).map((line) => (
                  <tr key={line.listingId}>
                    <td>
                      <span className={styles['code']}>{line.sku}</span>
                      <span className="qs-muted">
                        {nameOf(line.accountId)} · <Age at={line.readAt} />
                      </span>
                    </td>
                    <td className={styles['number']}>{intl.formatNumber(line.available)}</td>
                    <td className={styles['number']}>
                      {line.now === null ? '–' : intl.formatNumber(line.now)} → {intl.formatNumber(line.next)}
                    </td>
                    <td className={styles['number']}>
                      {line.salesPerDay === null ? (
                        <Unknown reason={t('inventory.allocate.noRate')} />
                      ) : (
                        intl.formatNumber(line.salesPerDay, { maximumSignificantDigits: 2 })
                      )}
                    </td>
                    <td className={styles['number']}>
                      {line.oversell === null ? (
                        <Unknown reason={t('inventory.allocate.noOdds')} />
                      ) : (
                        oddsText(line.oversell, intl.locale)
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {data.linesTotal > 200 && (
            <p className="qs-muted">{t('inventory.allocate.more', { count: data.linesTotal - 200 })}</p>
          )}
          <div className={styles['buttons']}>
            <Button variant="default" onClick={() => go('publish')}>
              {t('inventory.allocate.publish')}
            </Button>
            <Button
              disabled={data.changes === 0}
              loading={allocate.isPending}
              onClick={() =>
                allocate.mutate(
                  {},
                  {
                    onSuccess: ({ applied, rejectedTotal, commandId }) =>
                      notifyDone(
                        t('inventory.allocate.done', { count: applied, rejected: rejectedTotal }),
                        commandId === null
                          ? {}
                          : { undo: () => undo({ commandId }, { onError: notifyError }) },
                      ),
                    onError: notifyError,
                  },
                )
              }
            >
              {t('inventory.allocate.do', { count: data.changes })}
            </Button>
          </div>
        </>
      )}
    </SidePanel>
  );
}

/** Below this the exact figure says nothing any more and would only be long. */
const SMALLEST_ODDS = 0.0001;

function oddsText(odds: number, locale: string): string {
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 });
  return odds < SMALLEST_ODDS ? `< ${percent.format(SMALLEST_ODDS)}` : percent.format(odds);
}
