import { SegmentedControl } from '@mantine/core';
import { IconCopyCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useEngineQuery } from '../../lib/engine.tsx';
import { useNavigation } from '../../lib/navigation.ts';
import { useText } from '../../lib/text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import styles from './quality.module.css';

const BY = ['gtin', 'title', 'image'] as const;
type By = (typeof BY)[number];

/** Products of one account that may be the same. */
export function DoublesView() {
  const t = useText();
  const [by, setBy] = useState<By>('gtin');
  return (
    <>
      <div className={styles['bar']}>
        <SegmentedControl
          aria-label={t('quality.doubles.by')}
          size="xs"
          value={by}
          onChange={(next) => setBy(BY.find((name) => name === next) ?? 'gtin')}
          data={BY.map((name) => ({ value: name, label: t(`quality.doubles.${name}`) }))}
        />
        <span className="qs-muted">{t(`quality.doubles.${by}.meaning`)}</span>
      </div>
      <Groups by={by} />
    </>
  );
}

function Groups({ by }: { readonly by: By }) {
  const t = useText();
  const go = useNavigation((navigation) => navigation.go);
  const { data, error, refetch } = useEngineQuery('quality.doubles', { by });
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  if (data.groups.length === 0) {
    return (
      <EmptyState
        icon={IconCopyCheck}
        title={t('quality.noDoubles')}
        text={t(`quality.doubles.${by}.none`)}
      />
    );
  }
  return (
    <>
      <ul className={styles['rules']} aria-label={t('quality.view.doubles')}>
        {data.groups.map(({ key, accountId, products, listings }) => (
          <li key={`${accountId} ${key}`}>
            <div className={styles['ruleWords']}>
              <span className={styles['clip']}>{listings[0]?.title}</span>
              <span className="qs-muted">{key}</span>
              <span className={styles['bar']}>
                {listings.map(({ listingId, sku }) => (
                  <button
                    key={listingId}
                    type="button"
                    className={styles['link']}
                    onClick={() => go('listings', { listingId })}
                  >
                    {sku ?? t('shell.noSku')}
                  </button>
                ))}
              </span>
            </div>
            <span>{t('quality.products', { count: products })}</span>
          </li>
        ))}
      </ul>
      {data.more && <p className="qs-muted">{t('quality.first', { count: data.groups.length })}</p>}
    </>
  );
}
