import { Button } from '@mantine/core';
import { IconArrowBackUp, IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigation } from '../../lib/navigation.ts';
import { useText } from '../../lib/text.ts';
import { Counts } from './Counts.tsx';
import { fileName, toRemark, type ImportFlow } from './import-flow.ts';
import styles from './import.module.css';
import { Remarks } from './Remarks.tsx';
import { SaveSkipped } from './SaveSkipped.tsx';
import type { ImportControl } from './use-import.ts';

/** What was imported, with the way back and the rows that were left out. */
export function ImportResult({
  flow,
  control,
}: {
  readonly flow: ImportFlow & { step: 'done' };
  readonly control: ImportControl;
}) {
  const t = useText();
  const go = useNavigation((state) => state.go);
  const [undoing, setUndoing] = useState(false);
  const { outcome, request, undone } = flow;
  const written = outcome.commandId !== null;
  const undo = async (): Promise<void> => {
    setUndoing(true);
    await control.undo();
    setUndoing(false);
  };
  return (
    <div className={styles['panel']}>
      <output className={styles['result']}>
        {undone ? (
          <IconArrowBackUp size={26} stroke={1.5} aria-hidden="true" />
        ) : (
          <IconCircleCheck className={styles['good']} size={26} stroke={1.5} aria-hidden="true" />
        )}
        <div className={styles['fileWords']}>
          <strong>
            {t(undone ? 'import.result.undone' : written ? 'import.result.done' : 'import.result.nothing', {
              file: fileName(request.file),
            })}
          </strong>
          <span className="qs-muted">
            {undone
              ? t('import.result.undoneText', { count: flow.changedSince })
              : t('import.result.text', { products: outcome.products })}
          </span>
        </div>
        <div className={styles['buttons']}>
          {written && !undone && (
            <Button variant="default" loading={undoing} onClick={() => void undo()}>
              {t('import.result.undo')}
            </Button>
          )}
          {!undone && (
            <Button
              variant="default"
              onClick={() =>
                go('listings', outcome.accountId === null ? {} : { accountId: outcome.accountId })
              }
            >
              {t('import.result.listings')}
            </Button>
          )}
        </div>
      </output>
      {!undone && (
        <Counts
          label={t('import.counts')}
          counts={[
            { id: 'created', value: outcome.created },
            { id: 'changed', value: outcome.changed },
            { id: 'unchanged', value: outcome.unchanged },
            { id: 'skipped', value: outcome.skippedTotal },
            { id: 'rejected', value: outcome.rejected.length },
          ]}
        />
      )}
      {!undone && (outcome.skippedTotal > 0 || outcome.rejected.length > 0) && (
        <div className={styles['plan']}>
          <div className={styles['hintRow']}>
            <span className="qs-muted">{t('import.skipped.hint')}</span>
            <SaveSkipped request={request} planId={flow.plan.planId} />
          </div>
          <Remarks
            remarks={[...outcome.skipped, ...outcome.rejected.map(toRemark)]}
            total={outcome.skippedTotal + outcome.rejected.length}
            empty=""
          />
        </div>
      )}
    </div>
  );
}
