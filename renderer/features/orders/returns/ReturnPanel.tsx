import { Button, Select, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { RETURN_GRADES, type ReturnGrade } from '#shared/domain/order-marks.ts';
import { useEngineCommand, useEngineQuery } from '../../../lib/engine.tsx';
import { useText } from '../../../lib/text.ts';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { notifyDone, notifyError } from '../../../ui/notify.tsx';
import styles from '../detail/OrderDesk.module.css';

/** One return: scan what comes in, say what it is worth, and see where it went. */
export function ReturnPanel({ returnId }: { readonly returnId: string }) {
  const t = useText();
  const { data, error, refetch } = useEngineQuery('returns.get', { returnId });
  const receive = useEngineCommand('returns.receive');
  const close = useEngineCommand('returns.close');
  const undo = useEngineCommand('history.undo');
  const [code, setCode] = useState('');
  const [grade, setGrade] = useState<ReturnGrade>('A');
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const closed = data.state === 'closed';
  const take = (what: { readonly code: string } | { readonly returnLineId: string }): void =>
    receive.mutate(
      { returnId, grade, ...what },
      {
        onSuccess: ({ booked, commandId }) => {
          setCode('');
          notifyDone(
            t(booked ? 'orders.return.booked' : 'orders.return.taken', { grade }),
            commandId === null ? {} : { undo: () => undo.mutate({ commandId }, { onError: notifyError }) },
          );
        },
        onError: notifyError,
      },
    );
  const scan = (event: FormEvent): void => {
    event.preventDefault();
    if (code.trim() !== '') take({ code });
  };
  return (
    <div className={styles['rows']}>
      <p>
        <strong>{data.number}</strong> · {t('orders.order', { number: data.orderNumber })} ·{' '}
        {t(`orders.return.state.${data.state}`)} ·{' '}
        {t('orders.return.units', { received: data.received, expected: data.expected })}
      </p>
      {!closed && (
        <form className={styles['row']} onSubmit={scan}>
          <TextInput
            className={styles['grow'] ?? ''}
            label={t('orders.return.scan')}
            value={code}
            data-autofocus
            onChange={(event) => setCode(event.currentTarget.value)}
          />
          <Select
            label={t('orders.return.grade')}
            allowDeselect={false}
            value={grade}
            onChange={(value) => setGrade(value ?? 'A')}
            data={RETURN_GRADES.map((value) => ({ value, label: t(`orders.return.grade.${value}`) }))}
          />
        </form>
      )}
      {data.lines.map((line) => (
        <div key={line.returnLineId} className={styles['row']}>
          <span className={styles['grow']}>
            <strong>{line.title}</strong> {line.sku ?? ''}
            <br />
            <span className="qs-muted">
              {t(`orders.return.reason.${line.reason}`)} ·{' '}
              {t('orders.return.units', { received: line.received, expected: line.quantity })}
              {line.receipts.map(
                ({ grade: got, quantity }) => ` · ${quantity} × ${t(`orders.return.grade.${got}`)}`,
              )}
            </span>
          </span>
          {!closed && line.received < line.quantity && (
            <Button
              size="compact-xs"
              variant="default"
              loading={receive.isPending}
              onClick={() => take({ returnLineId: line.returnLineId })}
            >
              {t('orders.return.take')}
            </Button>
          )}
        </div>
      ))}
      <p className="qs-muted">{t('orders.return.refund')}</p>
      <div className={styles['row']}>
        <Button
          size="compact-sm"
          variant="default"
          loading={close.isPending}
          onClick={() => close.mutate({ returnId, closed: !closed }, { onError: notifyError })}
        >
          {t(closed ? 'orders.return.reopen' : 'orders.return.close')}
        </Button>
      </div>
    </div>
  );
}
