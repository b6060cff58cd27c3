import { Button } from '@mantine/core';
import { useEngineCommand, useEngineQuery } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { notifyDone, notifyError } from '../../ui/notify.tsx';
import { SidePanel } from '../../ui/SidePanel.tsx';
import { Scorecard } from './Scorecard.tsx';
import { SupplierForm } from './SupplierForm.tsx';
import { SupplierItems } from './SupplierItems.tsx';
import { SupplierLog } from './SupplierLog.tsx';
import styles from './purchasing.module.css';

export interface SupplierPanelProps {
  /** null = a new supplier. */
  readonly supplierId: string | null;
  readonly onSaved: (supplierId: string) => void;
  readonly onClose: () => void;
}

/** A supplier: who it is, what it sells at which price, what was agreed, and how it delivers. */
export function SupplierPanel({ supplierId, onSaved, onClose }: SupplierPanelProps) {
  const t = useText();
  if (supplierId !== null) return <Known supplierId={supplierId} onSaved={onSaved} onClose={onClose} />;
  return (
    <SidePanel title={t('purchasing.supplier.new')} onClose={onClose} width={560}>
      <SupplierForm supplier={null} onSaved={onSaved} />
    </SidePanel>
  );
}

function Known({ supplierId, onSaved, onClose }: SupplierPanelProps & { readonly supplierId: string }) {
  const t = useText();
  const { data, error } = useEngineQuery('purchasing.supplier', { supplierId });
  const remove = useEngineCommand('purchasing.removeSupplier');
  const { mutate: undo } = useEngineCommand('history.undo');
  return (
    <SidePanel title={data?.supplier.name ?? t('purchasing.supplier')} onClose={onClose} width={560}>
      {error && <ErrorNotice error={error} />}
      {!data && !error && <Loading />}
      {data && (
        <>
          <Scorecard scorecard={data.scorecard} />
          <section className={styles['section']}>
            <SupplierForm key={JSON.stringify(data.supplier)} supplier={data.supplier} onSaved={onSaved} />
          </section>
          <SupplierItems supplier={data.supplier} items={data.items} />
          <SupplierLog supplier={data.supplier} notes={data.notes} savingMinor={data.savingMinor} />
          <div className={styles['buttons']}>
            <Button
              variant="subtle"
              color="red"
              loading={remove.isPending}
              onClick={() =>
                remove.mutate(
                  { supplierId },
                  {
                    onSuccess: ({ commandId }) => {
                      notifyDone(
                        t('purchasing.supplier.removed', { name: data.supplier.name }),
                        commandId === null
                          ? {}
                          : { undo: () => undo({ commandId }, { onError: notifyError }) },
                      );
                      onClose();
                    },
                    onError: notifyError,
                  },
                )
              }
            >
              {t('purchasing.supplier.remove')}
            </Button>
          </div>
        </>
      )}
    </SidePanel>
  );
}
