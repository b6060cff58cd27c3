import { Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { Account } from '#shared/contract/channels.ts';
import { useEngineCommand, useEngineQuery } from '../../lib/engine.tsx';
import type { FieldTexts } from '../../lib/field-texts.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { useText } from '../../lib/text.ts';
import { notifyDone, notifyError } from '../../ui/notify.tsx';
import { usePublishRun } from './publish-run.ts';
import styles from './publish.module.css';

/** Changes that a channel or a rule refused: each with its reason; they wait for a correction or another try. */
export function RejectedEarlier({
  accounts,
  fields,
  asked,
}: {
  readonly accounts: readonly Account[];
  readonly fields: FieldTexts;
  /** The person came for these. */
  readonly asked: boolean;
}) {
  const t = useText();
  const go = useNavigation((navigation) => navigation.go);
  const running = usePublishRun((state) => state.phase === 'running');
  const { data } = useEngineQuery('outbox.query', { states: ['rejected'], limit: 100 });
  const { mutate: retry, isPending } = useEngineCommand('publish.retry');
  if (!data || data.total === 0) return null;
  const again = (opIds: string[] | undefined): void =>
    retry(opIds ? { opIds } : {}, {
      onSuccess: ({ queued }) => notifyDone(t('publish.rejected.queued', { count: queued })),
      onError: notifyError,
    });
  return (
    <details className={styles['rejected']} open={asked || data.total <= 5}>
      <summary>
        <IconX size={14} aria-hidden="true" />
        <span className={styles['grow']}>{t('publish.rejected', { count: data.total })}</span>
        <Button
          variant="default"
          size="compact-xs"
          disabled={running}
          loading={isPending}
          onClick={(event) => {
            event.preventDefault();
            again(undefined);
          }}
        >
          {t('publish.rejected.retryAll', { count: data.total })}
        </Button>
      </summary>
      <ul>
        {data.ops.map(({ opId, listingId, orderId, sku, title, field, mine, code, message, accountId }) => (
          <li key={opId}>
            <span className="qs-mono">{sku ?? title}</span>
            <strong>{fields.name(field)}</strong>
            <span className={styles['clip']}>
              {fields.value(
                field,
                mine,
                accounts.find((each) => each.accountId === accountId)?.currency ?? 'EUR',
              )}
            </span>
            <span className={styles['why']}>{fields.reason(code, message)}</span>
            <span className={styles['grow']} />
            {listingId !== null && (
              <Button
                variant="subtle"
                size="compact-xs"
                onClick={() => go('listings', { listingId, text: sku ?? title })}
              >
                {t('publish.rejected.correct')}
              </Button>
            )}
            {orderId !== null && (
              <Button variant="subtle" size="compact-xs" onClick={() => go('orders', { orderId })}>
                {t('publish.rejected.order')}
              </Button>
            )}
            <Button variant="subtle" size="compact-xs" disabled={running} onClick={() => again([opId])}>
              {t('publish.rejected.retry')}
            </Button>
          </li>
        ))}
        {data.total > data.ops.length && (
          <li>{t('listings.more', { count: data.total - data.ops.length })}</li>
        )}
      </ul>
    </details>
  );
}
