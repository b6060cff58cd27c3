import { Button, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { PurchaseOrderDetail } from '#shared/contract/purchasing.ts';
import type { StageStep } from '#shared/domain/purchasing/purchase-states.ts';
import { useEngineCommand } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { SidePanel } from '../../ui/SidePanel.tsx';
import styles from './purchasing.module.css';

export interface StepPanelProps {
  readonly step: StageStep;
  readonly detail: PurchaseOrderDetail;
  readonly onDone: (text: string, commandId: string | null) => void;
  readonly onClose: () => void;
}

/** Asks for what a step needs: a day, the supplier's number, or why the rest is not waited for. */
export function StepPanel({ step, detail: { order }, onDone, onClose }: StepPanelProps) {
  const t = useText();
  const [expectedOn, setExpectedOn] = useState(order.expectedOn ?? '');
  const [reference, setReference] = useState(order.reference);
  const [reason, setReason] = useState('');
  const run = useEngineCommand('purchasing.step');
  const ending = step === 'close' || step === 'cancel';
  const needsReason = step === 'close' ? order.openUnits > 0 : step === 'cancel' && order.state !== 'draft';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    run.mutate(
      {
        orderId: order.orderId,
        step,
        ...(ending ? { reason } : { reference, ...(expectedOn === '' ? {} : { expectedOn }) }),
      },
      {
        onSuccess: ({ commandId }) => {
          onDone(t(`purchasing.step.${step}.done`, { number: order.number }), commandId);
          onClose();
        },
      },
    );
  };
  return (
    <SidePanel title={t(`purchasing.step.${step}`)} onClose={onClose}>
      <form className={styles['form']} onSubmit={submit}>
        <p className="qs-muted">{t(`purchasing.step.${step}.meaning`, { count: order.openUnits })}</p>
        {ending ? (
          <Textarea
            label={t('purchasing.reason')}
            required={needsReason}
            autosize
            minRows={2}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        ) : (
          <>
            <TextInput
              type="date"
              label={t('purchasing.expected')}
              description={t('purchasing.expected.hint')}
              value={expectedOn}
              onChange={(event) => setExpectedOn(event.currentTarget.value)}
            />
            <TextInput
              label={t('purchasing.reference')}
              description={t('purchasing.reference.hint')}
              value={reference}
              onChange={(event) => setReference(event.currentTarget.value)}
            />
          </>
        )}
        {run.error && <ErrorNotice error={run.error} />}
        <div className={styles['buttons']}>
          <Button type="submit" loading={run.isPending} disabled={needsReason && reason.trim() === ''}>
            {t(`purchasing.step.${step}.do`, { number: order.number })}
          </Button>
        </div>
      </form>
    </SidePanel>
  );
}
