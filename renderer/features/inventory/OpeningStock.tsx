import { Button } from '@mantine/core';
import type { Result } from '#shared/contract/methods.ts';
import { useEngineCommand, useEngineQuery } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { notifyDone, notifyError } from '../../ui/notify.tsx';
import { PlatformMark } from '../../ui/PlatformMark.tsx';
import styles from './inventory.module.css';

type Account = Result<'channels.list'>['accounts'][number];

/** One button an account: what its listings show becomes the opening stock, never by itself. */
export function OpeningStock({ onTaken }: { readonly onTaken: () => void }) {
  const { data, error } = useEngineQuery('channels.list', {});
  if (error) return <ErrorNotice error={error} />;
  return (
    <ul className={styles['opening']}>
      {(data?.accounts ?? []).map((account) => (
        <OpeningRow key={account.accountId} account={account} onTaken={onTaken} />
      ))}
    </ul>
  );
}

function OpeningRow({ account, onTaken }: { readonly account: Account; readonly onTaken: () => void }) {
  const t = useText();
  const { accountId, name, platform } = account;
  const { data } = useEngineQuery('inventory.openingPreview', { accountId });
  const take = useEngineCommand('inventory.takeOpening');
  const { mutate: undo } = useEngineCommand('history.undo');
  return (
    <li className={styles['openingRow']}>
      <PlatformMark platform={platform} name={name} />
      <span className={styles['openingText']}>
        {data && t('inventory.opening.counts', { items: data.items, units: data.units })}
        {data && data.known > 0 && (
          <span className="qs-muted"> {t('inventory.opening.known', { count: data.known })}</span>
        )}
        {data && data.unusable > 0 && (
          <span className="qs-muted"> {t('inventory.opening.unusable', { count: data.unusable })}</span>
        )}
      </span>
      <Button
        variant="default"
        loading={take.isPending}
        disabled={!data || data.items === 0}
        aria-label={t('inventory.opening.from', { name })}
        onClick={() =>
          take.mutate(
            { accountId },
            {
              onSuccess: ({ items, units, commandId }) => {
                notifyDone(
                  t('inventory.opening.taken', { items, units }),
                  commandId === null
                    ? {}
                    : { undo: () => undo({ commandId }, { onError: notifyError, onSuccess: onTaken }) },
                );
                onTaken();
              },
              onError: notifyError,
            },
          )
        }
      >
        {t('inventory.opening.take')}
      </Button>
    </li>
  );
}
