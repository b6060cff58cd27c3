import { Button } from '@mantine/core';
import { IconArrowLeft, IconListDetails } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useIntl } from 'react-intl';
import type { PurchaseOrderDetail } from '#shared/contract/purchasing.ts';
import type { StageStep } from '#shared/domain/purchasing/purchase-states.ts';
import type { GridUndo, SheetGridHandle } from '../../grid/contract.ts';
import { SheetGrid } from '../../grid/SheetGrid.tsx';
import { useEngine, useEngineCommand, useEngineQuery } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { notifyDone, notifyError } from '../../ui/notify.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { AddLine } from './AddLine.tsx';
import { DetailsPanel } from './DetailsPanel.tsx';
import { lineColumns } from './line-columns.ts';
import { LineSource } from './line-source.ts';
import { lineWrites } from './line-writes.ts';
import { OrderFacts } from './OrderFacts.tsx';
import { OrderPaper } from './OrderPaper.tsx';
import { OrderState } from './OrderState.tsx';
import { ReceiptsPanel } from './ReceiptsPanel.tsx';
import { ReceiveDelivery } from './ReceiveDelivery.tsx';
import { ShortPanel } from './ShortPanel.tsx';
import { StepPanel } from './StepPanel.tsx';
import type { View } from './PurchasingScreen.tsx';
import styles from './purchasing.module.css';

type Panel = 'receive' | 'paper' | 'receipts' | 'details' | 'short' | StageStep;
const OWN_PANELS: ReadonlySet<Panel> = new Set(['receive', 'paper', 'receipts', 'details', 'short']);
const isStep = (panel: Panel): panel is StageStep => !OWN_PANELS.has(panel);
const STEPS = ['cancel', 'close', 'confirm', 'send'] as const satisfies readonly StageStep[];

export interface OrderBenchProps {
  readonly orderId: string;
  readonly onView: (view: View) => void;
}

/** One purchase order: its lines as a spreadsheet, and the steps that it can take now. */
export function OrderBench({ orderId, onView }: OrderBenchProps) {
  const t = useText();
  const { data, error, refetch } = useEngineQuery('purchasing.order', { orderId });
  if (data) return <Bench detail={data} onView={onView} />;
  return (
    <ScreenFrame title={t('purchasing.title')}>
      {error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : <Loading />}
    </ScreenFrame>
  );
}

function Bench({
  detail,
  onView,
}: {
  readonly detail: PurchaseOrderDetail;
  readonly onView: (view: View) => void;
}) {
  const t = useText();
  const { locale } = useIntl();
  const { order, lines } = detail;
  const { orderId } = order;
  const [panel, setPanel] = useState<Panel | null>(null);
  const [selected, setSelected] = useState<readonly string[]>([]);
  const { grid, source, writes } = useLines(detail);
  const editable = order.steps.includes('edit');
  const columns = useMemo(() => lineColumns(t, editable, lines), [t, editable, lines]);
  const edit = useEngineCommand('purchasing.editLines');
  const { mutate: undo } = useEngineCommand('history.undo');
  const said = useCallback(
    (text: string, commandId: string | null): void =>
      notifyDone(
        text,
        commandId === null ? {} : { undo: () => undo({ commandId }, { onError: notifyError }) },
      ),
    [undo],
  );
  const chosen = selected.length === 1 ? lines.find(({ lineId }) => lineId === selected[0]) : undefined;
  const canShort = order.sentAt !== null && order.steps.includes('receive') && (chosen?.open ?? 0) > 0;
  const close = useCallback(() => setPanel(null), []);
  const onUndo = useCallback(
    (done: GridUndo | null, direction: 'undo' | 'redo') =>
      notifyDone(
        done
          ? t(direction === 'undo' ? 'shell.undone' : 'shell.redone', { what: done.label })
          : t(`shell.${direction}.nothing`),
      ),
    [t],
  );
  const removeLines = (): void =>
    edit.mutate(
      { orderId, remove: [...selected] },
      {
        onSuccess: ({ applied, rejected, commandId }) => {
          if (applied > 0) said(t('purchasing.lines.removed', { count: applied }), commandId);
          const [first] = rejected;
          if (first) notifyDone(first.message);
        },
        onError: notifyError,
      },
    );
  return (
    <ScreenFrame
      title={order.number}
      subtitle={order.supplier}
      tabs={<OrderState state={order.state} />}
      actions={
        <>
          <Button
            variant="subtle"
            leftSection={<IconArrowLeft size={14} />}
            onClick={() => onView({ kind: 'orders' })}
          >
            {t('purchasing.orders')}
          </Button>
          {editable && (
            <Button variant="default" onClick={() => setPanel('details')}>
              {t('purchasing.details')}
            </Button>
          )}
          <Button variant="default" disabled={lines.length === 0} onClick={() => setPanel('paper')}>
            {t('purchasing.paper')}
          </Button>
          {STEPS.filter((step) => order.steps.includes(step)).map((step) => (
            <Button
              key={step}
              variant={step === 'send' ? 'filled' : 'default'}
              disabled={step === 'send' && lines.length === 0}
              onClick={() => setPanel(step)}
            >
              {t(`purchasing.step.${step}`)}
            </Button>
          ))}
          {order.steps.includes('receive') && (
            <Button onClick={() => setPanel('receive')}>{t('purchasing.step.receive')}</Button>
          )}
        </>
      }
    >
      <div className={styles['page']}>
        <OrderFacts detail={detail} onReceipts={() => setPanel('receipts')} />
        <div className={styles['sheet']}>
          <SheetGrid
            ref={grid}
            source={source}
            columns={columns}
            writes={writes}
            locale={locale}
            label={t('purchasing.lines')}
            empty={
              <EmptyState
                icon={IconListDetails}
                title={t('purchasing.lines.none')}
                text={t('purchasing.lines.none.text')}
              />
            }
            onSelectionChange={({ ranges }) =>
              setSelected([
                ...new Set(
                  ranges.flatMap(({ fromRow, toRow }) =>
                    lines.slice(fromRow, toRow + 1).map(({ lineId }) => lineId),
                  ),
                ),
              ])
            }
            onOutcome={(_operation, outcome) => {
              if (outcome.rejectedTotal > 0 || outcome.applied === 0) grid.current?.invalidate();
              const [first] = outcome.rejected;
              if (first) notifyDone(first.message);
            }}
            onUndo={onUndo}
            onError={notifyError}
          />
        </div>
        {editable && (
          <AddLine
            orderId={orderId}
            supplierId={order.supplierId}
            selected={selected.length}
            onRemove={removeLines}
            onShort={canShort ? () => setPanel('short') : null}
            onAdded={said}
          />
        )}
        {panel === 'receive' && <ReceiveDelivery detail={detail} onDone={said} onClose={close} />}
        {panel === 'receipts' && <ReceiptsPanel detail={detail} onClose={close} />}
        {panel === 'paper' && <OrderPaper orderId={orderId} number={order.number} onClose={close} />}
        {panel === 'details' && <DetailsPanel detail={detail} onDone={said} onClose={close} />}
        {panel === 'short' && chosen && <ShortPanel line={chosen} onDone={said} onClose={close} />}
        {panel !== null && isStep(panel) && (
          <StepPanel key={panel} step={panel} detail={detail} onDone={said} onClose={close} />
        )}
      </div>
    </ScreenFrame>
  );
}

/** The sheet over the lines of an order. */
function useLines({ order: { orderId, currency }, lines }: PurchaseOrderDetail) {
  const t = useText();
  const engine = useEngine();
  const grid = useRef<SheetGridHandle>(null);
  const source = useMemo(() => {
    // Rows come and go; the values of those that stay are read again.
    const rids = lines.map(({ rid }) => rid).join(' ');
    return new LineSource(`${orderId} ${rids}`, 0, lines, currency);
  }, [orderId, lines, currency]);
  useEffect(() => {
    if (source.count > 0) grid.current?.invalidate();
  }, [source]);
  const writes = useMemo(
    () =>
      lineWrites(engine, orderId, currency, source, ({ raised }) => {
        if (raised > 0) notifyDone(t('purchasing.lines.raised', { count: raised }));
      }),
    [engine, orderId, currency, source, t],
  );
  return { grid, source, writes };
}
