import { Button, Modal } from '@mantine/core';
import { IconTruckReturn } from '@tabler/icons-react';
import { useState } from 'react';
import { useEngineQuery } from '../../../lib/engine.tsx';
import { useText } from '../../../lib/text.ts';
import { Age } from '../../../ui/Age.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import styles from '../detail/OrderDesk.module.css';
import { ReturnPanel } from './ReturnPanel.tsx';

/** All returns, the newest first, and one of them. */
export function ReturnsDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const { data, error, refetch } = useEngineQuery('returns.list', {});
  const [open, setOpen] = useState<string | null>(null);
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={t('orders.returns')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      {error ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : open !== null ? (
        <>
          <Button size="compact-sm" variant="default" mb={10} onClick={() => setOpen(null)}>
            {t('orders.returns.back')}
          </Button>
          <ReturnPanel returnId={open} />
        </>
      ) : data.returns.length === 0 ? (
        <EmptyState
          icon={IconTruckReturn}
          title={t('orders.returns.empty')}
          text={t('orders.returns.emptyText')}
        />
      ) : (
        <div className={styles['rows']}>
          {data.returns.map((row) => (
            <div key={row.returnId} className={styles['row']}>
              <strong>{row.number}</strong>
              <span className={styles['grow']}>
                {t('orders.order', { number: row.orderNumber })} · {t(`orders.return.state.${row.state}`)} ·{' '}
                {t('orders.return.units', { received: row.received, expected: row.expected })}{' '}
                <span className="qs-muted">
                  <Age at={row.at} />
                </span>
              </span>
              <Button size="compact-xs" variant="default" onClick={() => setOpen(row.returnId)}>
                {t('orders.return.open')}
              </Button>
            </div>
          ))}
        </div>
      )}
    </Modal>
  );
}
