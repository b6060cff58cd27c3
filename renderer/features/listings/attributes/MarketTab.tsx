import { Button } from '@mantine/core';
import { IconRefresh, IconReportAnalytics } from '@tabler/icons-react';
import { useEngineCommand, useEngineQuery } from '../../../lib/engine.tsx';
import { useText } from '../../../lib/text.ts';
import { Age } from '../../../ui/Age.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { StateBadge } from '../../../ui/StateBadge.tsx';
import { notifyDone, notifyError } from '../../../ui/notify.tsx';
import styles from './attributes.module.css';
import { AttributeList } from './AttributeList.tsx';
import { FigureList } from './FigureList.tsx';

/** Whether the channel of a listing tells about its market and its rules. */
export function useHasMarket(listingId: string): boolean {
  return useEngineQuery('market.figures', { listingId }, { keep: true }).data?.canRead ?? false;
}

/** What the channel's market says about a listing, and the attributes of its product type; from what is stored. */
export function MarketTab({ listingId }: { readonly listingId: string }) {
  const t = useText();
  const figures = useEngineQuery('market.figures', { listingId });
  const attributes = useEngineQuery('market.attributes', { listingId });
  const { mutate: read, isPending } = useEngineCommand('market.read');
  const error = figures.error ?? attributes.error;
  if (error) return <ErrorNotice error={error} onRetry={() => void figures.refetch()} />;
  if (!figures.data || !attributes.data) return <Loading />;
  const { rules, cell, canEdit } = attributes.data;
  const button = (
    <Button
      variant="default"
      size="compact-sm"
      leftSection={<IconRefresh size={14} />}
      loading={isPending}
      onClick={() =>
        read(
          { listingIds: [listingId] },
          {
            onSuccess: ({ skipped: [skipped] }) => notifyDone(skipped ? skipped.message : t('market.done')),
            onError: notifyError,
          },
        )
      }
    >
      {t('market.read')}
    </Button>
  );
  const nothing = figures.data.figures.length === 0 && rules === null;
  return (
    <div className={styles['tab']}>
      {nothing ? (
        <EmptyState
          icon={IconReportAnalytics}
          title={t('market.none.title')}
          text={t('market.none')}
          action={button}
        />
      ) : (
        <>
          <div className={styles['head']}>
            <strong>{t('market.figures')}</strong>
            {button}
          </div>
          <FigureList figures={figures.data.figures} />
        </>
      )}
      <div className={styles['head']}>
        <strong>{t('market.attributes')}</strong>
        <span className="qs-muted">
          {rules === null ? (
            t('market.rules.none')
          ) : (
            <>
              {t('market.rules', { type: rules.displayName, version: rules.version })} ·{' '}
              <Age at={rules.checkedAt} />
            </>
          )}
        </span>
      </div>
      {cell.state !== 'clean' && (
        <div className={styles['head']}>
          <StateBadge state={cell.state} />
          <span className="qs-muted">
            <Age at={cell.at} />
          </span>
          {cell.message !== null && <span className={styles['problem']}>{cell.message}</span>}
        </div>
      )}
      {rules !== null && !canEdit && <div className={styles['note']}>{t('market.readAgain')}</div>}
      <AttributeList listingId={listingId} attributes={attributes.data.attributes} />
    </div>
  );
}
